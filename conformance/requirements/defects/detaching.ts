import type { Requirement } from '../requirement.js';

/** Wrong in the last upstream version: detaching, and what is mapped. */
export const detachingDefects: readonly Requirement[] = [
  {
    id: 'Q17',
    level: 'should',
    methods: ['initialize_connection'],
    source: 'defect Q17',
    clause:
      'A volume that is still mapped to the host group for multiattach but not attached any more can be attached to a single host again.',
  },
  {
    id: 'Q20',
    level: 'must',
    methods: ['terminate_connection'],
    source: 'defect Q20',
    clause:
      "The mapping to the host group for multiattach goes when no attachment remains, whatever the volume's status says, and the volume can then no longer be reached by any host.",
  },
  {
    id: 'Q21',
    level: 'must',
    methods: ['terminate_connection'],
    source: 'defect Q21',
    clause:
      'terminate_connection without a connector ends all access to the volume, and with a host, volume or mapping that is gone it succeeds: repeating it does no harm.',
  },
  {
    id: 'Q22',
    level: 'should',
    methods: ['terminate_connection', 'initialize_connection'],
    source: 'defect Q22',
    clause: 'Attaching and detaching that overlap end as if one came after the other.',
  },
  {
    id: 'Q25',
    level: 'must',
    methods: ['terminate_connection', 'initialize_connection'],
    source: 'defect Q25',
    clause:
      "Only the array's not found means that a host group is not there; any other error is raised and never taken for not mapped.",
  },
  {
    id: 'Q27',
    level: 'must',
    methods: ['initialize_connection', 'terminate_connection'],
    source: 'defect Q27',
    clause:
      'What the array lists with the volume and in its list of mappings agrees with the answer: after an attachment both show it, after its end neither.',
  },
];
