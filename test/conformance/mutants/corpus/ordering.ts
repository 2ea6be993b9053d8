import type { Mutant } from '../mutant.js';

/** The order of images, and what is done in it. */
export const orderingMutants: readonly Mutant[] = [
  {
    id: 'sequence-numbers-as-text',
    rule: 'Q3',
    file: 'transport/array-types.ts',
    find: 'return Number(BigInt(a.pitSequenceNumber) - BigInt(b.pitSequenceNumber));',
    replace: 'return String(a.pitSequenceNumber) < String(b.pitSequenceNumber) ? -1 : 1;',
  },
  {
    id: 'marked-images-in-the-order-of-texts',
    rule: 'Q3',
    file: 'cleanup/deferred-deletions.ts',
    find: 'present: [...images].sort(bySequence).map(',
    replace:
      'present: [...images].sort((a, b) => (String(a.pitSequenceNumber) < String(b.pitSequenceNumber) ? -1 : 1)).map(',
  },
  {
    id: 'oldest-group-snapshot-by-text',
    rule: 'Q4',
    file: 'cleanup/deferred-deletions.ts',
    find: '[...new Set([...images].sort(bySequence).map(sequenceOf))]',
    replace: '[...new Set(images.map(sequenceOf))].sort()',
  },
  {
    id: 'no-oldest-of-none',
    rule: 'Q5',
    file: 'groups/groups.ts',
    find: '      const image = choose(images);',
    replace:
      "      if (images.length === 0) throw new TypeError('Reduce of empty array');\n      const image = choose(images);",
  },
  {
    id: 'group-snapshots-deleted-out-of-turn-stay',
    rule: 'Q6',
    file: 'cleanup/deferred-deletions.ts',
    find: 'leading.filter((one) => unwanted.has(one))',
    replace: 'leading.filter((one) => one === id)',
  },
  {
    id: 'order-by-time-stamps',
    rule: 'Q50',
    file: 'transport/array-types.ts',
    find: 'return Number(BigInt(a.pitSequenceNumber) - BigInt(b.pitSequenceNumber));',
    replace: 'return BigInt(a.pitTimestamp) > BigInt(b.pitTimestamp) ? 1 : -1;',
  },
];
