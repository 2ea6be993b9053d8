import type { DeclaredWorkloadRecord } from '../records.js';
import { randomStream } from '../rng.js';
import type { Demand, Latency } from './demand.js';
import { noDemand } from './traffic.js';

/** The mean square of a response time divided by the square of its mean. */
const squareFactors = { constant: 1, uniform: 4 / 3, exponential: 2 } as const;

/** The rate moves up for a second and down for the next one, by as much. */
const swingMs = 2000;

/** Keeps what should be a whole number from being a little less. */
const tolerance = 1e-6;

/**
 * What a declared workload asked of its volume until a moment of the array's time: a function of the time, however
 * often it is looked at. After every whole two seconds it asked exactly what its rate says.
 */
export function declaredDemand(workload: DeclaredWorkloadRecord, timeMs: number): Demand {
  const endMs = Math.min(timeMs, workload.endMs ?? Infinity);
  if (endMs <= workload.startMs) return noDemand;
  const ops = Math.floor(operations(workload, endMs - workload.startMs) + tolerance);
  const part = (of: number, percent: number) => Math.floor((of * percent) / 100 + tolerance);
  const { blockBytes } = workload;
  const readOps = part(ops, workload.readPercent);
  const writeOps = ops - readOps;
  const randomReadOps = part(readOps, workload.randomPercent);
  const randomWriteOps = part(writeOps, workload.randomPercent);
  const readHitOps = part(readOps, workload.cacheHitPercent);
  return {
    readOps,
    readBytes: readOps * blockBytes,
    writeOps,
    writeBytes: writeOps * blockBytes,
    otherOps: 0,
    randomReadOps,
    randomReadBytes: randomReadOps * blockBytes,
    randomWriteOps,
    randomWriteBytes: randomWriteOps * blockBytes,
    readHitOps,
    readHitBytes: readHitOps * blockBytes,
  };
}

function operations({ ref, iops, variationPercent, seed }: DeclaredWorkloadRecord, elapsedMs: number): number {
  if (variationPercent === 0) return (iops * elapsedMs) / 1000;
  const swings = Math.floor(elapsedMs / swingMs);
  const restMs = elapsedMs - swings * swingMs;
  const amount = (randomStream(seed, `${ref}:${swings}`).integer(-1000, 1000) / 1000) * (variationPercent / 100);
  const up = iops * (1 + amount);
  const down = iops * (1 - amount);
  const half = swingMs / 2;
  const rest = restMs <= half ? up * restMs : up * half + down * (restMs - half);
  return (iops * swings * swingMs + rest) / 1000;
}

/** How long its operations take; by Little's law that and the rate give the queue that they find. */
export function declaredLatency(
  { latency, iops, readPercent }: DeclaredWorkloadRecord,
  otherwise: { readonly readTime: number; readonly writeTime: number },
): Latency {
  const readTime = latency.readMs === null ? otherwise.readTime : Math.round(latency.readMs * 1000);
  const writeTime = latency.writeMs === null ? otherwise.writeTime : Math.round(latency.writeMs * 1000);
  const mean = (readTime * readPercent + writeTime * (100 - readPercent)) / 100;
  const waiting = (iops * mean) / 1e6;
  return {
    readTime,
    writeTime,
    squareFactor: squareFactors[latency.model],
    queueDepth: latency.model === 'constant' ? Math.max(1, waiting) : 1 + waiting,
  };
}
