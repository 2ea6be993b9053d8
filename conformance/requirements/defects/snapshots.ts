import type { Requirement } from '../requirement.js';

/** Wrong in the last upstream version: snapshots and copies. */
export const snapshotDefects: readonly Requirement[] = [
  {
    id: 'Q1',
    level: 'must',
    methods: ['create_cloned_volume'],
    source: 'defect Q1',
    clause: 'Cloning a volume leaves all of its snapshots usable and removes only what it made for itself.',
  },
  {
    id: 'Q2',
    level: 'must',
    methods: ['create_snapshot'],
    source: 'defect Q2',
    clause: 'When taking a snapshot fails, a snapshot group that was there before stays with all its snapshots.',
  },
  {
    id: 'Q3',
    level: 'must',
    methods: ['delete_snapshot', 'create_snapshot'],
    source: 'defect Q3',
    clause: 'The order of snapshots goes by their sequence numbers as numbers, also from 9 to 10 and from 99 to 100.',
  },
  {
    id: 'Q7',
    level: 'must',
    methods: ['delete_snapshot'],
    source: 'defect Q7',
    clause:
      "When a purge of deleted snapshots breaks off half-way, or images vanish behind the driver's back, no snapshot that Cinder still has is ever deleted afterwards.",
  },
  {
    id: 'Q8',
    level: 'must',
    methods: ['delete_snapshot', 'create_snapshot'],
    source: 'defect Q8',
    clause:
      "Only a record that is truly absent means that nothing is remembered; any other error in reading the driver's records ends the call, and nothing is overwritten.",
  },
  {
    id: 'Q9',
    level: 'should',
    methods: ['delete_snapshot'],
    source: 'defect Q9',
    clause:
      'If the array refuses to delete a group none of whose snapshots is wanted, it is remembered and done later.',
  },
  {
    id: 'Q15',
    level: 'must',
    methods: ['create_volume_from_snapshot', 'create_cloned_volume'],
    source: 'defect Q15',
    clause:
      'A copy counts as done only when the array calls it complete, and the new volume can be written when the call returns.',
  },
  {
    id: 'Q16',
    level: 'should',
    methods: ['create_volume_from_snapshot', 'create_cloned_volume', 'extend_volume'],
    source: 'defect Q16',
    clause: 'Waiting for a copy or an expansion has an end, with an exception that says what was waited for.',
  },
  {
    id: 'Q40',
    level: 'must',
    methods: ['create_cloned_volume'],
    source: 'defect Q40',
    clause: 'Clones of one volume made at the same time do not disturb each other.',
  },
  {
    id: 'Q41',
    level: 'must',
    methods: ['create_cloned_volume', 'create_snapshot'],
    source: 'defect Q41',
    clause:
      'A snapshot group counts as one made for clones only by its exact mark: another whose name merely contains the letters is an ordinary one.',
  },
  {
    id: 'Q46',
    level: 'should',
    methods: ['delete_snapshot'],
    source: 'defect Q46',
    clause: 'Deleting a snapshot whose volume is gone from the array succeeds, as the snapshot went with it.',
  },
  {
    id: 'Q47',
    level: 'should',
    methods: ['delete_volume', 'delete_snapshot'],
    source: 'defect Q47',
    clause: "Nothing about a volume's snapshots stays in the driver's records on the array when the volume is gone.",
  },
  {
    id: 'Q50',
    level: 'must',
    methods: ['create_snapshot', 'delete_snapshot', 'create_volume_from_snapshot'],
    source: 'defect Q50',
    clause:
      'Where the order of snapshots matters it is that of the sequence numbers, not of time stamps, which have only seconds.',
  },
];
