import {
  type CounterName,
  type Counters,
  minus,
  type TotalKind,
  type Totals,
} from '../../array/statistics/counters.js';
import type { StorageArray } from '../../array/storage-array.js';
import { deepestQueue, longest, of } from './figures.js';

/** What rows of counters are made of. */
export interface RawFacts {
  readonly array: StorageArray;
  readonly totals: Totals;
  /** The counters at the beginning of the window that the largest values are of; undefined for the last reset. */
  readonly windowStart: Totals | undefined;
}

/** The counters as they are now, or as they were collected last. */
export function rawFacts(array: StorageArray, totals: Totals): RawFacts {
  const before = array.statistics.windows()[0]?.start;
  return { array, totals, windowStart: before !== undefined && before.timeMs < totals.timeMs ? before : undefined };
}

export function countersAt({ totals, windowStart }: RawFacts, kind: TotalKind, ref: string) {
  const counters = totals[kind].get(ref) ?? {};
  return { counters, recent: minus(counters, windowStart?.[kind].get(ref) ?? {}) };
}

export function maxima(recent: Counters) {
  const most = (time: CounterName, squares: CounterName, ops: CounterName) =>
    longest(of(recent, time), of(recent, squares), of(recent, ops));
  const ops = of(recent, 'readOps') + of(recent, 'writeOps') + of(recent, 'otherOps');
  return {
    readTimeMax: most('readTime', 'readTimeSquares', 'readOps'),
    readHitTimeMax: most('readHitTime', 'readHitTimeSquares', 'readHitOps'),
    writeTimeMax: most('writeTime', 'writeTimeSquares', 'writeOps'),
    writeHitTimeMax: most('writeHitTime', 'writeHitTimeSquares', 'writeHitOps'),
    otherTimeMax: most('otherTime', 'otherTimeSquares', 'otherOps'),
    flashCacheReadHitTimeMax: most('flashHitTime', 'flashHitTimeSquares', 'flashHitOps'),
    queueDepthMax: deepestQueue(of(recent, 'queueDepth'), ops),
  };
}

export const noErrors = {
  errRedundancyChkIndeterminateReads: 0,
  errRedundancyChkRecoveredReads: 0,
  errRedundancyChkUnrecoveredReads: 0,
};

/** Microseconds in which an object was idle: both controllers count, from the reset or its making on. */
export function idleTime({ array, totals }: RawFacts, counters: Counters, sinceMs = 0): number {
  const elapsedMs = Math.max(0, totals.timeMs - Math.max(array.statistics.resetMs, sinceMs));
  return Math.max(0, Math.round(2000 * elapsedMs - of(counters, 'busyTime')));
}

/** Wraps round where 32 bits with a sign end. */
export function int32(value: number): number {
  return Math.floor(value) % 2 ** 31;
}
