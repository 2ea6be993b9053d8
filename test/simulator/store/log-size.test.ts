import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { savedFormat } from '../../../simulator/array/saved-array.js';
import { StorageArray } from '../../../simulator/array/storage-array.js';
import { type Keeper, StateStore } from '../../../simulator/store/state-store.js';
import { memoryFolder } from '../../memory-folder.js';
import { newArray } from '../arrays.js';

let folder: string;
let state: string;
const open: [StateStore, Keeper][] = [];

beforeEach(() => {
  folder = memoryFolder('eseries-log-size-');
  state = join(folder, 'state.json');
});

afterEach(async () => {
  for (const [store, keeper] of open.splice(0)) await store.close(keeper);
  rmSync(folder, { recursive: true });
});

/** What keeps one array under the id 1. */
function keeperOf(array: StorageArray): Keeper {
  return {
    version: () => array.version,
    structureVersion: () => array.structureVersion,
    save: () => ({
      clockMs: array.now(),
      systems: [
        {
          id: '1',
          saved: { format: savedFormat, tables: array.saveTables() },
          controllerAddresses: [],
          tags: [],
          online: true,
        },
      ],
    }),
    restore({ systems: [system] }) {
      if (system?.saved) array.restore(system.saved);
    },
    arrays: () => new Map([['1', array]]),
    subscribe: () => undefined,
  };
}

const megabyte = 2 ** 20;

async function begun(path = state): Promise<{ store: StateStore; keeper: Keeper; array: StorageArray }> {
  const opened = await StateStore.open(path, { leastLogBytes: megabyte });
  const { clock, array: fresh } = newArray();
  const saved = opened.state?.systems[0]?.saved;
  const array = saved ? StorageArray.from(saved, clock) : fresh;
  const keeper = keeperOf(array);
  await opened.store.begin(keeper, opened.state);
  await opened.store.writeFirst(keeper);
  open.push([opened.store, keeper]);
  return { store: opened.store, keeper, array };
}

describe('the size of the log', () => {
  it('does not grow with every write, however often the same place is written, and no write is lost', async () => {
    const { store, keeper, array } = await begun();
    const poolRef = array.pools.find('DDP_1')?.ref ?? '';
    const { ref } = array.volumes.create({ label: 'v', poolRef, capacityBytes: 2 ** 30 });
    const { ref: groupRef } = array.snapshotGroups.create({ label: 'g', baseRef: ref });
    let largest = 0;
    for (let count = 1; count <= 400; count++) {
      array.io.write(ref, (count % 8) * 65_536, Buffer.alloc(65_536, count % 251));
      if (count === 200) array.snapshotImages.create({ groupRef });
      await store.durable(keeper);
      largest = Math.max(largest, statSync(`${state}.blocks`).size);
      if (count % 100 !== 37) continue;
      const copy = join(folder, `copy-${count}.json`);
      for (const end of ['', '.blocks', '.blocks.new'])
        if (existsSync(state + end)) copyFileSync(state + end, copy + end);
      const found = await begun(copy);
      expect(JSON.stringify(found.array.save()) === JSON.stringify(array.save())).toBe(true);
      expect(found.array.check()).toEqual([]);
    }
    // 400 writes are 25 MiB; live are half of one, and half of another once there is a snapshot.
    expect(largest).toBeLessThan(8 * megabyte);
  });
});
