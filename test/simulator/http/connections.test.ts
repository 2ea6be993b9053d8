import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConnectionLimits, Connections } from '../../../simulator/http/connections.js';
import { type Simulator, startSimulator } from '../../../simulator/index.js';

const servers: Server[] = [];
const sockets: Socket[] = [];
const simulators: Simulator[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  for (const simulator of simulators.splice(0)) await simulator.close();
});

/** A server of a handler behind the limits. */
async function listen(handler: RequestListener, limits: Partial<ConnectionLimits>): Promise<number> {
  const all = { unanswered: 128, unreadBytes: 2 ** 30, stallMs: 60_000, ...limits };
  const connections = new Connections(all);
  const server = createServer(connections.listener(handler));
  connections.watch(server);
  server.listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function client(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port }).on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;

/** What a socket receives until a text is in it as often as that. */
async function received(socket: Socket, text: string, times: number): Promise<string> {
  let all = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    all += String(chunk);
    if (all.split(text).length > times) break;
  }
  return all;
}

/** Bytes that no system buffer of a connection holds. */
const large = Buffer.alloc(16 * 2 ** 20);

describe('the requests of a connection', () => {
  it('are answered one after the other, in their order', async () => {
    let [atOnce, most] = [0, 0];
    const port = await listen((request, response) => {
      most = Math.max(most, ++atOnce);
      setImmediate(() => response.end(`<${request.url}>`));
      response.once('finish', () => atOnce--);
    }, {});
    const socket = await client(port);
    const paths = Array.from({ length: 50 }, (_, index) => `/${index}`);
    socket.write(paths.map(get).join(''));
    const text = await received(socket, '<', 50);
    expect(text.match(/<[^>]*>/g)).toEqual(paths.map((path) => `<${path}>`));
    expect(most).toBe(1);
  });

  it('close the connection where too many are sent ahead', async () => {
    let handled = 0;
    const port = await listen(() => handled++, { unanswered: 10 });
    const patient = await client(port);
    patient.write(get('/').repeat(10));
    const hasty = await client(port);
    hasty.write(get('/').repeat(11));
    await closed(hasty);
    expect([handled, patient.destroyed]).toEqual([2, false]);
  });

  it('are not answered behind an answer that closes the connection', async () => {
    let handled = 0;
    const port = await listen((_, response) => {
      handled++;
      response.setHeader('connection', 'close').end('bye');
    }, {});
    const socket = await client(port);
    socket.write(get('/').repeat(3));
    socket.resume();
    await closed(socket);
    expect(handled).toBe(1);
  });
});

describe('connections beyond the limit', () => {
  it('get one answer, that there are too many, and are closed; others go on', async () => {
    const port = await listen((_, response) => response.end('fine'), { open: 2 });
    const [first, second] = [await client(port), await client(port)];
    for (const path of ['/devmgr/v2/x', '/sim/v1/arrays']) {
      const third = await client(port);
      third.write(get(path));
      const text = await received(third, '(--max-connections)', 1);
      expect(text).toMatch(/^HTTP\/1\.1 503 /);
      expect(text).toContain('There are 2 connections already');
      await closed(third.resume());
    }
    for (const socket of [first, second]) {
      socket.write(get('/'));
      expect(await received(socket, 'fine', 1)).toMatch(/^HTTP\/1\.1 200 /);
    }
    first.destroy();
    for (;;) {
      const next = await client(port);
      next.write(get('/'));
      const text = await received(next, '\r\n\r\n', 1);
      next.destroy();
      if (text.startsWith('HTTP/1.1 200')) break;
    }
  });

  it('are no more than a few, the oldest makes room', async () => {
    const port = await listen((_, response) => response.end('fine'), { open: 1 });
    await client(port);
    const oldest = await client(port);
    const others = await Promise.all(Array.from({ length: 64 }, () => client(port)));
    await closed(oldest.resume());
    expect(others.filter((socket) => socket.destroyed)).toEqual([]);
  });

  it('see that the simulator is well', async () => {
    const simulator = await startSimulator({ port: 0, iscsi: false, maxConnections: 1 });
    simulators.push(simulator);
    const { port } = new URL(simulator.url);
    await client(Number(port));
    const path = '/sim/v1/health';
    const [health, other] = [await client(Number(port)), await client(Number(port))];
    health.write(get(path));
    other.write(get('/sim/v1/arrays'));
    expect(await received(health, '"status"', 1)).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close/i);
    expect(await received(other, 'tooManyConnections', 1)).toMatch(/^HTTP\/1\.1 503 /);
    await Promise.all([health, other].map((socket) => closed(socket.resume())));
  });
});

describe('a client that does not read', () => {
  it('is let go after a while', async () => {
    const port = await listen((_, response) => response.end(large), { stallMs: 30 });
    const accepted = once(servers[0] as Server, 'connection') as Promise<[Socket]>;
    const socket = await client(port);
    const [ofServer] = await accepted;
    socket.write(get('/'));
    await closed(ofServer);
    expect(ofServer.bytesWritten).toBeGreaterThan(0);
  });

  it('is let go first where the answers of all connections that wait are too many', async () => {
    const port = await listen((_, response) => response.end(large), { unreadBytes: 2.5 * large.length });
    const gone: number[] = [];
    (servers[0] as Server).on('connection', (socket: Socket) => {
      const number = socket.remotePort ?? 0;
      socket.once('close', () => gone.push(number));
    });
    const clients: Socket[] = [];
    for (let number = 0; number < 4; number++) {
      const socket = await client(port);
      socket.write(get('/'));
      clients.push(socket);
      // Its first bytes show that the server has begun to answer.
      await once(socket, 'readable');
    }
    while (gone.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(gone).toEqual(clients.slice(0, 2).map((socket) => socket.localPort));
  });

  it('does not hinder one that reads slowly, but reads', async () => {
    const port = await listen((_, response) => response.end(large), { stallMs: 2000 });
    const socket = await client(port);
    socket.write(get('/'));
    let bytes = 0;
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      bytes += (chunk as Buffer).length;
      if (bytes > large.length) break;
    }
    expect(bytes).toBeGreaterThan(large.length);
    // The connection goes on to be used.
    socket.write(get('/'));
    expect(await received(socket, 'HTTP/1.1 200', 1)).toContain('HTTP/1.1 200');
  });
});

describe('the simulator, asked for large documents by clients that read nothing', () => {
  it.each([
    ['the OpenAPI document, without login', '/docs/json', ''],
    ['the object graph', '/devmgr/v2/storage-systems/1/graph', 'Authorization: Basic YWRtaW46YWRtaW4=\r\n'],
  ])('goes on to answer, and keeps %s once', async (_, path, header) => {
    const simulator = await startSimulator({ port: 0, iscsi: false });
    simulators.push(simulator);
    const { port } = new URL(simulator.url);
    const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${header}\r\n`;
    // What is made once is made before the memory is measured.
    const reader = await client(Number(port));
    reader.write(request);
    await received(reader, 'HTTP/1.1 200', 1);
    const before = process.memoryUsage().rss;
    const greedy = await Promise.all(Array.from({ length: 4 }, () => client(Number(port))));
    for (const socket of greedy) {
      socket.pause();
      socket.write(request.repeat(100));
    }
    for (let number = 0; number < 20; number++) {
      const health = await fetch(`${simulator.controlUrl}/health`);
      expect(health.status).toBe(200);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
    for (const socket of greedy) socket.write(request.repeat(1900));
    await Promise.all(greedy.map((socket) => closed(socket.resume())));
  });
});
