import type { Requirement } from '../requirement.js';

/** What the volume manager does with the answers about volumes and snapshots. */
export const volumeRules: readonly Requirement[] = [
  {
    id: 'R7',
    level: 'must',
    methods: ['create_volume', 'create_volume_from_snapshot', 'create_cloned_volume'],
    source: 'volume manager, create_volume (R7)',
    clause:
      'The three ways to create return None or fields of the volume; whatever status these hold the volume becomes available, so failure is told by an exception only.',
  },
  {
    id: 'R8',
    level: 'should',
    methods: ['create_volume', 'create_volume_from_snapshot', 'create_cloned_volume', 'delete_volume'],
    source: 'volume manager, create_volume (R8)',
    clause:
      'After a failed create the manager may reschedule and call delete_volume for what is half there: create removes its own partial work, and delete_volume is a safe clean-up in any half-way state.',
  },
  {
    id: 'R9',
    level: 'should',
    methods: ['create_volume', 'create_volume_from_snapshot', 'create_cloned_volume'],
    source: 'volume manager, create_volume (R9)',
    clause:
      "A volume of any group, whatever the group's type, comes with consistencygroup_id and consistencygroup set, and its creation succeeds.",
  },
  {
    id: 'R10',
    level: 'should',
    methods: ['create_volume_from_snapshot', 'create_cloned_volume', 'delete_snapshot', 'delete_volume'],
    source: 'volume manager, create_volume (R10)',
    clause:
      'The manager keeps a source from being deleted while something is made from it; other calls on the source may overlap, and both end well.',
  },
  {
    id: 'R11',
    level: 'should',
    methods: ['delete_volume', 'remove_export'],
    source: 'volume manager, delete_volume (R11)',
    clause:
      "An attached volume never reaches the driver's delete_volume; for others remove_export and then delete_volume are called, and both succeed also if the volume never was exported.",
  },
  {
    id: 'R12',
    level: 'must',
    methods: ['delete_volume'],
    source: 'volume manager, delete_volume (R12)',
    clause:
      'VolumeIsBusy puts the volume back to available, any other exception puts it into error_deleting, and a return destroys the record: so delete_volume returns only when the volume is gone.',
  },
  {
    id: 'R13',
    level: 'should',
    methods: ['delete_volume'],
    source: 'volume manager, delete_volume (R13)',
    clause: 'Deleting a volume that the array no longer has is a success.',
  },
  {
    id: 'R14',
    level: 'should',
    methods: ['delete_snapshot', 'delete_volume'],
    source: 'volume manager, delete_volume (R14)',
    clause:
      'In a cascade every snapshot is deleted first and then the volume, each through its own call; all of them succeed and leave nothing.',
  },
  {
    id: 'R15',
    level: 'should',
    methods: ['unmanage', 'remove_export'],
    source: 'volume manager, delete_volume (R15)',
    clause:
      "To unmanage, the manager calls remove_export and unmanage; an exception gives error_unmanaging, success removes the record and leaves the array's volume.",
  },
  {
    id: 'R16',
    level: 'should',
    methods: ['extend_volume'],
    source: 'volume manager, extend_volume (R16)',
    clause:
      "An exception from extend_volume gives error_extending and the old size in the records; a return gives the new size, so the driver returns only when the array's volume has it.",
  },
  {
    id: 'R17',
    level: 'must',
    methods: ['create_snapshot'],
    source: 'volume manager, create_snapshot (R17)',
    clause:
      'A return of create_snapshot, None or fields of the snapshot, makes it available whatever its status says; so it is given only when the array holds the snapshot, and an exception otherwise.',
  },
  {
    id: 'R18',
    level: 'must',
    methods: ['delete_snapshot'],
    source: 'volume manager, delete_snapshot (R18)',
    clause:
      'SnapshotIsBusy puts the snapshot back to available, any other exception gives error_deleting, a return destroys the record: what a driver puts off after a return must not need the record.',
  },
  {
    id: 'R19',
    level: 'must',
    methods: ['revert_to_snapshot', 'create_snapshot', 'create_volume_from_snapshot', 'delete_volume'],
    source: 'volume manager, revert_to_snapshot (R19)',
    clause:
      "A revert gives the volume the contents of the snapshot, be it by the driver's own method or by the manager's copy over a temporary volume, and leaves no temporary object.",
  },
  {
    id: 'R20',
    level: 'should',
    methods: ['retype', 'migrate_volume'],
    source: 'volume manager, retype and migrate_volume (R20)',
    clause:
      'If the driver has retype it gives a boolean or a pair of boolean and update, and migrate_volume gives a pair of moved and update; moved or retyped is said only of a volume that truly is.',
  },
  {
    id: 'R21',
    level: 'must',
    methods: ['delete_volume', 'extend_volume', 'initialize_connection', 'create_snapshot', 'get_pool'],
    source: 'volume manager, migrate_volume_completion (R21)',
    clause:
      "After a migration the record's _name_id names the array's volume and its id no longer does: every lookup goes by name_id, and deleting the left-over record deletes the old volume, never the new.",
  },
  {
    id: 'R22',
    level: 'must',
    methods: ['manage_existing', 'manage_existing_get_size'],
    source: 'volume manager, manage_existing (R22)',
    clause:
      "manage_existing_get_size comes first and gives whole GiB rounded up; manage_existing gives None or fields of the volume; an exception from either gives error_managing and leaves the array's volume as it was.",
  },
  {
    id: 'R23',
    level: 'should',
    methods: ['get_manageable_volumes'],
    source: 'volume manager, get_manageable_volumes (R23)',
    clause: 'If the driver lists manageable volumes it gives a list of dictionaries, which may be empty.',
  },
];
