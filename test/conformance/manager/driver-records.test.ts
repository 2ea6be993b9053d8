import { describe, expect, it } from 'vitest';
import { driverRecords } from '../../../conformance/manager/driver-records.js';
import { connector, managed, request } from './scripted-subject.js';

async function prepared() {
  const { manager } = await managed({ create_group: null });
  const { database } = manager;
  const { group } = await manager.createGroup({ name: 'group' });
  const type = { id: 'type', name: 'gold', extra_specs: { netapp_raid_type: 'raid6' }, qos_specs_id: 'qos' };
  const { volume } = await manager.createVolume({ ...request, group, type });
  const { snapshot } = await manager.createSnapshot({ name: 'snapshot', volume });
  await manager.attach(volume, connector);
  database.groupTypes.set('gt', {
    id: 'gt',
    name: 'cg',
    group_specs: { consistent_group_snapshot_enabled: '<is> True' },
  });
  database.qosSpecs.set('qos', { id: 'qos', name: 'slow', consumer: 'back-end', specs: { maxIOPS: '100' } });
  return { records: driverRecords(database), database, volume, snapshot, group };
}

describe('what drivers look up', () => {
  it('is each kind of record by its id, as drivers are handed it', async () => {
    const { records, volume, snapshot, group, database } = await prepared();
    expect(records.read('volume', volume.id)).toMatchObject({
      id: volume.id,
      name: `volume-${volume.id}`,
      volume_type: { name: 'gold' },
    });
    expect(records.read('snapshot', snapshot.id)).toMatchObject({ volume_id: volume.id, volume: { id: volume.id } });
    expect(records.read('group', group.id)).toMatchObject({ id: group.id, name: 'group' });
    expect(records.read('volume_type', 'type')).toEqual({
      id: 'type',
      name: 'gold',
      extra_specs: { netapp_raid_type: 'raid6' },
      qos_specs_id: 'qos',
    });
    expect(records.read('group_type', 'gt')).toMatchObject({
      group_specs: { consistent_group_snapshot_enabled: '<is> True' },
    });
    expect(records.read('qos_specs', 'qos')).toMatchObject({ consumer: 'back-end', specs: { maxIOPS: '100' } });
    const [attachment] = database.attachments.values();
    expect(records.read('attachment', attachment?.id ?? '')).toMatchObject({ attached_host: connector.host });
    expect(records.read('volume', 'unknown')).toBeNull();
    expect(records.read('volume_metadata', 'unknown')).toBeNull();
  });

  it('is a list by fields', async () => {
    const { records, volume, snapshot, group } = await prepared();
    const ids = (list: unknown[]) => list.map((each) => (each as { id: string }).id);
    expect(ids(records.list('snapshot', { volume_id: volume.id }))).toEqual([snapshot.id]);
    expect(ids(records.list('volume', { group_id: group.id }))).toEqual([volume.id]);
    expect(records.list('volume', { group_id: 'another' })).toEqual([]);
    expect(ids(records.list('volume_type', { name: 'gold' }))).toEqual(['type']);
    expect(ids(records.list('volume', {}))).toEqual([volume.id]);
  });

  it('is a copy: a change of it changes no record', async () => {
    const { records, volume, database } = await prepared();
    const read = records.read('volume', volume.id) as { size: number; volume_type: { extra_specs: object } };
    read.size = 99;
    Object.assign(read.volume_type.extra_specs, { x: '1' });
    Object.assign(records.read('qos_specs', 'qos') as object, { name: 'other' });
    expect(volume.size).toBe(request.size);
    expect(database.volumeTypes.get('type')?.extra_specs).toEqual({ netapp_raid_type: 'raid6' });
    expect(database.qosSpecs.get('qos')?.name).toBe('slow');
  });

  it('is refused for kinds that are not known, and for lists of metadata', async () => {
    const { records } = await prepared();
    expect(() => records.read('host', 'x')).toThrow("there is no kind 'host': known are volume, snapshot");
    expect(() => records.list('constructor', {})).toThrow("there is no kind 'constructor'");
    expect(() => records.list('volume_metadata', {})).toThrow('is read by the id');
  });
});

describe('what drivers save', () => {
  it('is in the record, and in what drivers are handed from then on', async () => {
    const { records, volume, snapshot } = await prepared();
    records.update('volume', volume.id, { provider_id: 'p', display_description: 'd', metadata: { a: '1' } });
    records.update('snapshot', snapshot.id, { provider_id: 's' });
    expect(volume.provider_id).toBe('p');
    expect(snapshot.provider_id).toBe('s');
    expect(records.read('volume', volume.id)).toMatchObject({
      provider_id: 'p',
      display_description: 'd',
      metadata: { a: '1' },
    });
  });

  it('is metadata by its keys: others stay, null takes one away', async () => {
    const { records, volume, snapshot } = await prepared();
    records.update('volume_admin_metadata', volume.id, { a: '1', b: '2' });
    records.update('volume_admin_metadata', volume.id, { a: null, c: '3' });
    records.update('snapshot_metadata', snapshot.id, { s: '1' });
    expect(records.read('volume_admin_metadata', volume.id)).toEqual({ b: '2', c: '3' });
    expect(records.read('volume_metadata', volume.id)).toEqual({ purpose: 'volume' });
    expect(records.read('volume', volume.id)).toMatchObject({ admin_metadata: { b: '2', c: '3' } });
    expect(records.read('snapshot', snapshot.id)).toMatchObject({ metadata: { s: '1' } });
  });

  it('is refused where Cinder has no such record, kind, field or value', async () => {
    const { records, volume } = await prepared();
    expect(() => records.update('volume', 'unknown', { size: 1 })).toThrow("volume: there is no record 'unknown'");
    expect(() => records.update('volume_type', 'type', { name: 'x' })).toThrow('does not save a volume_type');
    expect(() => records.update('volume', volume.id, { id: 'x' })).toThrow("no field 'id' that can be saved");
    expect(() => records.update('volume', volume.id, { size: 2, other: {} })).toThrow("no field 'other'");
    expect(() => records.update('volume_metadata', volume.id, { a: 1 })).toThrow('a is 1: allowed are text');
    expect(volume.size).toBe(request.size);
  });
});
