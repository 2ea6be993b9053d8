import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyServer, newFaultyServer } from './faulty-server.js';

let server: FaultyServer;

beforeEach(async () => {
  server = await newFaultyServer();
});

afterEach(() => {
  expect(server.array.check()).toEqual([]);
});

const get = async (path: string) => (await server.ask('GET', path)).body;

async function events(): Promise<string[]> {
  return (await get('mel-events?count=8192')).map((each: { description: string }) => each.description);
}

async function failures(): Promise<string[]> {
  return (await get('failures')).map((each: { failureType: string }) => each.failureType);
}

async function volume(label: string) {
  return (await get('volumes')).find((each: { label: string }) => each.label === label);
}

/** Breaks something, looks at it, and mends it. */
async function whileBroken(rule: Parameters<FaultyServer['breaks']>[0], look: () => Promise<void>): Promise<void> {
  const id = await server.breaks(rule);
  await look();
  expect((await server.control('DELETE', `/faults/${id}`)).status).toBe(204);
}

describe('a controller that goes offline', () => {
  it('loses its volumes to the other one, which shows everywhere; preferred ownership stays', async () => {
    for (const name of ['a', 'b']) await server.newVolume(name);
    const before = [await volume('a'), await volume('b')];
    const [first, second] = await get('controllers');
    expect(new Set(before.map((each) => each.currentManager))).toEqual(
      new Set([first.controllerRef, second.controllerRef]),
    );
    await whileBroken({ what: { do: 'controller', controller: 'B' } }, async () => {
      expect((await get('controllers')).map((each: { status: string }) => each.status)).toEqual(['optimal', 'failed']);
      for (const label of ['a', 'b']) expect((await volume(label)).currentManager).toBe(first.controllerRef);
      expect([(await volume('a')).preferredManager, (await volume('b')).preferredManager]).toEqual(
        before.map((each) => each.preferredManager),
      );
      expect(await failures()).toContain('offlineCtl');
      expect(await events()).toContain('Controller placed offline (failed)');
    });
    expect((await get('controllers')).map((each: { status: string }) => each.status)).toEqual(['optimal', 'optimal']);
    expect(await events()).toContain('Controller placed online');
    expect(await failures()).toEqual([]);
  });

  it('is the last one: it cannot, and the rule says so', async () => {
    await server.breaks({ what: { do: 'controller', controller: 'A', state: 'service-mode' } });
    expect((await get('controllers'))[0].status).toBe('serviceMode');
    const refused = await server.control('POST', '/faults', { what: { do: 'controller', controller: 'B' } });
    expect([refused.status, refused.body.error.code]).toEqual([422, 'notDualActive']);
    expect(server.faults.list()).toHaveLength(1);
  });
});

describe('a drive', () => {
  it('that fails degrades its pool until it is replaced', async () => {
    server = await newFaultyServer({ jobs: 'stuck' });
    const pool = server.array.pools.find('DDP_1');
    const [drive] = server.array.drives.inPool(pool?.ref ?? '');
    await whileBroken({ what: { do: 'drive', drive: drive?.ref ?? '' } }, async () => {
      expect((await get(`drives/${drive?.ref}`)).status).toBe('failed');
      expect((await get(`storage-pools/${pool?.ref}`)).raidStatus).toBe('degraded');
      expect(await failures()).toEqual(expect.arrayContaining(['failedDrive', 'degradedVolume']));
      expect(await events()).toContain('Drive manually failed');
    });
    expect((await get(`drives/${drive?.ref}`)).status).toBe('optimal');
  });

  it('is named by tray and slot, and comes back by itself after a while', async () => {
    await server.breaks({ what: { do: 'drive', drive: '99/3', state: 'removed', for: '10m' } });
    const ailing = () => server.array.drives.ailing().map(({ slot, status }) => [slot, status]);
    const missing = server.array.tables.drives.toJSON().filter(({ status }) => status === 'removed');
    expect(missing.map(({ slot }) => slot)).toEqual([3]);
    await server.control('POST', '/clock', { advance: '10m' });
    expect(ailing()).toEqual([]);
    expect(server.array.tables.drives.toJSON().filter(({ status }) => status === 'removed')).toEqual([]);
  });
});

describe('a host port', () => {
  it('loses its link', async () => {
    const links = async () =>
      (await get('interfaces?interfaceType=iscsi&channelType=hostside')).map(
        (each: { ioInterfaceTypeData: { iscsi: { interfaceData: { ethernetData: { linkStatus: string } } } } }) =>
          each.ioInterfaceTypeData.iscsi.interfaceData.ethernetData.linkStatus,
      );
    const before = await links();
    await whileBroken({ what: { do: 'port', port: 'A1' } }, async () => {
      const now: string[] = await links();
      expect(now.filter((each, index) => each !== before[index])).toEqual(['down']);
    });
    expect(await links()).toEqual(before);
  });
});

describe('other parts', () => {
  it.each([
    [{ do: 'power-supply', slot: 2 }, 'powerSupplies', 'failed', 'failedPowerSupply'],
    [{ do: 'fan', state: 'removed' }, 'fans', 'removed', 'removedFan'],
    [{ do: 'battery', controller: 'B', state: 'expired' }, 'batteries', 'expired', 'expiredBattery'],
    [{ do: 'temperature', state: 'maximum-exceeded' }, 'thermalSensors', 'maxTempExceed', 'maxTempExceeded'],
  ] as const)('%o shows in the inventory, the failures and the log', async (what, list, status, failure) => {
    const statuses = async () => (await get('hardware-inventory'))[list].map((each: { status: string }) => each.status);
    const before: string[] = await statuses();
    const logged = (await events()).length;
    await whileBroken({ what }, async () => {
      const now: string[] = await statuses();
      expect(now.filter((each, index) => each !== before[index])).toEqual([status]);
      expect(await failures()).toContain(failure);
      expect((await events()).length).toBeGreaterThan(logged);
    });
    expect(await statuses()).toEqual(before);
    expect(await failures()).toEqual([]);
  });

  it('that hold the cache suspend write caching of every volume', async () => {
    await server.newVolume('v');
    const cache = async () => (await volume('v')).cache.writeCacheActive;
    const before = await cache();
    await whileBroken({ what: 'battery' }, async () => {
      expect([before, await cache()]).toEqual([true, false]);
      expect(await failures()).toContain('writebackCachingDisabled');
    });
    expect(await cache()).toBe(true);
  });
});

describe('room', () => {
  it('is gone from a pool: what needs some is refused until it is given back', async () => {
    const pool = server.array.pools.find('DDP_1');
    const free = async () => BigInt((await get(`storage-pools/${pool?.ref}`)).freeSpace);
    const before = await free();
    await whileBroken({ what: { do: 'fill-pool', pool: 'DDP_1' } }, async () => {
      expect((await server.newVolume('v')).status).toBe(422);
      expect((await free()) < 8n * 2n ** 30n).toBe(true);
    });
    expect(await free()).toBe(before);
    expect((await server.newVolume('v')).status).toBe(200);
  });

  it('is gone from the repository of a snapshot group', async () => {
    const { body: base } = await server.newVolume('base');
    const group = await server.ask('POST', 'snapshot-groups', {
      baseMappableObjectId: base.id,
      name: 'g',
      repositoryPercentage: 20,
      fullPolicy: 'failbasewrites',
    });
    await server.ask('POST', 'snapshot-images', { groupId: group.body.id });
    await whileBroken({ what: { do: 'fill-repository', of: 'base' } }, async () => {
      const [shown] = await get('snapshot-groups');
      expect(shown.status).toBe('full');
      expect(await failures()).toContain('pitGroupRepositoryFull');
    });
    expect((await get('snapshot-groups'))[0].status).toBe('optimal');
  });
});

describe('what breaks at a request', () => {
  it('breaks before it is served, and as often as told', async () => {
    const id = await server.breaks({ when: { request: 'POST volumes', object: 'b' }, what: { do: 'fan' } });
    await server.newVolume('a');
    expect(server.array.components.status('fan', 1)).toBe('optimal');
    await server.newVolume('b');
    expect(server.array.components.status('fan', 1)).toBe('failed');
    expect(server.counts(id)).toEqual({ looks: 1, hits: 1 });
  });

  it('cannot break then: the rule says why when it is looked at', async () => {
    const id = await server.breaks({
      when: { request: 'POST volumes' },
      what: { do: 'fill-repository', of: 'nothing' },
    });
    expect((await server.newVolume('a')).status).toBe(200);
    expect((await server.control('GET', `/faults/${id}`)).body.error).toContain('nothing');
  });
});

describe('a job that a rule slowed down', () => {
  it('goes on as the array is configured when the rule goes', async () => {
    const server = await newFaultyServer();
    server.faults.add({ id: 'slow', when: { job: 'volumeCopy' }, what: { do: 'job', progression: 'stuck' } });
    const [sourceId, targetId] = [await server.newVolume('source'), await server.newVolume('target')].map(
      ({ body }) => body.id,
    );
    const { body: copy } = await server.ask('POST', 'volume-copy-jobs', { sourceId, targetId });
    const statusOf = async () => (await server.ask('GET', `volume-copy-jobs/${copy.id}`)).body.status;
    await server.control('POST', '/clock', { advance: '10h' });
    expect(await statusOf()).toBe('inProgress');
    server.faults.remove('slow');
    expect(await statusOf()).toBe('complete');
    expect(server.array.check()).toEqual([]);
    await server.close();
  });
});
