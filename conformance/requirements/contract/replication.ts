import type { Requirement } from '../requirement.js';

/** What the document says of replicated volumes. */
export const replication: readonly Requirement[] = [
  {
    id: 'C-create-volume-3',
    level: 'must',
    methods: ['create_volume'],
    source: 'documented driver, create_volume',
    clause:
      'A volume whose type asks for replication (extra spec capabilities:replication with the value <is> True) gets a second volume, its replica.',
  },
  {
    id: 'C-create-volume-4',
    level: 'must',
    methods: ['create_volume'],
    source: 'documented driver, create_volume',
    clause: 'Replication runs between such a volume and its replica when create_volume returns.',
  },
  {
    id: 'C-create-volume-5',
    level: 'must',
    methods: ['create_volume'],
    source: 'documented driver, create_volume',
    clause: 'The update of a replicated volume has replication_status with the value copying.',
  },
  {
    id: 'C-create-volume-6',
    level: 'must',
    methods: ['create_volume'],
    source: 'documented driver, create_volume',
    clause: "The update of a replicated volume has replication_extended_status, a value of the driver's own.",
  },
  {
    id: 'C-create-volume-7',
    level: 'must',
    methods: ['create_volume'],
    source: 'documented driver, create_volume',
    clause:
      "The update of a replicated volume has driver_data, a value of the driver's own that the later calls can do with.",
  },
  {
    id: 'C-create-volume-8',
    level: 'must',
    methods: ['create_volume'],
    source: 'documented driver, create_volume',
    clause: 'A volume whose type does not ask for replication gets no replica and no replication fields.',
  },
  {
    id: 'C-create-cloned-volume-3',
    level: 'must',
    methods: ['create_cloned_volume'],
    source: 'documented driver, create_cloned_volume',
    clause:
      'A clone whose type asks for replication (extra spec replication with the value <is> True) gets a replica of its own.',
  },
  {
    id: 'C-create-cloned-volume-4',
    level: 'must',
    methods: ['create_cloned_volume'],
    source: 'documented driver, create_cloned_volume',
    clause: 'Replication runs between the new clone and its replica; the source and its replica are not part of it.',
  },
  {
    id: 'C-delete-volume-2',
    level: 'must',
    methods: ['delete_volume'],
    source: 'documented driver, delete_volume',
    clause: 'Deleting a volume whose type asks for replication deletes its replica too.',
  },
  {
    id: 'C-get-volume-stats-4',
    level: 'must',
    methods: ['get_volume_stats'],
    source: 'documented driver, get_volume_stats',
    clause: 'With replication set up, the statistics say replication with the value true.',
  },
  {
    id: 'C-get-volume-stats-5',
    level: 'must',
    methods: ['get_volume_stats'],
    source: 'documented driver, get_volume_stats',
    clause: 'Without replication set up, the statistics leave replication out or say None or false.',
  },
];
