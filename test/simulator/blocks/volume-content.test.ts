import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadContents, saveContents } from '../../../simulator/blocks/saved-contents.js';
import { type BlockRoot, clusterBytes, clustersOf, Epochs, pageBytes } from '../../../simulator/blocks/tree.js';
import { readRoot, VolumeContent } from '../../../simulator/blocks/volume-content.js';
import { repetitions } from '../../repetitions.js';

const capacity = 6 * clusterBytes;

const position = fc.oneof(
  fc.nat(capacity),
  fc
    .tuple(fc.nat(capacity / pageBytes), fc.integer({ min: -2, max: 2 }))
    .map(([page, off]) => Math.max(0, page * pageBytes + off)),
);
const step = fc.record({
  kind: fc.constantFrom('write', 'write', 'write', 'unmap', 'snapshot', 'restore', 'clone', 'reload'),
  at: position,
  length: fc.oneof(fc.nat(3 * pageBytes), fc.nat(2 * clusterBytes)),
  fill: fc.integer({ min: 1, max: 255 }),
  which: fc.nat(9),
});

describe('volume content', () => {
  it('is what a plain array of bytes would be, through snapshots, restores, clones and saving', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let epochs = new Epochs();
        let content = new VolumeContent(capacity, epochs);
        let model = Buffer.alloc(capacity);
        let kept: { root: BlockRoot; model: Buffer }[] = [];
        for (const { kind, at, length, fill, which } of steps) {
          const size = Math.min(length, Math.max(0, capacity - at));
          const chosen = kept[which % Math.max(1, kept.length)];
          if (kind === 'write' && at <= capacity) {
            const data = Buffer.alloc(size, fill);
            content.write(at, data);
            data.copy(model, at);
            data.fill(0);
          } else if (kind === 'unmap' && at <= capacity) {
            content.unmap(at, size);
            model.fill(0, at, at + size);
          } else if (kind === 'snapshot') {
            kept.push({ root: content.snapshot(), model: Buffer.from(model) });
          } else if (kind === 'restore' && chosen !== undefined) {
            content.restore(chosen.root);
            model = Buffer.from(chosen.model);
          } else if (kind === 'clone' && chosen !== undefined) {
            const clone = new VolumeContent(capacity, epochs, chosen.root);
            clone.write(at % (capacity - 1), Buffer.of(fill));
          } else if (kind === 'reload') {
            const images = new Map(kept.map(({ root }, index) => [String(index), root]));
            const saved = JSON.parse(JSON.stringify(saveContents(new Map([['v', content]]), images, epochs)));
            epochs = new Epochs();
            const loaded = loadContents(saved, epochs);
            content = loaded.volumes.get('v') ?? content;
            kept = kept.map((each, index) => ({ ...each, root: loaded.images.get(String(index)) ?? each.root }));
          }
        }
        expect(content.read(0, capacity).equals(model)).toBe(true);
        for (const each of kept) expect(readRoot(each.root, capacity, 0, capacity).equals(each.model)).toBe(true);
        expect(content.allocatedBytes).toBe([...clustersOf(content.present().node)].length * clusterBytes);
        // Only the clusters that it names hold something.
        for (const number of content.writtenClusters())
          model.fill(0, number * clusterBytes, Math.min(capacity, (number + 1) * clusterBytes));
        expect(model.every((byte) => byte === 0)).toBe(true);
      }),
      { numRuns: repetitions(40, 100) },
    );
  });

  it('holds nothing in a cluster of which every page was taken back, and still counts it as allocated', () => {
    const content = new VolumeContent(capacity, new Epochs());
    content.write(0, Buffer.of(1));
    content.write(2 * clusterBytes, Buffer.of(1));
    content.unmap(0, clusterBytes);
    expect([...content.writtenClusters()]).toEqual([2]);
    expect(content.allocatedBytes).toBe(2 * clusterBytes);
  });

  it('tells which clusters a range would write for the first time since the last snapshot', () => {
    const content = new VolumeContent(capacity, new Epochs());
    expect(content.firstWrites(clusterBytes - 1, 2)).toEqual([0, 0]);
    content.write(0, Buffer.of(1));
    const epoch = content.currentEpoch;
    expect(content.firstWrites(0, clusterBytes)).toEqual([]);
    content.snapshot();
    expect(content.firstWrites(0, clusterBytes + 1)).toEqual([epoch, 0]);
    expect(content.firstWrites(0, 0)).toEqual([]);
  });

  it('shares what was not written since: a snapshot takes no clusters, a write one', () => {
    const content = new VolumeContent(capacity, new Epochs());
    content.write(0, Buffer.alloc(4 * clusterBytes, 1));
    const root = content.snapshot();
    content.write(clusterBytes, Buffer.of(2));
    const before = new Map(clustersOf(root.node));
    const shared = [...clustersOf(content.present().node)].filter(([place, cluster]) => before.get(place) === cluster);
    expect(shared.map(([place]) => place)).toEqual([0, 2, 3]);
  });

  it('reaches to the end of the largest volume', () => {
    const content = new VolumeContent(2 ** 48, new Epochs());
    content.write(2 ** 48 - 3, Buffer.from('end'));
    expect(content.read(2 ** 48 - 4, 4).toString()).toBe('\0end');
    expect(content.allocatedBytes).toBe(clusterBytes);
  });

  it.each([
    [-1, 1],
    [capacity, 1],
    [0, capacity + 1],
    [0.5, 1],
    [0, Number.NaN],
  ])('refuses offset %d with length %d', (offset, length) => {
    const content = new VolumeContent(capacity, new Epochs());
    expect(() => content.read(offset, length)).toThrow(RangeError);
    expect(() => content.unmap(offset, length)).toThrow(RangeError);
  });
});
