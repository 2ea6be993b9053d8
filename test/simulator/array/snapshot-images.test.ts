import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { gib, newArray, refusal, type TestArray } from '../arrays.js';

const kib64 = 65_536;

let test: TestArray;
let array: StorageArray;
let base: string;

beforeEach(() => {
  test = newArray();
  array = test.array;
  base = array.volumes.create({ label: 'base', poolRef: test.poolRef, capacityBytes: 20 * gib }).ref;
});

afterEach(() => expect(array.check()).toEqual([]));

const group = (label = 'g', wanted: object = {}) =>
  array.snapshotGroups.create({ label, baseRef: base, fullPolicy: 'failbasewrites', ...wanted });
const image = (groupRef: string) => array.snapshotImages.create({ groupRef });
const write = (ref: string, offset: number, text: string) => array.io.write(ref, offset, Buffer.from(text));
const read = (ref: string, offset: number, length: number) => array.io.read(ref, offset, length).toString();

describe('snapshot images', () => {
  it('have ascending sequence numbers over the whole array', () => {
    const [one, two] = [group('one'), group('two')];
    expect([image(one.ref), image(two.ref), image(one.ref)].map((each) => each.sequence)).toEqual([8000, 8001, 8002]);
  });

  it('are deleted oldest first only', () => {
    const made = group();
    const [first, second, third] = [image(made.ref), image(made.ref), image(made.ref)];
    for (const wrong of [second, third])
      expect(() => array.snapshotImages.delete(wrong.ref)).toThrowError(refusal('notOldestPit'));
    for (const each of [first, second, third]) array.snapshotImages.delete(each.ref);
    expect(array.snapshotImages.count(made.ref)).toBe(0);
  });

  it('are 32 for a group; an auto-delete limit makes room', () => {
    const made = group();
    for (let i = 0; i < 32; i++) image(made.ref);
    expect(() => image(made.ref)).toThrowError(refusal('maxPitsPerGroupExceeded'));
    const rolling = group('rolling', { autoDeleteLimit: 3 });
    const images = [1, 2, 3, 4, 5].map(() => image(rolling.ref).ref);
    expect(array.snapshotImages.inGroup(rolling.ref).map((each) => each.ref)).toEqual(images.slice(2));
  });

  it('keep what the volume held, however it is written later', () => {
    const made = group();
    write(base, 0, 'one');
    const [first] = [image(made.ref)];
    write(base, 0, 'two');
    const second = image(made.ref);
    array.io.unmap(base, 0, 4096);
    const views = [first, second].map((each, index) =>
      array.snapshotVolumes.create({ label: `w${index}`, imageRef: each.ref, accessMode: 'readOnly' }),
    );
    expect(views.map((view) => read(view.ref, 0, 3))).toEqual(['one', 'two']);
    expect(read(base, 0, 3)).toBe('\0\0\0');
  });

  it('charge the repository what copy-on-write keeps: each cluster once after each image', () => {
    const made = group();
    const used = () => array.snapshotGroups.require(made.ref).usedBytes;
    write(base, 0, 'before any image');
    expect(used()).toBe(0);
    image(made.ref);
    write(base, 0, 'x');
    write(base, 100, 'y');
    expect(used()).toBe(kib64);
    write(base, kib64 - 1, 'over the edge');
    expect(used()).toBe(2 * kib64);
    const second = image(made.ref);
    write(base, 0, 'z');
    expect(used()).toBe(3 * kib64);
    const [oldest] = array.snapshotImages.inGroup(made.ref);
    array.snapshotImages.delete(oldest?.ref ?? '');
    expect(used()).toBe(kib64);
    array.snapshotImages.delete(second.ref);
    expect(used()).toBe(0);
  });
});

describe('rollback', () => {
  it('brings the volume back, keeps the images, and can be undone by a newer one', () => {
    const made = group();
    write(base, 0, 'one');
    const first = image(made.ref);
    write(base, 0, 'two');
    const second = image(made.ref);
    array.snapshotImages.rollback([first.ref]);
    expect(read(base, 0, 3)).toBe('one');
    array.snapshotImages.rollback([second.ref]);
    expect(read(base, 0, 3)).toBe('two');
    expect(array.snapshotImages.count(made.ref)).toBe(2);
  });

  it('goes on for a while, in which nothing that it needs can go', () => {
    array.jobs.setProgression({ mode: 'stuck' });
    const made = group();
    const kept = image(made.ref);
    array.snapshotImages.rollback([kept.ref]);
    expect(array.snapshotImages.rollbackOf(base)).toBe(true);
    for (const attempt of [
      () => array.snapshotImages.delete(kept.ref),
      () => array.snapshotGroups.delete(made.ref),
      () => array.snapshotImages.rollback([kept.ref]),
      () => array.snapshotImages.create({ groupRef: made.ref }),
    ])
      expect(attempt).toThrowError(refusal('rollbackInProgress'));
  });

  it('of a volume that grew keeps its size', () => {
    const made = group();
    write(base, 0, 'old');
    const kept = image(made.ref);
    array.volumes.expand(base, 40 * gib);
    write(base, 30 * gib, 'new');
    array.snapshotImages.rollback([kept.ref]);
    expect(array.volumes.require(base).capacityBytes).toBe(40 * gib);
    expect([read(base, 0, 3), read(base, 30 * gib, 3)]).toEqual(['old', '\0\0\0']);
  });

  it('of none, or two images of one volume, is refused', () => {
    const made = group();
    const [one, two] = [image(made.ref), image(made.ref)];
    expect(() => array.snapshotImages.rollback([])).toThrowError(refusal('invalidPitRef'));
    expect(() => array.snapshotImages.rollback([one.ref, two.ref])).toThrowError(refusal('rollbackInProgress'));
    expect(array.tables.jobs.size).toBe(0);
  });
});
