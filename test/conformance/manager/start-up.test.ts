import { describe, expect, it } from 'vitest';
import { Database } from '../../../conformance/manager/database.js';
import { VolumeManager } from '../../../conformance/manager/volume-manager.js';
import { SubjectError } from '../../../conformance/subjects/subject.js';
import { broken, connector, managed, raise, request, ScriptedSubject, stats } from './scripted-subject.js';

/** A manager of a driver whose service has not started yet. */
function notStarted(script: Readonly<Record<string, unknown>>, database = new Database()) {
  const subject = new ScriptedSubject(script);
  let ids = 0;
  return {
    subject,
    manager: new VolumeManager({ subject, database, newId: () => `id-${++ids}`, host: 'host@backend' }),
  };
}

describe('the start of the service', () => {
  it('R1: a driver that can’t be set up stays uninitialized, quietly', async () => {
    const { manager, subject } = notStarted({ check_for_setup_error: raise('NetAppDriverException') });
    expect((await manager.initHost()).raised).toBeUndefined();
    expect(subject.called()).toEqual(['do_setup', 'check_for_setup_error']);
    const { raised, volume } = await manager.createVolume(request);
    expect([raised?.class, volume.status]).toEqual(['DriverNotInitialized', 'error']);
    expect((await manager.publishStats()).raised?.class).toBe('DriverNotInitialized');
    expect(subject.called()).toEqual([]);
  });

  it('R2: stats that can’t be had abort it', async () => {
    const { manager, subject } = notStarted({ get_volume_stats: raise('NetAppDriverException') });
    expect((await manager.initHost()).raised?.class).toBe('NetAppDriverException');
    expect(subject.called()).toEqual(['do_setup', 'check_for_setup_error', 'get_volume_stats']);
    expect(manager.initialized).toBe(false);
  });

  it('R3: provider ids come as two lists; a snapshot keeps the one it has', async () => {
    const { manager } = await managed({ create_snapshot: { provider_id: 'first' } });
    const { volume } = await manager.createVolume(request);
    const { snapshot } = await manager.createSnapshot({ name: 'snapshot', volume });
    const update = (id: string) => [{ id, provider_id: 'second' }];
    manager.useSubject(new ScriptedSubject({ update_provider_info: [update(volume.id), update(snapshot.id)] }));
    expect((await manager.initHost()).violations).toEqual([]);
    expect([volume.provider_id, snapshot.provider_id]).toEqual(['second', 'first']);
    manager.useSubject(new ScriptedSubject({ update_provider_info: null }));
    const outcome = await manager.initHost();
    expect([outcome.raised?.class, ...broken(outcome)]).toEqual(['TypeError', 'R3']);
  });

  it('R4: a volume in use whose export can’t be made again is in error, the others go on', async () => {
    const { manager } = await managed();
    const { volume: first } = await manager.createVolume(request);
    const { volume: second } = await manager.createVolume(request);
    await manager.attach(first, connector);
    await manager.attach(second, connector);
    manager.useSubject(
      new ScriptedSubject({
        ensure_export: ({ volume }: { volume: { id: string } }) => volume.id === first.id && raise('ValueError', []),
      }),
    );
    expect((await manager.initHost()).raised).toBeUndefined();
    expect([first.status, second.status]).toEqual(['error', 'in-use']);
  });

  it('R5: volumes without a pool get the driver’s, if it says one', async () => {
    const { manager } = await managed();
    const { volume } = await manager.createVolume(request);
    volume.host = 'host@backend';
    for (const get_pool of [raise('VolumeNotFound'), null, 'pool']) {
      manager.useSubject(new ScriptedSubject({ get_pool }));
      expect((await manager.initHost()).raised).toBeUndefined();
    }
    expect(volume.host).toBe('host@backend#pool');
  });

  it('goes on with deletions, and what was being made is in error', async () => {
    const { manager } = await managed();
    const { volume: made } = await manager.createVolume(request);
    const { volume: gone } = await manager.createVolume(request);
    made.status = 'creating';
    gone.status = 'deleting';
    manager.useSubject(new ScriptedSubject({}));
    await manager.initHost();
    expect([made.status, gone.status]).toEqual(['error', 'deleted']);
  });

  it('does not hide that the driver’s process is broken', async () => {
    const { manager } = notStarted({
      do_setup: () => {
        throw new SubjectError('no answer');
      },
    });
    await expect(manager.initHost()).rejects.toThrow(SubjectError);
  });
});

describe('stats', () => {
  const withPool = (pool: object) => ({ ...stats, pools: [{ ...stats.pools[0], ...pool }] });

  it('R6: get what the manager adds, by pool', async () => {
    const { manager } = await managed();
    await manager.createVolume({ ...request, size: 3 });
    expect(await manager.publishStats()).toMatchObject({
      violations: [],
      stats: { pools: [{ pool_name: 'pool', allocated_capacity_gb: 3, filter_function: null }] },
    });
  });

  it.each([
    ['R6: no dict', ['stats'], ['R6'], 'TypeError'],
    ['R6: nothing to publish', {}, [], undefined],
    ['R6: pools that are no list', { ...stats, pools: { pool: {} } }, ['R6'], 'ProgrammingError'],
    ['R6: a pool without a name', withPool({ pool_name: undefined }), ['R6'], undefined],
    ['R6: a backend without a name', { ...stats, volume_backend_name: null }, ['R6'], undefined],
    ['R6: a capacity that is none', withPool({ free_capacity_gb: '12' }), ['R6'], undefined],
    ['R63: "false" is true', withPool({ thin_provisioning_support: 'false' }), ['R63'], undefined],
    ['R63: "true" is true', withPool({ thin_provisioning_support: 'true' }), [], undefined],
    ['R63: a ratio as text', withPool({ max_over_subscription_ratio: '20.0' }), [], undefined],
    ['R63: a ratio below 1', withPool({ max_over_subscription_ratio: 0.5 }), ['R63'], undefined],
    ['R64: multiattach as text', withPool({ multiattach: 'yes' }), ['R64'], undefined],
  ])('%s', async (_name, get_volume_stats, violations, raised) => {
    let fine = true;
    const { manager } = await managed({ get_volume_stats: () => (fine ? { ...stats } : get_volume_stats) });
    fine = false;
    const outcome = await manager.publishStats();
    expect(broken(outcome)).toEqual(violations);
    expect(outcome.raised?.class).toBe(raised);
  });
});
