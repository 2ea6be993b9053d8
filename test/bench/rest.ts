import { type LoadOptions, requestsPerSecond } from './load.js';
import { otherServers } from './others.js';
import { type AddRow, compare, ratios } from './rows.js';
import { type BenchServer, startServer } from './servers.js';

const root = '/devmgr/v2/storage-systems/1';
const headers = { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };

const simulatorArgs = ['dist/simulator/cli.js', '--port', '0', '--iscsi-port', '0', '--json', '--jobs', 'instant'];
const bareArgs = ['test/bench/bare-fastify.mjs'];

/** A pool has room for 16,384 volumes: each measurement of POST makes fewer, on an array that was reset. */
const mostPosts = 8000;

/** The web services over sockets, beside bare Fastify, json-server and Prism. */
export async function rest(row: AddRow): Promise<void> {
  await readiness(row);
  const args = [...simulatorArgs, '--volumes', '2048'];
  const simulator = await startServer('node', args, `${root}/storage-pools`, headers);
  const bare = await startServer('node', bareArgs, '/health');
  const volumes = (await json(simulator.url, `${root}/volumes`)) as { id: string }[];
  await json(bare.url, '/prepare', { one: volumes[0], list: volumes });
  const others = await otherServers(volumes);
  try {
    await gets(row, { simulator, bare, others: others.single, volumes });
    await posts(row, bare);
  } finally {
    for (const server of [simulator, bare, ...others.servers]) server.stop();
  }
}

async function readiness(row: AddRow): Promise<void> {
  const started = async (args: readonly string[], path: string, as: Record<string, string> = {}) => {
    const server = await startServer('node', args, path, as);
    server.stop();
    return server.readyMs;
  };
  const ready = await compare(
    {
      ours: () => started(simulatorArgs, `${root}/volumes`, headers),
      bare: () => started(bareArgs, '/health'),
    },
    7,
  );
  row('ready, spawn to first answer, against bare Fastify', ratios(ready.ours, ready.bare), 2, false);
  row('ready, spawn to first answer', ready.ours, 400, false, ' ms');
}

interface Getting {
  readonly simulator: BenchServer;
  readonly bare: BenchServer;
  readonly others: Awaited<ReturnType<typeof otherServers>>['single'];
  readonly volumes: readonly { readonly id: string }[];
}

async function gets(row: AddRow, { simulator, bare, others, volumes }: Getting): Promise<void> {
  const of = (path: string, connections = 8): Pick<LoadOptions, 'connections' | 'request'> => ({
    connections,
    request: () => ({ path }),
  });
  const volumePath = `${root}/volumes/${volumes[0]?.id}`;
  const single = await compare<string>({
    simulator: () => requestsPerSecond({ url: simulator.url, headers, ...of(volumePath) }),
    bare: () => requestsPerSecond({ url: bare.url, ...of('/volume/1') }),
    ...others,
  });
  const ours = single.simulator ?? [];
  row('GET of a volume, against bare Fastify', ratios(ours, single.bare ?? []), 0.6, true);
  for (const [name, title, wanted] of [['jsonServer', 'json-server', 5] as const, ['prism', 'prism', 1] as const])
    if (single[name] !== undefined) row(`GET of a volume, against ${title}`, ratios(ours, single[name]), wanted, true);

  const lists = await compare({
    simulator: () => requestsPerSecond({ url: simulator.url, headers, ...of(`${root}/volumes`, 2) }),
    bare: () => requestsPerSecond({ url: bare.url, ...of('/volumes', 2) }),
  });
  row('GET of 2,048 volumes, against bare Fastify', ratios(lists.simulator, lists.bare), 1, true);
}

async function posts(row: AddRow, bare: BenchServer): Promise<void> {
  const fresh = await startServer('node', simulatorArgs, `${root}/storage-pools`, headers);
  try {
    const [pool] = (await json(fresh.url, `${root}/storage-pools`)) as { id: string }[];
    let serial = 0;
    const body = () =>
      JSON.stringify({ poolId: pool?.id, name: `bench_${serial++}`, sizeUnit: 'mb', size: '1', segSize: 128 });
    const bounds = { seconds: 1, most: mostPosts };
    const made = await compare({
      simulator: async () => {
        await fetch(`${fresh.url}/sim/v1/arrays/1/reset`, { method: 'POST' });
        const request = () => ({ path: `${root}/volumes`, body: body() });
        return requestsPerSecond({ url: fresh.url, headers, ...bounds, request });
      },
      bare: () => requestsPerSecond({ url: bare.url, ...bounds, request: () => ({ path: '/volumes', body: body() }) }),
    });
    row('POST of volumes, against bare Fastify and a Map', ratios(made.simulator, made.bare), 0.4, true);
  } finally {
    fresh.stop();
  }
}

async function json(url: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return answer.json();
}
