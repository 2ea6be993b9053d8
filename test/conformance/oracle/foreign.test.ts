import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import { Judge, labelOf } from '../../../conformance/oracle/index.js';
import type { HandMade } from './hand-made.js';
import { closeJudgedArray, findingsOf, openJudgedArray } from './judged-array.js';

let simulator: OwnSimulator;
let made: HandMade;
let judge: Judge;

beforeEach(async () => {
  ({ simulator, made, judge } = await openJudgedArray());
});

afterEach(() => closeJudgedArray(simulator));

const judged = (options?: Parameters<Judge['judge']>[1]) => findingsOf(judge, made, options);

describe('judge: objects of others', () => {
  async function foreignArray() {
    const volume = await made.arrayVolume('foreign');
    const group = await made.snapshotGroup(volume, 'foreign_group');
    const image = await made.image(group);
    const mapping = await made.map(volume, await made.host('foreign_host'), 9);
    const consistencyGroup = await made.consistencyGroup('foreign_cg');
    judge = new Judge(simulator.admin);
    await judge.baseline();
    return { volume, group, image, mapping, consistencyGroup };
  }

  it('finds nothing while foreign objects are left alone', async () => {
    await foreignArray();
    expect(await judged()).toEqual([]);
  });

  it('finds a change of a foreign volume, once', async () => {
    const { volume } = await foreignArray();
    await simulator.admin.succeed('POST', `volumes/${volume}`, { name: 'renamed' });
    expect(await judged()).toEqual(['Q29 volume wrong']);
    expect(await judged()).toEqual([]);
  });

  it('finds a foreign image, mapping and consistency group that are gone', async () => {
    const { image, mapping, consistencyGroup } = await foreignArray();
    await made.remove(`snapshot-images/${image}`);
    await made.remove(`volume-mappings/${mapping}`);
    await made.remove(`consistency-groups/${consistencyGroup}`);
    const what = ['mapping', 'snapshot image', 'consistency group'];
    expect(await judged()).toEqual(what.map((each) => `Q29 ${each} wrong`));
  });

  it('finds a foreign volume that is gone, and not all that went with it', async () => {
    const { volume, group, mapping } = await foreignArray();
    await made.remove(`volume-mappings/${mapping}`);
    await judged();
    await made.remove(`snapshot-groups/${group}`);
    await made.remove(`volumes/${volume}`);
    expect(await judged()).toEqual(['Q29 volume wrong']);
  });

  it('finds a mapping of a foreign volume that the driver made', async () => {
    const volume = await made.arrayVolume('foreign');
    judge.foreign(volume);
    await made.map(volume, await made.host('one'), 3);
    expect(await judged()).toEqual(['R26 mapping leaked']);
  });

  it('finds a volume made by hand, unless the judge is told', async () => {
    const volume = await made.arrayVolume('tmp-foreign');
    expect(await judged()).toEqual(['B16 volume leaked']);
    judge.foreign(volume);
    expect(await judged()).toEqual([]);
    await made.remove(`volumes/${volume}`);
    expect(await judged()).toEqual(['Q29 volume wrong']);
  });

  it.each([false, true])('finds a volume whose label looks like a repository (thin: %s)', async (thin) => {
    const volume = await made.arrayVolume('repos_x', { thin });
    expect(await judged()).toEqual(['B16 volume leaked']);
    judge.foreign(volume);
    expect(await judged()).toEqual([]);
    await simulator.admin.succeed('POST', `volumes/${volume}`, { name: 'repos_y' });
    expect(await judged()).toEqual(['Q29 volume wrong']);
  });

  it('finds nothing when Cinder manages a foreign volume, nor when it unmanages it', async () => {
    const volume = await made.arrayVolume('foreign');
    judge.foreign(volume);
    expect(await judged()).toEqual([]);
    const record = made.volumeRecord();
    await simulator.admin.succeed('POST', `volumes/${volume}`, { name: labelOf(record.id) });
    expect(await judged()).toEqual([]);
    made.database.volumes.delete(record.id);
    judge.foreign(volume);
    expect(await judged()).toEqual([]);
  });

  it('finds a persistent record that was changed', async () => {
    const write = (value: string) => simulator.admin.succeed('POST', 'persistent-records', { key: 'foreign', value });
    await write('one');
    await judge.baseline();
    expect(await judged()).toEqual([]);
    await write('two');
    expect(await judged()).toEqual(['Q29 record wrong']);
  });
});
