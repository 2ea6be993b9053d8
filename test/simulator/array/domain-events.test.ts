import { expect, it } from 'vitest';
import type { DomainEvent } from '../../../simulator/array/domain-events.js';
import { gib, newArray } from '../arrays.js';

/** An array and what it tells a listener. */
function listening() {
  const test = newArray();
  const told: DomainEvent[][] = [];
  const end = test.array.subscribe((events) => told.push([...events]));
  const newVolume = (label: string) =>
    test.array.volumes.create({ label, poolRef: test.poolRef, capacityBytes: gib }).ref;
  return { ...test, newVolume, told, end };
}

it('tells what an operation created, in the order in which it happened, once it is done', () => {
  const { array, newVolume, told } = listening();
  const ref = newVolume('v1');
  const events = told.flat();
  expect(events.filter((event) => event.kind === 'created')).toContainEqual({ kind: 'created', table: 'volumes', ref });
  expect(array.volumes.require(ref).label).toBe('v1');
  expect(told).toHaveLength(1);
});

it('tells a deletion, and nothing of what was created and deleted within one operation', () => {
  const { array, newVolume, told } = listening();
  const ref = newVolume('v1');
  told.length = 0;
  array.volumes.delete(ref);
  expect(told.flat()).toContainEqual({ kind: 'deleted', table: 'volumes', ref });
  told.length = 0;
  array.transact(() => array.volumes.delete(newVolume('v2')));
  expect(told.flat().filter((event) => 'table' in event && event.table === 'volumes')).toEqual([]);
});

it('tells nothing of an operation that failed', () => {
  const { array, newVolume, told } = listening();
  newVolume('v1');
  told.length = 0;
  expect(() => newVolume('v1')).toThrow();
  expect(() =>
    array.transact(() => {
      newVolume('v2');
      throw new Error('taken back');
    }),
  ).toThrow('taken back');
  expect(told).toEqual([]);
});

it('tells events that the array logs, jobs as they begin and end, and bytes', () => {
  const { array, newVolume, told, clock } = listening();
  array.jobs.setProgression({ mode: 'timed', bytesPerSecond: gib });
  told.length = 0;
  const ref = newVolume('v1');
  const begun = told.flat().filter((event) => event.kind === 'jobProgressed');
  expect(begun).toMatchObject([{ change: 'created' }]);
  told.length = 0;
  clock.advance(3_600_000);
  array.completeDueJobs();
  expect(told.flat().filter((event) => event.kind === 'jobProgressed')).toMatchObject([{ change: 'deleted' }]);
  told.length = 0;
  array.io.write(ref, 0, Buffer.alloc(512, 1));
  expect(told.flat()).toEqual([{ kind: 'bytesChanged' }]);
  told.length = 0;
  array.transact(() => array.events.record({ description: 'a test' }));
  expect(told.flat().map(({ kind }) => kind)).toContain('eventLogged');
});

it('tells that the state was replaced, and by what', () => {
  const { array, told } = listening();
  const saved = array.save();
  array.reset();
  array.restore(saved);
  expect(told.flat()).toEqual([
    { kind: 'replaced', by: 'reset' },
    { kind: 'replaced', by: 'restore' },
  ]);
});

it('has any number of listeners, each of which can end its own subscription only', () => {
  const { array, newVolume, told, end } = listening();
  let second = 0;
  const endSecond = array.subscribe(() => second++);
  newVolume('v1');
  endSecond();
  newVolume('v2');
  end();
  newVolume('v3');
  expect([told.length, second]).toEqual([2, 1]);
});
