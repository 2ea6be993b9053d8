import type { Requirement } from '../requirement.js';

/** Fixed once upstream: the start, options and statistics. */
export const startRegressions: readonly Requirement[] = [
  {
    id: 'B3',
    level: 'should',
    methods: ['get_volume_stats'],
    source: 'upstream fix B3 (LP 1718739)',
    clause:
      'provisioned_capacity_gb of a pool is the sum of the capacities that its volumes show, repository volumes left out: 0 for an empty pool, and with thin volumes possibly more than the pool has.',
  },
  {
    id: 'B5',
    level: 'should',
    methods: ['check_for_setup_error'],
    source: 'upstream fix B5 (LP 1555946)',
    clause:
      "The configured host type is checked against the array at the start, by code or name, after translating the driver's own words for it; one that the array knows works, one that it does not know fails the start.",
  },
  {
    id: 'B9',
    level: 'should',
    methods: ['get_volume_stats'],
    source: 'upstream fix B9 (LP 1534240)',
    clause: 'The statistics spell the over-subscription ratio max_over_subscription_ratio.',
  },
  {
    id: 'B11',
    level: 'should',
    methods: ['do_setup', 'get_volume_stats'],
    source: 'upstream fix B11',
    clause:
      "Where the driver reports itself to the array's support data, the report has the key chassis-serial-number.",
  },
  {
    id: 'B12',
    level: 'should',
    methods: ['do_setup', 'create_volume'],
    source: 'upstream fix B12',
    clause:
      'An error answer that is no JSON is judged by its HTTP status, and 424 is told as an array that is offline.',
  },
  {
    id: 'B13',
    level: 'should',
    methods: ['check_for_setup_error'],
    source: 'upstream fix B13 (LP 1497007)',
    clause:
      'Each start sends the configured array password anew; while the array holds it for invalid or unknown, in any spelling, the start waits at most about 30 seconds and then fails; no status given does not hold it up; a 422 for a wrong password says so.',
  },
  {
    id: 'B18',
    level: 'should',
    methods: ['get_volume_stats', 'create_volume', 'create_volume_from_snapshot', 'create_cloned_volume'],
    source: 'upstream fix B18 (LP 1493399)',
    clause: 'Only pools whose whole name fits the configured pattern are reported, and only they get volumes.',
  },
  {
    id: 'B19',
    level: 'should',
    methods: ['initialize_connection'],
    source: 'upstream fix B19 (LP 1491580)',
    clause: 'Without the multiattach option, attaching to a second host is refused: its default is false.',
  },
  {
    id: 'B20',
    level: 'should',
    methods: ['get_volume_stats'],
    source: 'upstream fix B20',
    clause:
      'Each pool reports by itself whether thin and thick volumes can be made and what its over-subscription ratio is.',
  },
  {
    id: 'B21',
    level: 'should',
    methods: ['get_volume_stats', 'create_volume'],
    source: 'upstream fix B21',
    clause:
      'The extra specs have their documented keys; volume groups of every RAID level are pools just like disk pools, and RAID 3 is reported as raid5.',
  },
  {
    id: 'B22',
    level: 'should',
    methods: ['create_export'],
    source: 'upstream fix B22',
    clause: 'The connector is the third argument that create_export takes.',
  },
  {
    id: 'B23',
    level: 'should',
    methods: ['do_setup', 'initialize_connection'],
    source: 'upstream fix B23 (LP 1383444)',
    clause:
      'No password or CHAP secret shows in what the driver writes to its log, its error stream or its exceptions.',
  },
  {
    id: 'B28',
    level: 'should',
    methods: ['do_setup'],
    source: 'upstream fix B28 (LP 1396718)',
    clause: 'One controller address that cannot be resolved fails the start, wherever in the list it stands.',
  },
  {
    id: 'B29',
    level: 'should',
    methods: ['do_setup'],
    source: 'upstream fix B29 (LP 1322379)',
    clause: 'A configured port is used as it is, and the default of the scheme only when none is configured.',
  },
  {
    id: 'B30',
    level: 'should',
    methods: ['check_for_setup_error'],
    source: 'upstream fix B30 (LP 1376349)',
    clause: 'The start goes well without the option for multipath image transfer.',
  },
  {
    id: 'B31',
    level: 'should',
    methods: ['check_for_setup_error', 'initialize_connection'],
    source: 'upstream fix B31 (LP 1365884, LP 1410107)',
    clause:
      "Unless configured otherwise a host is of the array's type LnxALUA, and a host that exists with another type gets the configured one at attaching.",
  },
];
