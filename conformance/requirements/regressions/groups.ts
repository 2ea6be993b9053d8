import type { Requirement } from '../requirement.js';

/** Fixed once upstream: groups. */
export const groupRegressions: readonly Requirement[] = [
  {
    id: 'B1',
    level: 'must',
    methods: ['create_group', 'delete_group', 'create_volume'],
    source: 'upstream fix B1 (LP 1706777)',
    clause:
      'create_group makes a consistency group on the array and delete_group removes it; in between, creating a volume in the group succeeds.',
  },
  {
    id: 'B6',
    level: 'should',
    methods: ['create_volume', 'create_volume_from_snapshot', 'create_cloned_volume'],
    source: 'upstream fix B6 (LP 1555933)',
    clause:
      'A volume created for a consistency group is a member of it afterwards, by all three ways to create; one created for none is a member of none.',
  },
];
