import { documentedMethods } from '../method-names.js';
import type { Requirement } from '../requirement.js';

/** What the document says of the class, its constants and its start. */
export const setup: readonly Requirement[] = [
  {
    id: 'C-driver-1',
    level: 'must',
    methods: documentedMethods,
    source: 'documented driver, class',
    clause:
      'Every documented method can be called with its documented arguments, in order or by name, those with a default left out; none ends as not implemented.',
  },
  {
    id: 'C-driver-2',
    level: 'must',
    methods: ['initialize_connection', 'manage_existing', 'manage_existing_get_size', 'unmanage'],
    source: 'documented driver, class',
    clause:
      'The driver serves volumes over iSCSI and is one that can take over volumes which are already on the array.',
  },
  {
    id: 'C-ci-wiki-name-1',
    level: 'must',
    methods: ['CI_WIKI_NAME'],
    source: 'documented driver, CI_WIKI_NAME',
    clause: 'The constant CI_WIKI_NAME is the text NetApp_Eseries_CI.',
  },
  {
    id: 'C-driver-name-1',
    level: 'must',
    methods: ['DRIVER_NAME'],
    source: 'documented driver, DRIVER_NAME',
    clause: 'The constant DRIVER_NAME is the text NetApp_iSCSI_ESeries.',
  },
  {
    id: 'C-version-1',
    level: 'must',
    methods: ['VERSION'],
    source: 'documented driver, VERSION',
    clause: 'The constant VERSION is the text 1.0.0.',
  },
  {
    id: 'C-do-setup-1',
    level: 'must',
    methods: ['do_setup'],
    source: 'documented driver, do_setup',
    clause:
      'All that the driver has to prepare at its start happens in do_setup: once it and check_for_setup_error have returned, every other method works without further preparation.',
  },
  {
    id: 'C-do-setup-2',
    level: 'must',
    methods: ['do_setup'],
    source: 'documented driver, do_setup',
    clause:
      'A start disturbs nothing that is there: volumes, snapshots, groups and mappings on the array are the same before and after it, and a newly started driver works with those of its predecessor.',
  },
  {
    id: 'C-check-for-setup-error-1',
    level: 'must',
    methods: ['check_for_setup_error'],
    source: 'documented driver, check_for_setup_error',
    clause: 'With a usable array and sound options check_for_setup_error returns without raising.',
  },
  {
    id: 'C-check-for-setup-error-2',
    level: 'must',
    methods: ['do_setup', 'check_for_setup_error'],
    source: 'documented driver, check_for_setup_error',
    clause:
      'What stands in the way of service, such as a refused login, no pool that fits or an unknown host type, is raised by do_setup or check_for_setup_error, not found out by a later call.',
  },
];
