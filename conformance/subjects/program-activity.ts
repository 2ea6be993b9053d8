import { setImmediate as turn } from 'node:timers/promises';
import { nowMs, pause } from '../runtime/wall-clock.js';
import type { ProcessGroup } from './process-group.js';

/** Turns of the event loop in which what a program has written arrives. */
const arrivalTurns = 4;

/** Where the system does not show what processes do, a program that says nothing for so long is idle, in milliseconds. */
const quietMs = 50;

/** A program that works on for so long is not waited for any longer, in milliseconds of real time. */
const longestWorkMs = 20_000;

/** What a program does, as far as it can be seen from outside: its calls, its requests of the array, its processes. */
export class ProgramActivity {
  /** Requests of the suite that are under way, by their ids. */
  readonly calls = new Set<number>();
  /** Requests of the array that are under way, by when they came in the array's time. */
  readonly requests = new Map<object, { readonly startMs: number; readonly cut: () => void }>();
  /** How long its HTTP client waits for an answer, in milliseconds of the array's time; undefined when that is not said. */
  httpTimeoutMs: number | undefined;
  group: ProcessGroup | undefined;
  /** Grows with each thing that is seen. */
  private changes = 0;
  private lastChangeMs = nowMs();
  /** Requests and answers of the array that are being read or written here. */
  private inTransit = 0;
  isOver = false;
  /** How often the program has asked for something: of the array, or of the suite. */
  signs = 0;

  /** Something was heard of the program, or it was told something. */
  changed(): void {
    this.changes++;
    this.lastChangeMs = nowMs();
  }

  /** Something is on its way through this process: until it is through, the program is not idle. */
  async through<T>(body: () => Promise<T>): Promise<T> {
    this.inTransit++;
    this.changed();
    try {
      return await body();
    } finally {
      this.inTransit--;
      this.changed();
    }
  }

  /** Whether nothing has happened for so long in real time, and all its processes wait. */
  async isIdleFor(milliseconds: number): Promise<boolean> {
    if (nowMs() - this.lastChangeMs < milliseconds || this.inTransit > 0 || this.group?.isAsleep() === false)
      return false;
    const { changes } = this;
    for (let turns = 0; turns < arrivalTurns; turns++) await turn();
    return this.changes === changes && this.inTransit === 0 && this.group?.isAsleep() !== false;
  }

  /** Waits until the program waits for others: for an answer, for time, or for its next call. */
  async untilIdle(): Promise<void> {
    const startMs = nowMs();
    while (!this.isOver && nowMs() - startMs < longestWorkMs) {
      const isShown = this.group?.isAsleep() !== undefined;
      if (await this.isIdleFor(isShown ? 0 : quietMs)) return;
      await pause(1);
    }
  }
}
