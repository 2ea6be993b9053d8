import type { Requirement } from '../requirement.js';

/** What the document says of exports and connections. */
export const connections: readonly Requirement[] = [
  {
    id: 'C-create-export-1',
    level: 'must',
    methods: ['create_export'],
    source: 'documented driver, create_export',
    clause:
      'The volume is exported by create_export, given context, volume and connector: afterwards initialize_connection for it succeeds.',
  },
  {
    id: 'C-create-export-2',
    level: 'must',
    methods: ['create_export'],
    source: 'documented driver, create_export',
    clause: 'The result of create_export is nothing or a dictionary of fields of the volume to keep.',
  },
  {
    id: 'C-ensure-export-1',
    level: 'must',
    methods: ['ensure_export'],
    source: 'documented driver, ensure_export',
    clause:
      'When ensure_export returns, the export of the volume is there again, not merely under way, and an attachment that exists works on.',
  },
  {
    id: 'C-remove-export-1',
    level: 'must',
    methods: ['remove_export'],
    source: 'documented driver, remove_export',
    clause: 'After remove_export nothing of the export is left on the array, and the volume with its contents is.',
  },
  {
    id: 'C-initialize-connection-1',
    level: 'must',
    methods: ['initialize_connection'],
    source: 'documented driver, initialize_connection',
    clause:
      'After initialize_connection the initiator of the connector can reach the volume over iSCSI, read it and write it.',
  },
  {
    id: 'C-initialize-connection-2',
    level: 'must',
    methods: ['initialize_connection'],
    source: 'documented driver, initialize_connection',
    clause:
      'The result is a dictionary that holds everything the connector needs: kind of connection, portal, target name and LUN.',
  },
  {
    id: 'C-initialize-connection-3',
    level: 'must',
    methods: ['initialize_connection'],
    source: 'documented driver, initialize_connection',
    clause:
      'Access is given to the named connector only: another initiator sees neither this volume nor one more than before.',
  },
  {
    id: 'C-terminate-connection-1',
    level: 'must',
    methods: ['terminate_connection'],
    source: 'documented driver, terminate_connection',
    clause: 'After terminate_connection the initiator of the connector can no longer reach the volume.',
  },
  {
    id: 'C-terminate-connection-2',
    level: 'must',
    methods: ['terminate_connection'],
    source: 'documented driver, terminate_connection',
    clause: 'The connector may be None: then access to the volume ends for every initiator.',
  },
  {
    id: 'C-terminate-connection-3',
    level: 'must',
    methods: ['terminate_connection'],
    source: 'documented driver, terminate_connection',
    clause: 'Further keyword arguments, such as force, are accepted.',
  },
  {
    id: 'C-terminate-connection-4',
    level: 'must',
    methods: ['terminate_connection'],
    source: 'documented driver, terminate_connection',
    clause:
      'Only the given volume is taken from the given connector: other volumes of that host stay reachable at their LUNs.',
  },
];
