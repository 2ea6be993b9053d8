import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseProgression } from '../../../simulator/array/jobs.js';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { StorageSystems } from '../../../simulator/index.js';
import { gib, newArray, refusal, type TestArray } from '../arrays.js';

let primary: TestArray;
let secondary: TestArray;
let near: StorageArray;
let far: StorageArray;
let volume: string;
let replica: string;

beforeEach(() => {
  [primary, secondary] = [newArray({ seed: 1 }), newArray({ seed: 2 })];
  [near, far] = [primary.array, secondary.array];
  const systems = new StorageSystems();
  for (const [id, array] of [
    ['1', near],
    ['2', far],
  ] as const)
    systems.put({ id, array, controllerAddresses: [], tags: [], online: true });
  volume = near.volumes.create({ label: 'v', poolRef: primary.poolRef, capacityBytes: gib }).ref;
  replica = far.volumes.create({ label: 'r', poolRef: secondary.poolRef, capacityBytes: gib }).ref;
});

afterEach(() => expect([near.check(), far.check()]).toEqual([[], []]));

const group = (label = 'amg') => near.asyncMirrorGroups.create({ label, peerWwn: far.system.wwn });
const pair = (groupRef: string) =>
  near.asyncMirrorMembers.add({ groupRef, primaryVolume: volume, secondaryVolume: replica });
const write = (text: string, offset = 0) => near.io.write(volume, offset, Buffer.from(text));
const arrived = (length: number, offset = 0) => far.io.read(replica, offset, length).toString();

describe('asynchronous mirrors', () => {
  it('are made on both arrays, primary here and secondary there', () => {
    const made = group();
    const [other] = far.tables.asyncMirrorGroups.toJSON();
    expect(made).toMatchObject({ role: 'primary', label: 'amg', peerWwn: far.system.wwn });
    expect(other).toMatchObject({ role: 'secondary', label: 'amg', wwn: made.wwn, peerWwn: near.system.wwn });
    near.asyncMirrorGroups.update(made.ref, { label: 'renamed', syncIntervalMinutes: 30 });
    expect(far.asyncMirrorGroups.require(made.wwn)).toMatchObject({ label: 'renamed', syncIntervalMinutes: 30 });
    near.asyncMirrorGroups.delete(made.ref);
    expect([near.tables.asyncMirrorGroups.size, far.tables.asyncMirrorGroups.size]).toEqual([0, 0]);
  });

  it('bring the content over at first, and again whenever they are synchronised', () => {
    write('one', 700_000);
    const { ref } = group();
    expect(pair(ref)).toMatchObject({ state: 'optimal', remoteVolumeLabel: 'r' });
    expect(arrived(3, 700_000)).toBe('one');
    write('two', 700_000);
    expect(arrived(3, 700_000)).toBe('one');
    near.mirrorSync.startGroup(ref);
    expect(arrived(3, 700_000)).toBe('two');
    near.io.unmap(volume, 0, gib);
    near.mirrorSync.startGroup(ref);
    expect(arrived(3, 700_000)).toBe('\0\0\0');
  });

  it('synchronise by themselves when their interval has passed, whichever array is read', () => {
    const { ref } = group();
    pair(ref);
    for (const [minutes, text, expected] of [
      [9, 'early', '\0\0\0\0\0'],
      [1, 'later', 'later'],
    ] as const) {
      write(text);
      for (const test of [primary, secondary]) test.clock.advance(minutes * 60_000);
      far.completeDueJobs();
      expect(arrived(5)).toBe(expected);
    }
    near.asyncMirrorGroups.update(ref, { syncIntervalMinutes: 0 });
    write('never');
    for (const test of [primary, secondary]) test.clock.advance(86_400_000);
    far.completeDueJobs();
    expect(arrived(5)).toBe('later');
  });

  it('take time, can be suspended and go on', () => {
    near.jobs.setProgression(parseProgression('timed:10737419'));
    write('slow');
    const { ref } = group();
    const member = pair(ref);
    primary.clock.advance(50_000);
    near.completeDueJobs();
    expect(near.asyncMirrorMembers.require(member.ref).state).toBe('initialSync');
    near.asyncMirrorGroups.setSuspended(ref, true);
    primary.clock.advance(3_600_000);
    near.completeDueJobs();
    expect(near.mirrorSync.isRunning(ref)).toBe(true);
    expect(() => near.asyncMirrorGroups.setSuspended(ref, true)).toThrowError(refusal('mirrorAlreadySuspended'));
    expect(() => near.mirrorSync.startGroup(ref)).toThrowError(refusal('arvmInvalidAmgRequestWhileSuspended'));
    near.asyncMirrorGroups.setSuspended(ref, false);
    primary.clock.advance(51_000);
    near.completeDueJobs();
    expect(near.asyncMirrorMembers.require(member.ref).state).toBe('optimal');
    expect(arrived(4)).toBe('slow');
  });

  it('keep the secondary from being written, and both volumes from being deleted', () => {
    const { ref } = group();
    const member = pair(ref);
    expect(() => far.io.write(replica, 0, Buffer.from('x'))).toThrowError(refusal('arvmGroupNotPrimary'));
    write('primary');
    expect(() => near.volumes.delete(volume)).toThrowError(refusal('volumeHasAsyncMirror'));
    expect(() => far.volumes.delete(replica)).toThrowError(refusal('volumeHasAsyncMirror'));
    expect(() => near.asyncMirrorGroups.delete(ref)).toThrowError(refusal('arvmGroupNotEmpty'));
    near.asyncMirrorMembers.remove(ref, member.ref);
    far.io.write(replica, 0, Buffer.from('x'));
    near.volumes.delete(volume);
    far.volumes.delete(replica);
    expect([near.tables.repositories.size, far.tables.repositories.size]).toEqual([0, 0]);
  });

  it('change roles', () => {
    const { ref, wwn } = group();
    pair(ref);
    far.asyncMirrorGroups.setRole(wwn, 'primary');
    expect([near.asyncMirrorGroups.require(wwn).role, far.asyncMirrorGroups.require(wwn).role]).toEqual([
      'secondary',
      'primary',
    ]);
    expect(() => write('x')).toThrowError(refusal('arvmGroupNotPrimary'));
    far.io.write(replica, 0, Buffer.from('back'));
    far.mirrorSync.startGroup(wwn);
    expect(near.io.read(volume, 0, 4).toString()).toBe('back');
    expect(() => near.mirrorSync.startGroup(wwn)).toThrowError(refusal('arvmGroupNotPrimary'));
  });

  it('refuse what cannot be, on both arrays or on none', () => {
    const { ref } = group();
    const small = far.volumes.create({ label: 's', poolRef: secondary.poolRef, capacityBytes: gib / 2 }).ref;
    const thin = near.thinVolumes.create({ label: 't', poolRef: primary.poolRef, virtualBytes: gib }).ref;
    const add = (changes: object) =>
      near.asyncMirrorMembers.add({ groupRef: ref, primaryVolume: volume, secondaryVolume: replica, ...changes });
    expect(() => add({ secondaryVolume: small })).toThrowError(refusal('arvmInvalidSecondaryCapacity'));
    expect(() => add({ primaryVolume: thin })).toThrowError(refusal('arvmIncorrectVolumeType', 'primaryVolumeRef'));
    expect(() => add({ secondaryVolume: 'none' })).toThrowError(refusal('volumeNotExist'));
    expect(() => add({ secondaryRepository: { repositoryPercent: -1 } })).toThrowError(
      refusal('invalidRepositoryCapacity'),
    );
    expect([near.tables.asyncMirrorMembers.size, far.tables.asyncMirrorMembers.size]).toEqual([0, 0]);
    expect([near.tables.repositories.size, far.tables.repositories.size]).toEqual([1, 0]);
    pair(ref);
    expect(() => pair(ref)).toThrowError(refusal('arvmVolumeAlreadyInMirrorRelationship'));
    expect(() => group()).toThrowError(refusal('arvmGroupUserLabelExists'));
    expect(() => near.asyncMirrorGroups.create({ label: 'x', peerWwn: near.system.wwn })).toThrowError(
      refusal('arvmRemoteGroupDoesNotExist'),
    );
    expect(() => near.asyncMirrorGroups.update(ref, { syncIntervalMinutes: 5 })).toThrowError(
      refusal('arvmInvalidSyncInterval'),
    );
    for (const label of ['b', 'c', 'd']) group(label);
    expect(() => group('e')).toThrowError(refusal('arvmMaxAsyncMirrorGroupsExceeded'));
  });

  it('are orphans when the other array is reset', () => {
    const { ref } = group();
    const member = pair(ref);
    far.reset();
    expect(near.asyncMirrorGroups.counterpart(near.asyncMirrorGroups.require(ref))).toBeUndefined();
    near.mirrorSync.startGroup(ref);
    expect(near.asyncMirrorMembers.require(member.ref).state).toBe('failed');
    near.asyncMirrorMembers.remove(ref, member.ref);
    near.asyncMirrorGroups.delete(ref);
    near.clear();
  });
});

describe('a mirror whose synchronisation failed', () => {
  it('shows as a failure and goes on when that is cleared', () => {
    const { ref } = group();
    near.jobs.setProgression(parseProgression('stuck'));
    const member = pair(ref);
    const [job] = near.jobs.on(member.ref);
    if (job !== undefined) near.transact(() => near.jobs.end(job, 'fail'));
    expect(near.asyncMirrorMembers.require(member.ref).state).toBe('failed');
    near.jobs.setProgression(parseProgression('instant'));
    near.asyncMirrorMembers.clearFailuresOf(ref);
    expect(near.asyncMirrorMembers.require(member.ref).state).toBe('optimal');
    expect(near.tables.events.toJSON().map(({ description }) => description)).toContain(
      'Failure of an asynchronous mirror cleared',
    );
    expect(() => near.asyncMirrorMembers.clearFailure(member.ref)).toThrowError(refusal('illegalParam'));
    expect(() => near.asyncMirrorMembers.clearFailuresOf(ref)).toThrowError(refusal('illegalParam'));
  });
});
