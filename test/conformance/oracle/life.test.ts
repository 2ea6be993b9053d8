import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OwnSimulator, startOwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import type { Outcome } from '../../../conformance/manager/outcome.js';
import type { AttachmentRecord, VolumeRecord } from '../../../conformance/manager/records.js';
import { VolumeManager } from '../../../conformance/manager/volume-manager.js';
import { checkArray, findVolume, Judge, takeInventory } from '../../../conformance/oracle/index.js';
import type { Subject } from '../../../conformance/subjects/subject.js';
import { createSubject } from '../../../driver/subject.js';

const type = { id: randomUUID(), name: 'thin', extra_specs: { netapp_thin_provisioned: 'true' } };
const connector = (host: string) => ({ initiator: `iqn.2026-01.com.example:${host}`, host, ip: '192.0.2.1' });

let simulator: OwnSimulator;
let manager: VolumeManager;
let judge: Judge;

beforeEach(async () => {
  simulator = await startOwnSimulator({ seed: 1 });
  let now = (await simulator.admin.control<{ nowMs: number }>('GET', 'clock')).nowMs;
  const subject = await createSubject({
    configuration: {
      netapp_server_hostname: '127.0.0.1',
      netapp_controller_ips: '127.0.0.1',
      netapp_login: 'admin',
      netapp_password: 'admin',
      netapp_enable_multiattach: true,
    },
    runtime: {
      sleep: async (milliseconds) => {
        const clock = await simulator.admin.control<{ nowMs: number }>('POST', 'clock', {
          advance: `${milliseconds}ms`,
        });
        now = clock.nowMs;
      },
      now: () => now,
      randomUuid: randomUUID,
      dispatcher: simulator.dispatcher,
      log: () => undefined,
    },
  });
  judge = new Judge(simulator.admin);
  await judge.baseline();
  manager = new VolumeManager({ subject: subject as Subject, newId: randomUUID, host: 'cinder@eseries' });
  await done(manager.initHost());
});

afterEach(async () => {
  expect(await checkArray(simulator.admin)).toEqual([]);
  await simulator.close();
});

/** A step that succeeds, after which nothing is found. */
async function done<O extends Outcome>(step: Promise<O>): Promise<O> {
  const outcome = await step;
  expect([outcome.raised, outcome.violations]).toEqual([undefined, []]);
  expect(await judge.judge(manager.database)).toEqual([]);
  return outcome;
}

const inShort = async () =>
  (await judge.judge(manager.database)).map(({ requirement, kind, what }) => `${requirement} ${what} ${kind}`);

const newVolume = async (given = {}) =>
  (await done(manager.createVolume({ name: 'volume', size: 1, pool: 'DDP_1', ...given }))).volume;
const newSnapshot = async (volume: VolumeRecord) =>
  (await done(manager.createSnapshot({ name: 'snapshot', volume }))).snapshot;

describe('through the life of a backend nothing is found', () => {
  it('while volumes come, grow, are copied and go', async () => {
    const volume = await newVolume();
    const thin = await newVolume({ type, size: 2 });
    await done(manager.extendVolume(volume, 3));
    await done(manager.extendVolume(thin, 4));
    const [first, second] = [await newSnapshot(volume), await newSnapshot(volume)];
    const [third, fourth] = [await newSnapshot(volume), await newSnapshot(volume)];
    await done(manager.deleteSnapshot(second));
    const common = { name: 'copy', size: 3, pool: 'SSD_R6' };
    const copy = await done(manager.createVolumeFromSnapshot({ ...common, snapshot: third }));
    const clone = await done(manager.createVolumeFromVolume({ ...common, size: 5, source: volume }));
    for (const snapshot of [fourth, first, third]) await done(manager.deleteSnapshot(snapshot));
    for (const each of [copy.volume, clone.volume, thin]) await done(manager.deleteVolume(each));
    await newSnapshot(volume);
    await newSnapshot(volume);
    await done(manager.deleteVolume(volume, { cascade: true }));
  });

  it('while hosts attach volumes and leave them', async () => {
    const [shared, other] = [await newVolume({ multiattach: true }), await newVolume()];
    const attachments: AttachmentRecord[] = [];
    for (const host of ['one', 'two'])
      attachments.push((await done(manager.attach(shared, connector(host)))).attachment);
    attachments.push((await done(manager.attach(other, connector('two')))).attachment);
    for (const attachment of attachments) await done(manager.detach(attachment));
    await done(manager.deleteVolume(shared));
  });

  it('while groups are filled, remembered and copied', async () => {
    const { group } = await done(manager.createGroup({ name: 'group' }));
    const members = [await newVolume({ group }), await newVolume({ group })];
    const joining = await newVolume();
    await done(manager.updateGroup(group, { add: [joining] }));
    await done(manager.updateGroup(group, { remove: [joining] }));
    const remember = async () =>
      (await done(manager.createGroupSnapshot({ name: 'group snapshot', group }))).groupSnapshot;
    const [first, second, third] = [await remember(), await remember(), await remember()];
    const names = members.map(({ id }) => `copy of ${id}`);
    const copied = await done(manager.createGroupFromSource({ name: 'copy', names, groupSnapshot: second }));
    const cloned = await done(manager.createGroupFromSource({ name: 'clone', names, group }));
    await done(manager.deleteGroupSnapshot(second));
    for (const each of [third, first]) await done(manager.deleteGroupSnapshot(each));
    for (const each of [copied, cloned]) await done(manager.deleteGroup(each.group));
    await done(manager.deleteGroup(group));
    await done(manager.deleteVolume(joining));
  });
});

describe('what is done behind the driver’s back is found', () => {
  const refOf = async (volume: VolumeRecord) =>
    findVolume(await takeInventory(simulator.admin), volume)?.volumeRef ?? '';

  it('a volume that is deleted, and one that is renamed', async () => {
    const [deleted, renamed] = [await newVolume(), await newVolume()];
    await simulator.admin.succeed('DELETE', `volumes/${await refOf(deleted)}`);
    await simulator.admin.succeed('POST', `volumes/${await refOf(renamed)}`, { name: 'renamed' });
    expect(await inShort()).toEqual(['R7 volume missing', 'R7 volume missing', 'B16 volume leaked']);
  });

  it('a snapshot whose image is deleted', async () => {
    const { provider_id: image } = await newSnapshot(await newVolume());
    await simulator.admin.succeed('DELETE', `snapshot-images/${image}`);
    expect(await inShort()).toEqual(['Q7 snapshot image missing', 'Q9 snapshot group leaked']);
  });

  it('a mapping that is taken away, and one that is left', async () => {
    const volume = await newVolume();
    const { attachment } = await done(manager.attach(volume, connector('one')));
    const [mapping] = (await takeInventory(simulator.admin)).mappings.slice(-1);
    await simulator.admin.succeed('DELETE', `volume-mappings/${mapping?.lunMappingRef}`);
    expect(await inShort()).toEqual(['B34 mapping missing']);
    await simulator.admin.succeed('POST', 'volume-mappings', {
      mappableObjectId: mapping?.volumeRef,
      targetId: mapping?.mapRef,
      lun: mapping?.lun,
    });
    expect(await inShort()).toEqual([]);
    manager.database.attachments.delete(attachment.id);
    expect(await inShort()).toEqual(['Q21 mapping leaked']);
  });

  it('a volume, a snapshot and a group whose records are lost', async () => {
    const volume = await newVolume();
    const { group } = await done(manager.createGroup({ name: 'group' }));
    await newSnapshot(await newVolume());
    manager.database.volumes.delete(volume.id);
    manager.database.groups.delete(group.id);
    manager.database.snapshots.clear();
    expect(await inShort()).toEqual(['Q10 volume leaked', 'B1 consistency group leaked', 'Q9 snapshot group leaked']);
  });
});
