import type { Requirement } from '../requirement.js';

/** What the volume manager does with the answers about group snapshots. */
export const groupSnapshotRules: readonly Requirement[] = [
  {
    id: 'R53',
    level: 'should',
    methods: ['create_group_snapshot', 'create_cgsnapshot'],
    source: 'volume manager, create_group_snapshot (R53)',
    clause:
      'The answer is a pair, either half possibly None; entries have id and status and otherwise fields of a snapshot, for snapshots that were handed in.',
  },
  {
    id: 'R54',
    level: 'should',
    methods: ['create_group_snapshot', 'create_cgsnapshot'],
    source: 'volume manager, create_group_snapshot (R54)',
    clause:
      'Failure is told by an exception or by the status error for the group snapshot or an entry; error_deleting for the group snapshot would pass as success and is not used.',
  },
  {
    id: 'R55',
    level: 'should',
    methods: ['create_group_snapshot', 'create_cgsnapshot'],
    source: 'volume manager, create_group_snapshot (R55)',
    clause:
      'On success all snapshots become available whatever their entries say, and provider_id of the entries is kept: so all of them exist, and are found by what was kept.',
  },
  {
    id: 'R56',
    level: 'should',
    methods: ['delete_group_snapshot', 'delete_cgsnapshot'],
    source: 'volume manager, delete_group_snapshot (R56)',
    clause:
      'The answer of a deletion is a pair as for the creation; every entry has a status and belongs to a snapshot that was handed in.',
  },
  {
    id: 'R57',
    level: 'should',
    methods: ['delete_group_snapshot', 'delete_cgsnapshot'],
    source: 'volume manager, delete_group_snapshot (R57)',
    clause:
      'An error status for an entry or the group snapshot makes the manager raise and the group snapshot error; snapshots have the statuses of their entries, or all error.',
  },
  {
    id: 'R58',
    level: 'must',
    methods: ['delete_group_snapshot', 'delete_cgsnapshot'],
    source: 'volume manager, delete_group_snapshot (R58)',
    clause:
      'Without an error status all snapshots are destroyed in the records, even those reported available: one that could not be deleted is reported as an error.',
  },
  {
    id: 'R59',
    level: 'should',
    methods: ['delete_group_snapshot', 'delete_cgsnapshot'],
    source: 'volume manager, delete_group_snapshot (R59)',
    clause: 'None and None is a complete success: it is answered only when every snapshot is deleted.',
  },
];
