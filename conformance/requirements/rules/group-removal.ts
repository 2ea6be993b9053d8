import type { Requirement } from '../requirement.js';

/** What the volume manager does with the answer of delete_group. */
export const groupRemovalRules: readonly Requirement[] = [
  {
    id: 'R39',
    level: 'must',
    methods: ['delete_group', 'delete_consistencygroup'],
    source: 'volume manager, delete_group (R39)',
    clause: 'The answer is a pair, either half of which may be None, and each entry about a volume has id and status.',
  },
  {
    id: 'R40',
    level: 'must',
    methods: ['delete_group', 'delete_consistencygroup'],
    source: 'volume manager, delete_group (R40)',
    clause:
      "Entries are written to the database together and with an error status raise the group's to the same; an id that is no volume of the group spoils all of them.",
  },
  {
    id: 'R41',
    level: 'must',
    methods: ['delete_group', 'delete_consistencygroup'],
    source: 'volume manager, delete_group (R41)',
    clause:
      'With an error status for the group the manager raises and the group is error; volumes then have the statuses of their entries, or all error if there were none.',
  },
  {
    id: 'R42',
    level: 'must',
    methods: ['delete_group', 'delete_consistencygroup'],
    source: 'volume manager, delete_group (R42)',
    clause:
      'An exception makes the group and all its volumes error, so it loses what the driver knew of each volume; partial results are returned, not raised.',
  },
  {
    id: 'R43',
    level: 'must',
    methods: ['delete_group', 'delete_consistencygroup'],
    source: 'volume manager, delete_group (R43)',
    clause:
      "Without an error status every volume's record is destroyed, even of one reported as available: a volume that is still on the array is reported as error_deleting or error.",
  },
];
