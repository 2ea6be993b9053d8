import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { conformance, scenarios } from './conformance.js';
import { driverOperations } from './driver.js';
import { iscsi } from './iscsi.js';
import { requestsPerSecond } from './load.js';
import { otherServers } from './others.js';
import { compare, median, rowsOf } from './rows.js';
import { type BenchServer, startServer } from './servers.js';
import { snapshots } from './snapshots.js';

/** What is measured is the compiled build; its types are the sources'. */
const built = (path: string): Promise<unknown> => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { StorageArray } = (await built(
  'bench/storage-array.js',
)) as typeof import('../../simulator/array/storage-array.js');
const { presets } = (await built('simulator/index.js')) as typeof import('../../simulator/index.js');

const root = '/devmgr/v2/storage-systems/1';
const headers = { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };
const { rows, add: row } = rowsOf();

const simulatorArgs = ['dist/simulator/cli.js', '--port', '0', '--iscsi-port', '0', '--json', '--jobs', 'instant'];
const bareArgs = ['test/bench/bare-fastify.mjs'];

async function readiness(): Promise<void> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let i = 0; i < 7; i++) {
    const simulator = await startServer('node', simulatorArgs, `${root}/volumes`, headers);
    ours.push(simulator.readyMs);
    simulator.stop();
    const server = await startServer('node', bareArgs, '/health');
    bare.push(server.readyMs);
    server.stop();
  }
  row('ready, spawn to first answer, against bare Fastify', median(ours) / median(bare), 2, false);
  row('ready, spawn to first answer', median(ours), 400, false, ' ms');
}

async function json(url: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return answer.json();
}

async function throughput(): Promise<void> {
  const simulator = await startServer(
    'node',
    [...simulatorArgs, '--volumes', '2048'],
    `${root}/storage-pools`,
    headers,
  );
  const bare = await startServer('node', bareArgs, '/health');
  const volumes = (await json(simulator.url, `${root}/volumes`)) as { id: string }[];
  const pools = (await json(simulator.url, `${root}/storage-pools`)) as { id: string }[];
  const [one] = volumes;
  await json(bare.url, '/prepare', { one, list: volumes });
  const others = await otherServers(volumes);
  const volumePath = `${root}/volumes/${one?.id}`;

  const single = await compare({
    simulator: () => requestsPerSecond({ url: simulator.url, headers, request: () => ({ path: volumePath }) }),
    bare: () => requestsPerSecond({ url: bare.url, request: () => ({ path: '/volume/1' }) }),
    ...others.single,
  });
  row('GET of a volume, against bare Fastify', (single.simulator ?? 0) / (single.bare ?? 1), 0.6, true);
  if (single.jsonServer !== undefined)
    row('GET of a volume, against json-server', (single.simulator ?? 0) / single.jsonServer, 5, true);
  if (single.prism !== undefined)
    row('GET of a volume, against prism', (single.simulator ?? 0) / single.prism, 1, true);

  const lists = await compare({
    simulator: () =>
      requestsPerSecond({ url: simulator.url, headers, connections: 2, request: () => ({ path: `${root}/volumes` }) }),
    bare: () => requestsPerSecond({ url: bare.url, connections: 2, request: () => ({ path: '/volumes' }) }),
  });
  row('GET of 2,048 volumes, against bare Fastify', (lists.simulator ?? 0) / (lists.bare ?? 1), 1, true);

  const fresh = await startServer('node', simulatorArgs, `${root}/storage-pools`, headers);
  const poolId = ((await json(fresh.url, `${root}/storage-pools`)) as { id: string }[])[0]?.id ?? pools[0]?.id ?? '';
  let serial = 0;
  const body = () => JSON.stringify({ poolId, name: `bench_${serial++}`, sizeUnit: 'mb', size: '1', segSize: 128 });
  const posts = await compare({
    simulator: async () => {
      await fetch(`${fresh.url}/sim/v1/arrays/1/reset`, { method: 'POST' });
      return requestsPerSecond({
        url: fresh.url,
        headers,
        seconds: 1,
        request: () => ({ path: `${root}/volumes`, body: body() }),
      });
    },
    bare: () => requestsPerSecond({ url: bare.url, seconds: 1, request: () => ({ path: '/volumes', body: body() }) }),
  });
  row('POST of volumes, against bare Fastify and a Map', (posts.simulator ?? 0) / (posts.bare ?? 1), 0.4, true);
  for (const server of [simulator, bare, fresh, ...others.servers] as BenchServer[]) server.stop();
}

function inProcess(): void {
  const preset = presets.demo;
  if (preset === undefined) throw new Error('no demo preset');
  const roomy = { ...preset, limits: { ...preset.limits, volumes: 30_000, volumesPerPool: 30_000 } };
  const create = () => new StorageArray({ preset: roomy, seed: 1 });
  for (let i = 0; i < 5; i++) create();
  row('making an array', median(Array.from({ length: 21 }, () => timed(create))), 5, false, ' ms');
  const array = create();
  row('resetting an array', median(Array.from({ length: 51 }, () => timed(() => array.reset()))), 1, false, ' ms');

  const poolRef = array.pools.find('DDP_1')?.ref ?? '';
  const make = (n: number) => array.volumes.create({ label: `v${n}`, poolRef, capacityBytes: 2 ** 30 });
  for (let n = 0; n < 2000; n++) make(n);
  array.reset();
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const batches: number[] = [];
  for (let batch = 0; batch < 20; batch++)
    batches.push(timed(() => Array.from({ length: 500 }, (_, i) => make(batch * 500 + i))));
  row('the 10,000th volume, against the first', median(batches.slice(-5)) / median(batches.slice(0, 5)), 1.5, false);
  globalThis.gc?.();
  row('10,000 volumes over an empty array', (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20, 60, false, ' MiB');
  array.reset();
  const before = process.memoryUsage().arrayBuffers;
  const large = array.volumes.create({ label: 'large', poolRef, capacityBytes: 2 ** 46 });
  array.io.read(large.ref, 2 ** 45, 4096);
  row(
    'a 64 TiB volume before it is written',
    (process.memoryUsage().arrayBuffers - before) / 2 ** 20,
    1,
    false,
    ' MiB',
  );
}

function timed(what: () => unknown): number {
  const began = performance.now();
  what();
  return performance.now() - began;
}

async function driver(): Promise<string> {
  const operations = await driverOperations();
  const [create] = operations;
  return [
    '| driver operation | against create_volume | REST calls |',
    '|---|---|---|',
    ...operations.map(
      ({ operation, perSecond, requests }) =>
        `| ${operation} | ${(perSecond / (create?.perSecond ?? 1)).toFixed(2)}x | ${requests.toFixed(1)} |`,
    ),
    `create_volume: ${create?.perSecond.toFixed(0)} a second`,
  ].join('\n');
}

/** `npm run bench -- NAME…` runs some of them; without a name all. */
const chosen = process.argv.slice(2);
const parts = ['array', 'rest', 'driver', 'iscsi', 'scenarios', 'conformance'] as const;
const unknown = chosen.find((name) => !parts.some((part) => part === name));
if (unknown !== undefined) {
  process.stderr.write(`bench: there is no part '${unknown}': allowed are ${parts.join(', ')}\n`);
  process.exit(2);
}
const wants = (part: (typeof parts)[number]) => chosen.length === 0 || chosen.includes(part);

if (!existsSync('.bench')) mkdirSync('.bench');
if (wants('array')) inProcess();
if (wants('rest')) {
  await readiness();
  await throughput();
}
const driverTable = wants('driver') ? await driver() : '';
if (wants('iscsi')) {
  await iscsi(row);
  await snapshots(row);
}
if (wants('scenarios')) await scenarios(row);
if (wants('conformance')) await conformance(row);
const table = [
  '| what | measured | to reach | |',
  '|---|---|---|---|',
  ...rows.map(
    ({ what, measured, wanted, met }) => `| ${what} | ${measured} | ${wanted} | ${met ? 'met' : 'NOT MET'} |`,
  ),
].join('\n');
const machine = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.versions.node}`;
const report = `${machine}\n\n${table}\n\n${driverTable}\n`;
process.stdout.write(report);
writeFileSync('.bench/table.md', report);
