import type { Requirement } from '../requirement.js';

/** How the volume manager calls the consistency group methods. */
export const consistencyGroupRules: readonly Requirement[] = [
  {
    id: 'R60',
    level: 'should',
    methods: [
      'create_consistencygroup',
      'delete_consistencygroup',
      'update_consistencygroup',
      'create_consistencygroup_from_src',
      'create_cgsnapshot',
      'delete_cgsnapshot',
    ],
    source: 'volume manager, consistency groups (R60)',
    clause:
      'The consistency group methods keep the same rules for answers, and work with views of groups and group snapshots that have the same ids, with consistencygroup_id on volumes and cgsnapshots and cgsnapshot_id on snapshots.',
  },
  {
    id: 'R61',
    level: 'must',
    methods: [
      'delete_consistencygroup',
      'update_consistencygroup',
      'create_consistencygroup_from_src',
      'create_cgsnapshot',
      'delete_cgsnapshot',
    ],
    source: 'volume manager, consistency groups (R61)',
    clause: 'Arguments come in the documented order and under the documented names, sources that are not used as None.',
  },
];
