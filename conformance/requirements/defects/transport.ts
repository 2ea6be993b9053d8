import type { Requirement } from '../requirement.js';

/** Wrong in the last upstream version: the start, and talking to the array. */
export const transportDefects: readonly Requirement[] = [
  {
    id: 'Q30',
    level: 'should',
    methods: ['create_snapshot'],
    source: 'defect Q30',
    clause: "The list of pools to choose a repository's place from can be gone through more than once.",
    unobservable: 'only code for web services older than the oldest that the start accepts chooses such a place',
  },
  {
    id: 'Q32',
    level: 'should',
    methods: ['create_volume', 'delete_volume', 'create_snapshot'],
    source: 'defect Q32',
    clause: 'An answer of 422 whose body is no JSON is a driver exception with that status, not a parse error.',
  },
  {
    id: 'Q34',
    level: 'should',
    methods: ['do_setup'],
    source: 'defect Q34',
    clause:
      'With another path for the web service than the usual one, the version is still found and the start succeeds.',
  },
  {
    id: 'Q35',
    level: 'should',
    methods: ['do_setup'],
    source: 'defect Q35',
    clause:
      'Whether the server is the array itself is decided on addresses resolved on both sides, so a name and its address are the same; and the array taken is the configured one.',
  },
  {
    id: 'Q36',
    level: 'should',
    methods: ['check_for_setup_error', 'get_volume_stats'],
    source: 'defect Q36',
    clause: 'An array with a single controller is served, and one failing background task does not end the later ones.',
  },
  {
    id: 'Q44',
    level: 'should',
    methods: ['get_volume_stats'],
    source: 'defect Q44',
    clause: 'The statistics name consistent_group_snapshot_enabled and multiattach, and what they say is true.',
  },
  {
    id: 'Q51',
    level: 'should',
    methods: ['check_for_setup_error', 'do_setup'],
    source: 'defect Q51',
    clause:
      'A start waits for an array that is not up yet (it answers 424, refuses connections or is neverContacted) before it uses it, and gives up only after its time limit.',
  },
  {
    id: 'Q52',
    level: 'should',
    methods: ['do_setup', 'get_volume_stats'],
    source: 'defect Q52',
    clause:
      'Certificates are verified unless configured otherwise, and a request without an answer ends in a time limit.',
  },
  {
    id: 'Q53',
    level: 'should',
    methods: ['create_volume', 'delete_volume', 'extend_volume'],
    source: 'defect Q53',
    clause: "The array's own words, its errorMessage, retcode and codeType, are in the exception, whatever the status.",
  },
];
