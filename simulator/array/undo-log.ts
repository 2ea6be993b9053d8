import type { RecordChange } from './domain-events.js';

/** How to take one change back, and which record it was of, if of any. */
interface Entry {
  readonly undo: () => void;
  readonly change: RecordChange | undefined;
}

/**
 * What makes operations atomic: every change notes how to take it back; a failed operation takes back all it noted.
 */
export class UndoLog {
  private readonly entries: Entry[] = [];
  private depth = 0;
  /** Counts the changes ever made, so that an operation can tell whether it changed anything. */
  changes = 0;

  get active(): boolean {
    return this.depth > 0;
  }

  /** Whether to gather the changed records of each operation. */
  gathers = false;
  /** The records that the last operation changed, in order. */
  gathered: readonly RecordChange[] = [];

  /** Notes how to take one change back. Throws outside a transaction: state changes only inside one. */
  note(undo: () => void, change?: RecordChange): void {
    if (this.depth === 0) throw new Error('state may only change inside a transaction');
    this.changes++;
    this.entries.push({ undo, change });
  }

  /** Runs `body`; when it throws, everything noted since is taken back in reverse order. May be nested. */
  run<T>(body: () => T): T {
    const mark = this.entries.length;
    this.depth++;
    try {
      const result = body();
      if (this.depth === 1 && this.gathers) this.gathered = this.entries.flatMap(({ change }) => change ?? []);
      return result;
    } catch (error) {
      while (this.entries.length > mark) this.entries.pop()?.undo();
      throw error;
    } finally {
      this.depth--;
      if (this.depth === 0) this.entries.length = 0;
    }
  }
}
