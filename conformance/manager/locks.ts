import { Mutex } from 'async-mutex';

/** Locks by name, as Cinder's coordinator has them: who deletes a source waits for who creates from it (source: R10). */
export class Locks {
  private readonly mutexes = new Map<string, Mutex>();

  async hold<T>(name: string, work: () => Promise<T>): Promise<T> {
    const mutex = this.mutexes.get(name) ?? new Mutex();
    this.mutexes.set(name, mutex);
    return mutex.runExclusive(work);
  }
}
