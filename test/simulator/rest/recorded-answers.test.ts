import { beforeEach, describe, expect, it } from 'vitest';
import { firmwareProfile } from '../../../simulator/array/firmware-profile.js';
import { newServer, type TestServer } from '../servers.js';

let server: TestServer;

type Answer = Record<string, unknown>;

async function list(path: string): Promise<Answer[]> {
  return (await server.ask('GET', path)).body;
}

async function newVolume(pool: Answer | undefined, name: string): Promise<Answer> {
  return (await server.ask('POST', 'volumes', { poolId: pool?.id, name, size: 1, sizeUnit: 'gb' })).body;
}

describe('a volume, as arrays show it', () => {
  beforeEach(async () => {
    server = await newServer({ preset: 'ef600' });
  });

  it('has the RAID level of its pieces, the block size of its drives and no dynamic segment sizing', async () => {
    const [diskPool, group] = await list('storage-pools');
    const common = { dssPreallocEnabled: false, dssMaxSegmentSize: 131_072, blkSize: 512, blkSizePhysical: 4096 };
    expect(await newVolume(diskPool, 'v')).toMatchObject({ ...common, raidLevel: 'raid6', diskPool: true });
    expect(diskPool).toMatchObject({ raidLevel: 'raidDiskPool' });
    expect(await newVolume(group, 'w')).toMatchObject({ ...common, raidLevel: 'raid6', diskPool: false });
  });

  it('has its WWN in another order as extended unique identifier', async () => {
    const [diskPool] = await list('storage-pools');
    const { wwn, extendedUniqueIdentifier: eui } = await newVolume(diskPool, 'v');
    const [, vendor, rest, own] = /^6(00A098)(.{9})(.{16})$/.exec(String(wwn)) ?? [];
    expect(eui).toBe(`${own}${vendor}0${rest}`);
  });

  it('has physical blocks of 512 bytes on hard disks', async () => {
    server = await newServer({ preset: 'e2824' });
    const [diskPool] = await list('storage-pools');
    expect(await newVolume(diskPool, 'v')).toMatchObject({ blkSizePhysical: 512 });
  });
});

describe('firmware', () => {
  it('decides what a volume of a disk pool says, how times end and whether pools hold RAID 1', () => {
    expect(firmwareProfile('08.10.15.00')).toMatchObject({
      diskPoolVolumeLevel: 'raidDiskPool',
      utcOffset: '+0000',
      diskPoolsHoldRaid1: false,
    });
    expect(firmwareProfile('08.42.30.05')).toMatchObject({ diskPoolVolumeLevel: 'raid6', dssMaxSegmentBytes: 0 });
    expect(firmwareProfile('08.90.04.00')).toMatchObject({ utcOffset: '+00:00', dssMaxSegmentBytes: 131_072 });
  });
});

describe('other answers, as arrays give them', () => {
  beforeEach(async () => {
    server = await newServer();
  });

  it('the free extent of a disk pool says how much volumes of RAID 6 and RAID 1 could have', async () => {
    const [diskPool, group] = await list('storage-pools');
    const free = Number(diskPool?.freeSpace);
    expect(diskPool?.extents).toMatchObject([
      {
        ddpRAIDCapacities: [
          { ddpVolRAIDLevel: 'raid6', usableCapacity: String(free), allocGranularity: '4294967296' },
          { ddpVolRAIDLevel: 'raid1', usableCapacity: String((free * 5) / 8), allocGranularity: '2684354560' },
        ],
      },
    ]);
    expect(group?.extents).toMatchObject([{ ddpRAIDCapacities: [] }]);
  });

  it('the storage system has four parts of firmware, its boot time, addresses and times with an offset', async () => {
    const { body } = await server.ask('GET', '/devmgr/v2/storage-systems/1');
    expect(body).toMatchObject({
      fwVersion: expect.stringMatching(/^\d\d(\.\d\d){3}$/),
      bootTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+00:00$/),
      lastContacted: expect.stringMatching(/\.000\+00:00$/),
      ip2: expect.stringMatching(/^[\d.]+$/),
    });
    expect(body.managementPaths).toEqual(['127.0.0.1', '10.113.1.191', '10.113.1.192']);
  });

  it('the access volume has a capacity for its protocol, but no size, WWN or owner', async () => {
    const { body } = await server.ask('GET', '/devmgr/v2/storage-systems/1');
    expect(body.accessVolume).toMatchObject({
      capacity: '20971520',
      totalSizeInBytes: '0',
      wwn: null,
      currentControllerId: null,
      preferredControllerId: null,
    });
  });

  it('a stand-alone snapshot image is of no consistency group', async () => {
    const [pool] = await list('storage-pools');
    const volume = await newVolume(pool, 'v');
    const group = await server.ask('POST', 'snapshot-groups', { baseMappableObjectId: volume.id, name: 'g' });
    const image = await server.ask('POST', 'snapshot-images', { groupId: group.body.id });
    expect(image.body.consistencyGroupId).toBeNull();
  });

  it('a refusal of the array names neither fields nor anything for developers', async () => {
    const [pool] = await list('storage-pools');
    await newVolume(pool, 'v');
    const { status, body } = await server.ask('POST', 'volumes', { poolId: pool?.id, name: 'v', size: 1 });
    expect([status, body]).toMatchObject([
      422,
      { retcode: '44', codeType: 'symbol', developerMessage: null, invalidFieldsIfKnown: null },
    ]);
  });

  it('a drive without a key has no key’s name, a controller no host board and nothing to remove', async () => {
    const [drive] = await list('drives');
    expect(drive?.lockKeyIDValue).toBeNull();
    const [controller] = await list('controllers');
    expect(controller).toMatchObject({ hostBoardID: null, repairPolicy: { removalData: { rtrAttributes: null } } });
    expect(String(controller?.partNumber)).toHaveLength(15);
  });

  it('parts have references, texts and parents as recorded', async () => {
    const inventory = (await server.ask('GET', 'hardware-inventory')).body;
    const startsOf = (name: string, ref: string) =>
      inventory[name].map((part: Answer) => String(part[ref]).slice(0, 2));
    expect(startsOf('fans', 'fanRef')).toEqual(['08', '08']);
    expect(startsOf('batteries', 'batteryRef')).toEqual(['09', '09']);
    expect(startsOf('powerSupplies', 'powerSupplyRef')).toEqual(['0A', '0A']);
    expect(startsOf('thermalSensors', 'thermalSensorRef')).toEqual(['0B', '0B']);
    expect(startsOf('supportCRUs', 'supportCRURef')).toEqual(['1C', '1C']);
    const [controller] = inventory.controllers;
    const [first] = inventory.supportCRUs;
    expect(inventory.batteries[0]).toMatchObject({
      batteryTypeData: { parentController: controller.controllerRef },
      physicalLocation: { locationParent: { refType: 'controller', controllerRef: controller.controllerRef } },
      learnCycleData: { batteryLearnCycleInterval: 8 },
      repairPolicy: { replacementMethod: 'self' },
    });
    for (const part of [inventory.fans[0], inventory.powerSupplies[0], inventory.thermalSensors[0]])
      expect(part).toMatchObject({
        rtrAttributes: { parentCru: { type: 'supportCru', parentSupportCru: first.supportCRURef } },
        repairPolicy: { replacementMethod: 'parent' },
      });
    const lengths = (part: Answer) => [String(part.partNumber).length, String(part.vendorName).length];
    expect(lengths(inventory.trays[0])).toEqual([15, 11]);
    expect(lengths(inventory.powerSupplies[0])).toEqual([15, 11]);
    expect(inventory.cacheMemoryDimms).toHaveLength(2);
  });

  it('an online copy shows a hidden view and a hidden group, which no list has', async () => {
    await server.control('POST', '/arrays/1/jobs/progression', { progression: 'stuck' });
    const [pool] = await list('storage-pools');
    const [source, target] = [await newVolume(pool, 'source'), await newVolume(pool, 'target')];
    const copy = await server.ask('POST', 'volume-copy-jobs', {
      sourceId: source.id,
      targetId: target.id,
      onlineCopy: true,
    });
    expect(copy.body).toMatchObject({
      sourceVolume: expect.stringMatching(/^35000000/),
      pgRef: expect.stringMatching(/^33000000/),
      type: 'offline',
      onlineCopy: true,
      cloneCopy: true,
      baseSourceVolumeId: source.id,
      status: 'inProgress',
      copyCompleteTime: '0',
    });
    expect(await list('snapshot-images')).toEqual([]);
    expect(await list('snapshot-groups')).toEqual([]);
    expect(await list('volume-copy-jobs')).toEqual([copy.body]);
  });
});
