import fc from 'fast-check';
import type { Step } from '../../scenario/format.js';
import { checkEverything, pools } from './arbitraries.js';
import type { Property } from './property.js';

/** The array's seed is always the same here: references of pools, which requests by hand name, depend on it. */
const poolRefs = {
  DDP_1: '04000000600A09800074B8EE000000026955B900',
} as const;

/** Labels that drivers of this family have mistaken for their own, could not decode, or put into URLs as they are. */
const label = fc.oneof(
  fc.constantFrom('tmp-foo', 'tmp-', 'repos_0001', 'repos_x', 'SGCV', '#1', '.', 'tmp-MFRGGZDFMZTWQ2LKNNWG23TPOA'),
  fc.string({
    unit: fc.constantFrom(...'abcXYZ234567_-#.'),
    minLength: 1,
    maxLength: 30,
  }),
);

/** References to nothing, and such as mean another resource when they are put into a URL as they are. */
const oddReference = fc.oneof(
  fc.constantFrom('../hosts', 'a/expand', 'a?b', 'a%2Fb', '', ' ', '*', '0', '..', '0'.repeat(40)),
  fc.string({ maxLength: 30 }),
);

const event = fc.oneof(
  fc.record({ do: fc.constant('stats' as const) }),
  fc.record({ do: fc.constant('restart' as const) }),
  fc.record({ do: fc.constant('create' as const), pool: fc.constantFrom(...pools) }),
  fc.record({ do: fc.constant('manage' as const), which: fc.nat({ max: 9 }), byName: fc.boolean() }),
  fc.record({ do: fc.constant('again' as const), which: fc.nat({ max: 9 }) }),
  fc.record({ do: fc.constant('unmanage' as const), which: fc.nat({ max: 9 }) }),
  fc.record({
    do: fc.constant('odd' as const),
    reference: oddReference.chain((text) =>
      fc.constantFrom({ 'source-name': text }, { 'source-id': text }, { name: text }),
    ),
  }),
);

type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

/** Volumes of other people with any names, some of which Cinder takes over and lets go again. */
export const namesByHand: Property = {
  id: 'property/names-by-hand',
  title: 'Volumes of other people keep their names and stay; what is taken over is what was meant, and nothing else',
  verifies: [
    'Q29',
    'Q33',
    'Q41',
    'Q42',
    'B37',
    'R2',
    'R15',
    'R22',
    'C-manage-existing-1',
    'C-manage-existing-2',
    'C-unmanage-1',
  ],
  runs: 15,
  scenario: () =>
    fc
      .record({
        labels: fc.uniqueArray(label, { minLength: 1, maxLength: 5 }),
        events: fc.array(event, { minLength: 1, maxLength: 12 }),
      })
      .map(({ labels, events }) => ({
        name: 'Volumes of other people with names of their own',
        why: 'Generated: what a driver takes for its own by the name alone, it destroys sooner or later.',
        verifies: [...namesByHand.verifies],
        array: {
          seed: 0,
          changes: labels.map((name, index) => ({
            rest: 'POST volumes',
            as: `f${index + 1}`,
            body: { name, poolId: poolRefs.DDP_1, size: '1', sizeUnit: 'gb' },
          })),
        },
        steps: stepsOf(events, labels),
      })),
};

function stepsOf(events: readonly Event[], labels: readonly string[]): Step[] {
  const steps: Step[] = [{ call: 'get_volume_stats', refresh: true }];
  const foreign = labels.map((text, index) => ({ name: `f${index + 1}`, label: text }));
  const managed: { readonly as: string; readonly name: string }[] = [];
  let count = 0;
  for (const each of events) {
    const as = `v${++count}`;
    if (each.do === 'stats') steps.push({ call: 'get_volume_stats', refresh: true });
    else if (each.do === 'restart') steps.push({ restart: 'driver' });
    else if (each.do === 'create') steps.push({ call: 'create_volume', as, pool: each.pool });
    else if (each.do === 'odd')
      steps.push({ call: 'manage_existing', as, reference: { ...each.reference }, expect: { mayRaise: true } });
    else if (each.do === 'manage') {
      const [volume] = foreign.splice(each.which % Math.max(1, foreign.length), 1);
      if (volume === undefined) continue;
      const byName = each.byName && volume.label !== '';
      const reference = byName ? { 'source-name': volume.label } : { 'source-id': `{${volume.name}}` };
      // Labels like those of the array's own volumes need not be taken over.
      steps.push({ call: 'manage_existing', as, reference, expect: { mayRaise: true } });
      managed.push({ as, name: volume.name });
    } else if (each.do === 'again') {
      const volume = managed[each.which % Math.max(1, managed.length)];
      if (volume === undefined) continue;
      const reference = { 'source-id': `{${volume.name}}` };
      steps.push({ call: 'manage_existing', as, reference, expect: { mayRaise: true } });
    } else {
      const [volume] = managed.splice(each.which % Math.max(1, managed.length), 1);
      if (volume !== undefined) steps.push({ call: 'unmanage', of: volume.as, expect: { mayRaise: true } });
    }
    steps.push(checkEverything);
  }
  return steps;
}
