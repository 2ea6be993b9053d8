import type { Requirement } from '../requirement.js';

/** Wrong in the last upstream version: attaching. */
export const attachingDefects: readonly Requirement[] = [
  {
    id: 'Q18',
    level: 'must',
    methods: ['initialize_connection'],
    source: 'defect Q18',
    clause:
      "A LUN is free only if no mapping visible to the host has it, its host group's included, and with multiattach on only if no mapping of the array has it.",
  },
  {
    id: 'Q23',
    level: 'should',
    methods: ['initialize_connection'],
    source: 'defect Q23',
    clause:
      'CHAP is checked before anything is mapped, its credentials stay the same for attached hosts, they work at every portal, and a failure leaves no mapping.',
  },
  {
    id: 'Q24',
    level: 'should',
    methods: ['check_for_setup_error', 'initialize_connection'],
    source: 'defect Q24',
    clause:
      'Every host type that the start accepts also works at attaching, whether it was matched by code or by name.',
  },
  {
    id: 'Q26',
    level: 'should',
    methods: ['initialize_connection'],
    source: 'defect Q26',
    clause: 'Changing the type of an existing host may fail without failing the attachment.',
  },
  {
    id: 'Q45',
    level: 'should',
    methods: ['validate_connector', 'initialize_connection'],
    source: 'defect Q45',
    clause:
      'A connector without an initiator is refused with InvalidConnectorException, not with an error of the language.',
  },
];
