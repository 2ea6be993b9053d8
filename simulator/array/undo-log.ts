/**
 * What makes operations atomic: every change notes how to take it back; a failed operation takes back all it noted.
 */
export class UndoLog {
  private readonly entries: (() => void)[] = [];
  private depth = 0;
  /** Counts the changes ever made, so that an operation can tell whether it changed anything. */
  changes = 0;

  get active(): boolean {
    return this.depth > 0;
  }

  /** Notes how to take one change back. Throws outside a transaction: state changes only inside one. */
  note(undo: () => void): void {
    if (this.depth === 0) throw new Error('state may only change inside a transaction');
    this.changes++;
    this.entries.push(undo);
  }

  /** Runs `body`; when it throws, everything noted since is taken back in reverse order. May be nested. */
  run<T>(body: () => T): T {
    const mark = this.entries.length;
    this.depth++;
    try {
      return body();
    } catch (error) {
      while (this.entries.length > mark) this.entries.pop()?.();
      throw error;
    } finally {
      this.depth--;
      if (this.depth === 0) this.entries.length = 0;
    }
  }
}
