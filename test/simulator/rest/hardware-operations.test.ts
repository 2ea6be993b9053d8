import { beforeEach, describe, expect, it } from 'vitest';
import { gib } from '../arrays.js';
import { type ArrayServer, newArrayServer } from './array-server.js';

let server: ArrayServer;

beforeEach(() => {
  server = newArrayServer();
});

const bytesPerSecond = 1e9;
const free = (media: 'hdd' | 'ssd') => server.array.drives.unassigned(media, 2);
const timed = () => server.array.jobs.setProgression({ mode: 'timed', bytesPerSecond });

describe('identification', () => {
  it('makes the drives of a pool and the trays blink until it is stopped', async () => {
    const [tray] = server.array.tables.trays.toJSON();
    expect((await server.post('identify', { pools: [server.groupRef], trays: [tray?.ref] })).status).toBe(204);
    const blinking = async () =>
      ((await server.get('drives')).body as { id: string; locateInProgress: boolean }[])
        .filter(({ locateInProgress }) => locateInProgress)
        .map(({ id }) => id);
    expect(await blinking()).toEqual(server.array.drives.inPool(server.groupRef).map(({ ref }) => ref));
    expect((await server.get('hardware-inventory')).body).toMatchObject({ trays: [{ locateTray: true }] });
    expect((await server.delete('identify')).status).toBe(204);
    expect(await blinking()).toEqual([]);
    expect((await server.get('hardware-inventory')).body).toMatchObject({ trays: [{ locateTray: false }] });
  });

  it('starts nothing when a part of what is named is not there', async () => {
    const [drive = ''] = free('ssd');
    expect((await server.post('identify', { drives: [drive, 'none'] })).status).toBe(404);
    expect(server.array.drives.require(drive).locating).toBe(false);
  });
});

describe('the settings of a tray', () => {
  it('are its numbers, which can be read back', async () => {
    const [{ id }] = (await server.get('tray')).body as [{ id: string }];
    expect((await server.post(`tray/${id}`, { serialNumber: 'NEW1' })).status).toBe(202);
    expect((await server.get(`tray/${id}`)).body).toMatchObject({
      id,
      serialNumber: 'NEW1',
      partNumber: '111-02824+A0',
    });
    expect((await server.post(`tray/${id}`, { serialNumber: '' })).status).toBe(422);
    expect((await server.get('tray/none')).status).toBe(404);
  });
});

describe('erasing drives', () => {
  it('takes as long as estimated, shows its progress, and leaves them free', async () => {
    timed();
    const driveRefs = free('hdd');
    const raw = server.array.drives.require(driveRefs[0] ?? '').rawBytes;
    const seconds = raw / bytesPerSecond;
    const minutes = Math.ceil(seconds / 60);
    expect((await server.post('drives/erase/estimate', { driveRefs })).body).toEqual({ timeToCompletion: minutes });
    expect((await server.post('drives/erase/start', { driveRefs })).status).toBe(204);
    server.clock.advance(seconds * 500);
    expect((await server.get('drives/erase/progress')).body).toMatchObject({
      driveOperations: driveRefs.map((driveRef) => ({ driveRef, percentComplete: 50 })),
    });
    expect((await server.get(`drives/${driveRefs[0]}`)).body).toMatchObject({ status: 'sanitizing', available: false });
    expect((await server.post('drives/erase/start', { driveRefs })).status).toBe(422);
    server.clock.advance(seconds * 500);
    expect((await server.get('drives/erase/progress')).body).toEqual({ driveOperations: [] });
    expect((await server.get(`drives/${driveRefs[0]}`)).body).toMatchObject({ status: 'optimal', available: true });
  });

  it('leaves a drive failed that fails meanwhile', async () => {
    timed();
    const [drive = ''] = free('hdd');
    await server.post('drives/erase/start', { driveRefs: [drive] });
    server.array.drives.fail(drive);
    server.clock.advance(1e9);
    expect((await server.get(`drives/${drive}`)).body).toMatchObject({ status: 'failed', available: false });
  });

  it('is refused of drives in use, and of none', async () => {
    const used = server.array.drives.inPool(server.groupRef).map(({ ref }) => ref);
    for (const path of ['drives/erase/start', 'drives/erase/estimate']) {
      expect((await server.post(path, { driveRefs: [...free('ssd'), ...used] })).status).toBe(422);
      expect((await server.post(path, { driveRefs: [] })).status).toBe(422);
      expect((await server.post(path, { driveRefs: ['none'] })).status).toBe(404);
    }
    expect(server.array.tables.drives.toJSON().filter(({ status }) => status !== 'optimal')).toEqual([]);
  });
});

describe('choosing drives', () => {
  it('gives as many free drives of one kind as are wanted, or 204', async () => {
    const found = await server.post('drives', { driveCount: 2, driveType: 'ssd' });
    expect(found.body).toMatchObject([{ driveMediaType: 'ssd', available: true }, { driveMediaType: 'ssd' }]);
    expect((await server.post('drives', { driveCount: 5, driveType: 'ssd' })).status).toBe(204);
    const large = { driveCount: 2, driveType: 'hdd', raidLevel: 'raid1', sizeUnit: 'tb' };
    expect((await server.post('drives', { ...large, targetUsableCapacity: 9 })).body).toHaveLength(2);
    expect((await server.post('drives', { ...large, targetUsableCapacity: 10 })).status).toBe(204);
    expect((await server.post('drives', { driveCount: 1, driveCapacityMin: '20', sizeUnit: 'tb' })).status).toBe(204);
    expect((await server.post('drives', {})).status).toBe(422);
  });

  it('names what can replace a drive: free ones of its kind', async () => {
    const [used] = server.array.drives.inPool(server.groupRef);
    const { body } = await server.get(`drives/${used?.ref}/replace`);
    const ssds = server.array.drives.available().filter(({ media }) => media === 'ssd');
    expect(body).toEqual({ drives: ssds.map(({ ref }) => ref) });
    expect((await server.get('drives/none/replace')).status).toBe(404);
  });
});

describe('security of drives', () => {
  it('is reset only where it is on and the drive is free', async () => {
    const [drive = ''] = free('ssd');
    expect((await server.post('drives/reset-security-key', { driveIds: [drive] })).status).toBe(422);
    server.array.transact(() => server.array.tables.drives.patch(drive, { fdeEnabled: true }));
    expect((await server.post('drives/reset-security-key', { driveIds: [drive] })).status).toBe(204);
    expect(server.array.drives.require(drive).fdeEnabled).toBe(false);
    const psid = { physicalSecurityId: 'P' };
    expect((await server.post(`drives/${drive}/security`, psid)).status).toBe(422);
    expect((await server.post('drives/none/security', psid)).status).toBe(404);
  });
});

describe('what drives log', () => {
  it('counts what the volumes on them did', async () => {
    const { array, clock } = server;
    const volume = array.volumes.create({ label: 'v', poolRef: server.groupRef, capacityBytes: gib });
    array.declaredWorkloads.create(volume.ref, { iops: 1000, readPercent: 0 });
    clock.advance(3_600_000);
    const [member] = array.drives.inPool(server.groupRef);
    const log = (await server.get(`drives/${member?.ref}/drive-log-data`)).body as Record<string, string>;
    const counted = array.statistics.live().drives.get(member?.ref ?? '')?.writeBytes ?? 0;
    expect(counted).toBeGreaterThan(0);
    expect(log.totalHostWriteBlockCount).toBe(String(Math.floor(counted / 512)));
    const { body } = await server.get('drives/drive-health-history');
    const [{ ssdDriveWearStatistics: wear }] = (body as { collections: [{ ssdDriveWearStatistics: object[] }] })
      .collections;
    expect(wear).toContainEqual(
      expect.objectContaining({
        driveWwn: member?.wwn,
        totalBytesWritten: String(counted),
        volumeGroupName: 'SSD_R6',
        driveUsageType: 'volumeGroup',
      }),
    );
    expect((await server.get('drives/drive-log-data')).body).toHaveLength(array.tables.drives.size);
    expect((await server.get('drives/unreadable-sectors')).body).toMatchObject({ database: [] });
  });
});

describe('a controller', () => {
  it('answers a ping while it is up', async () => {
    const [a, b] = server.array.controllers.list();
    server.array.controllers.setStatus(b?.ref ?? '', 'failed');
    expect((await server.post(`controllers/${a?.ref}/ping`)).status).toBe(204);
    expect((await server.post(`controllers/${b?.ref}/ping`)).status).toBe(422);
    expect((await server.post('controllers/none/ping')).status).toBe(404);
  });

  it('has regions of NVSRAM of its own', async () => {
    const [a, b] = server.array.controllers.list();
    const region = { nvsramRegionId: 'subsystemId' };
    const read = async (ref: string | undefined, body?: object) =>
      (await server.post(`controllers/${ref}/nvsram-region-data`, body)).body as { nvsramRegionData: object[] };
    expect((await read(a?.ref)).nvsramRegionData).toHaveLength(11);
    const [one] = (await read(a?.ref, region)).nvsramRegionData;
    expect(one).toEqual((await read(a?.ref, region)).nvsramRegionData[0]);
    expect(one).not.toEqual((await read(b?.ref, region)).nvsramRegionData[0]);
    expect((await server.post(`controllers/${a?.ref}/nvsram-region-data`, { nvsramRegionId: 'x' })).status).toBe(422);
  });
});

describe('host interfaces', () => {
  it('speak iSCSI and can be told nothing else', async () => {
    const ports = server.array.iscsiTarget.ports();
    const { body } = await server.get('host-interfaces/protocols');
    expect(body).toHaveLength(ports.length);
    expect((await server.post('host-interfaces/protocol', { protocolType: 'iscsi' })).status).toBe(200);
    expect((await server.post('host-interfaces/protocol', { protocolType: 'nvmeRoce' })).status).toBe(422);
    expect((await server.post(`nvmeof/interfaces/${ports[0]?.ref}`, { settings: {} })).status).toBe(422);
    expect((await server.post('nvmeof/interfaces/none', { settings: {} })).status).toBe(404);
    expect((await server.post(`nvmeof/interfaces/${ports[0]?.ref}`, {})).status).toBe(422);
  });

  it('treat hosts by the values of their type', async () => {
    expect((await server.get('host-type-values/28')).body).toMatchObject({
      hostType: 'LnxDHALUA',
      asymmetricLUAccess: true,
      default: true,
    });
    expect((await server.get('host-type-values/5')).body).toMatchObject({
      autoLUNTransfer: true,
      tpgsSupported: false,
    });
    expect((await server.get('host-type-values')).body).toHaveLength(20);
    expect((await server.get('host-type-values/3')).status).toBe(404);
    expect((await server.get('hardware-inventory/connections')).status).toBe(200);
  });
});

describe('temperatures and power', () => {
  interface Power {
    powerInputInfo: { totalPowerInWatts: number; trayPowerInputData: [{ inputPowerInWatts: [number, number] }] };
  }
  const power = async () => ((await server.get('diagnostic-data/power-input-data')).body as Power).powerInputInfo;

  it('follow the parts: a tray takes all its power through the supply that is left', async () => {
    const before = await power();
    server.array.components.setStatus('powerSupply', 2, 'failed');
    const after = await power();
    const [{ inputPowerInWatts: supplies }] = after.trayPowerInputData;
    expect(supplies).toEqual([before.totalPowerInWatts, 0]);
    const [drive] = server.array.drives.available();
    server.array.drives.remove(drive?.ref ?? '');
    expect((await power()).totalPowerInWatts).toBeLessThan(after.totalPowerInWatts);
    expect((await server.get('diagnostic-data/power-input-historical-data')).body).toHaveLength(1);
    expect((await server.get('symbol/getEnergyStarData')).body).toMatchObject({
      energyStarData: {
        totalPower: (await power()).totalPowerInWatts,
        trayPower: [{ inputPower: [expect.any(Number), 0] }],
      },
    });
  });

  it('show a sensor that is too warm, and leave out what was removed', async () => {
    const sensors = async () => {
      const { body } = await server.get('diagnostic-data/temperature-information');
      const { enclosureTemperatureInfo: info } = body as {
        enclosureTemperatureInfo: { thermalSensorInfoData: { currentTempInCelsius: number }[] };
      };
      return info.thermalSensorInfoData.map(({ currentTempInCelsius }) => currentTempInCelsius);
    };
    const [normal = 0] = await sensors();
    server.array.components.setStatus('temperatureSensor', 1, 'maxTempExceed');
    expect((await sensors())[0]).toBeGreaterThan(normal);
    server.array.components.setStatus('temperatureSensor', 1, 'removed');
    expect(await sensors()).toEqual([normal]);
  });
});

describe('features', () => {
  it.each([
    'arvm',
    'concat-volume',
    'disk-pool',
    'embedded-snmp-agent',
    'mel',
    'pit-groups',
    'remote-target-volume',
    'thin-volume',
  ])('tell their defaults: %s', async (feature) => {
    const { status, body } = await server.get(`features/defaults/${feature}`);
    expect(status).toBe(200);
    expect(Object.keys(body as object)).not.toEqual([]);
  });

  it('have the limits that the array keeps', async () => {
    expect((await server.get('features/defaults/pit-groups')).body).toMatchObject({
      maxViewsPerPit: server.array.system.limits.viewsPerImage,
    });
    expect((await server.get('features/defaults/disk-pool')).body).toMatchObject({
      minimumDriveCount: 11,
      maxVolumeSizeInMb: String(server.array.system.limits.maxVolumeBytes / 2 ** 20),
    });
  });

  it('are what the SYMbol procedure tells, byte counts as numbers there', async () => {
    const bySymbol = await server.post('symbol/getSystemAttributeDefaults', '');
    const pools = (await server.get('features/defaults/disk-pool')).body as Record<string, unknown>;
    expect(bySymbol.body).toMatchObject({
      returnCode: 'ok',
      defaults: {
        volumeDefaultAttributes: { segmentSize: 131_072 },
        diskPoolDefaultAttributes: {
          poolUtilizationWarningThreshold: pools.poolUtilizationWarnThreshold,
          poolUtilizationCriticalThreshold: pools.poolUtilizationCriticalThreshold,
          degradedReconstructPriority: pools.degradedReconstructPriority,
          maxVolumeSizeInMegabytes: Number(pools.maxVolumeSizeInMb),
          maxDCEDriveCount: 60,
          reposGranularity: 2 ** 32,
          maxTotalDiskPoolSupportInMegabytes: Number(pools.maxTotalDiskPoolSupportInMb),
          minimumDriveCount: 11,
        },
        pitGroupsDefaultAttributes: {
          maxViewsPerPIT: server.array.system.limits.viewsPerImage,
          minimumRepositoryCapacityInBytes: 2 ** 25,
          defaultRepositoryUtilizationWarningThreshold: 75,
        },
      },
    });
  });
});

describe('a feature that the model does not have', () => {
  const creations = {
    'legacy-snapshots': { baseVolumeId: 'b', name: 'n', warningThreshold: 80 },
    'remote-mirror-pairs': {
      srcVolID: 's',
      tgtVolWWN: 't',
      remoteArrayId: 'r',
      copyType: 0,
      priority: 0,
      autoResync: true,
    },
    'remote-storage': { name: 'n', remoteStorageType: 'genericTarget' },
    'remote-storage-volumes': { name: 'n', remoteStorageId: 'r', lunNumber: 1 },
    'remote-volume-import': { sourceVolumeId: 's', targetVolumeId: 't' },
  };

  it.each(Object.entries(creations))('%s: lists nothing, makes nothing, and knows no object', async (path, body) => {
    expect((await server.get(path)).body).toEqual([]);
    expect(await server.post(path, body)).toMatchObject({ status: 422, body: { retcode: '15' } });
    expect(await server.post(path, {})).toMatchObject({ status: 422, body: { retcode: 'missingField' } });
    expect((await server.delete(`${path}/x`)).status).toBe(404);
  });

  it('has no pending snapshot image and no snapshot schedule', async () => {
    expect((await server.get('snapshot-schedules/x')).status).toBe(404);
    expect((await server.post('snapshot-groups/x/cancel-pending-snapshot-image')).status).toBe(404);
  });
});
