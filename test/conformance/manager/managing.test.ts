import { describe, expect, it } from 'vitest';
import { broken, connector, managed, raise, request } from './scripted-subject.js';

const failure = raise('NetAppDriverException');
const reference = { 'source-name': 'volume' };
const newType = { id: 'new', name: 'new', extra_specs: { a: 'b' } };

describe('managing what the array has', () => {
  it.each([
    ['done', null, undefined, 'deleted'],
    ['busy', raise('VolumeIsBusy'), undefined, 'available'],
    ['failed', failure, 'NetAppDriverException', 'error_unmanaging'],
  ])('R15: unmanaging, %s', async (_name, unmanage, raised, status) => {
    const { manager, subject } = await managed({ unmanage });
    const { volume } = await manager.createVolume(request);
    subject.called();
    expect((await manager.unmanage(volume)).raised?.class).toBe(raised);
    expect(subject.called()).toEqual(['remove_export', 'unmanage']);
    expect(volume.status).toBe(status);
  });

  it('R15: an attached volume is not unmanaged', async () => {
    const { manager } = await managed({ unmanage: null });
    const { volume } = await manager.createVolume(request);
    await manager.attach(volume, connector);
    expect((await manager.unmanage(volume)).raised?.class).toBe('VolumeAttached');
  });

  it('R22: the size is asked first and overrides any other', async () => {
    const { manager, subject } = await managed({
      manage_existing_get_size: 3,
      manage_existing: { size: 9, provider_id: '1' },
    });
    const { volume, violations } = await manager.manageExisting({ name: 'volume', reference, pool: 'pool' });
    expect(volume).toMatchObject({ size: 3, provider_id: '1', status: 'available' });
    expect(violations).toEqual([]);
    expect(subject.called()).toEqual(['manage_existing_get_size', 'manage_existing']);
  });

  it.each([
    ['a failing size', { manage_existing_get_size: failure }, 'NetAppDriverException', []],
    ['a failing manage', { manage_existing_get_size: 1, manage_existing: failure }, 'NetAppDriverException', []],
    ['a size that is no number', { manage_existing_get_size: '1' }, 'TypeError', ['R22']],
  ])('R22: %s leaves error_managing', async (_name, script, raised, violations) => {
    const { manager } = await managed(script);
    const outcome = await manager.manageExisting({ name: 'volume', reference, pool: 'pool' });
    expect([outcome.raised?.class, outcome.volume.status]).toEqual([raised, 'error_managing']);
    expect(broken(outcome)).toEqual(violations);
  });

  it('R22: a size is rounded up by the driver', async () => {
    const { manager } = await managed({ manage_existing_get_size: 1.5, manage_existing: null });
    expect(broken(await manager.manageExisting({ name: 'volume', reference, pool: 'pool' }))).toContain('R22');
  });

  it('R22: snapshots likewise', async () => {
    const { manager, subject } = await managed({
      manage_existing_snapshot_get_size: 1,
      manage_existing_snapshot: { provider_id: '5' },
      unmanage_snapshot: null,
    });
    const { volume } = await manager.createVolume(request);
    subject.called();
    const { snapshot } = await manager.manageExistingSnapshot({ name: 'snapshot', volume, reference });
    expect(snapshot).toMatchObject({ provider_id: '5', status: 'available', volume_id: volume.id });
    await manager.unmanageSnapshot(snapshot);
    expect(subject.called()).toEqual([
      'manage_existing_snapshot_get_size',
      'manage_existing_snapshot',
      'unmanage_snapshot',
    ]);
    expect(manager.database.snapshots.size).toBe(0);
  });

  it.each([
    ['entries', [{ reference, size: 1, safe_to_manage: true, cinder_id: null }], 1, []],
    ['nothing', [], 0, []],
    ['an entry without a reference', [{ size: 1, safe_to_manage: true }], 1, ['R23']],
    ['an unsafe one without a reason', [{ reference, size: 1, safe_to_manage: false }], 1, ['R23']],
    ['no list', null, 0, ['R23']],
    ['AttributeError', raise('AttributeError', []), 0, []],
  ])('R23: %s', async (_name, get_manageable_volumes, length, violations) => {
    const { manager } = await managed({ get_manageable_volumes });
    const outcome = await manager.getManageableVolumes();
    expect(outcome.entries).toHaveLength(length);
    expect(broken(outcome)).toEqual(violations);
    expect(outcome.raised).toBeUndefined();
  });

  it('R23: other exceptions are raised', async () => {
    const { manager } = await managed({ get_manageable_snapshots: failure });
    expect((await manager.getManageableSnapshots()).raised?.class).toBe('NetAppDriverException');
  });
});

describe('retypes and migrations', () => {
  it.each([
    ['true', true, undefined, 'new', []],
    ['(true, update)', [true, { provider_id: '1' }], undefined, 'new', []],
    ['(false, None)', [false, null], 'VolumeMigrationFailed', null, []],
    ['an exception', failure, 'VolumeMigrationFailed', null, []],
    ['a text', 'yes', undefined, 'new', ['R20']],
  ])('R20: a retype by the driver: %s', async (_name, answer, raised, type, violations) => {
    const { manager } = await managed({ retype: answer });
    const { volume } = await manager.createVolume(request);
    const outcome = await manager.retype(volume, newType);
    expect([outcome.raised?.class, volume.volume_type_id, volume.status]).toEqual([raised, type, 'available']);
    expect(broken(outcome)).toEqual(violations);
  });

  it('R20: what the driver does not retype is migrated', async () => {
    const { manager, subject } = await managed();
    const { volume } = await manager.createVolume(request);
    subject.called();
    const { raised } = await manager.retype(volume, newType, { migrationPolicy: 'on-demand' });
    expect(raised).toBeUndefined();
    expect(volume).toMatchObject({ volume_type_id: 'new', status: 'available', migration_status: 'success' });
    expect(subject.called().at(-1)).toBe('delete_volume');
    expect([...manager.database.volumes.values()]).toEqual([volume]);
  });

  it('R21: without update_migrated_volume the records change their name ids, and the old one is deleted', async () => {
    const { manager, subject } = await managed();
    const { volume } = await manager.createVolume(request);
    const { volume: destination } = await manager.createVolume({ ...request, pool: 'other' });
    subject.called();
    await manager.migrateCompletion(volume, destination);
    expect(volume).toMatchObject({ _name_id: destination.id, host: 'host@backend#other', status: 'available' });
    expect(subject.calls.at(-1)).toMatchObject([
      'delete_volume',
      { volume: { id: destination.id, name_id: volume.id, host: 'host@backend#pool' } },
    ]);
    expect([...manager.database.volumes.values()]).toEqual([volume]);
  });

  it('R21: without update_migrated_volume a second migration deletes the volume of the first', async () => {
    const { manager, subject } = await managed();
    const { volume } = await manager.createVolume(request);
    const { volume: first } = await manager.createVolume(request);
    const { volume: second } = await manager.createVolume(request);
    await manager.migrateCompletion(volume, first);
    await manager.migrateCompletion(volume, second);
    expect(volume).toMatchObject({ _name_id: second.id });
    expect(subject.calls.at(-1)).toMatchObject(['delete_volume', { volume: { id: second.id, name_id: first.id } }]);
  });

  it('R21: the driver’s update is saved in the one record, what it replaces in the other', async () => {
    const { manager, subject } = await managed({
      update_migrated_volume: { _name_id: null, provider_location: 'new' },
    });
    const { volume } = await manager.createVolume(request);
    volume.provider_location = 'old';
    const { volume: destination } = await manager.createVolume(request);
    await manager.migrateCompletion(volume, destination);
    expect(volume).toMatchObject({ _name_id: null, provider_location: 'new' });
    expect(subject.calls.at(-1)).toMatchObject(['delete_volume', { volume: { provider_location: 'old' } }]);
  });
});
