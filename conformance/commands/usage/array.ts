import { labelMark } from '../../arrays/external/label-prefix.js';

/** The options of an array that is there already, instead of a simulator for each story. */
export const arrayOptions = {
  array: { type: 'string' },
  'array-user': { type: 'string', default: 'admin' },
  'array-password': { type: 'string', default: 'admin' },
  'array-ca': { type: 'string' },
  'system-id': { type: 'string' },
  pool: { type: 'string' },
  'i-understand-this-writes': { type: 'boolean' },
} as const;

export const arrayUsage = `  --array URL            an array that is there, simulated or real, instead of a simulator for each story; others may use
                         it: drivers reach it through a guard that carries out no change to what their story did not
                         make, and what a story made is taken away after it (labels begin with ${labelMark}, initiators
                         have conformance- in them). No other client should make or delete objects meanwhile. Stories that
                         need faults, jobs, another pool, or what others do, are skipped with the reason, and made up
                         ones too. Of a simulator's /sim/v1 only what disturbs no other client is used: the check of its state,
                         and its clock where that is manual.
  --array-user NAME      who logs in (admin), with --array-password TEXT (admin)
  --array-ca FILE        certificates (PEM) that the array's own is signed by
  --system-id ID         the storage system; the first one by default
  --pool NAME            the only pool that is written to; the first one by default
  --i-understand-this-writes
                         without it nothing is written to an array that is there
`;
