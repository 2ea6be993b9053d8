import { availableParallelism } from 'node:os';
import { CommandError } from '../../../../conformance/commands/command.js';
import { optionValue } from '../../../../conformance/commands/options.js';
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

/** The options of `npm run mutants -- --generated`. */
export const generatedOptionTypes = {
  seed: { type: 'string', default: '1' },
  count: { type: 'string', default: '200' },
  workers: { type: 'string' },
  'most-checks': { type: 'string' },
  goal: { type: 'string', default: '95' },
  only: { type: 'string', multiple: true, default: [] as string[] },
  equivalents: { type: 'boolean', default: false },
} as const;

export interface GeneratedValues {
  readonly seed: string;
  readonly count: string;
  readonly workers?: string;
  readonly 'most-checks'?: string;
  readonly goal: string;
  readonly only: readonly string[];
  readonly equivalents: boolean;
  readonly because: boolean;
}

/** What the options mean. Throws CommandError that says what is allowed. */
export function generatedOptions(values: GeneratedValues): GeneratedOptions {
  return {
    seed: optionValue.whole('--seed', values.seed),
    count: fromOne('--count', values.count),
    workers: fromOne('--workers', values.workers ?? String(availableParallelism())),
    mostChecks: fromOne('--most-checks', values['most-checks'] ?? String(Number.MAX_SAFE_INTEGER)),
    goal: fromOne('--goal', values.goal),
    only: values.only,
    equivalents: values.equivalents,
    because: values.because,
  };
}

/** Whether the sample is drawn from a mutant too. */
export function isWanted({ file, line }: GeneratedMutant, { only }: Pick<GeneratedOptions, 'only'>): boolean {
  return only.length === 0 || only.includes(file) || only.includes(`${file}:${line}`);
}

function fromOne(option: string, text: string): number {
  const number = optionValue.whole(option, text);
  if (number < 1) throw new CommandError(`${option} ${text} is not possible: allowed are whole numbers from 1`);
  return number;
}
