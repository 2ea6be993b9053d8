import { describe, expect, it } from 'vitest';
import { gib } from '../../arrays.js';
import { newServer } from '../../servers.js';

type Row = Readonly<Record<string, number>> & Readonly<Record<string, string>>;

async function busyServer(options: Parameters<typeof newServer>[0] = {}) {
  const server = await newServer(options);
  const { array } = server;
  const poolRef = array.pools.find('DDP_1')?.ref ?? '';
  const volume = array.volumes.create({ label: 'busy', poolRef, capacityBytes: gib });
  array.declaredWorkloads.create('busy', {
    iops: 400,
    readPercent: 75,
    blockBytes: 16_384,
    cacheHitPercent: 20,
    randomPercent: 50,
    latency: { model: 'uniform', readMs: 2, writeMs: 0.5 },
  });
  const rows = async (path: string) => (await server.ask('GET', path)).body as Row[];
  return { ...server, volume, rows };
}

const lists = ['volume', 'drive', 'interface', 'controller'];

describe('analysed statistics', () => {
  it('are empty until there were two collections; those of the system show 0', async () => {
    const { rows, ask, clock } = await busyServer();
    clock.advance(119_000);
    for (const kind of lists) expect(await rows(`analysed-${kind}-statistics`)).toEqual([]);
    const system = (await ask('GET', 'analysed-system-statistics')).body;
    expect([system.combinedIOps, system.storageSystemId]).toEqual([0, '1']);
    clock.advance(1000);
    for (const kind of lists) expect((await rows(`analysed-${kind}-statistics`)).length).toBeGreaterThan(0);
    expect((await ask('GET', 'analysed-system-statistics')).body.combinedIOps).toBe(400);
  });

  it('of a volume are what its workload declares: rates, MiB/s, milliseconds, percent', async () => {
    const { rows, clock, volume } = await busyServer();
    clock.advance(125_000);
    const found = (await rows('analysed-volume-statistics')).find((row) => row.volumeName === 'busy');
    const readMs = 0.2 * 0.015 + 0.8 * 2;
    expect(found).toMatchObject({
      observedTime: '2026-01-01T00:02:00.000+00:00',
      volumeId: volume.ref,
      poolId: volume.poolRef,
      controllerId: volume.currentController,
      mapped: false,
      readIOps: 300,
      writeIOps: 100,
      otherIOps: 0,
      combinedIOps: 400,
      readOps: 18_000,
      writeOps: 6000,
      readThroughput: (300 * 16_384) / 2 ** 20,
      combinedThroughput: (400 * 16_384) / 2 ** 20,
      averageReadOpSize: 16_384,
      averageWriteOpSize: 16_384,
      writeResponseTime: 0.5,
      readHitOps: 3600,
      readCacheUtilization: 20,
      writeCacheUtilization: 100,
      randomIosPercent: 50,
      randomBytesPercent: 50,
      fullStripeWritesBytesPercent: 50,
    });
    expect(found?.readResponseTime).toBeCloseTo(readMs, 10);
    expect(found?.combinedResponseTime).toBeCloseTo((300 * readMs + 100 * 0.5) / 400, 10);
    // Uniform from 0 to twice the mean: the deviation is the mean divided by the root of 3.
    expect(found?.writeResponseTimeStdDev).toBeCloseTo(0.5 / Math.sqrt(3), 4);
  });

  it('of controllers and the system agree with the volumes', async () => {
    const { rows, ask, clock, volume } = await busyServer();
    clock.advance(120_000);
    const controllers = await rows('analysed-controller-statistics');
    const owner = controllers.find((row) => row.controllerId === volume.currentController);
    expect(owner).toMatchObject({
      combinedIOps: 400,
      mirrorBytesPercent: 100,
      ddpBytesPercent: 25,
      randomIosPercent: 50,
    });
    expect(controllers.find((row) => row !== owner)).toMatchObject({ combinedIOps: 0, cpuAvgUtilization: 1 });
    const system = (await ask('GET', 'analysed-system-statistics')).body;
    expect(system).toMatchObject({ readIOps: 300, writeIOps: 100, ddpBytesPercent: 25, storageSystemName: 'demo' });
    expect(system.readResponseTime).toBeCloseTo(owner?.readResponseTime ?? 0, 10);
  });

  it('of drives show the media scan of an idle pool, and nothing of a drive in no pool', async () => {
    const { rows, clock, array } = await busyServer();
    array.declaredWorkloads.delete('workload-1');
    clock.advance(120_000);
    const drives = await rows('analysed-drive-statistics');
    const free = drives.find((row) => (row as Record<string, unknown>).volGroupId === null);
    expect([free?.combinedIOps, free?.readTimeMax, free?.averageQueueDepth]).toEqual([0, 0, 0]);
    const member = drives.find((row) => row.volGroupName === 'DDP_1');
    expect(member?.readIOps).toBeGreaterThan(1);
    expect(member?.averageReadOpSize).toBe(131_072);
  });

  it('of single objects are found by their references', async () => {
    const { rows, ask, clock, volume } = await busyServer();
    expect(await rows(`analysed-volume-statistics/${volume.ref}`)).toEqual([]);
    clock.advance(120_000);
    expect((await rows(`analysed-volume-statistics/${volume.ref}`)).map((row) => row.volumeName)).toEqual(['busy']);
    expect((await ask('GET', 'analysed-volume-statistics/00')).status).toBe(404);
  });

  it('have the window that the option says', async () => {
    const { rows, clock } = await busyServer({ statisticsIntervalSeconds: 10 });
    clock.advance(20_000);
    expect((await rows('analysed-volume-statistics')).find((row) => row.volumeName === 'busy')?.readOps).toBe(3000);
  });

  it('refuse an interval that is none, before anything starts', async () => {
    await expect(newServer({ statisticsIntervalSeconds: 0 })).rejects.toThrow(
      'allowed are whole numbers from 1 to 86400',
    );
  });

  it('of all systems are a list', async () => {
    const path = '/devmgr/v2/storage-systems/analysed-system-statistics';
    const proxy = await busyServer({ mode: 'proxy' });
    proxy.clock.advance(120_000);
    const answer = await proxy.ask('GET', path);
    expect(answer.body.map((row: Row) => [row.storageSystemId, row.combinedIOps])).toEqual([['1', 400]]);
  });
});

describe('analyzed statistics', () => {
  it('come 15 windows a page, latest first, each page by a token that serves once', async () => {
    const { ask, clock } = await busyServer();
    clock.advance(41 * 60_000);
    const path = 'analyzed/system-statistics';
    const seen: string[] = [];
    const first = await ask('GET', `${path}?statisticsFetchTime=86400`);
    let page = first.body;
    for (;;) {
      seen.push(...page.statistics.map((row: Row) => row.observedTime));
      if (page.tokenId === null) break;
      page = (await ask('GET', `${path}?token-id=${page.tokenId}`)).body;
    }
    expect(seen).toHaveLength(40);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(first.body.statistics).toHaveLength(15);
    expect((await ask('GET', `${path}?token-id=${first.body.tokenId}`)).status).toBe(422);
  });

  it('of a token end after a minute, and a token is of its kind', async () => {
    const { ask, clock } = await busyServer();
    clock.advance(20 * 60_000);
    const token = async () => (await ask('GET', 'analyzed/volume-statistics?statisticsFetchTime=3600')).body.tokenId;
    const late = await token();
    const other = await token();
    expect((await ask('GET', `analyzed/drive-statistics?token-id=${other}`)).status).toBe(422);
    clock.advance(61_000);
    expect((await ask('GET', `analyzed/volume-statistics?token-id=${late}`)).status).toBe(422);
  });

  it.each(['system', 'controller', 'volume', 'drive', 'interface'])(
    'of the %s have the rows of analysed ones',
    async (kind) => {
      const { ask, clock } = await busyServer();
      clock.advance(120_000);
      const analysed = (await ask('GET', `analysed-${kind}-statistics`)).body;
      const { tokenId, statistics } = (await ask('GET', `analyzed/${kind}-statistics?statisticsFetchTime=60`)).body;
      expect(tokenId).toBeNull();
      expect(statistics).toEqual(kind === 'system' ? [analysed] : analysed);
    },
  );

  it('need to know how far back', async () => {
    const { ask } = await busyServer();
    for (const query of ['', '?statisticsFetchTime=soon'])
      expect((await ask('GET', `analyzed/volume-statistics${query}`)).status).toBe(422);
  });
});

describe('historical statistics', () => {
  it('have a window of five minutes each, between two moments', async () => {
    const { ask, clock, array } = await busyServer();
    const start = array.now();
    clock.advance(3_600_000);
    const all = (await ask('GET', 'historical-statistics?type=storageSystem')).body;
    expect(all.systemStats.map((row: Row) => row.readOps)).toEqual(Array.from({ length: 11 }, () => 300 * 300));
    expect(all.volumeStats).toEqual([]);
    const some = (
      await ask('GET', `historical-statistics?type=volume&start=${start + 600_000}&end=${start + 1_200_000}`)
    ).body;
    expect(some.volumeStats.filter((row: Row) => row.volumeName === 'busy')).toHaveLength(3);
  });

  it('can be raw: the counters at the ends of these windows', async () => {
    const { ask, clock, volume } = await busyServer();
    clock.advance(900_000);
    const raw = (await ask('GET', `historical-statistics/raw/${volume.ref}?type=volume`)).body;
    expect(raw.volumeStats.map((row: Row) => row.readOps)).toEqual([2, 3].map((count) => count * 300 * 300));
  });

  it('are averaged with their least, their most and their deviation', async () => {
    const { ask, clock, volume } = await busyServer();
    clock.advance(900_000);
    const { volumeStats, systemStats } = (await ask('GET', 'historical-statistics/average?type=volume&length=600000'))
      .body;
    const mine = volumeStats.find((row: Row) => row.id === volume.ref);
    expect(mine.iopsRead).toEqual({ min: 300, max: 300, value: 300, std: 0 });
    expect(mine.throughputRead.value).toBe(300 * 16_384);
    expect(mine.latencyWrite.value).toBe(0.5);
    expect(mine.primaryCacheReadHitPct.value).toBe(20);
    expect(systemStats).toEqual([]);
  });

  it('refuse what is no time', async () => {
    const { ask } = await busyServer();
    expect((await ask('GET', 'historical-statistics?start=yesterday')).status).toBe(422);
    expect((await ask('GET', 'historical-statistics?type=tape')).status).toBe(422);
  });

  it('say which types there are', async () => {
    const { ask } = await busyServer();
    for (const kind of ['', '/raw', '/average'])
      expect((await ask('GET', `historical-statistics/supported-types${kind}`)).body).toContain('storagePool');
  });
});
