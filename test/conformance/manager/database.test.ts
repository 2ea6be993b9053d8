import { describe, expect, it } from 'vitest';
import { Database } from '../../../conformance/manager/database.js';
import { connector, managed, request } from './scripted-subject.js';

describe('the database', () => {
  it('is saved as plain data, and loaded with records of its own', async () => {
    const { manager } = await managed({ create_group: null, create_group_snapshot: [null, null] });
    const { group } = await manager.createGroup({ name: 'group' });
    const type = { id: 'type', name: 'type', extra_specs: {} };
    const { volume } = await manager.createVolume({ ...request, group, type });
    await manager.createGroupSnapshot({ name: 'snapshot', group });
    await manager.attach(volume, connector);
    const saved = manager.database.save();
    const loaded = Database.load(JSON.parse(JSON.stringify(saved)));
    expect(loaded.save()).toEqual(saved);
    expect(loaded.volumes.get(volume.id)).not.toBe(volume);
    expect(saved).toMatchObject({ volumeTypes: [type], attachments: [{ volume_id: volume.id }] });
  });
});
