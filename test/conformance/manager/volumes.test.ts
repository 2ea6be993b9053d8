import { describe, expect, it } from 'vitest';
import { broken, connector, managed, raise, request } from './scripted-subject.js';

const busy = raise('VolumeIsBusy');
const failure = raise('NetAppDriverException', ['VolumeDriverException', 'CinderException']);

describe('creating volumes', () => {
  it('R7: saves what the driver returns and forces the status to available', async () => {
    const { manager } = await managed({
      create_volume: { provider_id: '17', status: 'error', metadata: { purpose: 'volume', a: 'b' } },
    });
    const { volume, violations } = await manager.createVolume(request);
    expect(volume).toMatchObject({ status: 'available', provider_id: '17', host: 'host@backend#pool' });
    expect(violations).toEqual([]);
  });

  it('R7: metadata that a user wrote is not to be taken away', async () => {
    const { manager } = await managed({ create_volume: { metadata: { array: 'x' } } });
    const { violations } = await manager.createVolume(request);
    expect(violations).toMatchObject([{ requirement: 'R7', message: expect.stringContaining("'purpose'") }]);
  });

  it.each([
    ['a list', [{}], 'TypeError'],
    ['a text', 'done', 'TypeError'],
    ['an unknown field', { nonsense: 1 }, undefined],
    ['a status that there is not', { status: 'done' }, undefined],
    ['another id', { id: 'other' }, undefined],
    ['a field of a wrong type', { provider_id: 17 }, undefined],
  ])('R7: %s is no update of a volume', async (_name, create_volume, raised) => {
    const { manager } = await managed({ create_volume });
    const outcome = await manager.createVolume(request);
    expect(broken(outcome)).toEqual(['R7']);
    expect(outcome.raised?.class).toBe(raised);
  });

  it('R8: a failed one is in error, and nothing is cleaned up', async () => {
    const { manager, subject } = await managed({ create_volume: failure });
    const { raised, volume } = await manager.createVolume(request);
    expect([raised?.class, volume.status]).toEqual(['NetAppDriverException', 'error']);
    expect(subject.called()).toEqual(['create_volume']);
  });

  it('R8: one that may be scheduled again loses its host and is deleted, whatever that comes to', async () => {
    const { manager, subject } = await managed(
      { create_volume: failure, delete_volume: failure },
      { mayReschedule: true },
    );
    const { raised, volume } = await manager.createVolume(request);
    expect([raised?.class, volume.status, volume.host]).toEqual(['NetAppDriverException', 'creating', null]);
    expect(subject.called()).toEqual(['create_volume', 'delete_volume']);
    await manager.deleteVolume(volume);
    expect(subject.called()).toEqual([]);
    expect(manager.database.volumes.size).toBe(0);
  });

  it('R8: after some exceptions none is scheduled again', async () => {
    const { manager } = await managed({ create_volume: raise('VolumeNotFound') }, { mayReschedule: true });
    expect((await manager.createVolume(request)).volume.status).toBe('error');
  });

  it('R9: members of groups show theirs as a consistency group during the create, and not after it', async () => {
    const { manager, subject } = await managed({ create_group: null });
    const { group } = await manager.createGroup({ name: 'group' });
    const { volume } = await manager.createVolume({ ...request, group });
    const [, args] = subject.calls.at(-1) ?? [];
    expect(args?.volume).toMatchObject({
      group_id: group.id,
      consistencygroup_id: group.id,
      consistencygroup: { id: group.id },
    });
    await manager.createSnapshot({ name: 'snapshot', volume });
    expect(subject.calls.at(-1)?.[1]).toMatchObject({ snapshot: { volume: { consistencygroup_id: null } } });
  });

  it('R10: a source can’t be deleted while a volume is made of it', async () => {
    let finish = (_value: null) => {};
    const { manager, subject } = await managed({
      create_volume_from_snapshot: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    const { volume } = await manager.createVolume(request);
    const { snapshot } = await manager.createSnapshot({ name: 'snapshot', volume });
    subject.called();
    const creating = manager.createVolumeFromSnapshot({ ...request, snapshot });
    const deleting = manager.deleteSnapshot(snapshot);
    await new Promise((resolve) => setImmediate(resolve));
    expect(subject.called()).toEqual(['create_volume_from_snapshot']);
    finish(null);
    await Promise.all([creating, deleting]);
    expect(subject.called()).toEqual(['delete_snapshot']);
  });

  it('R10: what was deleted meanwhile is not made a volume of', async () => {
    let finish = (_value: null) => {};
    const { manager, subject } = await managed({
      delete_snapshot: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    const { volume } = await manager.createVolume(request);
    const { snapshot } = await manager.createSnapshot({ name: 'snapshot', volume });
    subject.called();
    const deleting = manager.deleteSnapshot(snapshot);
    snapshot.status = 'available';
    const made = manager.createVolumeFromSnapshot({ ...request, snapshot });
    await new Promise((resolve) => setImmediate(resolve));
    finish(null);
    await deleting;
    expect(await made).toMatchObject({ raised: { class: 'SnapshotNotFound' }, volume: { status: 'error' }, calls: [] });
  });

  it('refuses what Cinder refuses, before the driver is asked', async () => {
    const { manager, subject } = await managed();
    const { volume: source } = await manager.createVolume({ ...request, size: 2 });
    subject.called();
    const { raised, volume } = await manager.createVolumeFromVolume({ ...request, size: 1, source });
    expect([raised?.class, manager.database.volumes.has(volume.id)]).toEqual(['InvalidInput', false]);
    expect(subject.called()).toEqual([]);
  });
});

describe('deleting volumes', () => {
  it('R11: an attached one is refused; the export goes before the volume', async () => {
    const { manager, subject } = await managed();
    const { volume } = await manager.createVolume(request);
    const { attachment } = await manager.attach(volume, connector);
    subject.called();
    expect(await manager.deleteVolume(volume)).toMatchObject({ raised: { class: 'VolumeAttached' }, calls: [] });
    await manager.detach(attachment);
    subject.called();
    await manager.deleteVolume(volume);
    expect(subject.called()).toEqual(['remove_export', 'delete_volume']);
    expect(manager.database.volumes.size).toBe(0);
  });

  it.each([
    ['busy', busy, undefined, 'available'],
    ['failed', failure, 'NetAppDriverException', 'error_deleting'],
  ])('R12: a %s one stays', async (_name, delete_volume, raised, status) => {
    const { manager } = await managed({ delete_volume });
    const { volume } = await manager.createVolume(request);
    expect((await manager.deleteVolume(volume)).raised?.class).toBe(raised);
    expect([volume.status, manager.database.volumes.size]).toEqual([status, 1]);
  });

  it('R12: a migration’s destination leaves no record, whatever happens', async () => {
    const { manager } = await managed({ delete_volume: failure, initialize_connection: failure });
    const { volume } = await manager.createVolume(request);
    const newType = { id: 'type', name: 'type', extra_specs: {} };
    const { raised } = await manager.retype(volume, newType, { migrationPolicy: 'on-demand' });
    expect(raised?.class).toBe('VolumeBackendAPIException');
    expect([...manager.database.volumes.values()]).toEqual([volume]);
  });

  it('R14: a cascade deletes the snapshots first; without it snapshots refuse', async () => {
    const { manager, subject } = await managed();
    const { volume } = await manager.createVolume(request);
    await manager.createSnapshot({ name: 'snapshot', volume });
    subject.called();
    expect((await manager.deleteVolume(volume)).raised?.class).toBe('InvalidVolume');
    expect(subject.called()).toEqual([]);
    await manager.deleteVolume(volume, { cascade: true });
    expect(subject.called()).toEqual(['remove_export', 'delete_snapshot', 'delete_volume']);
    expect(manager.database.snapshots.size).toBe(0);
  });

  it('R14: a snapshot that can’t be deleted stops a cascade', async () => {
    const { manager } = await managed({ delete_snapshot: failure });
    const { volume } = await manager.createVolume(request);
    const { snapshot } = await manager.createSnapshot({ name: 'snapshot', volume });
    expect((await manager.deleteVolume(volume, { cascade: true })).raised?.class).toBe('NetAppDriverException');
    expect([volume.status, snapshot.status]).toEqual(['error_deleting', 'error_deleting']);
  });

  it('a destroyed one is an error of the caller', async () => {
    const { manager } = await managed();
    const { volume } = await manager.createVolume(request);
    await manager.deleteVolume(volume);
    await expect(manager.deleteVolume(volume)).rejects.toThrow('There is no such record in volumes');
  });
});

describe('extending volumes', () => {
  it.each([
    ['done', null, 2, 'available'],
    ['a failure of the host’s only', raise('TargetUpdateFailed'), 2, 'available'],
    ['failed', failure, 1, 'error_extending'],
  ])('R16: %s; nothing is raised', async (_name, extend_volume, size, status) => {
    const { manager } = await managed({ extend_volume });
    const { volume } = await manager.createVolume(request);
    expect((await manager.extendVolume(volume, 2)).raised).toBeUndefined();
    expect([volume.size, volume.status]).toEqual([size, status]);
  });

  it('R16: attached ones are in-use again', async () => {
    const { manager } = await managed();
    const { volume } = await manager.createVolume(request);
    await manager.attach(volume, connector);
    await manager.extendVolume(volume, 2);
    expect(volume.status).toBe('in-use');
  });
});

describe('snapshots', () => {
  it('R17: saves what the driver returns and forces the status to available', async () => {
    const { manager } = await managed({ create_snapshot: { provider_id: '3', status: 'creating' } });
    const { volume } = await manager.createVolume(request);
    const { snapshot, violations } = await manager.createSnapshot({ name: 'snapshot', volume });
    expect(snapshot).toMatchObject({ provider_id: '3', status: 'available', progress: '100%' });
    expect(violations).toEqual([]);
  });

  it.each([
    ['an exception', failure, 'NetAppDriverException', []],
    ['a status that there is not', { status: 'in-use' }, 'ValueError', ['R17']],
    ['a list', [1], 'TypeError', ['R17']],
  ])('R17: %s leaves an error', async (_name, create_snapshot, raised, violations) => {
    const { manager } = await managed({ create_snapshot });
    const { volume } = await manager.createVolume(request);
    const outcome = await manager.createSnapshot({ name: 'snapshot', volume });
    expect([outcome.raised?.class, outcome.snapshot.status]).toEqual([raised, 'error']);
    expect(broken(outcome)).toEqual(violations);
  });

  it.each([
    ['busy', raise('SnapshotIsBusy'), undefined, 'available'],
    ['failed', failure, 'NetAppDriverException', 'error_deleting'],
    ['deleted', null, undefined, 'deleted'],
  ])('R18: a %s one', async (_name, delete_snapshot, raised, status) => {
    const { manager } = await managed({ delete_snapshot });
    const { volume } = await manager.createVolume(request);
    const { snapshot } = await manager.createSnapshot({ name: 'snapshot', volume });
    expect((await manager.deleteSnapshot(snapshot)).raised?.class).toBe(raised);
    expect([snapshot.status, manager.database.snapshots.has(snapshot.id)]).toEqual([status, status !== 'deleted']);
  });

  it('R19: a revert makes a backup snapshot first and deletes it after', async () => {
    const { manager, subject } = await managed({ revert_to_snapshot: null });
    const { volume } = await manager.createVolume(request);
    const { snapshot } = await manager.createSnapshot({ name: 'snapshot', volume });
    subject.called();
    await manager.revertToSnapshot(volume, snapshot);
    expect(subject.called()).toEqual(['create_snapshot', 'revert_to_snapshot', 'delete_snapshot']);
    expect([volume.status, snapshot.status, manager.database.snapshots.size]).toEqual(['available', 'available', 1]);
  });

  it('R19: a driver that can’t is stood in for by a copy of a temporary volume', async () => {
    const copied: unknown[] = [];
    const { manager, subject } = await managed({}, { copyData: async (from, to) => void copied.push([from, to]) });
    const { volume } = await manager.createVolume(request);
    const { snapshot } = await manager.createSnapshot({ name: 'snapshot', volume });
    subject.called();
    const { violations, raised } = await manager.revertToSnapshot(volume, snapshot);
    expect([violations, raised]).toEqual([[], undefined]);
    const called = subject.called();
    expect(called.slice(0, 2)).toEqual(['create_snapshot', 'create_volume_from_snapshot']);
    expect(called.slice(-2)).toEqual(['delete_volume', 'delete_snapshot']);
    expect(copied).toMatchObject([[{ volume_id: expect.not.stringMatching(volume.id) }, { volume_id: volume.id }]]);
    expect(manager.database.volumes.size).toBe(1);
  });

  it('R19: after a failure the volume is in error and the backup stays', async () => {
    const { manager } = await managed({ revert_to_snapshot: failure });
    const { volume } = await manager.createVolume(request);
    const { snapshot } = await manager.createSnapshot({ name: 'snapshot', volume });
    expect((await manager.revertToSnapshot(volume, snapshot)).raised?.class).toBe('NetAppDriverException');
    expect([volume.status, snapshot.status, manager.database.snapshots.size]).toEqual(['error', 'available', 2]);
  });
});

describe('what the driver is handed', () => {
  it('R34: must not be changed', async () => {
    const { manager } = await managed({
      create_volume: ({ volume }: { volume: { status: string } }) => {
        volume.status = 'available';
      },
    });
    expect(broken(await manager.createVolume(request))).toEqual(['R34']);
  });

  it('R34: must not be returned', async () => {
    const { manager } = await managed({ create_volume: ({ volume }: { volume: object }) => volume });
    expect(broken(await manager.createVolume(request))).toContain('R34');
  });

  it('is what the database has, as it was at the call', async () => {
    const { manager } = await managed();
    const type = { id: 'type', name: 'gold', extra_specs: { a: 'b' } };
    const { calls, volume } = await manager.createVolume({ ...request, type, multiattach: true });
    expect(calls).toMatchObject([
      {
        method: 'create_volume',
        args: {
          volume: { id: volume.id, name_id: volume.id, status: 'creating', volume_type: type, multiattach: true },
        },
        answer: { returned: null },
      },
    ]);
  });
});
