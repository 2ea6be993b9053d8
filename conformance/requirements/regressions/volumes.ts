import type { Requirement } from '../requirement.js';

/** Fixed once upstream: volumes and snapshots. */
export const volumeRegressions: readonly Requirement[] = [
  {
    id: 'B4',
    level: 'should',
    methods: ['create_volume_from_snapshot'],
    source: 'upstream fix B4 (LP 1659791)',
    clause:
      'When the snapshot group behind a snapshot cannot be fetched, for whatever reason the array gives, a create from it ends in NotFound.',
  },
  {
    id: 'B7',
    level: 'should',
    methods: ['create_snapshot', 'update_group', 'create_group_snapshot'],
    source: 'upstream fix B7',
    clause:
      "Each consistency group that a volume is in takes one of the volume's four snapshot groups on the array, and so 32 of its snapshots; reaching the limit is an error that says so and loses nothing.",
  },
  {
    id: 'B8',
    level: 'must',
    methods: ['create_snapshot', 'delete_snapshot', 'do_setup'],
    source: 'upstream fix B8',
    clause:
      'Up to 96 snapshots of a volume can be deleted in any order: one that is not the oldest leaves the array once nothing older is wanted, and no wanted one is ever lost; a web service too old for this fails the start.',
  },
  {
    id: 'B14',
    level: 'must',
    methods: ['extend_volume'],
    source: 'upstream fix B14 (LP 1506212)',
    clause:
      "Extending is done in place: the array's volume stays the same one, its snapshots stay usable; on a volume group the call returns when the expansion is finished, on a disk pool at once.",
  },
  {
    id: 'B15',
    level: 'should',
    methods: ['extend_volume'],
    source: 'upstream fix B15 (LP 1493874)',
    clause: 'A thin volume is still thin after it has been extended.',
  },
  {
    id: 'B16',
    level: 'should',
    methods: ['create_volume', 'create_volume_from_snapshot', 'create_cloned_volume'],
    source: 'upstream fix B16 (LP 1506940)',
    clause: 'After a failed create no volume under this name is left on the array, and trying again succeeds.',
  },
  {
    id: 'B17',
    level: 'should',
    methods: ['delete_volume'],
    source: 'upstream fix B17 (LP 1502166, LP 1477027)',
    clause: 'Deleting a volume that is missing on the array succeeds without a word.',
  },
  {
    id: 'B27',
    level: 'must',
    methods: [
      'extend_volume',
      'delete_volume',
      'create_snapshot',
      'create_cloned_volume',
      'initialize_connection',
      'terminate_connection',
      'get_pool',
      'update_group',
      'unmanage',
    ],
    source: 'upstream fix B27 (LP 1370098)',
    clause:
      "For a volume whose name_id differs from its id, every method works on the array's volume that name_id names.",
  },
  {
    id: 'B35',
    level: 'should',
    methods: ['create_volume'],
    source: 'upstream fix B35',
    clause:
      "The pool of a new volume is the one in the scheduler's host string; a host without a pool is refused as InvalidHost.",
  },
  {
    id: 'B36',
    level: 'should',
    methods: ['get_volume_stats', 'initialize_connection', 'extend_volume', 'delete_volume'],
    source: 'upstream fix B36',
    clause: 'Nothing is remembered past its truth: what another client changed on the array is seen by the next call.',
  },
  {
    id: 'B37',
    level: 'must',
    methods: ['manage_existing', 'manage_existing_get_size', 'unmanage'],
    source: 'upstream fix B37',
    clause:
      "Managing renames the array's volume for Cinder, its size is rounded up, and unmanaging leaves the data whole.",
  },
];
