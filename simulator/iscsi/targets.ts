import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystems } from '../array/storage-systems.js';
import { keepFreedMemory } from './freed-memory.js';
import { MemoryBudget } from './memory-budget.js';
import type { OpenSession } from './observer.js';
import { type IscsiTargetOptions, IscsiTargetServer } from './target-server.js';

/** The iSCSI targets of all arrays of a process. */
export interface IscsiTargets {
  /** Resolves once every array there is now has its portals. */
  portalsReady(): Promise<void>;
  /** The sessions that are open at an array's target. */
  sessionsOf(array: StorageArray): readonly OpenSession[];
  close(): Promise<void>;
}

/** Gives each array its target: those there are now, and those that come. The first array's portals begin at `firstPort`. */
export async function serveTargets(systems: StorageSystems, given: IscsiTargetOptions): Promise<IscsiTargets> {
  const options = { ...given, memory: given.memory ?? new MemoryBudget() };
  const servers = new Map<StorageArray, IscsiTargetServer>();
  let work: Promise<void> = Promise.resolve();
  keepFreedMemory();
  const follow = async () => {
    const arrays = new Set(systems.list().flatMap(({ array }) => array ?? []));
    for (const [array, server] of servers) {
      if (arrays.has(array)) continue;
      servers.delete(array);
      await server.close();
    }
    for (const array of arrays) {
      if (servers.has(array)) continue;
      const server = new IscsiTargetServer(array, servers.size === 0 ? options : { ...options, firstPort: 0 });
      servers.set(array, server);
      await server.start();
      array.setResetBaseline();
    }
  };
  await follow();
  const unsubscribe = systems.subscribe(() => {
    work = work.then(follow).catch((error: unknown) => options.onError?.(error));
  });
  return {
    async portalsReady() {
      await work;
      await Promise.all([...servers.values()].map((server) => server.portalsReady()));
    },
    sessionsOf: (array) => servers.get(array)?.openSessions() ?? [],
    async close() {
      unsubscribe();
      await work;
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  };
}
