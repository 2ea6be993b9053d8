import { describe, expect, it } from 'vitest';
import { changed, completed, given } from '../../../simulator/array/defaults.js';
import { readTables, SavedStateError, savedFormat } from '../../../simulator/array/saved-array.js';
import { StorageArray } from '../../../simulator/array/storage-array.js';
import { gib, newArray } from '../arrays.js';

describe('the defaults of a kind of record', () => {
  const kind = { speed: 1, cache: { read: true, write: true }, tags: ['new'] };

  it('stand where nothing is given, setting by setting in a group of them', () => {
    expect(given(kind, {})).toEqual(kind);
    expect(given(kind, { speed: undefined, cache: { read: false, write: undefined }, tags: [] })).toEqual({
      speed: 1,
      cache: { read: false, write: true },
      tags: [],
    });
  });

  it('leave alone what a change does not name, and what is no property of the kind', () => {
    const present = { ref: '01', speed: 3, cache: { read: false, write: false }, tags: [] };
    const changes = { cache: { write: true, size: 5 }, ref: '02' };
    expect(changed(kind, present, changes)).toEqual({ speed: 3, cache: { read: false, write: true }, tags: [] });
  });

  it('complete a record of before, in groups of settings too, and leave a complete one as it is', () => {
    const old = { ref: '01', cache: { read: false } };
    expect(completed(old, kind)).toEqual({ ref: '01', speed: 1, cache: { read: false, write: true }, tags: ['new'] });
    const whole = { ref: '01', speed: 0, cache: { read: false, write: false }, tags: [] };
    expect(completed(whole, kind)).toBe(whole);
  });
});

describe('a saved array', () => {
  function saved() {
    const { array, poolRef, clock } = newArray({ jobs: 'polls:3' });
    array.volumes.create({ label: 'v', poolRef, capacityBytes: gib });
    array.thinVolumes.create({ label: 't', poolRef, virtualBytes: 8 * gib });
    return { array, clock, state: array.save() };
  }

  it('is read as it was written', () => {
    const { state } = saved();
    expect(state.format).toBe(savedFormat);
    expect(readTables(state)).toEqual(state.tables);
  });

  it('of format 1 calls the polls of a job by their present name', () => {
    const { array, clock, state } = saved();
    const [volume] = array.tables.volumes.values();
    array.jobs.recordPoll(volume?.ref ?? '');
    const jobs = array.tables.jobs.toJSON().map(({ polls, ...job }) => ({ ...job, looks: polls }));
    expect(jobs.map((job) => job.looks)).toEqual([1]);
    const old = { ...state, format: 1, tables: { ...state.tables, jobs: jobs as never } };
    const read = StorageArray.from(old, clock);
    expect(read.tables.jobs.toJSON()).toEqual(array.tables.jobs.toJSON());
  });

  it('has the default of each property that it lacks', () => {
    const { clock, state } = saved();
    const { volumes } = state.tables;
    const without = volumes.map(({ tags: _, offline: __, reconPriority: ___, hostUnmapEnabled: ____, ...rest }) => ({
      ...rest,
      cache: { ...rest.cache, cacheFlushModifier: undefined },
    }));
    const lacking = JSON.parse(JSON.stringify({ ...state, tables: { ...state.tables, volumes: without } }));
    const read = StorageArray.from(lacking, clock);
    expect(read.tables.volumes.toJSON()).toEqual(volumes);
  });

  it.each([0, 1.5, savedFormat + 1, Number.NaN])(
    'is refused in format %s, which this version does not know',
    (format) => {
      const { array, state } = saved();
      const before = array.save();
      expect(() => array.restore({ ...state, format })).toThrow(SavedStateError);
      expect(() => array.restore({ ...state, format })).toThrow(`reads 1 to ${savedFormat}`);
      expect(array.save()).toEqual(before);
    },
  );
});
