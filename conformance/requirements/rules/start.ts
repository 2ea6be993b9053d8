import type { Requirement } from '../requirement.js';

/** What the volume manager does at the start and with statistics. */
export const startRules: readonly Requirement[] = [
  {
    id: 'R1',
    level: 'should',
    methods: ['do_setup', 'check_for_setup_error'],
    source: 'volume manager, init_host (R1)',
    clause:
      'The manager calls do_setup and then check_for_setup_error once each; an exception from either leaves the service down, so a driver that cannot serve raises there and one that can does not.',
  },
  {
    id: 'R2',
    level: 'should',
    methods: ['get_volume_stats'],
    source: 'volume manager, init_host (R2)',
    clause:
      'Right after the start get_volume_stats(True) has to succeed on whatever the array holds, as an exception there ends the whole host.',
  },
  {
    id: 'R3',
    level: 'should',
    methods: ['update_provider_info'],
    source: 'volume manager, update_provider_info (R3)',
    clause:
      'If the driver has update_provider_info, it gives a pair, each half None or a list of entries with id and provider_id of the volumes and snapshots handed in.',
  },
  {
    id: 'R4',
    level: 'should',
    methods: ['ensure_export'],
    source: 'volume manager, init_host (R4)',
    clause:
      'At a start ensure_export of each volume in use succeeds; an exception turns that volume, and it alone, into error.',
  },
  {
    id: 'R5',
    level: 'should',
    methods: ['get_pool'],
    source: 'volume manager, init_host (R5)',
    clause:
      'For a volume whose host names no pool, get_pool gives the name that the manager appends to the host, and that name is right.',
  },
  {
    id: 'R6',
    level: 'should',
    methods: ['get_volume_stats'],
    source: 'volume manager, periodic statistics (R6)',
    clause:
      "The refreshed statistics are a dictionary of the driver's own that the manager may alter; pools, where present, is a list whose entries each have pool_name.",
  },
];
