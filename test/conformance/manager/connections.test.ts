import { describe, expect, it } from 'vitest';
import { broken, connectionInfo, connector, managed, raise, request } from './scripted-subject.js';

const failure = raise('NetAppDriverException');

async function withVolume(script: Readonly<Record<string, unknown>> = {}) {
  const { manager, subject } = await managed(script);
  const { volume } = await manager.createVolume({ ...request, multiattach: true });
  subject.called();
  return { manager, subject, volume };
}

describe('attaching', () => {
  it('R24: the calls come in order', async () => {
    const { manager, subject, volume } = await withVolume({ validate_connector: null });
    await manager.attach(volume, connector);
    expect(subject.called()).toEqual(['validate_connector', 'create_export', 'initialize_connection']);
    expect([volume.status, volume.attach_status]).toEqual(['in-use', 'attached']);
  });

  it.each([
    ['InvalidConnectorException', 'InvalidInput'],
    ['KeyError', 'VolumeBackendAPIException'],
  ])('R24: %s of validate_connector becomes %s', async (name, raised) => {
    const { manager, volume } = await withVolume({ validate_connector: raise(name) });
    expect((await manager.attach(volume, connector)).raised?.class).toBe(raised);
  });

  it('R25: what create_export returns is saved', async () => {
    const { manager, volume } = await withVolume({ create_export: { provider_location: 'there' } });
    expect(broken(await manager.attach(volume, connector))).toEqual([]);
    expect(volume.provider_location).toBe('there');
  });

  it.each([
    ['Cinder’s exceptions are wrapped', failure, 'VolumeBackendAPIException', ['create_export'], []],
    ['others are not', raise('KeyError', []), 'KeyError', ['create_export'], []],
    ['an update that can’t be saved', [1], 'ExportFailure', ['create_export', 'remove_export'], ['R25']],
  ])('R25: %s', async (_name, create_export, raised, called, violations) => {
    const { manager, subject, volume } = await withVolume({ create_export });
    const outcome = await manager.attach(volume, connector);
    expect(outcome.raised?.class).toBe(raised);
    expect(subject.called()).toEqual(called);
    expect(broken(outcome)).toEqual(violations);
  });

  it('R26: a failure removes the export and calls nothing else', async () => {
    const { manager, subject, volume } = await withVolume({ initialize_connection: failure });
    const { raised, attachment } = await manager.attach(volume, connector);
    expect(raised?.class).toBe('VolumeBackendAPIException');
    expect(subject.called()).toEqual(['create_export', 'initialize_connection', 'remove_export']);
    expect([volume.status, attachment.attach_status]).toEqual(['available', 'error_attaching']);
    expect(manager.database.attachments.size).toBe(0);
  });

  it('R27: may be asked again for an attached volume', async () => {
    const { manager, subject, volume } = await withVolume();
    const { attachment } = await manager.attach(volume, connector);
    const first = attachment.connection_info;
    subject.called();
    await manager.connectAgain(attachment);
    expect(subject.called()).toEqual(['create_export', 'initialize_connection']);
    expect(attachment.connection_info).toEqual(first);
    expect(manager.database.attachments.size).toBe(1);
  });

  it('R28: the compute host gets the data, the rest and the attachment in one', async () => {
    const { manager, volume } = await withVolume();
    const { attachment } = await manager.attach(volume, connector);
    expect(attachment.connection_info).toMatchObject({
      driver_volume_type: 'iscsi',
      target_lun: 1,
      access_mode: 'rw',
      attachment_id: attachment.id,
    });
  });

  it('refuses what Cinder refuses', async () => {
    const { manager, volume } = await withVolume();
    volume.multiattach = false;
    await manager.attach(volume, connector);
    expect((await manager.attach(volume, connector)).raised?.class).toBe('InvalidVolume');
  });
});

describe('connection info', () => {
  const { data } = connectionInfo;
  const two = {
    target_portals: ['192.0.2.1:3260', '192.0.2.2:3260'],
    target_iqns: [data.target_iqn, data.target_iqn],
    target_luns: [1, 1],
  };
  const one = { target_portals: [data.target_portal], target_iqns: [data.target_iqn], target_luns: [1] };

  it.each<[string, object, string[]]>([
    ['R27: another volume’s id', { volume_id: 'other' }, ['R27']],
    ['R27: what JSON can’t carry', { size: 3n }, ['R27']],
    ['R27: no portal', { target_portal: '192.0.2.1' }, ['R27']],
    ['R27: a method of authentication without a secret', { auth_method: 'CHAP', auth_username: 'a' }, ['R27']],
    ['B10: access_mode', { access_mode: 'rw' }, ['B10']],
    ['B26: a LUN as text', { target_lun: '1' }, ['B26']],
    ['B2: two portals', two, []],
    ['B2: some of the plural keys', { target_luns: [1, 1] }, ['B2']],
    ['B2: different lengths', { ...two, target_luns: [1, 1, 1] }, ['B2']],
    ['B2: other firsts than the singular keys', { ...two, target_portals: [...two.target_portals].reverse() }, ['B2']],
    ['B2: plural keys for one portal', one, ['B2']],
    ['B26: LUNs as texts', { ...two, target_luns: [1, '1'] }, ['B26']],
  ])('%s', async (_name, changes, violations) => {
    const { manager, volume } = await withVolume({
      initialize_connection: ({ volume: { id } }: { volume: { id: string } }) => ({
        ...connectionInfo,
        data: { ...data, volume_id: id, ...changes },
      }),
    });
    const outcome = await manager.attach(volume, connector);
    expect(broken(outcome)).toEqual(violations);
    expect(outcome.raised).toBeUndefined();
  });

  it('R28: a key beside the data that says otherwise', async () => {
    const { manager, volume } = await withVolume({
      initialize_connection: ({ volume: { id } }: { volume: { id: string } }) => ({
        ...connectionInfo,
        volume_id: 'other',
        target_lun: 1,
        data: { ...data, volume_id: id },
      }),
    });
    expect(broken(await manager.attach(volume, connector))).toEqual(['R28']);
  });

  it.each([
    ['nothing', null, 'TypeError'],
    ['no data', { driver_volume_type: 'iscsi' }, 'KeyError'],
    ['data that is no dict', { driver_volume_type: 'iscsi', data: [] }, 'TypeError'],
  ])('R27: %s', async (_name, initialize_connection, raised) => {
    const { manager, volume } = await withVolume({ initialize_connection });
    const outcome = await manager.attach(volume, connector);
    expect([outcome.raised?.class, ...broken(outcome)]).toEqual([raised, 'R27']);
  });
});

describe('detaching', () => {
  it.each([
    ['None', null, ['terminate_connection', 'remove_export'], []],
    ['False', false, ['terminate_connection', 'remove_export'], []],
    ['True', true, ['terminate_connection'], []],
    [
      'no boolean, as Fibre Channel drivers return it',
      { driver_volume_type: 'fibre_channel', data: {} },
      ['terminate_connection', 'remove_export'],
      [],
    ],
  ])('R29: %s', async (_name, terminate_connection, called, violations) => {
    const { manager, subject, volume } = await withVolume({ terminate_connection });
    const { attachment } = await manager.attach(volume, connector);
    subject.called();
    const outcome = await manager.detach(attachment);
    expect(subject.called()).toEqual(called);
    expect(broken(outcome)).toEqual(violations);
    expect([volume.status, volume.attach_status]).toEqual(['available', 'detached']);
  });

  it('R29: other attachments keep the volume in use', async () => {
    const { manager, volume } = await withVolume();
    const { attachment } = await manager.attach(volume, connector);
    await manager.attach(volume, { ...connector, host: 'other' });
    await manager.detach(attachment);
    expect(volume.status).toBe('in-use');
  });

  it('R29: an exception leaves the attachment', async () => {
    const { manager, volume } = await withVolume({ terminate_connection: failure });
    const { attachment } = await manager.attach(volume, connector);
    expect((await manager.detach(attachment)).raised?.class).toBe('VolumeBackendAPIException');
    expect([volume.status, manager.database.attachments.size]).toEqual(['in-use', 1]);
  });

  it('R29: without a connector the driver is called by force only', async () => {
    const { manager, subject, volume } = await withVolume();
    await manager.terminateConnection(volume, null);
    expect(subject.called()).toEqual([]);
    await manager.terminateConnection(volume, null, { force: true });
    expect(subject.calls).toMatchObject([['terminate_connection', { connector: null, force: true }]]);
  });

  it('R30: an export that can’t be removed leaves error_detaching', async () => {
    const { manager, volume } = await withVolume({ remove_export: failure });
    const { attachment } = await manager.attach(volume, connector);
    expect((await manager.detach(attachment)).raised?.class).toBe('RemoveExportException');
    expect(attachment.attach_status).toBe('error_detaching');
  });
});
