import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
