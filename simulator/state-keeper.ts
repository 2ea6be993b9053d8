import type { Clock } from './array/clock.js';
import { savedFormat } from './array/saved-array.js';
import { StorageArray } from './array/storage-array.js';
import type { StorageSystems } from './array/storage-systems.js';
import type { Keeper } from './store/state-store.js';
import type { SavedState } from './store/state-text.js';

/** Puts the storage systems of a saved state in place. */
export function restoreSystems(systems: StorageSystems, state: SavedState, clock: Clock): void {
  for (const { saved, ...system } of state.systems) {
    systems.put({ ...system, array: saved === null ? null : StorageArray.from(saved, clock) });
  }
}

/** What a store keeps of the storage systems, and how it brings them back. */
export function stateKeeper(systems: StorageSystems, clock: Clock): Keeper {
  const arrays = () =>
    new Map(systems.list().flatMap(({ id, array }) => (array === null ? [] : [[id, array] as const])));
  let changes = 0;
  let known = arrays();
  systems.subscribe(() => {
    changes++;
    const present = arrays();
    // Changes of an array that is gone still count: the sum must never become less.
    for (const [id, array] of known) if (present.get(id) !== array) changes += versionOf(array);
    known = present;
  });
  const sum = (count: (array: StorageArray) => number) =>
    [...arrays().values()].reduce((total, array) => total + count(array), changes);
  return {
    version: () => sum(versionOf),
    structureVersion: () => sum((array) => array.structureVersion),
    arrays,
    subscribe: (watcher) => void systems.subscribe(watcher),
    save: () => ({
      clockMs: clock.now(),
      systems: systems.list().map(({ array, ...system }) => ({
        ...system,
        saved:
          array === null
            ? null
            : { format: savedFormat, tables: array.saveTables(), statistics: array.statistics.save() },
      })),
    }),
    restore(state) {
      const kept = new Set(state.systems.map((system) => system.id));
      for (const { id } of systems.list()) if (!kept.has(id)) systems.remove(id);
      for (const { saved, ...system } of state.systems) {
        const present = systems.find(system.id)?.array;
        if (saved !== null && present) present.restore(saved);
        systems.put({ ...system, array: present ?? (saved === null ? null : StorageArray.from(saved, clock)) });
      }
    },
  };
}

/** Counters are part of the state, though no answer waits for them to be kept. */
function versionOf(array: StorageArray): number {
  return array.version + array.statistics.version;
}
