import type { Requirement } from '../requirement.js';

/** What the scheduler reads from statistics. */
export const schedulerRules: readonly Requirement[] = [
  {
    id: 'R62',
    level: 'should',
    methods: ['get_volume_stats'],
    source: 'scheduler, capabilities filter (R62)',
    clause:
      "Every extra spec that operators can ask for is in the pool's statistics in a form that the scheduler's comparison takes: booleans satisfy <is> True or <is> False, names are equal as text.",
  },
  {
    id: 'R63',
    level: 'should',
    methods: ['get_volume_stats'],
    source: 'scheduler, capacity filter (R63)',
    clause:
      'thin_provisioning_support is used by its truth, so a pool that cannot do thin says false and not a text; max_over_subscription_ratio is auto or a number.',
  },
  {
    id: 'R64',
    level: 'should',
    methods: ['get_volume_stats'],
    source: 'scheduler, group and multiattach capabilities (R64)',
    clause:
      'What the driver can do for groups and multiattach is in the statistics under the names that types ask for: consistent_group_snapshot_enabled and multiattach.',
  },
];
