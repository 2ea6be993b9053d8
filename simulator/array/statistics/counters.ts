/**
 * What is counted of an object. Times are microseconds, sizes bytes; squares are of the microseconds of each operation.
 * A name that is absent counts 0.
 */
const counterNames = [
  'readOps',
  'readBytes',
  'readTime',
  'readTimeSquares',
  'readHitOps',
  'readHitBytes',
  'readHitTime',
  'readHitTimeSquares',
  'writeOps',
  'writeBytes',
  'writeTime',
  'writeTimeSquares',
  'writeHitOps',
  'writeHitBytes',
  'writeHitTime',
  'writeHitTimeSquares',
  'otherOps',
  'otherTime',
  'otherTimeSquares',
  'randomOps',
  'randomBytes',
  /** The queue depth that each operation found, itself included, summed up. */
  'queueDepth',
  /** Microseconds in which the object was busy, of the two controllers' together. */
  'busyTime',
  'fullStripeBytes',
  'prefetchHitBytes',
  /** Operations that came in at the controller that does not own the volume. */
  'shippedOps',
  'flashHitOps',
  'flashHitBytes',
  'flashHitTime',
  'flashHitTimeSquares',
  /** What came to volumes that use the SSD cache, past the primary cache. */
  'ssdReads',
  'ssdReadBytes',
  'ssdWrites',
  'ssdWriteBytes',
  'mirrorOps',
  'mirrorBytes',
  /** Written bytes by the RAID level of the volume. */
  'raid0Bytes',
  'raid1Bytes',
  'raid5Bytes',
  'raid6Bytes',
  'ddpBytes',
  /** What the drives have to do for it. */
  'driveReads',
  'driveReadBytes',
  'driveWrites',
  'driveWriteBytes',
  /** Squares of a core's utilisation in percent, summed over seconds, beyond those of an idle one. */
  'cpuSquares',
  'lba',
  'lbaDelta',
] as const;

export type CounterName = (typeof counterNames)[number];

export type Counters = Readonly<Partial<Record<CounterName, number>>>;

/** The counters of all objects that have any, by reference. */
export interface Totals {
  /** Up to when they count. */
  readonly timeMs: number;
  /** Volumes and snapshot volumes. */
  readonly volumes: ReadonlyMap<string, Counters>;
  readonly controllers: ReadonlyMap<string, Counters>;
  /** Host ports. */
  readonly ports: ReadonlyMap<string, Counters>;
  /** The channels by which a controller reaches the drives, by the controller. */
  readonly channels: ReadonlyMap<string, Counters>;
  readonly drives: ReadonlyMap<string, Counters>;
}

export const totalKinds = ['volumes', 'controllers', 'ports', 'channels', 'drives'] as const;

export type TotalKind = (typeof totalKinds)[number];

export function noTotals(timeMs: number): Totals {
  const none = new Map<string, Counters>();
  return { timeMs, volumes: none, controllers: none, ports: none, channels: none, drives: none };
}

/** The sum of two. What counts 0 stays absent. */
export function plus(one: Counters, other: Counters): Counters {
  const sum: Partial<Record<CounterName, number>> = { ...one };
  for (const [name, value] of Object.entries(other) as [CounterName, number][])
    if (value !== 0) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

/** What came to `before` until it was `after`. */
export function minus(after: Counters, before: Counters): Counters {
  const difference: Partial<Record<CounterName, number>> = {};
  for (const [name, value] of Object.entries(after) as [CounterName, number][]) {
    const came = value - (before[name] ?? 0);
    if (came !== 0) difference[name] = came;
  }
  return difference;
}

/** How many of the operations from number `from` on, up to before `to`, fall to one of `count` that take turns. */
export function turnsOf(index: number, count: number, from: number, to: number): number {
  const before = (end: number) => Math.floor((end + count - 1 - index) / count);
  return before(to) - before(from);
}
