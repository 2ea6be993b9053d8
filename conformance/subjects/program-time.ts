import { pause, nowMs as wallMs } from '../runtime/wall-clock.js';
import type { ProgramActivity } from './program-activity.js';
import type { SubjectRuntime, VirtualTime } from './subject.js';

/** A program with calls under way that is idle for so long waits for time to pass, in milliseconds of real time. */
const idleMs = 50;

interface Sleeper {
  readonly dueMs: number;
  wake(): void;
}

/**
 * The array's time as a program sees it. A wait that a program tells of costs no real time: the clock moves on. Where it
 * waits otherwise, the clock moves on while it is idle: to the next thing that is due at the array.
 */
export class ProgramTime {
  /** Whether the program tells of all its waits. */
  tellsOfWaits = false;
  private sleepers: Sleeper[] = [];
  private isWatching = false;
  private isWaking = false;

  constructor(
    private readonly activity: ProgramActivity,
    private readonly runtime: SubjectRuntime,
    private readonly virtual: VirtualTime | undefined,
  ) {}

  /**
   * Waits that much of the array's time. A wait of a call that is under way moves the clock at once. Another one may be of
   * a thread in the background: it ends when the program is idle and nothing else is due before.
   */
  async sleep(milliseconds: number, call: string | number | undefined): Promise<void> {
    if (this.virtual === undefined || (typeof call === 'number' && this.activity.calls.has(call))) {
      await this.runtime.sleep(milliseconds);
      return;
    }
    await new Promise<void>((wake) => {
      this.sleepers.push({ dueMs: this.runtime.now() + milliseconds, wake });
      void this.wakeInTurn();
    });
  }

  /** A call has begun: from now on until all have ended the clock moves when the program is idle. */
  began(): void {
    void this.watch();
    void this.wakeInTurn();
  }

  end(): void {
    this.wakeDue(Number.POSITIVE_INFINITY);
  }

  /** While calls are under way and the program is idle, the sleeper that is due first is woken. */
  private async wakeInTurn(): Promise<void> {
    if (this.isWaking) return;
    this.isWaking = true;
    try {
      while (this.sleepers.length > 0 && this.isAtWork) {
        this.wakeDue(this.runtime.now());
        await this.activity.untilIdle();
        // Requests that the array has not answered wait for time too: `watch` looks after them.
        if (!this.isAtWork || this.activity.requests.size > 0) return;
        const first = Math.min(...this.sleepers.map(({ dueMs }) => dueMs));
        const leftMs = first - this.runtime.now();
        if (leftMs > 0 && Number.isFinite(leftMs)) await this.runtime.sleep(leftMs);
        this.wakeDue(this.runtime.now());
      }
    } finally {
      this.isWaking = false;
    }
  }

  private wakeDue(nowMs: number): void {
    const due = this.sleepers.filter(({ dueMs }) => dueMs <= nowMs).sort((a, b) => a.dueMs - b.dueMs);
    this.sleepers = this.sleepers.filter(({ dueMs }) => dueMs > nowMs);
    for (const { wake } of due) wake();
    if (due.length > 0) this.activity.changed();
  }

  private get isAtWork(): boolean {
    return this.activity.calls.size > 0 && !this.activity.isOver;
  }

  /** Looks every now and then whether the program waits for time to pass. */
  private async watch(): Promise<void> {
    const { activity, virtual } = this;
    if (virtual === undefined || this.isWatching) return;
    this.isWatching = true;
    try {
      let waitedSinceMs = wallMs();
      while (this.isAtWork) {
        await pause(idleMs / 2);
        if (!this.isAtWork) return;
        if (!(await activity.isIdleFor(idleMs))) {
          waitedSinceMs = wallMs();
        } else if (await this.passTime(virtual, wallMs() - waitedSinceMs)) {
          waitedSinceMs = wallMs();
          activity.changed();
        }
      }
    } finally {
      this.isWatching = false;
    }
  }

  /** Moves the clock to what is due next. Gives whether it moved. */
  private async passTime(virtual: VirtualTime, waitedMs: number): Promise<boolean> {
    const { activity, runtime } = this;
    if (!virtual.mayPass()) return false;
    if (this.tellsOfWaits && activity.requests.size === 0 && this.sleepers.length === 0) return false;
    const { httpTimeoutMs = Number.POSITIVE_INFINITY } = activity;
    const dueMs = Math.min(
      (await virtual.nextDueMs()) ?? Number.POSITIVE_INFINITY,
      ...this.sleepers.map((sleeper) => sleeper.dueMs),
      ...[...activity.requests.values()].map(({ startMs }) => startMs + httpTimeoutMs),
    );
    // Where nothing is due the program may wait by its own clock: the array's goes as fast.
    if (dueMs === Number.POSITIVE_INFINITY && (this.tellsOfWaits || waitedMs < 1000)) return false;
    const leftMs = dueMs === Number.POSITIVE_INFINITY ? 1000 : Math.max(0, dueMs - runtime.now());
    await runtime.sleep(leftMs);
    if (leftMs > 0) virtual.advanced(leftMs);
    for (const { startMs, cut } of activity.requests.values()) if (runtime.now() - startMs >= httpTimeoutMs) cut();
    this.wakeDue(runtime.now());
    return true;
  }
}
