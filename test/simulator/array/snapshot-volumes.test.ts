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

/** A group on the volume group, whose repository has room for 512 clusters of 64 KiB: 32 MiB. */
function smallGroup(wanted: object = {}) {
  base = array.volumes.create({ label: 'small', poolRef: test.groupRef, capacityBytes: gib }).ref;
  return group('small', { repositoryPercent: 0.1, ...wanted });
}

describe('snapshot volumes', () => {
  const view = (accessMode: 'readOnly' | 'readWrite', label = 'w') =>
    array.snapshotVolumes.create({ label, imageRef: image(group(`g-${label}`).ref).ref, accessMode });

  it('that are read-only show the image and take no writes', () => {
    write(base, 0, 'frozen');
    const made = view('readOnly');
    write(base, 0, 'thawed');
    expect(read(made.ref, 0, 6)).toBe('frozen');
    expect(made.repositoryRef).toBeNull();
    expect(() => write(made.ref, 0, 'x')).toThrowError(refusal('invalidModeSwitch'));
  });

  it('that are read-write keep their own writes apart from the image and the volume', () => {
    write(base, 0, 'frozen');
    const made = view('readWrite');
    write(made.ref, 0, 'own');
    expect([read(made.ref, 0, 6), read(base, 0, 6)]).toEqual(['ownzen', 'frozen']);
    const second = array.snapshotVolumes.create({
      label: 'second',
      imageRef: made.imageRef ?? '',
      accessMode: 'readOnly',
    });
    expect(read(second.ref, 0, 6)).toBe('frozen');
    expect(array.snapshotVolumes.require(made.ref).usedBytes).toBe(kib64);
  });

  it('become read-write with a repository, once', () => {
    const made = view('readOnly');
    const changed = array.snapshotVolumes.convertToReadWrite(made.ref, { repositoryPercent: 20 });
    expect(changed.repositoryRef).not.toBeNull();
    write(made.ref, 5, 'now');
    expect(() => array.snapshotVolumes.convertToReadWrite(made.ref, {})).toThrowError(refusal('invalidModeSwitch'));
  });

  it('stop when their image goes, and can be deleted then', () => {
    const made = view('readWrite');
    array.snapshotImages.delete(made.imageRef ?? '');
    expect(array.snapshotVolumes.require(made.ref).status).toBe('stopped');
    expect(() => write(made.ref, 0, 'x')).toThrowError(refusal('volumeOffline'));
    array.snapshotVolumes.delete(made.ref);
    expect(array.tables.repositories.size).toBe(1);
  });

  it('are four for an image, with names of their own', () => {
    const made = view('readOnly');
    const more = (label: string) =>
      array.snapshotVolumes.create({ label, imageRef: made.imageRef ?? '', accessMode: 'readOnly' });
    expect(() => more('w')).toThrow(/unique|already/);
    for (const label of ['x', 'y', 'z']) more(label);
    expect(() => more('v')).toThrowError(refusal('maxViewsPerPitExceeded'));
  });

  it('fail their own writes when their repository is full, not the volume’s', () => {
    const made = smallGroup();
    const full = array.snapshotVolumes.create({
      label: 'full',
      imageRef: image(made.ref).ref,
      accessMode: 'readWrite',
      repositoryPercent: 0.1,
      repositoryPoolRef: test.groupRef,
    });
    for (let cluster = 0; cluster < 512; cluster++) write(full.ref, cluster * kib64, 'x');
    expect(() => write(full.ref, 512 * kib64, 'x')).toThrowError(refusal('repositoryFull'));
    expect(read(full.ref, 512 * kib64, 1)).toBe('\0');
    write(base, 512 * kib64, 'x');
  });
});
