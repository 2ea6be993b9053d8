import fc from 'fast-check';
import type { Step } from '../../scenario/format.js';
import { checkEverything, seed } from './arbitraries.js';
import type { Property } from './property.js';

/** What happens next: a number chooses among the snapshots that are there. */
const event = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: 'take' as const }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('drop' as const), which: fc.nat({ max: 99 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('copy' as const), which: fc.nat({ max: 99 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'clone' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

export const snapshotOrder: Property = {
  id: 'property/snapshot-order',
  title:
    'Snapshots are taken and deleted in any order, over restarts: wanted ones stay, of the others none stays for good',
  verifies: ['B8', 'Q1', 'Q3', 'Q7', 'Q47', 'Q50', 'R10', 'R17', 'R18', 'C-create-snapshot-2', 'C-delete-snapshot-1'],
  runs: 15,
  scenario: () =>
    fc
      .record({
        seed,
        // The numbers of images go on over 9 to 10 and over 99 to 100: the array has had others before.
        before: fc.constantFrom(0, 7, 8),
        events: fc.array(event, { minLength: 3, maxLength: 24 }),
      })
      .map(({ seed: arraySeed, before, events }) => ({
        name: 'Snapshots in any order',
        why: 'Generated: the array deletes only the oldest image of a group; the driver does the rest.',
        verifies: [...snapshotOrder.verifies],
        array: { seed: arraySeed },
        steps: [
          { call: 'create_volume', as: 'vol' },
          ...(before === 0 ? [] : [earlier(before)]),
          ...stepsOf(events),
        ] satisfies Step[],
        expect: { array: { 'snapshot-groups': 0, 'snapshot-images': 0 } },
      })),
};

/** Snapshots that came and went: they have used up numbers. The kept one keeps the group, which counts. */
function earlier(count: number): Step {
  return {
    repeat: count,
    steps: [
      { call: 'create_snapshot', of: 'vol', as: 'early-<n>' },
      { call: 'delete_snapshot', of: 'early-<n>' },
    ],
  };
}

function stepsOf(events: readonly Event[]): Step[] {
  const steps: Step[] = [];
  const present: string[] = [];
  let taken = 0;
  let copies = 0;
  for (const each of events) {
    if (each.do === 'take') {
      present.push(`s${++taken}`);
      steps.push({ call: 'create_snapshot', of: 'vol', as: `s${taken}`, expect: { status: 'available' } });
    } else if (each.do === 'drop') {
      const [name] = present.splice(each.which % Math.max(1, present.length), 1);
      if (name !== undefined)
        steps.push({ call: 'delete_snapshot', of: name, expect: { status: 'gone' } }, checkEverything);
    } else if (each.do === 'copy') {
      const name = present[each.which % Math.max(1, present.length)];
      if (name !== undefined)
        steps.push({ call: 'create_volume_from_snapshot', from: name, as: `copy${++copies}` }, checkEverything);
    } else if (each.do === 'clone')
      steps.push({ call: 'create_cloned_volume', from: 'vol', as: `copy${++copies}` }, checkEverything);
    else steps.push({ restart: 'driver' });
  }
  return [...steps, ...present.map((name): Step => ({ call: 'delete_snapshot', of: name }))];
}
