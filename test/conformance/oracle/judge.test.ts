import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OwnSimulator, startOwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import { checkArray, type Finding, Judge, labelOf } from '../../../conformance/oracle/index.js';
import { HandMade } from './hand-made.js';

let simulator: OwnSimulator;
let made: HandMade;
let judge: Judge;

beforeEach(async () => {
  simulator = await startOwnSimulator();
  made = new HandMade(simulator.admin);
  judge = new Judge(simulator.admin);
  await judge.baseline();
});

afterEach(async () => {
  expect(await checkArray(simulator.admin)).toEqual([]);
  await simulator.close();
});

const judged = async (options?: Parameters<Judge['judge']>[1]) =>
  (await judge.judge(made.database, options)).map(inShort);
const inShort = ({ requirement, kind, what }: Finding) => `${requirement} ${what} ${kind}`;

describe('of volumes the judge finds', () => {
  it('nothing where each record has its own', async () => {
    await made.volume();
    await made.volume({ _name_id: randomUUID() });
    expect(await judged()).toEqual([]);
  });

  it('one that is not there', async () => {
    made.volumeRecord();
    made.volumeRecord({ _name_id: randomUUID(), status: 'in-use' });
    expect(await judged()).toEqual(['R7 volume missing', 'B27 volume missing']);
  });

  it.each(['creating', 'deleting', 'error', 'error_deleting'])(
    'nothing while one is %s, there or not',
    async (status) => {
      await made.volume({ status });
      made.volumeRecord({ status });
      expect(await judged()).toEqual([]);
    },
  );

  it('another size', async () => {
    const { record } = await made.volume();
    record.size = 2;
    expect(await judged()).toEqual(['R7 volume wrong']);
  });

  it('an extend that was not done', async () => {
    const { record } = await made.volume();
    await judged();
    record.size = 2;
    expect(await judged()).toEqual(['B14 volume wrong']);
  });

  it('nothing after an extend that failed, done or not', async () => {
    await made.arrayVolume(labelOf(made.volumeRecord({ status: 'error_extending' }).id), { gib: 2 });
    await made.volume({ status: 'error_extending' });
    expect(await judged()).toEqual([]);
  });

  it('an extend that made another volume', async () => {
    const { record, ref } = await made.volume();
    await judged();
    await made.remove(`volumes/${ref}`);
    await made.arrayVolume(labelOf(record.id), { gib: 3 });
    record.size = 3;
    expect(await judged()).toEqual(['B14 volume wrong']);
  });

  it('another pool than the scheduler chose', async () => {
    await made.volume({ host: 'cinder@eseries#SSD_R6' });
    await made.volume({ host: 'cinder@eseries#SSD_R6', source_volid: randomUUID() });
    expect(await judged()).toEqual(['B35 volume wrong', 'Q12 volume wrong']);
  });

  it.each([
    ['true', 'B21 volume wrong'],
    ['<is> True', 'Q28 volume wrong'],
    ['false', undefined],
  ])('a thick one whose type says thin: %s', async (netapp_thin_provisioned, finding) => {
    const type = { id: randomUUID(), name: 'type', extra_specs: { netapp_thin_provisioned } };
    made.database.volumeTypes.set(type.id, type);
    await made.volume({ volume_type_id: type.id });
    await made.arrayVolume(labelOf(made.volumeRecord({ volume_type_id: type.id }).id), { thin: finding !== undefined });
    expect(await judged()).toEqual(finding === undefined ? [] : [finding]);
  });

  it('one without a record, and whether it was good before', async () => {
    await made.arrayVolume(labelOf(randomUUID()));
    const { record } = await made.volume();
    const failed = await made.volume({ status: 'error', source_volid: record.id });
    const inGroup = await made.volume({ status: 'error', group_id: randomUUID() });
    expect(await judged()).toEqual(['B16 volume leaked']);
    for (const { id } of [record, failed.record, inGroup.record]) made.database.volumes.delete(id);
    expect(await judged()).toEqual(['B16', 'Q10', 'Q13', 'Q14'].map((id) => `${id} volume leaked`));
  });

  it('one that was to be created elsewhere instead', async () => {
    await made.volume({ status: 'creating', host: null });
    expect(await judged()).toEqual(['B16 volume leaked']);
  });

  it('nothing leaked before all is settled', async () => {
    await made.arrayVolume(labelOf(randomUUID()));
    expect(await judged({ settled: false })).toEqual([]);
  });
});

describe('of snapshots the judge finds', () => {
  it('nothing where each has its image, named or not', async () => {
    const { record, ref } = await made.volume();
    const group = await made.snapshotGroup(ref);
    made.snapshotRecord(record, await made.image(group));
    await made.image(group);
    made.snapshotRecord(record, null);
    expect(await judged()).toEqual([]);
  });

  it('one without an image', async () => {
    const { record, ref } = await made.volume();
    made.snapshotRecord(record, await made.image(await made.snapshotGroup(ref)));
    made.snapshotRecord(record, `34${'0'.repeat(38)}`);
    made.snapshotRecord(record, null);
    expect(await judged()).toEqual(['R17 snapshot image missing', 'R17 snapshot image missing']);
  });

  it.each([
    ['a clone of its volume', 'Q1'],
    ['a snapshot that failed', 'Q2'],
    ['the deletion of another', 'Q7'],
  ])('one whose image went with %s', async (event, requirement) => {
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

  it('two that share an image', async () => {
    const { record, ref } = await made.volume();
    const image = await made.image(await made.snapshotGroup(ref));
    made.snapshotRecord(record, image);
    made.snapshotRecord(record, image);
    expect(await judged()).toEqual(['Q7 snapshot image wrong']);
  });

  it('one whose image is of another volume', async () => {
    const { ref } = await made.volume();
    const { record } = await made.volume();
    made.snapshotRecord(record, await made.image(await made.snapshotGroup(ref)));
    expect(await judged()).toEqual(['Q7 snapshot image wrong']);
  });

  it('nothing of an image that an older one keeps', async () => {
    const { record, ref } = await made.volume();
    const group = await made.snapshotGroup(ref);
    made.snapshotRecord(record, await made.image(group));
    await made.image(group);
    await made.image(group);
    expect(await judged()).toEqual([]);
  });

  it('an image that nothing keeps', async () => {
    const { record, ref } = await made.volume();
    const group = await made.snapshotGroup(ref);
    await made.image(group);
    made.snapshotRecord(record, await made.image(group));
    await made.image(group);
    expect(await judged()).toEqual(['B8 snapshot image leaked']);
  });

  it('nothing of an image while the volume has a snapshot that may have it', async () => {
    const { record, ref } = await made.volume();
    await made.image(await made.snapshotGroup(ref));
    const failed = made.snapshotRecord(record, null, { status: 'error' });
    expect(await judged()).toEqual([]);
    made.database.snapshots.delete(failed.id);
    expect(await judged()).toEqual(['Q9 snapshot group leaked']);
  });

  it('a group that has none that is wanted', async () => {
    const { record, ref } = await made.volume();
    await made.snapshotGroup(ref, `${labelOf(randomUUID())}SGCV`);
    const group = await made.snapshotGroup(ref);
    expect(await judged()).toEqual(['Q1 snapshot group leaked', 'Q2 snapshot group leaked']);
    const snapshot = made.snapshotRecord(record, await made.image(group));
    expect(await judged()).toEqual(['Q1 snapshot group leaked']);
    made.database.snapshots.delete(snapshot.id);
    expect(await judged()).toEqual(['Q1 snapshot group leaked', 'Q9 snapshot group leaked']);
  });

  it('a view, and a copy job', async () => {
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

  it('a note on what is gone', async () => {
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

describe('of groups the judge finds', () => {
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

  it('nothing where members and snapshots are what they are to be', async () => {
    const group = await groupOfTwo();
    await snapshotOf(group);
    forget(await snapshotOf(group));
    expect(await judged()).toEqual([]);
  });

  it('one that is not there', async () => {
    made.groupRecord();
    made.groupRecord({ source_group_id: randomUUID() });
    expect(await judged()).toEqual(['B1 consistency group missing', 'Q37 consistency group missing']);
  });

  it('one without a record', async () => {
    await made.consistencyGroup(labelOf(randomUUID()));
    const { record } = await made.group({ status: 'error', source_group_id: randomUUID() });
    expect(await judged()).toEqual(['B1 consistency group leaked']);
    made.database.groups.delete(record.id);
    expect(await judged()).toEqual(['B1 consistency group leaked', 'R52 consistency group leaked']);
  });

  it('a volume that is no member, made so or added', async () => {
    const { record } = await made.group();
    const added = await made.volume();
    await judged();
    await made.volume({ group_id: record.id });
    added.record.group_id = record.id;
    expect(await judged()).toEqual(['Q37 membership missing', 'B6 membership missing']);
  });

  it('a member that has left', async () => {
    const { volumes } = await groupOfTwo();
    volumes[0].record.group_id = null;
    expect(await judged()).toEqual(['Q37 membership wrong']);
  });

  it('a group snapshot of several moments', async () => {
    const group = await groupOfTwo();
    const { snapshots } = await snapshotOf(group);
    const later = await made.groupImages(group.ref);
    const [first] = snapshots;
    if (first !== undefined)
      first.provider_id = later.find(({ baseVol }) => baseVol === group.volumes[0].ref)?.id ?? '';
    expect(await judged()).toEqual(['Q37 group snapshot wrong']);
  });

  it('an image that is missing', async () => {
    const group = await groupOfTwo();
    const { groupSnapshot } = await snapshotOf(group);
    made.snapshotRecord(group.volumes[0].record, `34${'0'.repeat(38)}`, { group_snapshot_id: groupSnapshot.id });
    expect(await judged()).toEqual(['Q39 snapshot image missing']);
  });

  it('images that nothing keeps', async () => {
    const group = await groupOfTwo();
    const first = await snapshotOf(group);
    const second = await snapshotOf(group);
    forget(first);
    expect(await judged()).toEqual(['Q6 snapshot image leaked', 'Q6 snapshot image leaked']);
    forget(second);
    expect(await judged()).toHaveLength(4);
  });

  it('a view of the group, once', async () => {
    const group = await groupOfTwo();
    const { snapshots } = await snapshotOf(group);
    const wanted = { name: labelOf(randomUUID()), accessMode: 'readOnly', pitId: snapshots[0]?.provider_id };
    await simulator.admin.succeed('POST', `consistency-groups/${group.ref}/views`, wanted);
    expect(await judged()).toEqual(['Q31 consistency group view leaked']);
  });
});

describe('of mappings the judge finds', () => {
  it('nothing where hosts see what they have attached', async () => {
    const { record, ref } = await made.volume({ status: 'in-use' });
    await made.map(ref, await made.host('one'), 3);
    made.attachmentRecord(record, 'one', 3);
    expect(await judged()).toEqual([]);
  });

  it('one that is not there', async () => {
    const { record } = await made.volume({ status: 'in-use' });
    made.attachmentRecord(record, 'one', 3);
    expect(await judged()).toEqual(['B34 mapping missing']);
  });

  it('nothing of an attachment without connection, or on its way out', async () => {
    const { record } = await made.volume();
    made.attachmentRecord(record, 'one', 3).attach_status = 'detaching';
    made.attachmentRecord(record, 'one', 3).connection_info = null;
    expect(await judged()).toEqual([]);
  });

  it('another LUN than the host was told', async () => {
    const { record, ref } = await made.volume({ status: 'in-use' });
    await made.map(ref, await made.host('one'), 3);
    made.attachmentRecord(record, 'one', 4);
    expect(await judged()).toEqual(['B34 mapping wrong']);
  });

  it('one that no attachment explains, and whether there was one', async () => {
    const [never, once] = [await made.volume(), await made.volume({ status: 'in-use' })];
    const host = await made.host('one');
    await made.map(never.ref, host, 3);
    await made.map(once.ref, host, 4);
    const attachment = made.attachmentRecord(once.record, 'one', 4);
    expect(await judged()).toEqual(['R26 mapping leaked']);
    made.database.attachments.delete(attachment.id);
    expect(await judged()).toEqual(['R26 mapping leaked', 'Q21 mapping leaked']);
  });

  it('one of an attachment that never came about', async () => {
    const { record, ref } = await made.volume();
    await made.map(ref, await made.host('one'), 3);
    Object.assign(made.attachmentRecord(record, 'one', 3), { attach_status: 'error_attaching', connection_info: null });
    expect(await judged()).toEqual(['R26 mapping leaked']);
  });

  it('one to another host', async () => {
    const { record, ref } = await made.volume({ status: 'in-use' });
    await made.host('one');
    await made.map(ref, await made.host('two'), 3);
    made.attachmentRecord(record, 'one', 3);
    expect(await judged()).toEqual([
      'C-initialize-connection-3 mapping missing',
      'C-initialize-connection-3 mapping leaked',
    ]);
  });

  it('a group of hosts none of which has it attached any more', async () => {
    const { record, ref } = await made.volume({ status: 'in-use' });
    const hosts = [await made.host('one'), await made.host('two')];
    const group = await simulator.admin.succeed<{ id: string }>('POST', 'host-groups', {
      name: 'cinder-multi-attach',
      hosts,
    });
    await made.map(ref, group.id, 3);
    const attachments = ['one', 'two'].map((host) => made.attachmentRecord(record, host, 3));
    expect(await judged()).toEqual([]);
    made.database.attachments.delete(attachments[0]?.id ?? '');
    expect(await judged()).toEqual([]);
    made.database.attachments.clear();
    expect(await judged()).toEqual(['Q20 mapping leaked']);
  });

  it('hosts that no attachment uses, where they are not tolerated', async () => {
    await made.host('one');
    expect(await judged()).toEqual([]);
    const strict = new Judge(simulator.admin, { tolerateHosts: false });
    expect((await strict.judge(made.database)).map(inShort)).toContain('R26 host leaked');
  });
});

describe('of what is not the driver’s the judge finds', () => {
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

  it('nothing while it is left alone', async () => {
    await foreignArray();
    expect(await judged()).toEqual([]);
  });

  it('a change of it, once', async () => {
    const { volume } = await foreignArray();
    await simulator.admin.succeed('POST', `volumes/${volume}`, { name: 'renamed' });
    expect(await judged()).toEqual(['Q29 volume wrong']);
    expect(await judged()).toEqual([]);
  });

  it('that it is gone', async () => {
    const { image, mapping, consistencyGroup } = await foreignArray();
    await made.remove(`snapshot-images/${image}`);
    await made.remove(`volume-mappings/${mapping}`);
    await made.remove(`consistency-groups/${consistencyGroup}`);
    const what = ['mapping', 'snapshot image', 'consistency group'];
    expect(await judged()).toEqual(what.map((each) => `Q29 ${each} wrong`));
  });

  it('a volume that is gone, and not all that went with it', async () => {
    const { volume, group, mapping } = await foreignArray();
    await made.remove(`volume-mappings/${mapping}`);
    await judged();
    await made.remove(`snapshot-groups/${group}`);
    await made.remove(`volumes/${volume}`);
    expect(await judged()).toEqual(['Q29 volume wrong']);
  });

  it('a mapping of it that is the driver’s', async () => {
    const volume = await made.arrayVolume('foreign');
    judge.foreign(volume);
    await made.map(volume, await made.host('one'), 3);
    expect(await judged()).toEqual(['R26 mapping leaked']);
  });

  it('a volume made by hand, unless it is told so', async () => {
    const volume = await made.arrayVolume('tmp-foreign');
    expect(await judged()).toEqual(['B16 volume leaked']);
    judge.foreign(volume);
    expect(await judged()).toEqual([]);
    await made.remove(`volumes/${volume}`);
    expect(await judged()).toEqual(['Q29 volume wrong']);
  });

  it('nothing when Cinder takes it over, nor when it lets go of it', async () => {
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

  it('a record that was changed', async () => {
    const write = (value: string) => simulator.admin.succeed('POST', 'persistent-records', { key: 'foreign', value });
    await write('one');
    await judge.baseline();
    expect(await judged()).toEqual([]);
    await write('two');
    expect(await judged()).toEqual(['Q29 record wrong']);
  });
});
