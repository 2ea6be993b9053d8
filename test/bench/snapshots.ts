import { type AddRow, median } from './rows.js';

/** The compiled build. */
const built = (path: string): Promise<unknown> => import(new URL(`../../dist/${path}`, import.meta.url).href);

const gib = 2 ** 30;
const pageBytes = 4096;

/** An array with room for many snapshots, and a volume of 1 TiB with a snapshot group. */
async function arrayWithVolume() {
  const { StorageArray } = (await built(
    'bench/storage-array.js',
  )) as typeof import('../../simulator/array/storage-array.js');
  const { presets } = (await built('simulator/index.js')) as typeof import('../../simulator/index.js');
  const { demo } = presets;
  if (demo === undefined) throw new Error('no demo preset');
  const limits = { ...demo.limits, snapshotImagesPerGroup: 2000, snapshotImages: 4000 };
  const array = new StorageArray({ preset: { ...demo, limits }, seed: 1 });
  const poolRef = array.pools.find('DDP_1')?.ref ?? '';
  const volume = array.volumes.create({ label: 'large', poolRef, capacityBytes: 1024 * gib });
  const group = array.snapshotGroups.create({ label: 'group', baseRef: volume.ref, repositoryPercent: 40 });
  return { array, volume, group };
}

/** A place for each of so many writes, the same in each run. */
function places(count: number, capacityBytes: number): number[] {
  let state = 12_345;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * (capacityBytes / pageBytes)) * pageBytes;
  });
}

function timed(action: () => void): number {
  const began = performance.now();
  action();
  return performance.now() - began;
}

/** What snapshots cost, and what writing costs with them. */
export async function snapshots(add: AddRow): Promise<void> {
  const { array, volume, group } = await arrayWithVolume();
  const data = Buffer.alloc(pageBytes, 1);
  const times: number[] = [];
  for (const [index, place] of places(1000, volume.capacityBytes).entries()) {
    array.io.write(volume.ref, place, data);
    times.push(timed(() => array.snapshotImages.create({ groupRef: group.ref })));
    if (index % 100 === 0) globalThis.gc?.();
  }
  add('the 1,000th snapshot, against the first', median(times.slice(-50)) / median(times.slice(10, 60)), 1.5, false);

  const [with100, without] = [await arrayWithVolume(), await arrayWithVolume()];
  for (const place of places(100, with100.volume.capacityBytes)) {
    with100.array.io.write(with100.volume.ref, place, data);
    with100.array.snapshotImages.create({ groupRef: with100.group.ref });
  }
  without.array.snapshotGroups.delete(without.group.ref);
  const slowdowns: number[] = [];
  const all = places(60_000, volume.capacityBytes);
  for (let round = 0; round < 6; round++) {
    const some = all.slice(round * 10_000, (round + 1) * 10_000);
    const rate = (each: typeof without) =>
      some.length /
      timed(() => {
        for (const place of some) each.array.io.write(each.volume.ref, place, data);
      });
    const [slow, fast] = round % 2 === 0 ? [rate(with100), rate(without)] : [rate(without), rate(with100)].reverse();
    slowdowns.push((slow ?? 0) / (fast ?? 1));
  }
  add('random writes into 1 TiB with 100 snapshots, against none', slowdowns, 0.7, true);
}
