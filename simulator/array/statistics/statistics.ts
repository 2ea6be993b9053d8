import { ArrayError } from '../errors.js';
import type { StorageArray } from '../storage-array.js';
import { backgroundCounters, type DriveBackground, drivesInTheBackground } from './background.js';
import { type CollectedWindow, Collections } from './collections.js';
import { type Counters, minus, noTotals, type TotalKind, type Totals, totalKinds } from './counters.js';
import { idleCpuPercent } from './cpu.js';
import type { Demand } from './demand.js';
import { Sources } from './sources.js';
import { Tally, type TallyOptions } from './tally.js';
import { type SavedFlow, TrafficFlow } from './traffic.js';

/** The counters as plain data. */
export interface SavedStatistics {
  readonly resetMs: number;
  readonly settledMs: number;
  readonly totals: { readonly [Kind in TotalKind]: Readonly<Record<string, Counters>> };
  readonly flows: readonly { readonly flow: SavedFlow; readonly settled: Demand | undefined }[];
}

/** Operations per second that a controller can do at most, by what its drives are (source: recorded arrays). */
const mostOps = { nvme: 3_231_250, other: 320_000 } as const;

const historyIntervalMs = 300_000;

/**
 * What the array counts of its volumes, drives, controllers and host ports. Traffic of hosts is counted as it comes;
 * declared workloads and what drives do by themselves are functions of time, worked out when someone looks: an idle
 * array has nothing to do. Looking changes nothing.
 */
export class Statistics {
  /** When all counters were 0: when the controllers started, or the counters were reset, in milliseconds. */
  resetMs = 0;
  /** The last intervals; one in five minutes for a longer time. */
  private readonly recent = new Collections(61);
  private readonly history = new Collections(49);
  private readonly sources: Sources;
  /** What is counted for good. Everything else came after it. */
  private base: Totals = noTotals(0);
  private background: readonly DriveBackground[] = [];
  private generation = 0;
  private isStarted = false;
  private readonly deleted: string[] = [];
  /** What the tables were like when they were last looked at. */
  private seen = { drives: -1, volumes: -1, controllers: -1, workloads: -1, system: -1 };

  constructor(private readonly array: StorageArray) {
    this.sources = new Sources(array);
    for (const table of [array.tables.volumes, array.tables.snapshotVolumes] as const)
      table.onDelete((ref) => this.deleted.push(ref));
  }

  /** Sets every counter to 0, now unless another moment is given. */
  reset(timeMs = this.array.now()): void {
    this.isStarted = true;
    this.resetMs = wholeSeconds(timeMs);
    this.base = noTotals(this.resetMs);
    this.sources.clear();
    this.generation++;
    this.readSources();
    this.restartCollections(this.resetMs);
  }

  /** How often the counters are collected. Throws ArrayError for anything but 1 second to a day. */
  collectEvery(seconds: number): void {
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86_400)
      throw new ArrayError(
        'illegalParam',
        `The interval is ${seconds} seconds: allowed are 1 to 86400.`,
        'intervalSeconds',
      );
    const settings = { ...this.array.system.settings, statisticsIntervalSeconds: seconds };
    this.array.transact(() => this.array.patchSystem({ settings }));
  }

  /** Sets every counter to 0, as an operation of the array. */
  clear(): void {
    this.array.contentChanged();
    this.reset();
  }

  /** Where the traffic between a volume and a host port is counted, at the controller that owns the volume. */
  flow(volumeRef: string, controllerRef: string, portRef: string | null): TrafficFlow {
    const key = `${volumeRef} ${controllerRef} ${portRef}`;
    const present = this.sources.flows.get(key);
    if (present !== undefined) return present;
    const flow = new TrafficFlow(volumeRef, controllerRef, portRef, this.generation);
    this.sources.flows.set(key, flow);
    this.sources.know(volumeRef);
    return flow;
  }

  /** The same for what comes by no host port: a volume or snapshot volume by reference or label. */
  directFlow(volume: string): TrafficFlow {
    this.keepUp();
    const record = this.array.volumes.find(volume) ?? this.array.snapshotVolumes.find(volume);
    return this.flow(record?.ref ?? volume, record?.currentController ?? '', null);
  }

  /** Whether a flow still counts: no longer when the counters were reset or replaced. */
  counts(flow: TrafficFlow): boolean {
    return flow.generation === this.generation;
  }

  /** To be called before something is counted: a collection that is due holds what was before. */
  keepUp(now = this.array.now()): void {
    if (now < this.recent.nextMs && now < this.history.nextMs) return;
    this.recent.keepUp(now, this.totalsAt);
    this.history.keepUp(now, this.totalsAt);
  }

  /** The counters at the last whole second. */
  live(): Totals {
    return this.totalsAt(wholeSeconds(this.array.now()));
  }

  /** The counters when they were last collected; undefined before the first time. */
  collected(): Totals | undefined {
    this.keepUp();
    return this.recent.latest;
  }

  /** The last intervals between collections, latest first; empty until there were two. */
  windows(kind: 'recent' | 'history' = 'recent'): CollectedWindow[] {
    this.keepUp();
    return this[kind].windows();
  }

  /** What happened in a window to one object. */
  static inWindow({ start, end }: CollectedWindow, kind: TotalKind, ref: string): Counters {
    return minus(end[kind].get(ref) ?? {}, start[kind].get(ref) ?? {});
  }

  /** The controller that gathers the counters: the first one that is up. */
  get sourceController(): string {
    const controllers = this.array.controllers.list();
    return (controllers.find(({ ref }) => this.array.controllers.isUp(ref)) ?? controllers[0])?.ref ?? '';
  }

  /** Operations per second that a controller can do at most. */
  get mostOpsPerSecond(): number {
    const [drive] = this.array.tables.drives.values();
    return drive?.physicalType === 'nvme4k' ? mostOps.nvme : mostOps.other;
  }

  /** Percent of a core's second that one operation takes. */
  get cpuPercentPerOp(): number {
    return 100 / this.mostOpsPerSecond;
  }

  /** Grows with every operation that is counted. */
  get version(): number {
    return this.sources.ops;
  }

  /** An operation changed the array: what was counted up to now is counted as the array was before. */
  notice(): void {
    if (!this.isStarted) return;
    const { seen } = this;
    const now = this.revisions();
    const isChanged =
      now.drives !== seen.drives ||
      now.controllers !== seen.controllers ||
      now.workloads !== seen.workloads ||
      now.system !== seen.system ||
      (now.volumes !== seen.volumes && this.sources.areChanged);
    this.seen = now;
    if (isChanged) this.startAnew();
    this.forgetDeleted();
    if (!isChanged) return;
    const bootMs = Math.max(...this.array.controllers.list().map((each) => each.bootTimeMs));
    if (wholeSeconds(bootMs) > this.resetMs) this.reset(bootMs);
  }

  save(): SavedStatistics {
    const totals = Object.fromEntries(totalKinds.map((kind) => [kind, Object.fromEntries(this.base[kind])]));
    return {
      resetMs: this.resetMs,
      settledMs: this.base.timeMs,
      totals: totals as SavedStatistics['totals'],
      flows: [...this.sources.flows.values()].map((flow) => ({
        flow: flow.toJSON(),
        settled: this.sources.settled.get(flow),
      })),
    };
  }

  /** Goes on from saved counters; collections begin anew. */
  restore(saved: SavedStatistics): void {
    this.isStarted = true;
    this.generation++;
    this.resetMs = saved.resetMs;
    const kept = (kind: TotalKind) => new Map(Object.entries(saved.totals[kind]));
    this.base = {
      timeMs: saved.settledMs,
      volumes: kept('volumes'),
      controllers: kept('controllers'),
      ports: kept('ports'),
      channels: kept('channels'),
      drives: kept('drives'),
    };
    this.sources.clear();
    for (const { flow, settled } of saved.flows) {
      const resumed = TrafficFlow.resume(flow, this.generation);
      this.sources.flows.set(`${flow.volumeRef} ${flow.controllerRef} ${flow.portRef}`, resumed);
      if (settled !== undefined) this.sources.settled.set(resumed, settled);
    }
    this.readSources();
    this.restartCollections(wholeSeconds(this.array.now()));
  }

  private restartCollections(anchorMs: number): void {
    this.recent.restart(anchorMs, this.array.system.settings.statisticsIntervalSeconds * 1000);
    this.history.restart(anchorMs, historyIntervalMs);
  }

  private readonly totalsAt = (wantedMs: number): Totals => {
    const timeMs = Math.max(wantedMs, this.base.timeMs);
    const tally = new Tally(this.base, timeMs, this.tallyOptions());
    for (const activity of this.sources.activities(this.base.timeMs, timeMs)) tally.add(activity);
    const seconds = (ms: number) => Math.max(0, ms - this.resetMs) / 1000;
    for (const drive of this.background) {
      const came = minus(
        backgroundCounters(drive, seconds(timeMs)),
        backgroundCounters(drive, seconds(this.base.timeMs)),
      );
      tally.count('drives', drive.driveRef, came);
    }
    return tally.totals();
  };

  private tallyOptions(): TallyOptions {
    const { cpuPercentPerOp } = this;
    return {
      cpuPercentPerOp,
      idleCpuPercent,
      blocksOf: (ref) => Math.floor((this.array.tables.drives.get(ref)?.usableBytes ?? 0) / 512),
    };
  }

  /** Counts everything up to now for good, and looks at the array anew. */
  private startAnew(): void {
    const interval = this.array.system.settings.statisticsIntervalSeconds * 1000;
    this.keepUp();
    this.base = this.totalsAt(this.array.now());
    this.sources.startAnew();
    this.readSources();
    if (interval !== this.recent.interval) this.restartCollections(wholeSeconds(this.array.now()));
  }

  private revisions() {
    const { drives, volumes, snapshotVolumes, controllers, iscsiPorts, declaredWorkloads, system, ssdCaches } =
      this.array.tables;
    return {
      drives: drives.revision + ssdCaches.revision,
      volumes: volumes.revision + snapshotVolumes.revision,
      controllers: controllers.revision + iscsiPorts.revision,
      workloads: declaredWorkloads.revision,
      system: system.revision,
    };
  }

  private readSources(): void {
    this.seen = this.revisions();
    this.sources.refresh();
    this.background = drivesInTheBackground(this.array);
  }

  private forgetDeleted(): void {
    if (this.deleted.length === 0) return;
    const { volumes, snapshotVolumes } = this.array.tables;
    const gone = this.deleted.filter(
      (ref) => this.base.volumes.has(ref) && !volumes.has(ref) && !snapshotVolumes.has(ref),
    );
    this.deleted.length = 0;
    if (gone.length === 0) return;
    const left = new Map(this.base.volumes);
    for (const ref of gone) left.delete(ref);
    this.base = { ...this.base, volumes: left };
  }
}

function wholeSeconds(timeMs: number): number {
  return Math.floor(timeMs / 1000) * 1000;
}
