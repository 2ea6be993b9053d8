import type { Requirement } from '../requirement.js';

/** What the document says of statistics and pools. */
export const stats: readonly Requirement[] = [
  {
    id: 'C-get-volume-stats-1',
    level: 'must',
    methods: ['get_volume_stats'],
    source: 'documented driver, get_volume_stats',
    clause: 'The answer of get_volume_stats is a dictionary that describes the present state of the service.',
  },
  {
    id: 'C-get-volume-stats-2',
    level: 'must',
    methods: ['get_volume_stats'],
    source: 'documented driver, get_volume_stats',
    clause:
      'With refresh true the state is read from the array before it is answered, so a change made on the array a moment ago is in it.',
  },
  {
    id: 'C-get-volume-stats-3',
    level: 'must',
    methods: ['get_volume_stats'],
    source: 'documented driver, get_volume_stats',
    clause: 'The argument refresh may be left out and is then false: the state gathered last is answered.',
  },
  {
    id: 'C-get-pool-1',
    level: 'must',
    methods: ['get_pool'],
    source: 'documented driver, get_pool',
    clause: 'The name of the pool that the given volume lies in on the array is what get_pool returns.',
  },
  {
    id: 'C-get-pool-2',
    level: 'must',
    methods: ['get_pool'],
    source: 'documented driver, get_pool',
    clause: 'The name answered by get_pool is one that the statistics use as pool_name.',
  },
];
