import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type OwnSimulator, startOwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import type { Outcome } from '../../../conformance/manager/outcome.js';
import { VolumeManager } from '../../../conformance/manager/volume-manager.js';
import type { Subject } from '../../../conformance/subjects/subject.js';
import { createSubject } from '../../../driver/subject.js';
import { connector } from './scripted-subject.js';

let simulator: OwnSimulator | undefined;
let subject: Subject | undefined;

afterEach(async () => {
  await subject?.close();
  await simulator?.close();
});

async function startManager(surface: 'generic' | 'consistency'): Promise<VolumeManager> {
  const array = await startOwnSimulator({ seed: 1 });
  simulator = array;
  let { nowMs } = await array.admin.control<{ nowMs: number }>('GET', 'clock');
  const started = await createSubject({
    configuration: {
      netapp_server_hostname: '127.0.0.1',
      netapp_login: 'admin',
      netapp_password: 'admin',
      netapp_controller_ips: '127.0.0.1',
    },
    runtime: {
      sleep: async (ms) => {
        ({ nowMs } = await array.admin.control<{ nowMs: number }>('POST', 'clock', { advance: `${ms}ms` }));
      },
      now: () => nowMs,
      randomUuid: randomUUID,
      dispatcher: array.dispatcher,
      log: () => undefined,
    },
  });
  subject = started as unknown as Subject;
  return new VolumeManager({ subject, newId: randomUUID, host: 'host@backend', surface });
}

async function succeed<T extends Outcome>(operation: Promise<T>): Promise<T> {
  const outcome = await operation;
  expect(outcome.raised).toBeUndefined();
  return outcome;
}

describe.each(['generic', 'consistency'] as const)('a driver with groups by the %s surface', (surface) => {
  it('lives its life without breaking a rule', async () => {
    const manager = await startManager(surface);
    await succeed(manager.initHost());
    const { stats } = await succeed(manager.publishStats());
    const pool = ((stats?.pools ?? []) as { pool_name: string }[])[0]?.pool_name ?? '';
    expect(pool).not.toBe('');

    const { volume } = await succeed(manager.createVolume({ name: 'one', size: 1, pool }));
    const { snapshot } = await succeed(manager.createSnapshot({ name: 'snap', volume }));
    const { volume: ofSnapshot } = await succeed(
      manager.createVolumeFromSnapshot({ name: 'two', size: 2, pool, snapshot }),
    );
    const { volume: clone } = await succeed(
      manager.createVolumeFromVolume({ name: 'three', size: 1, pool, source: volume }),
    );
    await succeed(manager.extendVolume(clone, 3));
    expect([volume, ofSnapshot, clone].map(({ status, size }) => [status, size])).toEqual([
      ['available', 1],
      ['available', 2],
      ['available', 3],
    ]);

    const { attachment } = await succeed(manager.attach(volume, connector));
    expect(attachment.connection_info).toMatchObject({ target_lun: expect.any(Number), driver_volume_type: 'iscsi' });
    expect(volume.status).toBe('in-use');
    await succeed(manager.detach(attachment));

    await succeed(manager.revertToSnapshot(volume, snapshot));
    await succeed(manager.unmanageSnapshot(snapshot));
    const { entries: images } = await succeed(manager.getManageableSnapshots());
    const { reference: image } = (images as { reference: object; safe_to_manage: boolean }[]).find(
      (each) => each.safe_to_manage,
    ) ?? { reference: {} };
    await succeed(manager.manageExistingSnapshot({ name: 'snap', volume, reference: { ...image } }));
    await succeed(manager.unmanage(clone));
    const { entries } = await succeed(manager.getManageableVolumes());
    const reference = (entries as { reference: object; safe_to_manage: boolean }[]).find((each) => each.safe_to_manage);
    const managed = manager.manageExisting({ name: 'managed', reference: { ...reference?.reference }, pool });
    const { volume: found } = await succeed(managed);
    const { volume: destination } = await succeed(manager.createVolume({ name: 'destination', size: 3, pool }));
    await succeed(manager.migrateCompletion(found, destination));
    expect(manager.database.volumes.has(destination.id)).toBe(false);
    await succeed(manager.extendVolume(found, 4));

    await succeed(manager.deleteVolume(volume, { cascade: true }));
    await succeed(manager.deleteVolume(ofSnapshot));
    await succeed(manager.deleteVolume(found));

    const { group } = await succeed(manager.createGroup({ name: 'group' }));
    const { volume: first } = await succeed(manager.createVolume({ name: 'first', size: 1, pool, group }));
    const { volume: second } = await succeed(manager.createVolume({ name: 'second', size: 1, pool }));
    await succeed(manager.updateGroup(group, { add: [second] }));
    const { groupSnapshot } = await succeed(manager.createGroupSnapshot({ name: 'group-snap', group }));
    const names = ['third', 'fourth'];
    const { group: ofGroup } = await succeed(manager.createGroupFromSource({ name: 'copy', names, group }));
    const { group: ofGroupSnapshot } = await succeed(
      manager.createGroupFromSource({ name: 'copy', names, groupSnapshot }),
    );
    await succeed(manager.deleteGroupSnapshot(groupSnapshot));
    await succeed(manager.updateGroup(group, { remove: [first] }));
    await succeed(manager.deleteVolume(first));
    for (const each of [group, ofGroup, ofGroupSnapshot]) await succeed(manager.deleteGroup(each));

    expect(manager.database.save()).toMatchObject({
      volumes: [],
      snapshots: [],
      attachments: [],
      groups: [],
      groupSnapshots: [],
    });
    expect(manager.violations).toEqual([]);
  });
});
