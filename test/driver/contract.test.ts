import { describe, expect, expectTypeOf, it } from 'vitest';
import * as surface from '../../driver/index.js';
import {
  type ConnectionInfo,
  callMethod,
  methods,
  NetAppEseriesISCSIDriver,
  type Snapshot,
  type Volume,
} from '../../driver/index.js';
import { repetitions } from '../repetitions.js';
import { connectorOf, newBackend, newSnapshot, newVolume } from './backends.js';

/** The documented methods with their parameters, in the order of the document. */
const documented: Readonly<Record<string, readonly string[]>> = {
  check_for_setup_error: [],
  create_cgsnapshot: ['context', 'cgsnapshot', 'snapshots'],
  create_cloned_volume: ['volume', 'src_vref'],
  create_consistencygroup: ['context', 'group'],
  create_consistencygroup_from_src: [
    'context',
    'group',
    'volumes',
    'cgsnapshot',
    'snapshots',
    'source_cg',
    'source_vols',
  ],
  create_export: ['context', 'volume', 'connector'],
  create_group: ['context', 'group'],
  create_snapshot: ['snapshot'],
  create_volume: ['volume'],
  create_volume_from_snapshot: ['volume', 'snapshot'],
  delete_cgsnapshot: ['context', 'cgsnapshot', 'snapshots'],
  delete_consistencygroup: ['context', 'group', 'volumes'],
  delete_group: ['context', 'group', 'volumes'],
  delete_snapshot: ['snapshot'],
  delete_volume: ['volume'],
  do_setup: ['context'],
  ensure_export: ['context', 'volume'],
  extend_volume: ['volume', 'new_size'],
  get_pool: ['volume'],
  get_volume_stats: ['refresh'],
  initialize_connection: ['volume', 'connector'],
  manage_existing: ['volume', 'existing_ref'],
  manage_existing_get_size: ['volume', 'existing_ref'],
  remove_export: ['context', 'volume'],
  terminate_connection: ['volume', 'connector', 'force'],
  unmanage: ['volume'],
  update_consistencygroup: ['context', 'group', 'add_volumes', 'remove_volumes'],
};

describe('the documented driver', () => {
  it('has its constants', () => {
    expect(NetAppEseriesISCSIDriver.CI_WIKI_NAME).toBe('NetApp_Eseries_CI');
    expect(NetAppEseriesISCSIDriver.DRIVER_NAME).toBe('NetApp_iSCSI_ESeries');
    expect(NetAppEseriesISCSIDriver.VERSION).toBe('1.0.0');
  });

  it('has all 27 methods, in camel case, under their documented names', () => {
    expect(Object.keys(documented)).toHaveLength(27);
    for (const [name, parameters] of Object.entries(documented)) {
      const known = methods[name];
      expect([name, ...(known?.parameters ?? []), ...(known?.keywords ?? [])]).toEqual([name, ...parameters]);
      const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      expect(known?.method).toBe(camel);
      expect(NetAppEseriesISCSIDriver.prototype).toHaveProperty(camel);
    }
  });

  it('is typed', () => {
    type Driver = NetAppEseriesISCSIDriver;
    expectTypeOf<Parameters<Driver['initializeConnection']>[0]>().toEqualTypeOf<Volume>();
    expectTypeOf<Driver['initializeConnection']>().returns.resolves.toEqualTypeOf<ConnectionInfo>();
    expectTypeOf<Driver['manageExistingGetSize']>().returns.resolves.toBeNumber();
    expectTypeOf<Driver['deleteVolume']>().returns.resolves.toBeVoid();
    expectTypeOf<Driver['extendVolume']>().parameter(1).toBeNumber();
    expectTypeOf<Driver['getPool']>().returns.resolves.toEqualTypeOf<string | null>();
  });

  it('has its exceptions under their names, with their parents and causes', () => {
    const cause = new Error('inner');
    const error = new surface.VolumeIsBusy({ volume_name: 'v', reason: 'copying' }, { cause });
    expect(error).toMatchObject({ name: 'VolumeIsBusy', cause, message: "Volume 'v' is busy: copying" });
    expect(error.lineage).toEqual(['VolumeIsBusy', 'CinderException']);
    expect(new surface.WebServiceException({ method: 'GET', path: '/x', statusCode: 500 }).lineage).toEqual([
      'WebServiceException',
      'NetAppDriverException',
      'VolumeDriverException',
      'CinderException',
    ]);
    const classes = Object.values(surface).filter(
      (each): each is typeof surface.CinderException =>
        typeof each === 'function' && each.prototype instanceof surface.CinderException,
    );
    expect(classes.length).toBeGreaterThan(20);
    for (const each of classes.filter((one) => one.name !== 'NoAnswer' && one.name !== 'WebServiceException'))
      expect(new each({}).name).toBe(each.name);
  });
});

describe('called by the documented names', () => {
  it('takes arguments by name or in order, and refuses what it does not know', async () => {
    const backend = await newBackend();
    try {
      const { driver } = backend;
      const volume = newVolume();
      expect(await callMethod(driver, 'create_volume', { volume })).toBeNull();
      const { data } = (await callMethod(driver, 'initialize_connection', [
        volume,
        connectorOf('x'),
      ])) as ConnectionInfo;
      expect(data.target_lun).toBe(1);
      await callMethod(driver, 'terminate_connection', { volume, connector: null, force: true });
      const group = { id: '11111111-2222-4333-8444-555555555555' };
      await callMethod(driver, 'create_group', { group });
      await callMethod(driver, 'update_consistencygroup', { context: {}, group, add_volumes: [volume] });
      expect(await callMethod(driver, 'delete_group', { group, volumes: [volume] })).toMatchObject([
        { status: 'deleted' },
        [{}],
      ]);
      for (const [name, args, message] of [
        ['make_volume', {}, /no method 'make_volume'/],
        ['constructor', {}, /no method/],
        ['create_volume', {}, /needs the argument 'volume'/],
        ['create_volume', { volume, size: 3 }, /takes no argument 'size'/],
        ['create_volume', [volume, volume], /takes 1 arguments/],
        ['extend_volume', { volume }, /needs the argument 'new_size'/],
      ] as const)
        await expect(callMethod(driver, name, args)).rejects.toThrow(message);
    } finally {
      await backend.close();
    }
  });

  it('rejects before it is set up', async () => {
    const backend = await newBackend({ setup: false });
    await expect(backend.driver.createVolume(newVolume())).rejects.toMatchObject({ name: 'NetAppDriverException' });
    await backend.close();
  });
});

describe('the number of requests', () => {
  it('of each method stays what it is', async () => {
    const backend = await newBackend();
    try {
      const { driver } = backend;
      const counted = async (action: () => Promise<unknown>) => {
        backend.requests();
        const result = await action();
        return { count: backend.requests().length, result };
      };
      const [volume, other] = [newVolume(), newVolume()];
      const table: Record<string, number> = {};
      const count = async (name: string, action: () => Promise<unknown>) => {
        const { count: requests, result } = await counted(action);
        table[name] = requests;
        return result;
      };
      await count('create_volume', () => driver.createVolume(volume));
      await driver.createVolume(other);
      const snapshots: Snapshot[] = [];
      for (let i = 0; i < 3; i++) {
        const snapshot = newSnapshot(volume);
        const update = (await count(i === 0 ? 'create_snapshot, the first' : 'create_snapshot', () =>
          driver.createSnapshot(snapshot),
        )) as { provider_id: string };
        snapshots.push({ ...snapshot, provider_id: update.provider_id });
      }
      await count('create_volume_from_snapshot', () =>
        driver.createVolumeFromSnapshot(newVolume(), snapshots[0] as Snapshot),
      );
      await count('create_cloned_volume', () => driver.createClonedVolume(newVolume(), volume));
      await count('initialize_connection, new host', () => driver.initializeConnection(volume, connectorOf('a')));
      await count('initialize_connection', () => driver.initializeConnection(other, connectorOf('a')));
      await count('terminate_connection', () => driver.terminateConnection(other, connectorOf('a')));
      await count('extend_volume', () => driver.extendVolume(volume, 2));
      await count('get_pool', () => driver.getPool(volume));
      await count('get_volume_stats', () => driver.getVolumeStats(true));
      await count('delete_snapshot, not the oldest', () => driver.deleteSnapshot(snapshots[1] as Snapshot));
      await count('delete_snapshot, the oldest', () => driver.deleteSnapshot(snapshots[0] as Snapshot));
      const group = { id: '11111111-2222-4333-8444-555555555555' };
      await count('create_group', () => driver.createGroup({}, group));
      await count('update_group, two added', () => driver.updateGroup({}, group, { add_volumes: [volume, other] }));
      const members = [newSnapshot(volume), newSnapshot(other)];
      const groupSnapshot = { id: '22222222-2222-4333-8444-555555555555', group_id: group.id };
      await count('create_group_snapshot', () => driver.createGroupSnapshot({}, groupSnapshot, members));
      await count('delete_volume', () => driver.deleteVolume(other));
      expect(table).toEqual({
        create_volume: 2,
        'create_snapshot, the first': 4,
        create_snapshot: 3,
        create_volume_from_snapshot: 8,
        create_cloned_volume: 12,
        'initialize_connection, new host': 6,
        initialize_connection: 5,
        terminate_connection: 4,
        extend_volume: 2,
        get_pool: 2,
        get_volume_stats: 3,
        'delete_snapshot, not the oldest': 6,
        'delete_snapshot, the oldest': 8,
        create_group: 1,
        'update_group, two added': 5,
        create_group_snapshot: 3,
        delete_volume: 4,
      });
    } finally {
      await backend.close();
    }
  });
});

describe('a long life', () => {
  const lives = repetitions(15, 100);

  it(`of ${lives} volumes with ten snapshots each leaves nothing`, { timeout: 180_000 }, async () => {
    const backend = await newBackend();
    try {
      const { simulator } = backend;
      // Without the proxy between them, which has nothing to break here.
      const driver = await backend.another({ netapp_server_port: Number(new URL(simulator.url).port) });
      const volumes = Array.from({ length: lives }, () => newVolume());
      await Promise.all(volumes.map((volume) => driver.createVolume(volume)));
      const snapshots = await Promise.all(
        volumes.map(async (volume) => {
          const taken = [];
          for (let i = 0; i < 10; i++) {
            const snapshot = newSnapshot(volume);
            taken.push({ ...snapshot, ...(await driver.createSnapshot(snapshot)) });
          }
          return taken;
        }),
      );
      const { tables } = simulator.array;
      expect([tables.snapshotImages.size, tables.snapshotGroups.size]).toEqual([lives * 10, lives]);
      await Promise.all(
        snapshots.map(async (taken) => {
          for (let i = 0; i < 10; i++) await driver.deleteSnapshot(taken[(i * 7 + 3) % 10] as never);
        }),
      );
      expect([tables.snapshotImages.size, tables.snapshotGroups.size, tables.repositories.size]).toEqual([0, 0, 0]);
      await Promise.all(volumes.map((volume) => driver.deleteVolume(volume)));
      expect(tables.volumes.size).toBe(0);
      expect(backend.simulator.array.check()).toEqual([]);
      expect(backend.simulator.array.records.list('keyValue').filter(({ key }) => key.startsWith('cinder-'))).toEqual(
        [],
      );
    } finally {
      await backend.close();
    }
  });
});
