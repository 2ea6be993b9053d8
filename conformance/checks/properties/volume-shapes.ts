import fc from 'fast-check';
import type { Step } from '../../scenario/format.js';
import { pool, seed, size, specs, standardPool } from './arbitraries.js';
import type { Property } from './property.js';

/** Where a copy goes. The array copies into standard volumes only, so none is to be thin. */
const copyTarget = fc.record({ pool, type: specs(standardPool) });

/** One volume's life: what it is, by how much it grows each time, and what is made of it. */
const life = pool.chain((label) =>
  fc.record({
    pool: fc.constant(label),
    size,
    type: specs(label),
    growths: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    copies: fc.array(
      fc.record({ from: fc.constantFrom('volume', 'snapshot'), more: fc.nat({ max: 2 }), to: copyTarget }),
      { maxLength: 2 },
    ),
    deleted: fc.boolean(),
  }),
);

type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never;

export const volumeShapes: Property = {
  id: 'property/volume-shapes',
  title:
    'A volume has the size, the pool and the kind that were asked for, whatever it is made of, and keeps them as it grows',
  verifies: [
    'C-create-volume-1',
    'C-create-volume-2',
    'C-extend-volume-1',
    'C-delete-volume-1',
    'B14',
    'B15',
    'B21',
    'B35',
    'Q12',
    'Q28',
    'R7',
    'R16',
  ],
  runs: 25,
  scenario: () =>
    fc.record({ seed, lives: fc.array(life, { minLength: 1, maxLength: 3 }) }).map(({ seed: arraySeed, lives }) => ({
      name: 'Volumes of many shapes',
      why: 'Generated: size, pool and kind are as asked for.',
      verifies: [...volumeShapes.verifies],
      array: { seed: arraySeed },
      steps: lives.flatMap((each, index) => stepsOf(each, `vol${index + 1}`)),
    })),
};

function stepsOf({ pool: label, size: gib, type, growths, copies, deleted }: Life, name: string): Step[] {
  const steps: Step[] = [
    { call: 'create_volume', as: name, size: gib, pool: label, type, expect: { status: 'available' } },
  ];
  let now = gib;
  for (const growth of growths) {
    now += growth;
    steps.push({ call: 'extend_volume', of: name, size: now, expect: { status: 'available' } });
  }
  const snapshot = copies.some(({ from }) => from === 'snapshot') ? `${name}.snap` : undefined;
  if (snapshot !== undefined) steps.push({ call: 'create_snapshot', of: name, as: snapshot });
  for (const [index, { from, more, to }] of copies.entries()) {
    const source =
      from === 'snapshot'
        ? ({ call: 'create_volume_from_snapshot', from: snapshot } as const)
        : ({ call: 'create_cloned_volume', from: name } as const);
    const copy = { ...source, as: `${name}.copy${index + 1}`, size: now + more, ...to };
    steps.push({ ...copy, expect: { status: 'available' } });
  }
  if (deleted) steps.push({ call: 'delete_volume', of: name, cascade: true, expect: { status: 'gone' } });
  return [...steps, { check: 'all' }];
}
