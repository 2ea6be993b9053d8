import type { Requirement } from '../requirement.js';

/** What the document says of volumes, beside replication. */
export const volumes: readonly Requirement[] = [
  {
    id: 'C-create-volume-1',
    level: 'must',
    methods: ['create_volume'],
    source: 'documented driver, create_volume',
    clause:
      'After create_volume there is exactly one new volume on the array, of the requested size in GiB, that every later call on this Cinder volume reaches.',
  },
  {
    id: 'C-create-volume-2',
    level: 'must',
    methods: ['create_volume'],
    source: 'documented driver, create_volume',
    clause:
      'The result of create_volume is nothing or a dictionary of fields of the volume to keep; what it says is plain data that can be stored.',
  },
  {
    id: 'C-create-volume-from-snapshot-1',
    level: 'must',
    methods: ['create_volume_from_snapshot'],
    source: 'documented driver, create_volume_from_snapshot',
    clause:
      'The new volume holds, byte for byte, what the source volume held when the snapshot was taken, whatever was written afterwards.',
  },
  {
    id: 'C-create-volume-from-snapshot-2',
    level: 'must',
    methods: ['create_volume_from_snapshot'],
    source: 'documented driver, create_volume_from_snapshot',
    clause:
      'The new volume stands on its own: it can be written, and neither the snapshot nor the source changes; deleting them leaves it whole.',
  },
  {
    id: 'C-create-cloned-volume-1',
    level: 'must',
    methods: ['create_cloned_volume'],
    source: 'documented driver, create_cloned_volume',
    clause: 'The clone is a volume of its own with the contents that the source had when the call was made.',
  },
  {
    id: 'C-create-cloned-volume-2',
    level: 'must',
    methods: ['create_cloned_volume'],
    source: 'documented driver, create_cloned_volume',
    clause:
      'After the cloning, writes to the clone and to the source do not show on the other, and the source can be deleted.',
  },
  {
    id: 'C-delete-volume-1',
    level: 'must',
    methods: ['delete_volume'],
    source: 'documented driver, delete_volume',
    clause:
      'When delete_volume returns, the volume and all that the driver made for it are gone from the array and its capacity is free again.',
  },
  {
    id: 'C-extend-volume-1',
    level: 'must',
    methods: ['extend_volume'],
    source: 'documented driver, extend_volume',
    clause:
      'When extend_volume returns, the volume has the new size in GiB as a total, not as an addition, and its contents are as before.',
  },
];
