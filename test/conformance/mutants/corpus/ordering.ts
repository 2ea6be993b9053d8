import type { Mutant } from '../mutant.js';

/** The order of images, and what is done in it. */
export const orderingMutants: readonly Mutant[] = [
  {
    id: 'sequence-numbers-as-text',
    rule: 'Q3',
    file: 'array-types.ts',
    find: 'const difference = big(a.pitSequenceNumber) - big(b.pitSequenceNumber);',
    replace: 'const difference = String(a.pitSequenceNumber) < String(b.pitSequenceNumber) ? -1n : 1n;',
  },
];
