import fc from 'fast-check';

/** What can happen; which record it happens to, and how, is decided by numbers when it is its turn. */
const commandKinds = [
  'create',
  'clone',
  'copy',
  'extend',
  'delete',
  'snapshot',
  'drop',
  'revert',
  'attach',
  'detach',
  'write',
  'read',
  'retype',
  'migrate',
  'unmanage',
  'manage',
  'group',
  'join',
  'leave',
  'ungroup',
  'group-snapshot',
  'group-drop',
  'group-copy',
  'stats',
  'time',
  'jobs',
  'restart',
  'power-cycle',
  'foreign',
  'foreign-mapping',
  'foreign-gone',
] as const;

export type CommandKind = (typeof commandKinds)[number];

/** An abstract command: what it comes to depends on what is there. */
export interface Command {
  readonly kind: CommandKind;
  /** Choose among what is possible, by their remainder. */
  readonly one: number;
  readonly other: number;
  /** Something goes wrong with one of its requests. */
  readonly fault?: FaultChoice;
  /** Runs beside the next command; decides whose requests come first. */
  readonly race?: number;
  /** Which driver does it. */
  readonly second?: boolean;
}

/** What goes wrong, with the n-th request from 0. */
interface FaultChoice {
  readonly skip: number;
  readonly what: Readonly<Record<string, unknown>>;
}

/** How often each kind of command comes, in relation to the others; 0 by default. */
export type Weights = { readonly [Kind in CommandKind]?: number };

export interface CommandOptions {
  readonly weights: Weights;
  /** Of a hundred commands so many with faults, beside others, by the second driver. */
  readonly faults?: number;
  readonly races?: number;
  readonly seconds?: number;
}

/**
 * What goes wrong and tells no lie about the reason: an answer that says busy where nothing is busy makes an honest driver
 * say so. What was done and is answered with an error is answered with one of the server's own, after which the result is unknown.
 */
export const faultKinds: readonly Readonly<Record<string, unknown>>[] = [
  { do: 'fail', status: 422, retcode: 'error', errorMessage: 'refused on purpose' },
  { do: 'fail', status: 500, retcode: 'error', errorMessage: 'refused on purpose' },
  { do: 'status', status: 503 },
  { do: 'reset' },
  { do: 'lose-reply' },
  { do: 'fail-after', status: 500, retcode: 'error', errorMessage: 'done, and yet refused' },
  { do: 'truncate' },
  { do: 'malform' },
  { do: 'empty' },
];

/** Commands of these kinds, from half of `most` up to `most`: short stories are what long ones shrink to. */
export function commands(options: CommandOptions, most: number): fc.Arbitrary<Command[]> {
  const kinds = commandKinds.flatMap((kind) => Array.from({ length: options.weights[kind] ?? 0 }, () => kind));
  const share = <Value>(ofHundred: number | undefined, value: fc.Arbitrary<Value>) =>
    ofHundred === undefined
      ? fc.constant(undefined)
      : fc.oneof(
          { weight: 100 - ofHundred, arbitrary: fc.constant(undefined) },
          { weight: ofHundred, arbitrary: value },
        );
  const command = fc.record({
    kind: fc.constantFrom(...kinds),
    one: fc.nat({ max: 999 }),
    other: fc.nat({ max: 999 }),
    fault: share(options.faults, fc.record({ skip: fc.nat({ max: 12 }), what: fc.constantFrom(...faultKinds) })),
    race: share(options.races, fc.nat({ max: 9999 })),
    second: share(options.seconds, fc.constant(true)),
  });
  return fc.array(command, { minLength: Math.ceil(most / 2), maxLength: most, size: 'max' });
}
