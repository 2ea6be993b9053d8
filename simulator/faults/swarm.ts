import type { TSchema } from 'typebox';
import { type RandomStream, randomStream } from '../array/rng.js';
import type { StorageArray } from '../array/storage-array.js';
import { integer, number } from '../rest/schemas/types.js';
import { type ActionName, actionNames, layerOf } from './fault-actions.js';
import { FaultError } from './fault-error.js';
import { readStrictly } from './read-strictly.js';
import type { FaultRule } from './rule.js';
import { described, Label, optional, strict } from './schema-parts.js';
import { isPossible, randomAction } from './swarm-actions.js';

const allActions = Object.values(actionNames).flat();
const weight = number({ minimum: 0, maximum: 1_000_000 });

/** What a swarm of rules is made from. */
export const SwarmSchema: TSchema = strict('A random set of rules.', {
  seed: described('The same seed makes the same rules for the same array.', integer()),
  count: described('How many rules.', integer({ minimum: 1, maximum: 1000 })),
  weights: optional(
    described(
      'How often each action is taken, relative to the others; those that are not named never are. Without weights the seed leaves out about half of the actions: what never happens together is never seen.',
      strict('By action.', Object.fromEntries(allActions.map((name) => [name, optional(weight)]))),
    ),
  ),
  array: optional(described("The array that the rules belong to, by id; '*', the default, for every one.", Label)),
});

export interface SwarmOptions {
  readonly seed: number;
  readonly count: number;
  readonly weights?: Readonly<Partial<Record<ActionName, number>>> | undefined;
  readonly array?: string | undefined;
}

/**
 * Makes random rules for an array, each from a stream of its own: a larger count begins with the same rules. Throws
 * FaultError that names the option, its value and what is allowed.
 */
export function swarmRules(written: unknown, array: StorageArray): FaultRule[] {
  const { seed, count, weights, array: arrayId = '*' } = readStrictly(SwarmSchema, written) as SwarmOptions;
  const possible = allActions.filter((name) => isPossible(name, array));
  const wanted = weights ?? someActions(seed, possible);
  const chosen = possible.map((name) => [name, wanted[name] ?? 0] as const);
  const whole = chosen.reduce((sum, [, each]) => sum + each, 0);
  if (!(whole > 0)) {
    throw new FaultError(
      `The property 'weights' chooses nothing: at least one of ${possible.join(', ')} must be above 0.`,
      'weights',
    );
  }
  const prefix = arrayId === '*' ? `swarm-${seed}` : `swarm-${arrayId}-${seed}`;
  return Array.from({ length: count }, (_, index) => {
    const random = randomStream(seed, `swarm:${index}`);
    const name = drawn(random, chosen, whole);
    return {
      id: `${prefix}-${index + 1}`,
      ...(arrayId === '*' ? {} : { array: arrayId }),
      what: randomAction(random, name, array),
      ...randomOccasion(random, name),
    };
  });
}

/** About half of the actions, and at least one. */
function someActions(seed: number, possible: readonly ActionName[]): Partial<Record<ActionName, number>> {
  const random = randomStream(seed, 'swarm');
  const sure = random.integer(0, possible.length - 1);
  return Object.fromEntries(
    possible.filter((_name, index) => random.integer(0, 1) === 1 || index === sure).map((name) => [name, 1]),
  );
}

const steps = 1_000_000;

function drawn(random: RandomStream, weights: readonly (readonly [ActionName, number])[], whole: number): ActionName {
  let left = (random.integer(0, steps - 1) / steps) * whole;
  let last: ActionName = 'fail';
  for (const [name, each] of weights) {
    if (left < each) return name;
    left -= each;
    // What is left over of rounding is the last one's that can be.
    if (each > 0) last = name;
  }
  return last;
}

/** Requests that a rule waits for: often any change, sometimes only a kind of object, or what is read. */
const requests = [
  'POST **',
  'DELETE **',
  '* **',
  'GET **',
  '* volumes/**',
  '* ssc/**',
  '* hosts/**',
  '* volume-mappings/**',
];
const snapshotRequests = ['* snapshot-*/**', '* volume-copy-jobs/**', '* consistency-groups/**'];
const commands = [undefined, 'read', 'write', 'other'] as const;

/** When and how often: rarely at the first chance, seldom for ever. */
function randomOccasion(
  random: RandomStream,
  name: ActionName,
): Pick<FaultRule, 'when' | 'skip' | 'times' | 'probability'> {
  const layer = layerOf(name);
  const command = commands[random.integer(0, commands.length - 1)];
  const all = [...requests, ...snapshotRequests];
  const request = all[random.integer(0, all.length - 1)] ?? '* **';
  const times = random.integer(0, 9) === 0 ? ('always' as const) : random.integer(1, 3);
  return {
    ...(layer === 'request' || layer === 'physical' ? { when: { request } } : {}),
    ...(layer === 'iscsi' && name !== 'refuse-login' && command !== undefined ? { when: { command } } : {}),
    skip: random.integer(0, 12),
    // What is broken is broken: it need not break again.
    times: layer === 'physical' ? 1 : times,
    // For ever and always would leave nothing to be seen behind it.
    probability: times === 'always' ? random.integer(1, 30) / 100 : random.integer(30, 100) / 100,
  };
}
