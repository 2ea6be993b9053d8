import type { CheckResult } from '../checks/check.js';
import { type Cause, causeKey, causeOf } from '../scenario/cause.js';
import { failuresOf } from './causes.js';

/** What was found wrong with several seeds: one cause, however often it shows. */
export interface Finding {
  readonly cause: Cause;
  /** What was said of it first. */
  readonly message: string;
  readonly requirement?: string;
  /** Seeds with which it shows, in their order. */
  readonly seeds: readonly number[];
  /** In how many stories it shows. */
  readonly times: number;
  /** Ids of checks in which it shows. */
  readonly checks: readonly string[];
  /** Command lines that show it again. */
  readonly replay: readonly string[];
}

/** Gathers failures of many runs by their cause. */
export class Findings {
  private readonly byCause = new Map<string, Finding>();

  /** Adds what a check found with a seed. Gives whether one of its causes is new. */
  add(seed: number, result: CheckResult): boolean {
    if (result.outcome !== 'fail' && result.outcome !== 'error') return false;
    let isNew = false;
    for (const failure of failuresOf(result)) {
      const key = causeKey(failure);
      const known = this.byCause.get(key);
      isNew ||= known === undefined;
      const { message, requirement } = failure;
      const first = { cause: causeOf(failure), message, seeds: [], times: 0, checks: [], replay: [] };
      const { seeds, times, checks, ...others } = known ?? {
        ...first,
        ...(requirement === undefined ? {} : { requirement }),
      };
      this.byCause.set(key, {
        ...others,
        seeds: [...new Set([...seeds, seed])],
        times: times + 1,
        checks: [...new Set([...checks, result.id])],
      });
    }
    return isNew;
  }

  /** Says how the causes of a result are shown again, where that is not known yet. */
  shownAgainBy(result: CheckResult, replay: readonly string[]): void {
    for (const failure of failuresOf(result)) {
      const known = this.byCause.get(causeKey(failure));
      if (known?.replay.length === 0) this.byCause.set(causeKey(failure), { ...known, replay });
    }
  }

  /** Those that show most often first. */
  list(): Finding[] {
    return [...this.byCause.values()].sort((one, other) => other.times - one.times);
  }
}

const mostSeeds = 5;

/** A finding for people, in a few lines. */
export function findingLines({ message, requirement, seeds, times, checks, replay }: Finding): string[] {
  const more = seeds.length > mostSeeds ? ' …' : '';
  const shown = `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.slice(0, mostSeeds).join(', ')}${more}`;
  return [
    `${times} x ${requirement === undefined ? '' : `${requirement}: `}${message.split('\n', 1)[0]}`,
    `    ${checks.join(', ')}; ${shown}`,
    ...replay.map((line) => `    ${line}`),
  ];
}
