import { beforeEach, describe, expect, it } from 'vitest';
import { parseProgression } from '../../../simulator/array/jobs.js';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { gib, newArray, refusal, type TestArray } from '../arrays.js';

let test: TestArray;
let array: StorageArray;

beforeEach(() => {
  test = newArray();
  array = test.array;
});

/** A copy of 64 GiB, whose job is the one to look at. */
function startCopy(progression: string): string {
  const [sourceRef, targetRef] = ['s', 't'].map(
    (label) => array.volumes.create({ label, poolRef: test.poolRef, capacityBytes: 64 * gib }).ref,
  );
  array.jobs.setProgression(parseProgression(progression), ['volumeCopy']);
  return array.volumeCopies.create({ sourceRef: sourceRef ?? '', targetRef: targetRef ?? '', priority: 'priority4' })
    .ref;
}

const job = (ref: string) => array.jobs.find('volumeCopy', ref);
const percent = (ref: string) => {
  array.completeDueJobs();
  const found = job(ref);
  return found === undefined ? array.volumeCopies.require(ref).status : array.jobs.percent(found);
};

describe('long-lived work', () => {
  it('that is instant is never seen', () => {
    expect(percent(startCopy('instant'))).toBe('complete');
  });

  it('that is timed proceeds with the clock, bytes per second', () => {
    const ref = startCopy(`timed:${gib}`);
    const total = (job(ref)?.totalBytes ?? 0) / gib;
    expect(percent(ref)).toBe(0);
    test.clock.advance((total / 2) * 1000);
    expect(percent(ref)).toBe(50);
    test.clock.advance((total / 2) * 1000 - 1);
    expect(percent(ref)).toBe(99);
    test.clock.advance(1);
    expect(percent(ref)).toBe('complete');
  });

  it('with polls is done at the n-th look', () => {
    const ref = startCopy('polls:4');
    const seen = [1, 2, 3, 4].map(() => {
      array.jobs.recordPoll(ref);
      return percent(ref);
    });
    expect(seen).toEqual([25, 50, 75, 'complete']);
  });

  it('that is stuck stays so', () => {
    const ref = startCopy('stuck');
    test.clock.advance(1e10);
    expect(percent(ref)).toBe(0);
  });

  it('that is to fail at a percentage goes up to it', () => {
    const ref = startCopy('fail-at:40');
    const whole = job(ref);
    if (whole?.progression.mode !== 'fail-at') throw new Error('no job');
    const ms = (whole.totalBytes / whole.progression.bytesPerSecond) * 1000;
    test.clock.advance(ms * 0.39);
    expect(percent(ref)).toBe(39);
    test.clock.advance(ms * 0.02);
    expect(percent(ref)).toBe('failed');
  });

  it('follows a progression that is set while it goes on', () => {
    const ref = startCopy('stuck');
    array.jobs.setProgression({ mode: 'instant' });
    expect(percent(ref)).toBe('complete');
  });

  it('ends in the order of its ends, however late it is read', () => {
    const ref = startCopy(`timed:${gib}`);
    array.jobs.setProgression({ mode: 'timed', bytesPerSecond: gib }, ['initialization']);
    const volume = array.volumes.create({ label: 'v', poolRef: test.poolRef, capacityBytes: gib });
    test.clock.advance(1e9);
    expect(array.jobs.on(volume.ref)).toHaveLength(1);
    array.completeDueJobs();
    expect([array.tables.jobs.size, array.volumeCopies.require(ref).status]).toEqual([0, 'complete']);
  });

  it.each(['', 'never', 'timed:0', 'timed:x', 'polls', 'polls:0', 'polls:1.5', 'fail-at:101', 'fail-at:-1', 'stuck:1'])(
    'is not told to proceed %j',
    (text) => {
      expect(() => parseProgression(text)).toThrowError(refusal('illegalParam', 'progression'));
    },
  );
});
