import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrayError } from '../../../simulator/array/errors.js';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { repetitions } from '../../repetitions.js';
import { gib, newArray, type TestArray } from '../arrays.js';

/** One step of a random story: a number picks what to do, others pick on what. */
type Step = readonly [kind: number, a: number, b: number, size: number];

const step = fc.tuple(fc.nat(29), fc.nat(9), fc.nat(9), fc.nat(12)) as fc.Arbitrary<Step>;

function pick<T>(items: readonly T[], index: number): T | undefined {
  return items.length === 0 ? undefined : items[index % items.length];
}

/** What the steps do. Those that the array refuses throw ArrayError, whatever they are asked for. */
function perform({ array, clock, poolRef, groupRef }: TestArray, [kind, a, b, size]: Step): void {
  const { tables } = array;
  const users = tables.volumes.toJSON().filter((volume) => volume.kind === 'thin' || volume.use === 'standardVolume');
  const volume = pick(users, a)?.ref ?? 'none';
  const group = pick(tables.snapshotGroups.toJSON(), a)?.ref ?? 'none';
  const image = pick(tables.snapshotImages.toJSON(), a)?.ref ?? 'none';
  const view = pick(tables.snapshotVolumes.toJSON(), a)?.ref ?? 'none';
  const consistency = pick(tables.consistencyGroups.toJSON(), a)?.ref ?? 'none';
  const host = pick(tables.hosts.toJSON(), b)?.ref ?? 'none';
  const copy = pick(tables.volumeCopies.toJSON(), a)?.ref ?? 'none';
  const drive = pick(tables.drives.toJSON(), a * 3 + b)?.ref ?? 'none';
  const pool = b % 2 === 0 ? poolRef : groupRef;
  const bytes = Buffer.alloc(4096, 1 + a);
  const steps: readonly (() => unknown)[] = [
    () => array.volumes.create({ label: `v${a}${b}`, poolRef: pool, capacityBytes: (1 + size) * gib }),
    () => array.thinVolumes.create({ label: `t${a}${b}`, poolRef, virtualBytes: (1 + size) * gib }),
    () => array.volumes.expand(volume, (2 + size) * gib),
    () => array.thinVolumes.expand(volume, { virtualBytes: (2 + size) * gib }),
    () => array.volumes.delete(volume),
    () => array.volumes.update(volume, { label: `r${a}${b}` }),
    () =>
      array.snapshotGroups.create({
        label: `g${a}${b}`,
        baseRef: volume,
        autoDeleteLimit: b % 4,
        fullPolicy: a % 2 ? 'purgepit' : 'failbasewrites',
        repositoryPercent: 1,
      }),
    () => array.snapshotGroups.delete(group),
    () => array.snapshotImages.create({ groupRef: group }),
    () => array.snapshotImages.delete(image),
    () => array.snapshotImages.rollback([image]),
    () =>
      array.snapshotVolumes.create({
        label: `w${a}${b}`,
        imageRef: image,
        accessMode: b % 2 ? 'readWrite' : 'readOnly',
      }),
    () => array.snapshotVolumes.convertToReadWrite(view, {}),
    () => array.snapshotVolumes.delete(view),
    () => array.consistencyGroups.create({ label: `c${a}` }),
    () => array.consistencyGroups.addMember(consistency, pick(users, b)?.ref ?? 'none', { repositoryPercent: 20 }),
    () => array.consistencyGroups.removeMember(consistency, pick(users, b)?.ref ?? 'none'),
    () => array.consistencyGroups.createSnapshot(consistency),
    () =>
      array.consistencyGroups.deleteSnapshot(consistency, array.consistencyGroups.sequences(consistency)[b % 2] ?? 0),
    () =>
      array.consistencyGroupViews.create(consistency, {
        label: `x${a}${b}`,
        members: array.consistencyGroups
          .images(consistency)
          .slice(0, 1 + (b % 2))
          .map((each) => ({ imageRef: each.ref })),
        accessMode: b % 2 ? 'readWrite' : 'readOnly',
      }),
    () => array.consistencyGroups.delete(consistency),
    () =>
      array.volumeCopies.create({
        sourceRef: b % 3 ? volume : view,
        targetRef: pick(users, b)?.ref ?? 'none',
        online: size % 2 === 0,
      }),
    () => array.volumeCopies.control(copy, b % 2 ? 'start' : 'stop'),
    () => array.volumeCopies.delete(copy),
    () => array.io.write(b % 3 ? volume : view, size * 65_536 * 7, bytes),
    () => array.io.unmap(volume, size * 65_536, 65_536),
    () => array.mappings.create({ mappableRef: b % 3 ? volume : view, targetRef: host }),
    () => clock.advance(size * 400),
    () => (b % 2 ? array.drives.fail(drive) : array.drives.replace(drive)),
    () =>
      array.controllers.setStatus(
        a % 2 ? '070000000000000000000001' : '070000000000000000000002',
        b % 2 ? 'failed' : 'optimal',
      ),
  ];
  steps[kind]?.();
}

/** What every story begins with, so that most of its steps find something to work on. */
const prologue: readonly Step[] = [
  [0, 0, 0, 1],
  [0, 1, 2, 0],
  [0, 2, 1, 0],
  [1, 0, 0, 3],
  [6, 0, 0, 0],
  [6, 1, 1, 0],
  [24, 0, 1, 0],
  [8, 0, 0, 0],
  [8, 1, 0, 0],
  [11, 0, 0, 0],
  [11, 1, 1, 0],
  [14, 0, 0, 0],
  [15, 0, 0, 0],
  [15, 0, 1, 0],
  [17, 0, 0, 0],
];

/** Runs a story; after each step every invariant holds, and a refused step has changed nothing. */
function live(test: TestArray, story: readonly Step[]): void {
  for (const each of story) {
    test.array.completeDueJobs();
    const before = JSON.stringify(test.array.save());
    try {
      perform(test, each);
    } catch (error) {
      if (!(error instanceof ArrayError)) throw error;
      expect(stateOf(test.array) === before).toBe(true);
    }
    expect(test.array.check()).toEqual([]);
  }
}

function stateOf(array: StorageArray): string {
  return JSON.stringify(array.save());
}

const runs = repetitions(8, 25);

describe('any sequence of operations', () => {
  for (const jobs of ['instant', 'timed', 'polls:2', 'stuck', 'fail-at:50']) {
    it(`keeps every invariant, and refused ones change nothing (jobs ${jobs})`, () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), (story) => live(newArray({ jobs }), [...prologue, ...story])),
        { numRuns: runs },
      );
    });
  }

  it('leads to the same state, byte for byte, for the same seed and operations', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat(1000), (story, seed) => {
        const [one, two] = [newArray({ jobs: 'timed', seed }), newArray({ jobs: 'timed', seed })];
        live(one, [...prologue, ...story]);
        live(two, [...prologue, ...story]);
        expect(stateOf(one.array) === stateOf(two.array)).toBe(true);
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  });

  it('survives saving as JSON and restoring, and goes on as if nothing had happened', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.array(step, { maxLength: 15 }), (first, second) => {
        const [kept, restored] = [newArray(), newArray()];
        live(kept, [...prologue, ...first]);
        restored.clock.advance(kept.clock.now() - restored.clock.now());
        restored.array.restore(JSON.parse(stateOf(kept.array)));
        expect(stateOf(restored.array) === stateOf(kept.array)).toBe(true);
        live(kept, second);
        live(restored, second);
        expect(stateOf(restored.array) === stateOf(kept.array)).toBe(true);
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  });

  it('ends with a reset in the state that the array began with', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (story) => {
        const test = newArray();
        const began = JSON.stringify(test.array.save().tables);
        live(test, [...prologue, ...story]);
        test.array.reset();
        expect(JSON.stringify(test.array.save().tables) === began).toBe(true);
        test.array.clear();
        expect(test.array.check()).toEqual([]);
        expect(test.array.tables.volumes.size + test.array.tables.pools.size + test.array.tables.hosts.size).toBe(0);
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  });
});
