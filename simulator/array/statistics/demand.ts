import type { CounterName, Counters } from './counters.js';
import { raidCosts, readTimeOf, serviceTimes, stripeFactor, type VolumeFacts, writeTimeOf } from './media.js';

/** What was asked of a volume so far, by hosts or by a declared workload. */
export interface Demand {
  readonly readOps: number;
  readonly readBytes: number;
  readonly writeOps: number;
  readonly writeBytes: number;
  readonly otherOps: number;
  readonly randomReadOps: number;
  readonly randomReadBytes: number;
  readonly randomWriteOps: number;
  readonly randomWriteBytes: number;
  /** Reads that the cache holds. */
  readonly readHitOps: number;
  readonly readHitBytes: number;
}

/** How long the operations take; undefined leaves it to the media. */
export interface Latency {
  /** Microseconds of a read that misses the cache, and of a write. */
  readonly readTime?: number | undefined;
  readonly writeTime?: number | undefined;
  /** The mean square of a time, divided by the square of its mean: 1 when all take as long. */
  readonly squareFactor: number;
  /** The queue that an operation finds, itself included. */
  readonly queueDepth: number;
}

export const byTheMedia: Latency = { squareFactor: 1, queueDepth: 1 };

/** One read in so many finds nothing of it in the SSD cache. */
export const ssdMissEvery = 16;

const raidCounters = {
  raid0: 'raid0Bytes',
  raid1: 'raid1Bytes',
  raid5: 'raid5Bytes',
  raid6: 'raid6Bytes',
  raidDiskPool: 'ddpBytes',
} as const;

/**
 * The counters of a volume that was asked so much in all. Both ends of a stretch of time are counted this way and
 * subtracted, so that what is rounded does not depend on where the stretches begin.
 */
export function countersOf(demand: Demand, facts: VolumeFacts, latency: Latency): Counters {
  const { readOps, readBytes, writeOps, writeBytes, otherOps } = demand;
  const hits = facts.readCache ? demand.readHitOps : 0;
  const hitBytes = facts.readCache ? demand.readHitBytes : 0;
  const misses = readOps - hits;
  const missTime = latency.readTime ?? (facts.flashCached ? serviceTimes.ssdRead : readTimeOf(facts.media));
  const hitTime = Math.min(serviceTimes.cacheHit, missTime);
  const writeTime = latency.writeTime ?? (facts.writeCache ? serviceTimes.cachedWrite : writeTimeOf(facts.media));
  const square = (time: number, ops: number) => ops * Math.round(time * time * latency.squareFactor);
  const writeHits = facts.writeCache ? writeOps : 0;
  const flashHits = facts.flashCached ? misses - Math.floor(misses / ssdMissEvery) : 0;
  const raid: CounterName = raidCounters[facts.raidLevel];
  return {
    readOps,
    readBytes,
    readTime: hits * hitTime + misses * missTime,
    readTimeSquares: square(hitTime, hits) + square(missTime, misses),
    readHitOps: hits,
    readHitBytes: hitBytes,
    readHitTime: hits * hitTime,
    readHitTimeSquares: square(hitTime, hits),
    writeOps,
    writeBytes,
    writeTime: writeOps * writeTime,
    writeTimeSquares: square(writeTime, writeOps),
    writeHitOps: writeHits,
    writeHitBytes: facts.writeCache ? writeBytes : 0,
    writeHitTime: writeHits * writeTime,
    writeHitTimeSquares: square(writeTime, writeHits),
    otherOps,
    otherTime: otherOps * serviceTimes.other,
    otherTimeSquares: otherOps * serviceTimes.other ** 2,
    randomOps: demand.randomReadOps + demand.randomWriteOps,
    randomBytes: demand.randomReadBytes + demand.randomWriteBytes,
    queueDepth: Math.floor((readOps + writeOps) * latency.queueDepth + 1e-6) + otherOps,
    fullStripeBytes: writeBytes - demand.randomWriteBytes,
    prefetchHitBytes: Math.min(hitBytes, readBytes - demand.randomReadBytes),
    flashHitOps: flashHits,
    flashHitBytes: flashHits === 0 ? 0 : readBytes - hitBytes - Math.floor((readBytes - hitBytes) / ssdMissEvery),
    flashHitTime: flashHits * missTime,
    flashHitTimeSquares: square(missTime, flashHits),
    ssdReads: facts.flashCached ? misses : 0,
    ssdReadBytes: facts.flashCached ? readBytes - hitBytes : 0,
    ssdWrites: facts.flashCached ? writeOps : 0,
    ssdWriteBytes: facts.flashCached ? writeBytes : 0,
    mirrorOps: facts.mirrored ? writeOps : 0,
    mirrorBytes: facts.mirrored ? writeBytes : 0,
    [raid]: writeBytes,
    ...driveWork(demand, facts, { misses, missBytes: readBytes - hitBytes }),
  };
}

function driveWork(
  demand: Demand,
  { raidLevel, driveRefs, segmentBytes, flashCached }: VolumeFacts,
  { misses, missBytes }: { readonly misses: number; readonly missBytes: number },
): Counters {
  const cost = raidCosts[raidLevel];
  const { randomWriteOps, randomWriteBytes } = demand;
  const stripeBytes = Math.floor((demand.writeBytes - randomWriteBytes) * stripeFactor(raidLevel, driveRefs.length));
  // What the SSD cache has is not read from the drives of the pool.
  const [reads, readBytes] = flashCached
    ? [Math.floor(misses / ssdMissEvery), Math.floor(missBytes / ssdMissEvery)]
    : [misses, missBytes];
  // A read of several segments is one of several drives.
  const pieces = reads === 0 ? 0 : Math.max(reads, Math.ceil(readBytes / segmentBytes));
  return {
    driveReads: pieces + randomWriteOps * cost.reads,
    driveReadBytes: readBytes + randomWriteBytes * cost.reads,
    driveWrites: randomWriteOps * cost.writes + Math.ceil(stripeBytes / segmentBytes),
    driveWriteBytes: randomWriteBytes * cost.writes + stripeBytes,
  };
}
