import { ArrayError } from './errors.js';
import { type JobKind, type JobRecord, jobDefaults, jobKinds, type Progression } from './records.js';
import type { StorageArray } from './storage-array.js';

/** What happens when work of one kind ends. Runs inside a transaction; the job is already gone. */
export interface JobOutcome {
  complete(job: JobRecord): void;
  /** Work that fails leaves its object as this says; without it, failed work just ends. */
  fail?(job: JobRecord): void;
}

/** Overrides the configured progression of a job that starts; undefined leaves it. */
export type ProgressionOverride = (kind: JobKind, objectRef: string) => Progression | undefined;

/** Long-lived work as a function of time: jobs start, show progress, and end when their time has come. */
export class Jobs {
  private readonly outcomes = new Map<JobKind, JobOutcome>();
  private readonly byObject: (objectRef: string) => ReadonlySet<string>;
  /** No job can end before this time: what makes looking for ended jobs cheap. */
  private nextEndMs = Number.POSITIVE_INFINITY;
  private completing = false;
  private readonly overrides = new Set<ProgressionOverride>();

  constructor(private readonly array: StorageArray) {
    this.byObject = array.tables.jobs.index((job) => job.objectRef);
  }

  /** Says what ending work of a kind does; each kind is owned by the file of its object. */
  onEnd(kind: JobKind, outcome: JobOutcome): void {
    this.outcomes.set(kind, outcome);
  }

  /**
   * Starts work on an object. Under `instant` progression it is complete when this returns, and there is no job.
   * Call it last in an operation: completing reads the state that the operation has made.
   */
  start(kind: JobKind, objectRef: string, totalBytes: number, detail: JobRecord['detail'] = jobDefaults.detail): void {
    const progression = this.overriddenProgression(kind, objectRef) ?? this.array.system.progressions[kind];
    const job: JobRecord = {
      ...jobDefaults,
      ref: `job-${this.array.takeCounter('job')}`,
      kind,
      objectRef,
      startMs: this.array.now(),
      totalBytes,
      progression,
      detail,
    };
    if (progression.mode === 'instant') {
      this.outcomes.get(kind)?.complete(job);
      return;
    }
    this.array.tables.jobs.put(job);
    this.schedule(job);
  }

  /** Adds what is asked for the progression of each job that starts; gives what removes it. The first answer counts. */
  overrideProgression(override: ProgressionOverride): () => void {
    this.overrides.add(override);
    return () => this.overrides.delete(override);
  }

  private overriddenProgression(kind: JobKind, objectRef: string): Progression | undefined {
    for (const override of this.overrides) {
      const progression = override(kind, objectRef);
      if (progression !== undefined) return progression;
    }
    return undefined;
  }

  /** The job of that kind on an object, if any runs. */
  find(kind: JobKind, objectRef: string): JobRecord | undefined {
    return this.on(objectRef).find((job) => job.kind === kind);
  }

  /** All work on an object, oldest first. */
  on(objectRef: string): JobRecord[] {
    const jobs: JobRecord[] = [];
    for (const ref of this.byObject(objectRef)) {
      const job = this.array.tables.jobs.get(ref);
      if (job !== undefined) jobs.push(job);
    }
    return jobs;
  }

  /** Whole percent done, 0 to 99 while the job exists. */
  percent(job: JobRecord): number {
    if (job.pausedAtPercent !== null) return job.pausedAtPercent;
    const { progression } = job;
    switch (progression.mode) {
      case 'instant':
        return 99;
      case 'stuck':
        return 0;
      case 'polls':
        return Math.min(99, Math.floor((100 * job.polls) / progression.polls));
      case 'timed':
        return Math.min(99, Math.floor((100 * (this.array.now() - job.startMs)) / durationMs(job)));
      case 'fail-at':
        return Math.min(progression.percent, Math.floor((100 * (this.array.now() - job.startMs)) / durationMs(job)));
    }
  }

  /** Minutes left, rounded up; 0 when it cannot be told. */
  minutesLeft(job: JobRecord): number {
    if (job.progression.mode !== 'timed') return 0;
    const leftMs = job.startMs + durationMs(job) - this.array.now();
    return Math.max(0, Math.ceil(leftMs / 60_000));
  }

  /** A client polled the object: moves jobs with `polls` progression on. */
  recordPoll(objectRef: string): void {
    const waiting = this.on(objectRef).filter(
      (job) => job.progression.mode === 'polls' && job.pausedAtPercent === null,
    );
    if (waiting.length === 0) return;
    this.array.transact(() => {
      for (const job of waiting) {
        const polled = this.array.tables.jobs.patch(job.ref, { polls: job.polls + 1 });
        if (polled.progression.mode === 'polls' && polled.polls >= polled.progression.polls)
          this.end(polled, 'complete');
      }
    });
  }

  /** A client polled all jobs of some kinds: of all kinds when none are named. */
  recordPollOfAll(...kinds: JobKind[]): void {
    for (const job of this.array.tables.jobs.toJSON()) {
      if (kinds.length === 0 || kinds.includes(job.kind)) this.recordPoll(job.objectRef);
    }
  }

  /** Ends every job whose time has come. Cheap when there is none; every operation and request starts with it. */
  completeDue(): void {
    if (this.completing || this.array.now() < this.nextEndMs) return;
    this.completing = true;
    try {
      const now = this.array.now();
      const due = [...this.array.tables.jobs.values()].filter((job) => endMs(job) <= now);
      due.sort((a, b) => endMs(a) - endMs(b));
      if (due.length > 0) {
        this.array.transact(() => {
          for (const job of due) {
            if (this.array.tables.jobs.has(job.ref)) {
              this.end(job, job.progression.mode === 'fail-at' ? 'fail' : 'complete');
            }
          }
        });
      }
      this.reschedule();
    } finally {
      this.completing = false;
    }
  }

  /** When the next job ends by itself; infinite when none does. */
  nextMs(): number {
    return Math.min(...[...this.array.tables.jobs.values()].map(endMs));
  }

  /** Freezes a job at its present progress, or lets it go on from there. */
  pause(job: JobRecord): void {
    this.array.tables.jobs.patch(job.ref, { pausedAtPercent: this.percent(job) });
    this.reschedule();
  }

  resume(job: JobRecord): void {
    const done = (job.pausedAtPercent ?? 0) / 100;
    // Rounded up, as in `step`: what goes on must not show less than before.
    const startMs = this.array.now() - Math.ceil(done * durationMs(job));
    const resumed = this.array.tables.jobs.patch(job.ref, { pausedAtPercent: null, startMs });
    this.schedule(resumed);
  }

  /** Ends a job now: as complete, as failed, or without a trace. */
  end(job: JobRecord, how: 'complete' | 'fail' | 'cancel'): void {
    this.array.tables.jobs.delete(job.ref);
    const outcome = this.outcomes.get(job.kind);
    if (how === 'complete') outcome?.complete(job);
    else if (how === 'fail') outcome?.fail?.(job);
  }

  /** Cancels all work on an object that is about to be deleted. */
  cancelAll(objectRef: string): void {
    for (const job of this.on(objectRef)) this.end(job, 'cancel');
  }

  /** Sets how work of the given kinds (all when none are named) proceeds from now on; running jobs follow too. */
  setProgression(progression: Progression, kinds: readonly JobKind[] = jobKinds): void {
    this.array.transact(() => {
      const progressions = { ...this.array.system.progressions };
      for (const kind of kinds) progressions[kind] = progression;
      this.array.patchSystem({ progressions });
      for (const job of this.array.tables.jobs.toJSON()) {
        if (!kinds.includes(job.kind)) continue;
        if (progression.mode === 'instant') this.end(job, 'complete');
        else this.array.tables.jobs.put({ ...job, progression, startMs: this.array.now() });
      }
    });
    this.reschedule();
  }

  /** Sets how the work that is going on at some objects proceeds from now on, of the given kinds (all when none are named). */
  setProgressionOn(
    objectRefs: readonly string[],
    progression: Progression,
    kinds: readonly JobKind[] = jobKinds,
  ): void {
    this.array.transact(() => {
      for (const job of objectRefs.flatMap((ref) => this.on(ref))) {
        if (!kinds.includes(job.kind)) continue;
        if (progression.mode === 'instant') this.end(job, 'complete');
        else this.array.tables.jobs.put({ ...job, progression, polls: 0, startMs: this.array.now() });
      }
    });
    this.reschedule();
  }

  /**
   * Brings a job to a percentage, from where it goes on as its progression says; one that is stuck stays there. At 100
   * it completes. Throws ArrayError illegalParam for a percentage that is none.
   */
  step(job: JobRecord, percent: number): void {
    if (!Number.isInteger(percent) || percent < 0 || percent > 100)
      throw new ArrayError(
        'illegalParam',
        `The percentage is ${percent}: allowed are whole numbers from 0 to 100.`,
        'percent',
      );
    this.array.transact(() => {
      const { progression } = job;
      const failsHere = progression.mode === 'fail-at' && percent >= progression.percent;
      if (percent === 100 || failsHere) {
        this.end(job, failsHere ? 'fail' : 'complete');
      } else if (job.pausedAtPercent !== null || progression.mode === 'stuck') {
        this.array.tables.jobs.patch(job.ref, { pausedAtPercent: percent });
      } else if (progression.mode === 'polls') {
        this.array.tables.jobs.patch(job.ref, { polls: Math.ceil((progression.polls * percent) / 100) });
      } else {
        const startMs = this.array.now() - Math.ceil((durationMs(job) * percent) / 100);
        this.array.tables.jobs.patch(job.ref, { startMs });
      }
    });
    this.reschedule();
  }

  /** Recomputes when to look for ended jobs: after a restore. */
  reschedule(): void {
    this.nextEndMs = Number.POSITIVE_INFINITY;
    for (const job of this.array.tables.jobs.values()) this.schedule(job);
  }

  private schedule(job: JobRecord): void {
    this.nextEndMs = Math.min(this.nextEndMs, endMs(job));
  }
}

function durationMs(job: JobRecord): number {
  const { progression } = job;
  if (progression.mode !== 'timed' && progression.mode !== 'fail-at') return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.ceil((job.totalBytes / progression.bytesPerSecond) * 1000));
}

function endMs(job: JobRecord): number {
  if (job.pausedAtPercent !== null) return Number.POSITIVE_INFINITY;
  const share = job.progression.mode === 'fail-at' ? job.progression.percent / 100 : 1;
  return job.startMs + Math.ceil(durationMs(job) * share);
}

/**
 * Reads a progression as people write it: `instant`, `timed`, `timed:<bytes per second>`, `polls:<n>`, `stuck`,
 * `fail-at:<percent>`. Throws ArrayError illegalParam for anything else.
 */
export function parseProgression(text: string): Progression {
  const match = /^(instant|stuck|timed|polls|fail-at)(?::(\d+))?$/.exec(text);
  const [, mode, number] = match ?? [];
  const value = number === undefined ? undefined : Number(number);
  if (mode === 'instant' && value === undefined) return { mode };
  if (mode === 'stuck' && value === undefined) return { mode };
  if (mode === 'timed' && value !== 0) return { mode, bytesPerSecond: value ?? defaultBytesPerSecond };
  if (mode === 'polls' && value !== undefined && value > 0) return { mode, polls: value };
  if (mode === 'fail-at' && value !== undefined && value < 100) {
    return { mode, percent: value, bytesPerSecond: defaultBytesPerSecond };
  }
  throw new ArrayError(
    'illegalParam',
    `'${text}' is not a job progression: allowed are instant, timed, timed:<bytes per second>, polls:<n>, stuck, fail-at:<percent below 100>`,
    'progression',
  );
}

/** What `timed` means without a rate: 1 GiB per second, brisk for an array, slow enough to be seen. */
const defaultBytesPerSecond = 2 ** 30;
