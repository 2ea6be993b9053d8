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

describe('judge: groups', () => {
  async function groupOfTwo() {
    const group = await made.group();
    const volumes = [
      await made.volume({ group_id: group.record.id }),
      await made.volume({ group_id: group.record.id }),
    ] as const;
    for (const { ref } of volumes) await made.member(group.ref, ref);
    return { ...group, volumes };
  }

  async function snapshotOf({ record, ref, volumes }: Awaited<ReturnType<typeof groupOfTwo>>) {
    const groupSnapshot = made.groupSnapshotRecord(record);
    const images = await made.groupImages(ref);
    const snapshots = volumes.map((volume) => {
      const image = images.find(({ baseVol }) => baseVol === volume.ref);
      return made.snapshotRecord(volume.record, image?.id ?? null, { group_snapshot_id: groupSnapshot.id });
    });
    return { groupSnapshot, snapshots };
  }

  function forget({ groupSnapshot, snapshots }: Awaited<ReturnType<typeof snapshotOf>>) {
    made.database.groupSnapshots.delete(groupSnapshot.id);
    for (const { id } of snapshots) made.database.snapshots.delete(id);
  }

  it('finds nothing where members and snapshots are as recorded', async () => {
    const group = await groupOfTwo();
    await snapshotOf(group);
    forget(await snapshotOf(group));
    expect(await judged()).toEqual([]);
  });

  it('finds a group that is not on the array', async () => {
    made.groupRecord();
    made.groupRecord({ source_group_id: randomUUID() });
    expect(await judged()).toEqual(['B1 consistency group missing', 'Q37 consistency group missing']);
  });

  it('finds a consistency group without a record', async () => {
    await made.consistencyGroup(labelOf(randomUUID()));
    const { record } = await made.group({ status: 'error', source_group_id: randomUUID() });
    expect(await judged()).toEqual(['B1 consistency group leaked']);
    made.database.groups.delete(record.id);
    expect(await judged()).toEqual(['B1 consistency group leaked', 'R52 consistency group leaked']);
  });

  it('finds a volume that is not a member, whether it was created in the group or added', async () => {
    const { record } = await made.group();
    const added = await made.volume();
    await judged();
    await made.volume({ group_id: record.id });
    added.record.group_id = record.id;
    expect(await judged()).toEqual(['Q37 membership missing', 'B6 membership missing']);
  });

  it('finds a member that has left', async () => {
    const { volumes } = await groupOfTwo();
    volumes[0].record.group_id = null;
    expect(await judged()).toEqual(['Q37 membership wrong']);
  });

  it('finds a group snapshot of several moments', async () => {
    const group = await groupOfTwo();
    const { snapshots } = await snapshotOf(group);
    const later = await made.groupImages(group.ref);
    const [first] = snapshots;
    if (first !== undefined)
      first.provider_id = later.find(({ baseVol }) => baseVol === group.volumes[0].ref)?.id ?? '';
    expect(await judged()).toEqual(['Q37 group snapshot wrong']);
  });

  it('finds a missing image of a group snapshot', async () => {
    const group = await groupOfTwo();
    const { groupSnapshot } = await snapshotOf(group);
    made.snapshotRecord(group.volumes[0].record, `34${'0'.repeat(38)}`, { group_snapshot_id: groupSnapshot.id });
    expect(await judged()).toEqual(['Q39 snapshot image missing']);
  });

  it('finds images that nothing keeps', async () => {
    const group = await groupOfTwo();
    const first = await snapshotOf(group);
    const second = await snapshotOf(group);
    forget(first);
    expect(await judged()).toEqual(['Q6 snapshot image leaked', 'Q6 snapshot image leaked']);
    forget(second);
    expect(await judged()).toHaveLength(4);
  });

  it('finds a view of the group, once', async () => {
    const group = await groupOfTwo();
    const { snapshots } = await snapshotOf(group);
    const wanted = { name: labelOf(randomUUID()), accessMode: 'readOnly', pitId: snapshots[0]?.provider_id };
    await simulator.admin.succeed('POST', `consistency-groups/${group.ref}/views`, wanted);
    expect(await judged()).toEqual(['Q31 consistency group view leaked']);
  });
});
