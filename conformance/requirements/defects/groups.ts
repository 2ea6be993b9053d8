import type { Requirement } from '../requirement.js';

/** Wrong in the last upstream version: groups and their snapshots. */
export const groupDefects: readonly Requirement[] = [
  {
    id: 'Q4',
    level: 'must',
    methods: ['delete_group_snapshot', 'delete_cgsnapshot'],
    source: 'defect Q4',
    clause:
      'Which group snapshot is the oldest goes by numbers: with 9, 10 and 11, deleting 10 leaves 9 and 11 usable.',
  },
  {
    id: 'Q5',
    level: 'should',
    methods: ['delete_group_snapshot', 'delete_cgsnapshot'],
    source: 'defect Q5',
    clause:
      'Deleting a group snapshot of which the array has no image left succeeds or raises CgSnapshotNotFound, never an error of the language.',
  },
  {
    id: 'Q6',
    level: 'must',
    methods: ['delete_group_snapshot', 'delete_cgsnapshot'],
    source: 'defect Q6',
    clause: 'When all group snapshots have been deleted, in whatever order, none is left on the array.',
  },
  {
    id: 'Q31',
    level: 'should',
    methods: ['create_group_from_src', 'create_consistencygroup_from_src', 'create_volume_from_snapshot'],
    source: 'defect Q31',
    clause:
      'Creating from a group snapshot leaves no view behind, neither of the group nor of a member, whether it succeeds or fails.',
  },
  {
    id: 'Q37',
    level: 'must',
    methods: ['update_group', 'create_group_snapshot', 'create_group_from_src', 'create_volume'],
    source: 'defect Q37',
    clause:
      'Groups of every type are consistent: membership changes reach the array, group snapshots are of one moment, and groups made from a source can take new volumes.',
  },
  {
    id: 'Q38',
    level: 'should',
    methods: ['delete_group_snapshot', 'delete_cgsnapshot'],
    source: 'defect Q38',
    clause: 'Deleting a group snapshot that is already deleted succeeds.',
  },
  {
    id: 'Q39',
    level: 'must',
    methods: ['create_group_snapshot', 'create_cgsnapshot'],
    source: 'defect Q39',
    clause:
      'If one of the given snapshots gets no image, the whole group snapshot fails and what was made of it is undone.',
  },
  {
    id: 'Q48',
    level: 'must',
    methods: ['create_group_from_src', 'create_consistencygroup_from_src'],
    source: 'defect Q48',
    clause: 'A group made from another group holds all members as of one and the same moment.',
  },
  {
    id: 'Q49',
    level: 'must',
    methods: ['delete_group', 'delete_consistencygroup'],
    source: 'defect Q49',
    clause: 'delete_group reports as deleted only volumes that the array has deleted.',
  },
];
