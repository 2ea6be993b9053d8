import type { Patience } from '../runtime/patience.js';
import { RunningProgram } from './running-program.js';
import { type SubjectEnvironment, SubjectError } from './subject.js';

/** A program that let so many drivers in a row time out is not started again. */
const timeoutsInARow = 10;

/** So many programs at most wait for their next driver. */
const mostIdle = 4;

/** The programs of one command line: those that can be used again wait here for their next driver. */
export class SubjectPool {
  private readonly idle: RunningProgram[] = [];
  /** Drivers in a row that did not answer in time, and what was said of the last. */
  private timeouts = 0;
  private lastTimeout: SubjectError | undefined;

  constructor(
    private readonly words: readonly string[],
    readonly patience: Patience | undefined,
  ) {}

  /** A program for a driver: one that waits, or a new one. Throws SubjectError where that was in vain too often. */
  take(environment: SubjectEnvironment): { readonly running: RunningProgram; readonly isKept: boolean } {
    if (this.timeouts >= timeoutsInARow && this.lastTimeout !== undefined) throw this.lastTimeout;
    const kept = this.idle.pop();
    const running = kept ?? new RunningProgram(this.words, environment, this.patience);
    running.serve(environment);
    return { running, isKept: kept !== undefined };
  }

  /** Keeps a program whose driver was closed. Gives false where there are enough of them. */
  keep(running: RunningProgram): boolean {
    this.timeouts = 0;
    if (this.idle.length >= mostIdle) return false;
    running.serve(undefined);
    this.idle.push(running);
    return true;
  }

  /** A driver has ended, or could not begin. */
  ended(running: RunningProgram): void {
    const { session } = running;
    if (!session.timedOut) {
      this.timeouts = 0;
      return;
    }
    this.timeouts++;
    const { message, evidence } = running.explained(session.failure) as SubjectError;
    this.lastTimeout = new SubjectError(
      `The program let ${timeoutsInARow} drivers in a row time out and is not started again. ${message}`,
      evidence,
    );
  }
}
