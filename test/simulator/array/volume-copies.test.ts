import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { gib, newArray, refusal, type TestArray } from '../arrays.js';

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

describe('volume copies', () => {
  let target: string;

  beforeEach(() => {
    target = array.volumes.create({ label: 'target', poolRef: test.groupRef, capacityBytes: 21 * gib }).ref;
    write(base, 12_345, 'content');
  });

  const copy = (wanted: object = {}) => array.volumeCopies.create({ sourceRef: base, targetRef: target, ...wanted });

  it('copy what the source holds', () => {
    write(target, gib, 'stale');
    expect(copy().status).toBe('complete');
    expect([read(target, 12_345, 7), read(target, gib, 5)]).toEqual(['content', '\0\0\0\0\0']);
    write(base, 12_345, 'changed');
    expect(read(target, 12_345, 7)).toBe('content');
  });

  it('protect the target from writes while the pair exists, if told so', () => {
    const made = copy({ targetWriteProtected: true });
    expect(() => write(target, 0, 'x')).toThrowError(refusal('copyTargetReservation'));
    array.volumeCopies.update(made.ref, { targetWriteProtected: false });
    write(target, 0, 'x');
    array.volumeCopies.update(made.ref, { targetWriteProtected: true });
    array.volumeCopies.delete(made.ref);
    write(target, 0, 'y');
  });

  it('take time, can be stopped and started again', () => {
    array.jobs.setProgression({ mode: 'timed', bytesPerSecond: gib });
    const made = copy({ priority: 'priority4' });
    const status = () => {
      array.completeDueJobs();
      return array.volumeCopies.require(made.ref).status;
    };
    expect(status()).toBe('inProgress');
    expect(read(target, 12_345, 7)).toBe('\0'.repeat(7));
    array.volumeCopies.control(made.ref, 'stop');
    test.clock.advance(3_600_000);
    expect(status()).toBe('halted');
    expect(() => array.volumeCopies.control(made.ref, 'stop')).toThrowError(refusal('copyInactive'));
    array.volumeCopies.control(made.ref, 'start');
    expect(() => array.volumeCopies.control(made.ref, 'start')).toThrowError(refusal('copyActive'));
    test.clock.advance(3_600_000);
    expect(status()).toBe('complete');
    expect(read(target, 12_345, 7)).toBe('content');
  });

  it('are faster with a higher priority', () => {
    const minutes = (['priority0', 'priority4'] as const).map((priority) => {
      array.jobs.setProgression({ mode: 'timed', bytesPerSecond: 2 ** 20 });
      const made = copy({ priority });
      const [job] = array.jobs.on(made.ref);
      const left = job === undefined ? 0 : array.jobs.minutesLeft(job);
      array.volumeCopies.delete(made.ref);
      return left;
    });
    expect(minutes[0]).toBeGreaterThan(minutes[1] ?? 0);
  });

  it('fail where they are told to, leaving a failed pair that can be started again', () => {
    array.jobs.setProgression({ mode: 'fail-at', percent: 40, bytesPerSecond: gib });
    const made = copy();
    test.clock.advance(3_600_000);
    array.completeDueJobs();
    expect(array.volumeCopies.require(made.ref).status).toBe('failed');
    array.jobs.setProgression({ mode: 'instant' });
    array.volumeCopies.control(made.ref, 'start');
    expect(array.volumeCopies.require(made.ref).status).toBe('complete');
  });

  it('refuse pairs that cannot be', () => {
    const small = array.volumes.create({ label: 'small', poolRef: test.groupRef, capacityBytes: gib }).ref;
    const thin = array.thinVolumes.create({ label: 'thin', poolRef: test.poolRef, virtualBytes: 30 * gib }).ref;
    const other = array.volumes.create({ label: 'o', poolRef: test.groupRef, capacityBytes: 30 * gib }).ref;
    expect(() => copy({ targetRef: small })).toThrowError(refusal('copyTargetTooSmall', 'targetId'));
    expect(() => copy({ targetRef: base })).toThrowError(refusal('copyIncompatibleTarget'));
    expect(() => copy({ targetRef: thin })).toThrowError(refusal('copyIncompatibleTarget'));
    expect(() => copy({ targetRef: 'none' })).toThrowError(refusal('copyInvalidTargetRef'));
    expect(() => copy({ sourceRef: 'none' })).toThrowError(refusal('copyInvalidSourceRef'));
    copy();
    expect(() => copy()).toThrowError(refusal('copyTargetLimit'));
    group('snapped', { baseRef: other });
    expect(() => copy({ targetRef: other })).toThrowError(refusal('copyIncompatibleTarget'));
    expect(array.tables.volumeCopies.size).toBe(1);
  });

  it('of a snapshot volume copy its image while the volume goes on', () => {
    const made = group();
    const view = array.snapshotVolumes.create({ label: 'w', imageRef: image(made.ref).ref, accessMode: 'readOnly' });
    array.jobs.setProgression({ mode: 'timed', bytesPerSecond: gib });
    const pair = copy({ sourceRef: view.ref });
    write(base, 12_345, 'changed');
    for (const attempt of [
      () => array.snapshotVolumes.delete(view.ref),
      () => array.snapshotImages.delete(view.imageRef ?? ''),
      () => array.snapshotGroups.delete(made.ref),
    ])
      expect(attempt).toThrowError(refusal('copyActive'));
    test.clock.advance(3_600_000);
    array.completeDueJobs();
    expect(array.volumeCopies.require(pair.ref).status).toBe('complete');
    expect(read(target, 12_345, 7)).toBe('content');
  });

  it('that are online copy the moment they were started, through a snapshot of their own that goes with the pair', () => {
    array.jobs.setProgression({ mode: 'timed', bytesPerSecond: gib });
    const groups = array.tables.snapshotGroups.size;
    const pair = copy({ online: true });
    expect(array.tables.snapshotGroups.size).toBe(groups + 1);
    write(base, 12_345, 'changed');
    test.clock.advance(3_600_000);
    array.completeDueJobs();
    expect(read(target, 12_345, 7)).toBe('content');
    array.volumeCopies.delete(pair.ref);
    expect(array.tables.snapshotGroups.size).toBe(groups);
  });
});
