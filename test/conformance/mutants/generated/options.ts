import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { GeneratedMutant } from './instrument.js';

export interface GeneratedOptions {
  readonly seed: number;
  readonly count: number;
  readonly workers: number;
  /** A mutant is judged by that many checks at most, the shortest: sooner done, and less is noticed. */
  readonly mostChecks: number;
  /** The share in percent of those that are not equivalent that has to be noticed. */
  readonly goal: number;
  /** `FILE` or `FILE:LINE` below driver/; all when there are none. */
  readonly only: readonly string[];
  /** Whether those that are said to be equivalent are judged too: to see that none is killed. */
  readonly equivalents: boolean;
  /** Whether each kill and each equivalent is told with its reason. */
  readonly because: boolean;
}

const usage = `npm run mutants -- --generated [--seed N] [--count N] [--only FILE[:LINE]]… [--workers N] [--most-checks N] [--goal PERCENT] [--equivalents] [--because]`;

/** Reads the command line. Throws RangeError that says what is allowed. */
export function generatedOptions(words: readonly string[]): GeneratedOptions {
  let values: Partial<Record<string, string | boolean | string[]>>;
  try {
    ({ values } = parseArgs({
      args: [...words],
      options: {
        generated: { type: 'boolean' },
        seed: { type: 'string' },
        count: { type: 'string' },
        workers: { type: 'string' },
        'most-checks': { type: 'string' },
        goal: { type: 'string' },
        only: { type: 'string', multiple: true },
        equivalents: { type: 'boolean' },
        because: { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new RangeError(`${(error as Error).message}\n${usage}`);
  }
  return {
    seed: whole('--seed', values.seed, 1, 0),
    count: whole('--count', values.count, 200, 1),
    workers: whole('--workers', values.workers, availableParallelism(), 1),
    mostChecks: whole('--most-checks', values['most-checks'], Number.MAX_SAFE_INTEGER, 1),
    goal: whole('--goal', values.goal, 95, 1),
    only: (values.only ?? []) as string[],
    equivalents: values.equivalents === true,
    because: values.because === true,
  };
}

/** Whether the sample is drawn from a mutant too. */
export function isWanted({ file, line }: GeneratedMutant, { only }: Pick<GeneratedOptions, 'only'>): boolean {
  return only.length === 0 || only.includes(file) || only.includes(`${file}:${line}`);
}

function whole(option: string, value: unknown, fallback: number, least: number): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!/^\d+$/.test(String(value)) || !Number.isSafeInteger(number) || number < least)
    throw new RangeError(`${option} '${value}': it is a whole number from ${least}\n${usage}`);
  return number;
}
