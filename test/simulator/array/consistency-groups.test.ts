import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

const image = (groupRef: string) => array.snapshotImages.create({ groupRef });
const write = (ref: string, offset: number, text: string) => array.io.write(ref, offset, Buffer.from(text));
const read = (ref: string, offset: number, length: number) => array.io.read(ref, offset, length).toString();

describe('consistency groups', () => {
  let second: string;
  let ref: string;

  beforeEach(() => {
    second = array.volumes.create({ label: 'second', poolRef: test.poolRef, capacityBytes: gib }).ref;
    ref = array.consistencyGroups.create({ label: 'cg', autoDeleteLimit: 0 }).ref;
    array.consistencyGroups.addMember(ref, base, {});
    array.consistencyGroups.addMember(ref, second, {});
  });

  it('have images of one time, though a clock goes on while they are taken', () => {
    let nowMs = array.now();
    vi.spyOn(array, 'now').mockImplementation(() => nowMs++);
    const images = array.consistencyGroups.createSnapshot(ref);
    expect(new Set(images.map(({ createdMs }) => createdMs)).size).toBe(1);
  });

  it('freeze all members at one moment under one number', () => {
    write(base, 0, 'a1');
    write(second, 0, 'b1');
    const images = array.consistencyGroups.createSnapshot(ref);
    expect(new Set(images.map((each) => each.sequence))).toEqual(new Set([8000]));
    write(base, 0, 'a2');
    write(second, 0, 'b2');
    const made = array.consistencyGroupViews.create(ref, {
      label: 'cgw',
      members: images.map((each) => ({ imageRef: each.ref })),
    });
    const views = array.snapshotVolumes.ofGroupView(made.ref);
    expect(views.map((view) => [view.label, read(view.ref, 0, 2)])).toEqual([
      ['cgw:base', 'a1'],
      ['cgw:second', 'b1'],
    ]);
    array.consistencyGroups.rollback(ref, 8000);
    expect([read(base, 0, 2), read(second, 0, 2)]).toEqual(['a1', 'b1']);
    array.consistencyGroupViews.delete(ref, made.ref);
    expect(array.tables.snapshotVolumes.size).toBe(0);
  });

  it('lose snapshots oldest first, by number', () => {
    array.consistencyGroups.createSnapshot(ref);
    array.consistencyGroups.createSnapshot(ref);
    expect(() => array.consistencyGroups.deleteSnapshot(ref, 8001)).toThrowError(refusal('notOldestPit'));
    expect(() => array.consistencyGroups.deleteSnapshot(ref, 5)).toThrow();
    array.consistencyGroups.deleteSnapshot(ref, 8000);
    expect(array.consistencyGroups.sequences(ref)).toEqual([8001]);
  });

  it('own their members’ groups and images: they are not deleted or added to singly', () => {
    const [member] = array.consistencyGroups.members(ref);
    const [first] = array.consistencyGroups.createSnapshot(ref);
    expect(() => array.snapshotGroups.delete(member?.ref ?? '')).toThrowError(refusal('pitGroupInConsistencyGroup'));
    expect(() => array.snapshotImages.delete(first?.ref ?? '')).toThrowError(refusal('pitInConsistencyGroup'));
    expect(() => image(member?.ref ?? '')).toThrowError(refusal('pitGroupInConsistencyGroup'));
  });

  it('take a snapshot of all members or of none', () => {
    const limited = array.consistencyGroups.members(ref)[1]?.ref ?? '';
    for (let i = 0; i < 32; i++) array.consistencyGroups.createSnapshot(ref);
    const before = array.tables.snapshotImages.size;
    expect(() => array.consistencyGroups.createSnapshot(ref)).toThrowError(refusal('maxPitsPerGroupExceeded'));
    expect(array.tables.snapshotImages.size).toBe(before);
    expect(array.snapshotImages.count(limited)).toBe(32);
  });

  it('take a volume once, and give it up with its snapshots', () => {
    expect(() => array.consistencyGroups.addMember(ref, base, {})).toThrowError(refusal('volumeInUse', 'volumeId'));
    array.consistencyGroups.createSnapshot(ref);
    array.consistencyGroups.removeMember(ref, base);
    expect(array.snapshotGroups.ofBase(base)).toEqual([]);
    expect(array.consistencyGroups.images(ref)).toHaveLength(1);
    expect(() => array.consistencyGroups.removeMember(ref, base)).toThrowError(refusal('volumeNotExist'));
  });

  it('lose a member that is deleted as a volume', () => {
    array.volumes.delete(second);
    expect(array.consistencyGroups.members(ref)).toHaveLength(1);
  });

  it('without members take no snapshot; deleted they leave the volumes', () => {
    const bare = array.consistencyGroups.create({ label: 'bare' });
    expect(() => array.consistencyGroups.createSnapshot(bare.ref)).toThrowError(refusal('noVolumes'));
    expect(() => array.consistencyGroups.create({ label: 'cg' })).toThrow(/unique|already/);
    array.consistencyGroups.createSnapshot(ref);
    array.consistencyGroups.delete(ref);
    expect([array.tables.snapshotGroups.size, array.tables.repositories.size]).toEqual([0, 0]);
    expect(array.volumes.find('base')).toBeDefined();
  });

  it('show images of one snapshot in a view, not of two', () => {
    const [one] = array.consistencyGroups.createSnapshot(ref);
    const [, two] = array.consistencyGroups.createSnapshot(ref);
    const members = [one, two].map((each) => ({ imageRef: each?.ref ?? '' }));
    expect(() => array.consistencyGroupViews.create(ref, { label: 'w', members })).toThrowError(
      refusal('invalidPitForView', 'pitId'),
    );
    expect(() => array.consistencyGroupViews.create(ref, { label: 'w', members: [] })).toThrow();
    expect(array.tables.snapshotVolumes.size).toBe(0);
  });
});
