import type { Requirement } from '../requirement.js';

/** What the document says of snapshots. */
export const snapshots: readonly Requirement[] = [
  {
    id: 'C-create-snapshot-1',
    level: 'must',
    methods: ['create_snapshot'],
    source: 'documented driver, create_snapshot',
    clause:
      'After create_snapshot the array keeps the contents that the volume has at that moment, to be got back as long as the snapshot exists.',
  },
  {
    id: 'C-create-snapshot-2',
    level: 'must',
    methods: ['create_snapshot'],
    source: 'documented driver, create_snapshot',
    clause:
      'The result of create_snapshot is nothing or a dictionary of fields of the snapshot to keep, and with these alone a newly started driver finds the snapshot again.',
  },
  {
    id: 'C-delete-snapshot-1',
    level: 'must',
    methods: ['delete_snapshot'],
    source: 'documented driver, delete_snapshot',
    clause:
      'After delete_snapshot the snapshot is gone for Cinder, while its volume and every other snapshot keep their contents.',
  },
];
