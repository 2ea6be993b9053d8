import fc from 'fast-check';

/** A part of the project that takes what others send. Inputs are plain data, so that they can be written to files. */
export interface FuzzArea {
  readonly name: string;
  /** Starts what is tried. */
  open(): Promise<OpenArea>;
}

export interface OpenArea {
  readonly inputs: fc.Arbitrary<object>;
  /**
   * Tries one input and says in a few words what came of it. Rejects when that must not be: the error says what is wrong.
   * What earlier inputs did makes no difference.
   */
  try(input: object): Promise<string>;
  close(): Promise<void>;
}

/** An input of which something came that must not be. */
export interface FuzzFinding {
  readonly area: string;
  readonly seed: number;
  readonly number: number;
  /** What is wrong. */
  readonly problem: string;
  /** The smallest input found that shows it. */
  readonly input: object;
}

/** How long a smaller input is looked for, in milliseconds. */
const shrinkingMs = 20_000;

/** The seed of one input of a run: inputs can be made one by one, in any order. */
function seedOf(seed: number, number: number): number {
  return (Math.imul(seed ^ Math.imul(number, 0x9e3779b1), 0x85ebca6b) ^ number) | 0;
}

/** The input of that number: always the same for a seed. */
export function inputOf({ inputs }: OpenArea, seed: number, number: number): object {
  const [input] = fc.sample(inputs, { seed: seedOf(seed, number), numRuns: 1 });
  if (input === undefined) throw new Error('no input was made');
  return input;
}

/** Tries the input of that number. Gives what is wrong, with the smallest input that shows it; undefined if nothing is. */
export async function tryNumber(
  area: string,
  opened: OpenArea,
  seed: number,
  number: number,
): Promise<FuzzFinding | undefined> {
  const input = inputOf(opened, seed, number);
  const problem = await problemOf(opened, input);
  if (problem === undefined) return undefined;
  const property = fc.asyncProperty(opened.inputs, async (each) => void (await opened.try(each)));
  const settings = { seed: seedOf(seed, number), numRuns: 1, interruptAfterTimeLimit: shrinkingMs };
  const { counterexample } = await fc.check(property, settings);
  const smallest = counterexample?.[0] ?? input;
  return { area, seed, number, problem: (await problemOf(opened, smallest)) ?? problem, input: smallest };
}

/** What is wrong with what comes of an input; undefined when nothing is. */
export async function problemOf(opened: OpenArea, input: object): Promise<string | undefined> {
  try {
    await opened.try(input);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Throws when something must not be. */
export function hold(isRight: boolean, otherwise: () => string): void {
  if (!isRight) throw new Error(otherwise());
}
