import type { Requirement } from '../requirement.js';

/** Fixed once upstream: connections. */
export const connectionRegressions: readonly Requirement[] = [
  {
    id: 'B2',
    level: 'should',
    methods: ['initialize_connection'],
    source: 'upstream fix B2 (LP 1806398)',
    clause:
      'With two or more usable portals the answer also has target_portals, target_iqns and target_luns of the same length, those of the owning controller if it has any and else all; the single keys are the first elements; with one portal the lists are left out.',
  },
  {
    id: 'B10',
    level: 'should',
    methods: ['initialize_connection'],
    source: 'upstream fix B10 (LP 1526152)',
    clause: 'The connection data never has the key access_mode.',
  },
  {
    id: 'B24',
    level: 'must',
    methods: ['initialize_connection'],
    source: 'upstream fix B24 (LP 1457995, LP 1433825)',
    clause:
      'LUN 0 is never given, LUNs are below 256, and no two volumes collide, also when hosts are later put together into the host group for multiattach.',
  },
  {
    id: 'B25',
    level: 'must',
    methods: ['initialize_connection'],
    source: 'upstream fix B25 (LP 1433825)',
    clause:
      'With multiattach on, as a live migration needs it, a second host attaches while the first stays attached and the LUN stays the same; host groups of others are refused and left as they are.',
  },
  {
    id: 'B26',
    level: 'should',
    methods: ['initialize_connection'],
    source: 'upstream fix B26 (LP 1372808)',
    clause: 'target_lun is a whole number, even if the array answers its LUN as a text.',
  },
  {
    id: 'B32',
    level: 'should',
    methods: ['initialize_connection'],
    source: 'upstream fix B32 (LP 1365881)',
    clause: 'A portal of the controller that owns the volume is preferred, and any portal will do when that has none.',
  },
  {
    id: 'B33',
    level: 'must',
    methods: ['initialize_connection'],
    source: 'upstream fix B33 (LP 1312685)',
    clause: 'Attaching several volumes to one host at the same time gives each its own LUN.',
  },
  {
    id: 'B34',
    level: 'should',
    methods: ['initialize_connection'],
    source: 'upstream fix B34 (LP 1310659)',
    clause: 'Attaching a volume to the host that already has it changes nothing and returns the same LUN.',
  },
];
