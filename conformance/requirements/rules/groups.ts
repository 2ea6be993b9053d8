import type { Requirement } from '../requirement.js';

/** What the volume manager does with the answers about groups. */
export const groupRules: readonly Requirement[] = [
  {
    id: 'R31',
    level: 'should',
    methods: [
      'create_group',
      'delete_group',
      'update_group',
      'create_group_from_src',
      'create_group_snapshot',
      'delete_group_snapshot',
    ],
    source: 'volume manager, groups (R31)',
    clause:
      'Only NotImplementedError makes the manager fall back to its generic code or to the consistency group methods, for each group method by itself; a driver raises it for none that it half did.',
  },
  {
    id: 'R32',
    level: 'should',
    methods: ['create_group_snapshot', 'delete_group_snapshot', 'create_cgsnapshot', 'delete_cgsnapshot'],
    source: 'volume manager, create_group_snapshot (R32)',
    clause:
      'Creating and deleting group snapshots raises only exceptions of the CinderException family, as others escape and leave the snapshot in creating or deleting.',
  },
  {
    id: 'R33',
    level: 'must',
    methods: ['create_group', 'delete_group', 'update_group', 'create_group_snapshot', 'delete_group_snapshot'],
    source: 'volume manager, groups (R33)',
    clause: 'An update of a group or group snapshot that is not empty has a status.',
  },
  {
    id: 'R34',
    level: 'must',
    methods: [
      'delete_group',
      'update_group',
      'create_group_from_src',
      'create_group_snapshot',
      'delete_group_snapshot',
    ],
    source: 'volume manager, groups (R34)',
    clause:
      'Every entry about a volume or snapshot is a dictionary of its own with an id: not an object handed in, and never the same twice.',
  },
  {
    id: 'R35',
    level: 'must',
    methods: ['delete_group', 'create_group_snapshot', 'delete_group_snapshot'],
    source: 'volume manager, groups (R35)',
    clause:
      'Where an entry has an error status the update of the group or group snapshot is a dictionary with a status, not None.',
  },
  {
    id: 'R36',
    level: 'must',
    methods: ['create_group', 'create_consistencygroup'],
    source: 'volume manager, create_group (R36)',
    clause:
      'create_group gives None or an update; a status of error or an exception makes the group error, anything else makes it available, so these are given exactly as the group could or could not be made.',
  },
  {
    id: 'R37',
    level: 'should',
    methods: ['create_group', 'create_volume'],
    source: 'volume manager, create_group (R37)',
    clause:
      'Any group that volumes can later be created in has what this takes on the array, or the driver copes with its absence.',
  },
  {
    id: 'R38',
    level: 'should',
    methods: ['delete_group'],
    source: 'volume manager, delete_group (R38)',
    clause:
      'The volumes given to delete_group are not attached and neither they nor the group have snapshots; such a group is deleted in one call.',
  },
];
