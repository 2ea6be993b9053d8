import {
  type CounterName,
  type Counters,
  minus,
  plus,
  type TotalKind,
  type Totals,
  totalKinds,
  turnsOf,
} from './counters.js';
import { countersOf, type Demand, type Latency } from './demand.js';
import { readTimeOf, type VolumeFacts, writeTimeOf } from './media.js';

/** What a volume was asked in a stretch of time, and by which ways. */
export interface Activity {
  readonly volumeRef: string;
  /** The controller that did the work. */
  readonly controllerRef: string;
  readonly facts: VolumeFacts;
  readonly latency: Latency;
  /** Host ports that take turns; none for what came by the control API. */
  readonly portRefs: readonly string[];
  /** It came in at another controller. */
  readonly isShipped: boolean;
  /** It goes on evenly all the time. */
  readonly isSteady: boolean;
  /** What was asked in all, at the beginning and at the end of the stretch. */
  readonly from: Demand;
  readonly to: Demand;
}

export interface TallyOptions {
  /** Percent of a core's second that an operation takes. */
  readonly cpuPercentPerOp: number;
  /** What a core does without operations, in percent. */
  readonly idleCpuPercent: number;
  /** Blocks of a drive. */
  blocksOf(driveRef: string): number;
}

/** How much of the time that operations take the object is busy: they overlap (source: a recorded array). */
const busyShare = 0.6;

type MutableTotals = Record<TotalKind, Map<string, Counters>>;

/** Adds up what came to all objects since some totals. */
export class Tally {
  private readonly sums: MutableTotals;
  private readonly steadyOps = new Map<string, number>();

  constructor(
    private readonly base: Totals,
    private readonly timeMs: number,
    private readonly options: TallyOptions,
  ) {
    this.sums = Object.fromEntries(totalKinds.map((kind) => [kind, new Map(base[kind])])) as MutableTotals;
  }

  add(activity: Activity): void {
    const { facts, latency, volumeRef, controllerRef } = activity;
    const before = countersOf(activity.from, facts, latency);
    const after = countersOf(activity.to, facts, latency);
    const came = minus(after, before);
    const ops = opsIn(came);
    if (ops === 0) return;
    this.count('volumes', volumeRef, activity.isShipped ? { ...came, shippedOps: ops } : came);
    const cpu = ops * this.options.cpuPercentPerOp;
    this.count('controllers', controllerRef, { ...came, cpuSquares: 2 * this.options.idleCpuPercent * cpu });
    if (activity.isSteady) this.steadyOps.set(controllerRef, (this.steadyOps.get(controllerRef) ?? 0) + ops);
    this.count('channels', controllerRef, driveCounters(came, came.driveReads ?? 0, came.driveWrites ?? 0, activity));
    this.countPorts(activity, before, after, came);
    this.countDrives(activity, before, after, came);
  }

  count(kind: TotalKind, ref: string, came: Counters): void {
    this.sums[kind].set(ref, plus(this.sums[kind].get(ref) ?? {}, came));
  }

  /** The totals, with what follows from how much came in how much time. */
  totals(): Totals {
    const elapsed = (this.timeMs - this.base.timeMs) * 1000;
    if (elapsed > 0) {
      for (const kind of ['volumes', 'drives'] as const) this.countBusy(kind, elapsed);
      for (const [ref, ops] of this.steadyOps) {
        const percent = (ops * this.options.cpuPercentPerOp * 1e6) / elapsed;
        this.count('controllers', ref, { cpuSquares: (percent * percent * elapsed) / 1e6 });
      }
    }
    return { timeMs: this.timeMs, ...this.sums };
  }

  private countPorts({ portRefs }: Activity, before: Counters, after: Counters, came: Counters): void {
    if (portRefs.length === 1 && portRefs[0] !== undefined) {
      this.count('ports', portRefs[0], came);
      return;
    }
    for (const [index, ref] of portRefs.entries()) {
      const share = (name: CounterName) => turnsOf(index, portRefs.length, before[name] ?? 0, after[name] ?? 0);
      const [reads, writes] = [share('readOps'), share('writeOps')];
      const part = (name: CounterName, ops: number, of: CounterName) =>
        ops === 0 ? 0 : Math.round(((came[name] ?? 0) * ops) / (came[of] ?? 1));
      this.count('ports', ref, {
        readOps: reads,
        readBytes: part('readBytes', reads, 'readOps'),
        readTime: part('readTime', reads, 'readOps'),
        readTimeSquares: part('readTimeSquares', reads, 'readOps'),
        writeOps: writes,
        writeBytes: part('writeBytes', writes, 'writeOps'),
        writeTime: part('writeTime', writes, 'writeOps'),
        writeTimeSquares: part('writeTimeSquares', writes, 'writeOps'),
        queueDepth: Math.round(((came.queueDepth ?? 0) * (reads + writes)) / opsIn(came)),
      });
    }
  }

  private countDrives(activity: Activity, before: Counters, after: Counters, came: Counters): void {
    const { driveRefs } = activity.facts;
    const random = (came.randomOps ?? 0) / Math.max(1, (came.readOps ?? 0) + (came.writeOps ?? 0));
    for (const [index, ref] of driveRefs.entries()) {
      const share = (name: CounterName) => turnsOf(index, driveRefs.length, before[name] ?? 0, after[name] ?? 0);
      const counters = driveCounters(came, share('driveReads'), share('driveWrites'), activity);
      const ops = opsIn(counters);
      if (ops === 0) continue;
      const blocks = this.options.blocksOf(ref);
      const randomOps = Math.round(ops * random);
      this.count('drives', ref, {
        ...counters,
        randomOps,
        randomBytes: Math.round(((counters.readBytes ?? 0) + (counters.writeBytes ?? 0)) * random),
        lba: Math.round((ops * blocks) / 2),
        lbaDelta: Math.round((randomOps * blocks) / 3),
      });
    }
  }

  private countBusy(kind: 'volumes' | 'drives', elapsed: number): void {
    for (const [ref, counters] of this.sums[kind]) {
      const before = this.base[kind].get(ref);
      if (before === counters) continue;
      const came = minus(counters, before ?? {});
      const load = (busyShare * ((came.readTime ?? 0) + (came.writeTime ?? 0))) / (2 * elapsed);
      this.count(kind, ref, { busyTime: (2 * elapsed * load) / (1 + load) });
    }
  }
}

function opsIn({ readOps = 0, writeOps = 0, otherOps = 0 }: Counters): number {
  return readOps + writeOps + otherOps;
}

/** What so many of the drive operations count at the drives, or at the way there. */
function driveCounters(came: Counters, reads: number, writes: number, { facts, latency }: Activity): Counters {
  const bytes = (name: CounterName, ops: number, of: CounterName) =>
    ops === 0 ? 0 : Math.round(((came[name] ?? 0) * ops) / (came[of] ?? 1));
  const readTime = Math.min(readTimeOf(facts.media), latency.readTime ?? Infinity);
  const writeTime = writeTimeOf(facts.media);
  return {
    readOps: reads,
    readBytes: bytes('driveReadBytes', reads, 'driveReads'),
    readTime: reads * readTime,
    readTimeSquares: reads * Math.round(readTime * readTime * latency.squareFactor),
    writeOps: writes,
    writeBytes: bytes('driveWriteBytes', writes, 'driveWrites'),
    writeTime: writes * writeTime,
    writeTimeSquares: writes * Math.round(writeTime * writeTime * latency.squareFactor),
    queueDepth: reads + writes,
  };
}
