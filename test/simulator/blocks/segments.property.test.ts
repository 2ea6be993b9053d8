import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BlockRoot, clusterBytes, Epochs, pageBytes } from '../../../simulator/blocks/tree.js';
import { readRoot, rootSegments, VolumeContent } from '../../../simulator/blocks/volume-content.js';

const capacityBytes = 6 * clusterBytes;

/** Places that matter: within a page, at the edges of pages and clusters, anywhere. */
const offset = fc.oneof(
  fc.nat(capacityBytes - 1),
  fc.integer({ min: 0, max: capacityBytes / pageBytes - 1 }).map((page) => page * pageBytes),
  fc.integer({ min: 0, max: 5 }).map((cluster) => cluster * clusterBytes),
);
const length = fc.oneof(
  fc.integer({ min: 1, max: 2 * clusterBytes }),
  fc.constantFrom(512, pageBytes, 2 * pageBytes, clusterBytes, 3 * clusterBytes),
);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('write' as const), offset, length, fill: fc.integer({ min: 1, max: 255 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unmap' as const), offset, length }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('snapshot' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), pick: fc.nat(9) }) },
);

describe('a volume’s content', () => {
  it('reads as plain memory would, in pieces and copied, and what was frozen stays as it was', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const content = new VolumeContent(capacityBytes, new Epochs());
        const model = Buffer.alloc(capacityBytes);
        const frozen: { readonly root: BlockRoot; readonly bytes: Buffer }[] = [];
        for (const each of steps) {
          if (each.do === 'snapshot') {
            frozen.push({ root: content.snapshot(), bytes: Buffer.from(model) });
          } else if (each.do === 'restore') {
            const kept = frozen[each.pick % Math.max(1, frozen.length)];
            if (kept === undefined) continue;
            content.restore(kept.root);
            kept.bytes.copy(model);
          } else {
            const bytes = Math.min(each.length, capacityBytes - each.offset);
            const fill = each.do === 'write' ? each.fill : 0;
            if (each.do === 'write') content.write(each.offset, Buffer.alloc(bytes, fill));
            else content.unmap(each.offset, bytes);
            model.fill(fill, each.offset, each.offset + bytes);
          }
        }
        expect(content.read(0, capacityBytes).equals(model)).toBe(true);
        expect(Buffer.concat(content.segments(1, capacityBytes - 2)).equals(model.subarray(1, -1))).toBe(true);
        for (const { root, bytes } of frozen)
          expect(readRoot(root, capacityBytes, 0, capacityBytes).equals(bytes)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is one piece of memory for each cluster that was written whole or page after page', () => {
    const content = new VolumeContent(capacityBytes, new Epochs());
    content.write(0, Buffer.alloc(2 * clusterBytes, 1));
    for (let page = 0; page < 16; page++)
      content.write(2 * clusterBytes + page * pageBytes, Buffer.alloc(pageBytes, 2));
    expect(content.segments(0, 3 * clusterBytes).map((piece) => piece.length)).toEqual([
      clusterBytes,
      clusterBytes,
      clusterBytes,
    ]);
    content.snapshot();
    content.write(pageBytes, Buffer.alloc(pageBytes, 3));
    expect(content.segments(0, clusterBytes).map((piece) => piece.length)).toEqual([
      pageBytes,
      pageBytes,
      14 * pageBytes,
    ]);
  });

  it('costs no memory where it was never written, nor a cluster for a page', () => {
    const content = new VolumeContent(2 ** 46, new Epochs());
    const pieces = content.segments(2 ** 45, 2 ** 20);
    expect(pieces.length).toBe(4);
    expect(new Set(pieces.map((piece) => piece.buffer)).size).toBe(1);
    const before = process.memoryUsage().arrayBuffers;
    for (let cluster = 0; cluster < 1000; cluster++) content.write(cluster * clusterBytes, Buffer.alloc(pageBytes, 1));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20);
    expect(rootSegments(undefined, 100, 0, 100).map((piece) => piece.length)).toEqual([100]);
  });
});
