import { Mutex } from 'async-mutex';

/** Locks by name within this process. They are not reentrant. */
export class Locks {
  private readonly held = new Map<string, { readonly mutex: Mutex; users: number }>();

  /** Runs something while no other client holds the name. */
  async run<T>(name: string, action: () => Promise<T>): Promise<T> {
    const entry = this.held.get(name) ?? { mutex: new Mutex(), users: 0 };
    this.held.set(name, entry);
    entry.users++;
    try {
      return await entry.mutex.runExclusive(action);
    } finally {
      entry.users--;
      if (entry.users === 0) this.held.delete(name);
    }
  }
}
