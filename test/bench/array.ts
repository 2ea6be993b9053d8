import type { StorageArray as AnArray } from '../../simulator/array/storage-array.js';
import type { AddRow } from './rows.js';

/** What is measured is the compiled build; its types are the sources'. */
const built = (path: string): Promise<unknown> => import(new URL(`../../dist/${path}`, import.meta.url).href);

/** What the array costs by itself, without HTTP. */
export async function arrays(row: AddRow): Promise<void> {
  const { StorageArray } = (await built(
    'bench/storage-array.js',
  )) as typeof import('../../simulator/array/storage-array.js');
  const { presets } = (await built('simulator/index.js')) as typeof import('../../simulator/index.js');
  const preset = presets.demo;
  if (preset === undefined) throw new Error('no demo preset');
  const roomy = { ...preset, limits: { ...preset.limits, volumes: 30_000, volumesPerPool: 30_000 } };
  const create = () => new StorageArray({ preset: roomy, seed: 1 });
  for (let i = 0; i < 5; i++) create();
  row('making an array', times(21, create), 5, false, ' ms');
  const array = create();
  row(
    'resetting an array',
    times(51, () => array.reset()),
    1,
    false,
    ' ms',
  );
  manyVolumes(array, row);
  const before = process.memoryUsage().arrayBuffers;
  const poolRef = array.pools.find('DDP_1')?.ref ?? '';
  const large = array.volumes.create({ label: 'large', poolRef, capacityBytes: 2 ** 46 });
  array.io.read(large.ref, 2 ** 45, 4096);
  const kept = (process.memoryUsage().arrayBuffers - before) / 2 ** 20;
  row('a 64 TiB volume before it is written', kept, 1, false, ' MiB');
}

function manyVolumes(array: AnArray, row: AddRow): void {
  const poolRef = array.pools.find('DDP_1')?.ref ?? '';
  const make = (n: number) => array.volumes.create({ label: `v${n}`, poolRef, capacityBytes: 2 ** 30 });
  for (let n = 0; n < 2000; n++) make(n);
  array.reset();
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const batches: number[] = [];
  for (let batch = 0; batch < 20; batch++)
    batches.push(timed(() => Array.from({ length: 500 }, (_, i) => make(batch * 500 + i))));
  const slowdowns = batches.slice(-5).map((last, index) => last / (batches[index] ?? Number.NaN));
  row('the 10,000th volume, against the first', slowdowns, 1.5, false);
  globalThis.gc?.();
  row('10,000 volumes over an empty array', (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20, 60, false, ' MiB');
  array.reset();
}

function times(count: number, what: () => unknown): number[] {
  return Array.from({ length: count }, () => timed(what));
}

function timed(what: () => unknown): number {
  const began = performance.now();
  what();
  return performance.now() - began;
}
