import type { Requirement } from '../requirement.js';

/** What the document says of groups. */
export const groups: readonly Requirement[] = [
  {
    id: 'C-create-group-1',
    level: 'must',
    methods: ['create_group'],
    source: 'documented driver, create_group',
    clause:
      'Given the context and the Group object, create_group makes the group, so that volumes can then be created in it and added to it.',
  },
  {
    id: 'C-create-group-2',
    level: 'must',
    methods: ['create_group'],
    source: 'documented driver, create_group',
    clause: "What create_group returns is the update of the group's record, or nothing.",
  },
  {
    id: 'C-create-group-3',
    level: 'must',
    methods: ['create_group'],
    source: 'documented driver, create_group',
    clause: 'An update of the group is a dictionary that has at least a status.',
  },
  {
    id: 'C-create-group-4',
    level: 'must',
    methods: ['create_group'],
    source: 'documented driver, create_group',
    clause:
      'A status of error in the update means failure: the manager raises, and the group ends in error; it is never given for a group that was made.',
  },
  {
    id: 'C-create-group-5',
    level: 'must',
    methods: ['create_group'],
    source: 'documented driver, create_group',
    clause: 'When the group cannot be made the driver may raise: the manager catches it and the group ends in error.',
  },
  {
    id: 'C-create-group-6',
    level: 'must',
    methods: ['create_group'],
    source: 'documented driver, create_group',
    clause: 'Success is told by an update or by None, and either way the group ends available.',
  },
  {
    id: 'C-delete-group-1',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause:
      'Given context, group and the volumes in it, delete_group removes the group and those volumes from the array, and no others.',
  },
  {
    id: 'C-delete-group-2',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause: 'The result is a pair: the update of the group, then the updates of its volumes.',
  },
  {
    id: 'C-delete-group-3',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause: 'The volumes handed in are records of the database and are not handed back as their own updates.',
  },
  {
    id: 'C-delete-group-4',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause: 'The updates of the volumes are a list of dictionaries that the driver built anew.',
  },
  {
    id: 'C-delete-group-5',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause: 'Each update of a volume has the id of a volume of the group and a status.',
  },
  {
    id: 'C-delete-group-6',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause: 'The update of the group is a dictionary that has at least a status.',
  },
  {
    id: 'C-delete-group-7',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause:
      'Unless all went well, the driver fills in both updates and returns them, rather than leave the manager in the dark.',
  },
  {
    id: 'C-delete-group-8',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause:
      "The manager goes by the updates: each volume's record takes the status of its entry, so an entry says what became of that volume on the array.",
  },
  {
    id: 'C-delete-group-9',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause: 'When some volumes could be deleted and others not, each has the status that is true of it.',
  },
  {
    id: 'C-delete-group-10',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause:
      "An entry with error_deleting or error brings the group's status to the same, unless that is already one of the two.",
  },
  {
    id: 'C-delete-group-11',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause:
      "With error_deleting or error as the group's status the manager raises and the group's record ends in error.",
  },
  {
    id: 'C-delete-group-12',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause:
      'Where a failure comes without updates of the volumes, the manager puts every volume of the group into error; so the driver leaves them out only if no volume is to count as deleted.',
  },
  {
    id: 'C-delete-group-13',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause:
      'An exception out of delete_group puts the group and all of its volumes into error; so the driver raises only if a second call can finish the work.',
  },
  {
    id: 'C-delete-group-14',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause: 'Success is told by both updates, or by None and None.',
  },
  {
    id: 'C-delete-group-15',
    level: 'must',
    methods: ['delete_group'],
    source: 'documented driver, delete_group',
    clause:
      'After success the manager removes the group and all of its volumes from the database as deleted; so success means that nothing of them is left on the array.',
  },
];
