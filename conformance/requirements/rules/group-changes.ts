import type { Requirement } from '../requirement.js';

/** What the volume manager does with changes of a group and with groups made from a source. */
export const groupChangeRules: readonly Requirement[] = [
  {
    id: 'R44',
    level: 'should',
    methods: ['update_group', 'update_consistencygroup'],
    source: 'volume manager, update_group (R44)',
    clause:
      'Volumes to add are available or in use, those to remove may also be in an error state, the lists share none: the driver takes all of these.',
  },
  {
    id: 'R45',
    level: 'should',
    methods: ['update_group', 'update_consistencygroup'],
    source: 'volume manager, update_group (R45)',
    clause:
      "The answer is a triple of the group's update and the updates of added and removed volumes, each possibly None, entries having id.",
  },
  {
    id: 'R46',
    level: 'should',
    methods: ['update_group', 'update_consistencygroup'],
    source: 'volume manager, update_group (R46)',
    clause:
      "A status of error or an exception is a failure; else the group is available and the membership in the records changes, so a return without error means that the array's membership did.",
  },
  {
    id: 'R47',
    level: 'should',
    methods: ['update_group', 'update_consistencygroup'],
    source: 'volume manager, update_group (R47)',
    clause:
      'An exception makes the group and all volumes of both lists error, so a failed update leaves the membership on the array as it was and can be repeated.',
  },
  {
    id: 'R48',
    level: 'should',
    methods: ['update_group', 'update_consistencygroup'],
    source: 'volume manager, update_group (R48)',
    clause: 'The lists of added and removed volumes may be empty, None or left out.',
  },
  {
    id: 'R49',
    level: 'must',
    methods: ['create_group_from_src', 'create_consistencygroup_from_src'],
    source: 'volume manager, create_group_from_src (R49)',
    clause:
      'There is one source, a group snapshot or a group, and its snapshots or volumes are in the order of the new volumes: the n-th new volume has the contents of the n-th source.',
  },
  {
    id: 'R50',
    level: 'should',
    methods: ['create_group_from_src', 'create_consistencygroup_from_src'],
    source: 'volume manager, create_group_from_src (R50)',
    clause:
      "The answer is a pair of the group's update and the volumes' updates, either None, entries having the id of a new volume.",
  },
  {
    id: 'R51',
    level: 'must',
    methods: ['create_group_from_src', 'create_consistencygroup_from_src'],
    source: 'volume manager, create_group_from_src (R51)',
    clause:
      'Statuses in the answer are not looked at and everything ends available: failure is told only by an exception.',
  },
  {
    id: 'R52',
    level: 'should',
    methods: ['create_group_from_src', 'create_consistencygroup_from_src'],
    source: 'volume manager, create_group_from_src (R52)',
    clause:
      'No create_group goes before: the driver makes the new group on the array in this very call, and when it fails takes its group and volumes away again.',
  },
];
