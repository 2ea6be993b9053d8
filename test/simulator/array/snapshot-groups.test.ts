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

describe('snapshot groups', () => {
  it('have a repository of members named by the array', () => {
    const made = group('g', { repositoryPercent: 40 });
    const repository = array.repositories.require(made.repositoryRef);
    expect(repository).toMatchObject({ capacityBytes: 8 * gib, baseRef: made.ref, baseKind: 'snapshotGroup' });
    const [member] = repository.memberRefs.map((ref) => array.volumes.require(ref));
    expect(member?.label).toMatch(/^repos_\d{4}$/);
    expect(made.ref).toMatch(/^33/);
  });

  it('are at most four for a volume, memberships of consistency groups counted', () => {
    const consistency = array.consistencyGroups.create({ label: 'cg' });
    array.consistencyGroups.addMember(consistency.ref, base, {});
    for (const label of ['a', 'b', 'c']) group(label);
    expect(() => group('d')).toThrowError(refusal('maxPitGroupsPerBaseExceeded'));
    expect(array.snapshotGroups.ofBase(base)).toHaveLength(4);
  });

  it('refuse names, thresholds and repositories that cannot be', () => {
    group('g');
    expect(() => group('g')).toThrow(/unique|already/);
    expect(() => group('h', { warnThreshold: 101 })).toThrow();
    expect(() => group('h', { autoDeleteLimit: 33 })).toThrow();
    expect(() => group('h', { autoDeleteLimit: -1 })).toThrow();
    expect(() => group('h', { repositoryPercent: 0 })).toThrowError(refusal('invalidRepositoryCapacity'));
    expect(() => group('h', { repositoryPercent: Number.NaN })).toThrowError(refusal('invalidRepositoryCapacity'));
    expect(() => group('h', { repositoryPoolRef: 'none' })).toThrowError(refusal('invalidVolumegroupref'));
    expect(array.tables.snapshotGroups.size).toBe(1);
  });

  it('change their settings whole or not at all', () => {
    const made = group();
    expect(array.snapshotGroups.update(made.ref, { label: 'new', warnThreshold: 10 })).toMatchObject({
      label: 'new',
      warnThreshold: 10,
    });
    expect(() => array.snapshotGroups.update(made.ref, { label: 'other', autoDeleteLimit: 99 })).toThrow();
    expect(array.snapshotGroups.require(made.ref).label).toBe('new');
  });

  it('go with their images, views and repository', () => {
    const made = group();
    const view = array.snapshotVolumes.create({ label: 'w', imageRef: image(made.ref).ref, accessMode: 'readWrite' });
    array.mappings.create({ mappableRef: view.ref, targetRef: array.tables.hosts.toJSON()[0]?.ref ?? '' });
    array.snapshotGroups.delete(made.ref);
    const { tables } = array;
    expect([tables.snapshotImages.size, tables.snapshotVolumes.size, tables.repositories.size]).toEqual([0, 0, 0]);
    expect(array.mappings.ofMappable(view.ref)).toEqual([]);
  });
});

describe('a repository that is full', () => {
  const clusters = 512;

  function fill(made: { ref: string; baseRef: string }, count = clusters) {
    for (let cluster = 0; cluster < count; cluster++) array.io.write(made.baseRef, cluster * kib64, Buffer.from('x'));
  }

  it('fails writes to the base volume, whole, with failbasewrites', () => {
    const made = smallGroup();
    image(made.ref);
    fill(made);
    expect(array.snapshotGroups.require(made.ref).usedBytes).toBe(clusters * kib64);
    expect(() => write(base, clusters * kib64, 'too much')).toThrowError(refusal('repositoryFull'));
    expect(read(base, clusters * kib64, 3)).toBe('\0\0\0');
    write(base, 0, 'again where it is kept already');
    expect(array.snapshotImages.count(made.ref)).toBe(1);
  });

  it('loses its oldest images with purgepit, whose views stop', () => {
    const made = smallGroup({ fullPolicy: 'purgepit' });
    const first = image(made.ref);
    const view = array.snapshotVolumes.create({ label: 'w', imageRef: first.ref, accessMode: 'readOnly' });
    fill(made);
    const second = image(made.ref);
    write(base, 0, 'one more');
    expect(array.snapshotImages.inGroup(made.ref).map((each) => each.ref)).toEqual([second.ref]);
    expect(array.snapshotVolumes.require(view.ref)).toMatchObject({ status: 'stopped', imageRef: null });
    expect(() => array.io.read(view.ref, 0, 1)).toThrowError(refusal('volumeOffline'));
    expect(array.tables.events.toJSON().some((event) => event.description.includes('purged'))).toBe(true);
  });

  it('warns before, and takes more once it is expanded', () => {
    const made = smallGroup({ warnThreshold: 50 });
    image(made.ref);
    fill(made, 255);
    expect(array.snapshotGroups.require(made.ref).status).toBe('optimal');
    fill(made, 300);
    expect(array.snapshotGroups.require(made.ref).status).toBe('overThreshold');
    fill(made);
    array.repositories.expand(made.repositoryRef, { kind: 'new', poolRef: test.groupRef, capacityBytes: gib });
    write(base, clusters * kib64, 'now there is room');
    expect(array.repositories.require(made.repositoryRef).memberRefs).toHaveLength(2);
  });

  it('is not trimmed below what it holds, nor to nothing', () => {
    const made = smallGroup();
    expect(() => array.repositories.trim(made.repositoryRef, 1, false)).toThrowError(
      refusal('illegalParam', 'trimCount'),
    );
    array.repositories.expand(made.repositoryRef, { kind: 'new', poolRef: test.groupRef, capacityBytes: gib });
    image(made.ref);
    fill(made, clusters + 1);
    expect(() => array.repositories.trim(made.repositoryRef, 1, false)).toThrowError(
      refusal('insufficientRepositoryCapacity'),
    );
    array.snapshotImages.delete(array.snapshotImages.inGroup(made.ref)[0]?.ref ?? '');
    expect(array.repositories.trim(made.repositoryRef, 1, true).memberRefs).toHaveLength(1);
    expect(array.repositories.freeMembers()).toHaveLength(1);
  });
});
