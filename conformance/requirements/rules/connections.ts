import type { Requirement } from '../requirement.js';

/** What the volume manager does with the answers about connections. */
export const connectionRules: readonly Requirement[] = [
  {
    id: 'R24',
    level: 'should',
    methods: ['validate_connector', 'create_export', 'initialize_connection'],
    source: 'volume manager, initialize_connection (R24)',
    clause:
      'validate_connector, create_export and initialize_connection are called in this order; a connector that will not do is refused by the first with InvalidConnectorException.',
  },
  {
    id: 'R25',
    level: 'must',
    methods: ['create_export', 'remove_export'],
    source: 'volume manager, initialize_connection (R25)',
    clause:
      'The result of create_export is None or fields to store on the volume, and remove_export can follow it at once.',
  },
  {
    id: 'R26',
    level: 'must',
    methods: ['initialize_connection', 'remove_export'],
    source: 'volume manager, initialize_connection (R26)',
    clause:
      'After an exception from initialize_connection only remove_export follows, not terminate_connection: so a mapping or group membership made by the failing call is taken back by that call. A host without mappings may stay.',
  },
  {
    id: 'R27',
    level: 'must',
    methods: ['initialize_connection'],
    source: 'volume manager, initialize_connection (R27)',
    clause:
      'The result has a dictionary data, everything in it is a JSON value, and a second call for an attached volume gives the same access again.',
  },
  {
    id: 'R28',
    level: 'should',
    methods: ['initialize_connection'],
    source: 'volume manager, attachment_update (R28)',
    clause:
      'The attachments API lays data flat and the other top-level keys over it, so no top-level key repeats a key of data with another value.',
  },
  {
    id: 'R29',
    level: 'must',
    methods: ['terminate_connection', 'remove_export'],
    source: 'volume manager, terminate_connection (R29)',
    clause:
      'terminate_connection may be called with force and no connector; its result counts as still shared only if it is the boolean true, which is said only while another attachment of the same host needs the export.',
  },
  {
    id: 'R30',
    level: 'should',
    methods: ['remove_export', 'attach_volume', 'detach_volume'],
    source: 'volume manager, attach_volume and detach_volume (R30)',
    clause:
      'The calls around an attachment, attach_volume and detach_volume if the driver has them and remove_export, succeed in the ordinary course, as an exception leaves the attachment in an error state.',
  },
];
