import type { CounterName, Counters } from '../../array/statistics/counters.js';
import { idleCpuPercent } from '../../array/statistics/cpu.js';

/** A counter, 0 where nothing was counted. */
export function of(counters: Counters, name: CounterName): number {
  return counters[name] ?? 0;
}

/** `part` of `whole` in percent; 0 of nothing. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (part * 100) / whole;
}

export function average(sum: number, count: number): number {
  return count === 0 ? 0 : sum / count;
}

/** Mean and standard deviation of times in microseconds, from their sum and the sum of their squares. */
export function spread(
  sum: number,
  squares: number,
  count: number,
): { readonly mean: number; readonly deviation: number } {
  const mean = average(sum, count);
  return { mean, deviation: Math.sqrt(Math.max(0, average(squares, count) - mean * mean)) };
}

/** The longest of some times, as their spread lets expect; 0 of none. */
export function longest(sum: number, squares: number, count: number): number {
  const { mean, deviation } = spread(sum, squares, count);
  return Math.round(mean + 3 * deviation);
}

/** The deepest queue that operations found, as the mean depth lets expect. */
export function deepestQueue(depth: number, ops: number): number {
  const mean = average(depth, ops);
  return mean <= 1 ? Math.ceil(mean) : Math.ceil(mean + 4 * Math.sqrt(mean - 1));
}

/** The cores of a controller. */
export const cores = 4;

/** What a controller's cores did. They share the work evenly: one entry is that of each. */
export interface Cpu {
  /** Percent of a second, summed over seconds, and the squares of it. */
  readonly sum: number;
  readonly squares: number;
  /** The percentage on average, and its standard deviation. */
  readonly mean: number;
  readonly deviation: number;
}

export function cpuOf(counters: Counters, seconds: number, percentPerOp: number): Cpu {
  const ops = of(counters, 'readOps') + of(counters, 'writeOps') + of(counters, 'otherOps');
  const sum = Math.min(100 * seconds, idleCpuPercent * seconds + ops * percentPerOp);
  const squares = Math.min(100 * sum, idleCpuPercent ** 2 * seconds + of(counters, 'cpuSquares'));
  const { mean, deviation } = spread(sum, squares, seconds);
  return { sum, squares, mean, deviation };
}
