import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import { type Judge, labelOf } from '../../../conformance/oracle/index.js';
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

describe('judge: volumes', () => {
  it('finds nothing where each record has its own volume', async () => {
    await made.volume();
    await made.volume({ _name_id: randomUUID() });
    expect(await judged()).toEqual([]);
  });

  it('finds a volume that is not on the array', async () => {
    made.volumeRecord();
    made.volumeRecord({ _name_id: randomUUID(), status: 'in-use' });
    expect(await judged()).toEqual(['R7 volume missing', 'B27 volume missing']);
  });

  it.each(['creating', 'deleting', 'error', 'error_deleting'])(
    'finds nothing while a volume is %s, there or not',
    async (status) => {
      await made.volume({ status });
      made.volumeRecord({ status });
      expect(await judged()).toEqual([]);
    },
  );

  it('finds a volume of another size than its record has', async () => {
    const { record } = await made.volume();
    record.size = 2;
    expect(await judged()).toEqual(['R7 volume wrong']);
  });

  it('finds an extend that was not done', async () => {
    const { record } = await made.volume();
    await judged();
    record.size = 2;
    expect(await judged()).toEqual(['B14 volume wrong']);
  });

  it('finds nothing after an extend that failed, done or not', async () => {
    await made.arrayVolume(labelOf(made.volumeRecord({ status: 'error_extending' }).id), { gib: 2 });
    await made.volume({ status: 'error_extending' });
    expect(await judged()).toEqual([]);
  });

  it('finds an extend that made another volume', async () => {
    const { record, ref } = await made.volume();
    await judged();
    await made.remove(`volumes/${ref}`);
    await made.arrayVolume(labelOf(record.id), { gib: 3 });
    record.size = 3;
    expect(await judged()).toEqual(['B14 volume wrong']);
  });

  it('finds another pool than the scheduler chose', async () => {
    await made.volume({ host: 'cinder@eseries#SSD_R6' });
    await made.volume({ host: 'cinder@eseries#SSD_R6', source_volid: randomUUID() });
    expect(await judged()).toEqual(['B35 volume wrong', 'Q12 volume wrong']);
  });

  it.each([
    ['true', 'B21 volume wrong'],
    ['<is> True', 'Q28 volume wrong'],
    ['false', undefined],
  ])('finds a thick one whose type says thin: %s', async (netapp_thin_provisioned, finding) => {
    const type = { id: randomUUID(), name: 'type', extra_specs: { netapp_thin_provisioned } };
    made.database.volumeTypes.set(type.id, type);
    await made.volume({ volume_type_id: type.id });
    await made.arrayVolume(labelOf(made.volumeRecord({ volume_type_id: type.id }).id), { thin: finding !== undefined });
    expect(await judged()).toEqual(finding === undefined ? [] : [finding]);
  });

  it('finds a volume without a record, and whether it was good before', async () => {
    await made.arrayVolume(labelOf(randomUUID()));
    const { record } = await made.volume();
    const failed = await made.volume({ status: 'error', source_volid: record.id });
    const inGroup = await made.volume({ status: 'error', group_id: randomUUID() });
    expect(await judged()).toEqual(['B16 volume leaked']);
    for (const { id } of [record, failed.record, inGroup.record]) made.database.volumes.delete(id);
    expect(await judged()).toEqual(['B16', 'Q10', 'Q13', 'Q14'].map((id) => `${id} volume leaked`));
  });

  it('finds a volume that was to be created elsewhere instead', async () => {
    await made.volume({ status: 'creating', host: null });
    expect(await judged()).toEqual(['B16 volume leaked']);
  });

  it('finds nothing leaked before all is settled', async () => {
    await made.arrayVolume(labelOf(randomUUID()));
    expect(await judged({ settled: false })).toEqual([]);
  });
});
