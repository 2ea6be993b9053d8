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

describe('judge: snapshots', () => {
  it('finds nothing where each snapshot has its image, named or not', async () => {
    const { record, ref } = await made.volume();
    const group = await made.snapshotGroup(ref);
    made.snapshotRecord(record, await made.image(group));
    await made.image(group);
    made.snapshotRecord(record, null);
    expect(await judged()).toEqual([]);
  });

  it('finds a snapshot without an image', async () => {
    const { record, ref } = await made.volume();
    made.snapshotRecord(record, await made.image(await made.snapshotGroup(ref)));
    made.snapshotRecord(record, `34${'0'.repeat(38)}`);
    made.snapshotRecord(record, null);
    expect(await judged()).toEqual(['R17 snapshot image missing', 'R17 snapshot image missing']);
  });

  it.each([
    ['delete_snapshot', 'C-delete-snapshot-1'],
    ['delete_cgsnapshot', 'C-delete-cgsnapshot-1'],
    ['create_snapshot', 'R17'],
  ])('finds a snapshot whose image vanished during %s', async (method, requirement) => {
    const { record, ref } = await made.volume();
    const group = await made.snapshotGroup(ref);
    const gone = made.snapshotRecord(record, await made.image(group));
    made.snapshotRecord(record, await made.image(group));
    await judge.losses.during(method, () => made.remove(`snapshot-images/${gone.provider_id}`));
    expect(await judged()).toEqual([`${requirement} snapshot image missing`]);
  });

  it.each([
    ['a clone of its volume', 'Q1'],
    ['a snapshot that failed', 'Q2'],
    ['the deletion of another', 'Q7'],
  ])('finds a snapshot whose image went with %s', async (event, requirement) => {
    const { record, ref } = await made.volume();
    const group = await made.snapshotGroup(ref);
    const gone = made.snapshotRecord(record, await made.image(group));
    made.snapshotRecord(record, await made.image(group));
    expect(await judged()).toEqual([]);
    await made.remove(`snapshot-images/${gone.provider_id}`);
    if (requirement === 'Q1') await made.volume({ source_volid: record.id });
    if (requirement === 'Q2') made.snapshotRecord(record, null, { status: 'error' });
    expect([event, await judged()]).toEqual([event, [`${requirement} snapshot image missing`]]);
  });

  it('finds two snapshots that share an image', async () => {
    const { record, ref } = await made.volume();
    const image = await made.image(await made.snapshotGroup(ref));
    made.snapshotRecord(record, image);
    made.snapshotRecord(record, image);
    expect(await judged()).toEqual(['Q7 snapshot image wrong']);
  });

  it('finds a snapshot whose image is of another volume', async () => {
    const { ref } = await made.volume();
    const { record } = await made.volume();
    made.snapshotRecord(record, await made.image(await made.snapshotGroup(ref)));
    expect(await judged()).toEqual(['Q7 snapshot image wrong']);
  });

  it('finds nothing of an image that an older one keeps', async () => {
    const { record, ref } = await made.volume();
    const group = await made.snapshotGroup(ref);
    made.snapshotRecord(record, await made.image(group));
    await made.image(group);
    await made.image(group);
    expect(await judged()).toEqual([]);
  });

  it('finds an image that nothing keeps', async () => {
    const { record, ref } = await made.volume();
    const group = await made.snapshotGroup(ref);
    await made.image(group);
    made.snapshotRecord(record, await made.image(group));
    await made.image(group);
    expect(await judged()).toEqual(['B8 snapshot image leaked']);
  });

  it('finds nothing of an image while the volume has a snapshot that may have it', async () => {
    const { record, ref } = await made.volume();
    await made.image(await made.snapshotGroup(ref));
    const failed = made.snapshotRecord(record, null, { status: 'error' });
    expect(await judged()).toEqual([]);
    made.database.snapshots.delete(failed.id);
    expect(await judged()).toEqual(['Q9 snapshot group leaked']);
  });

  it('finds a snapshot group without a wanted image', async () => {
    const { record, ref } = await made.volume();
    await made.snapshotGroup(ref, `${labelOf(randomUUID())}SGCV`);
    const group = await made.snapshotGroup(ref);
    expect(await judged()).toEqual(['Q1 snapshot group leaked', 'Q2 snapshot group leaked']);
    const snapshot = made.snapshotRecord(record, await made.image(group));
    expect(await judged()).toEqual(['Q1 snapshot group leaked']);
    made.database.snapshots.delete(snapshot.id);
    expect(await judged()).toEqual(['Q1 snapshot group leaked', 'Q9 snapshot group leaked']);
  });

  it('finds a view, and a copy job', async () => {
    const { record, ref } = await made.volume();
    const target = await made.volume();
    const image = await made.image(await made.snapshotGroup(ref));
    made.snapshotRecord(record, image);
    const sourceId = await made.view(image);
    expect(await judged()).toEqual(['Q31 snapshot volume leaked']);
    const wanted = { sourceId, targetId: target.ref, copyPriority: 'priority4', targetWriteProtected: true };
    await simulator.admin.succeed('POST', 'volume-copy-jobs', wanted);
    expect(await judged()).toEqual(['Q31 snapshot volume leaked', 'Q15 copy job leaked']);
  });

  it('finds a persistent record of an image that is gone', async () => {
    const { record, ref } = await made.volume();
    const group = await made.snapshotGroup(ref);
    made.snapshotRecord(record, await made.image(group));
    const write = (value: unknown) =>
      simulator.admin.succeed('POST', 'persistent-records', { key: 'cinder-snapshots', value: JSON.stringify(value) });
    await write({ [group]: '2' });
    expect(await judged()).toEqual([]);
    await write({ [group]: '2', [`33${'0'.repeat(38)}`]: '0' });
    expect(await judged()).toEqual(['Q47 state-store key leaked']);
    await write({});
    const note = (ref: string) => simulator.admin.succeed('POST', `/devmgr/v2/key-values/note-${ref}`, 'kept');
    await note(`${group}-34${'0'.repeat(38)}`);
    expect(await judged()).toEqual([]);
    await note(`33${'0'.repeat(38)}-34${'0'.repeat(38)}`);
    expect(await judged()).toEqual(['Q47 state-store key leaked']);
  });
});
