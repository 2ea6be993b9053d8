import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/index.js';
import { eventLine, journal } from '../../simulator/journal-command.js';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function simulator(options: Parameters<typeof startSimulator>[0] = {}): Promise<Simulator> {
  const started = await startSimulator({ port: 0, jobs: 'instant', clock: 'manual', ...options });
  open.push(started);
  return started;
}

/** Runs the command; `onLine` is told of what it writes, and may end it. */
async function followed(args: readonly string[], onText: (text: string, end: () => void) => void = () => undefined) {
  const ending = new AbortController();
  const written = { out: '', err: '' };
  const into = (name: 'out' | 'err') => ({
    write: (text: string) => {
      written[name] += text;
      onText(text, () => ending.abort());
    },
  });
  const pauses: number[] = [];
  const pause = async (durationMs: number) => void pauses.push(durationMs);
  const code = await journal(args, { out: into('out'), err: into('err'), signal: ending.signal, pause });
  return { code, pauses, ...written };
}

/** Asks for something of an array again and again until the command has seen it: when it listens cannot be known. */
async function seen(url: string, args: readonly string[], password = 'admin') {
  const basic = Buffer.from(`admin:${password}`).toString('base64');
  const ask = () =>
    fetch(`${url}/devmgr/v2/storage-systems/1/volumes`, { headers: { authorization: `Basic ${basic}` } });
  let isOver = false;
  const asking = (async () => {
    while (!isOver) await ask();
  })();
  const found = await followed(['--url', url, ...args]);
  isOver = true;
  await asking;
  return found;
}

describe('eseries-simulator journal', () => {
  it('shows a line for each event, and names the one to go on after', async () => {
    const { url } = await simulator();
    const { code, out, err } = await seen(url, ['--kinds', 'request', '--count', '1']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} \[1\] request GET \/devmgr\/v2\/storage-systems\/1\/volumes 200 \d+\.\d ms\n$/,
    );
    expect(err).toMatch(/^--last-event-id \w+-\d+ goes on from here\.\n$/);
  });

  it('goes on after the event that it is given, and leaves none out', async () => {
    const { url } = await simulator();
    const first = await seen(url, ['--kinds', 'request', '--count', '1', '--json']);
    const { id, entry } = JSON.parse(first.out) as { id: string; entry: number };
    const next = await seen(url, ['--kinds', 'request', '--count', '1', '--json', '--last-event-id', id]);
    expect(JSON.parse(next.out)).toMatchObject({ kind: 'request', entry: entry + 1 });
  });

  it('resumes by Last-Event-ID after an interruption, as soon as the server asks for', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers['last-event-id'] as string | undefined);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const id = `run-${asked.length}`;
      response.end(
        `retry: ${asked.length}000\n\nid: ${id}\nevent: replaced\ndata: {"array":"1","by":"reset"}\n\nid: cut`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(server);
    const { port } = server.address() as AddressInfo;
    const { code, out, err, pauses } = await followed(['--url', `http://127.0.0.1:${port}`, '--count', '3']);
    expect(code).toBe(0);
    expect(pauses).toEqual([1000, 2000]);
    expect(asked).toEqual([undefined, 'run-1', 'run-2']);
    expect(out.split('\n').filter((line) => line.includes('[1] replaced reset'))).toHaveLength(3);
    expect(err).toContain('interrupted (the stream ended): trying again, to go on after run-2\n');
  });

  it('tells that an earlier recording cannot be gone on with', async () => {
    const { url } = await simulator();
    const { out } = await followed(['--url', url, '--last-event-id', 'other-7', '--count', '1']);
    expect(out).toMatch(/ missed events of which the number is not known\n$/);
  });

  it('needs the control token, and says what the simulator says without it', async () => {
    const { url } = await simulator({ controlToken: 'secret' });
    const refused = await followed(['--url', url]);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/^eseries-simulator: .*token/i);
    const { code } = await seen(url, ['--control-token', 'secret', '--count', '1']);
    expect(code).toBe(0);
  });

  it('ends when it is interrupted', async () => {
    const { url } = await simulator();
    const { code, err } = await followed(['--url', url, '--last-event-id', 'other-7'], (_, end) => end());
    expect(code).toBe(0);
    expect(err).toMatch(/^--last-event-id \w+-\d+ goes on from here\.\n$/);
  });

  it('says so where no simulator is, and which kinds there are', async () => {
    const { url } = await simulator();
    expect((await followed(['--url', url, '--kinds', 'reqest'])).err).toContain(
      "no kind of event 'reqest': allowed are state,",
    );
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { code, err } = await followed(['--url', `http://127.0.0.1:${port}`]);
    expect([code, err]).toEqual([
      1,
      `eseries-simulator: no simulator answers at http://127.0.0.1:${port} (ECONNREFUSED): give another with --url\n`,
    ]);
  });

  it.each([
    [['--count', '0'], '--count 0 is not possible: allowed are whole numbers from 1 to 999999999'],
    [['--url', 'here'], '--url here is not possible: allowed are URLs such as http://127.0.0.1:8080'],
    [['--follow'], "Unknown option '--follow': see eseries-simulator journal --help"],
  ])('refuses %j', async (args, message) => {
    await expect(followed(args)).rejects.toThrow(message);
  });
});

describe('an event in a line', () => {
  it.each([
    ['state', { table: 'volumes', label: 'a', ref: '02', change: 'created' }, 'state volumes a 02 created'],
    ['job', { job: 'volumeCopy', ref: '18', change: 'changed', percent: 40 }, 'job volumeCopy 18 changed 40 %'],
    ['fault', { rule: 'fault-1', change: 'hit', what: 'POST volumes' }, 'fault fault-1 hit POST volumes'],
    [
      'login',
      { initiator: 'iqn.a', portal: '127.0.0.1:3260', status: 0x201 },
      'login iqn.a 127.0.0.1:3260 refused (0x201)',
    ],
    [
      'commands',
      { initiator: 'iqn.a', unit: '02', label: 'a', reads: 1, writes: 2, others: 3, failed: 0 },
      'commands iqn.a to a: reads 1, writes 2, others 3, failed 0',
    ],
    ['missed', { count: 7 }, 'missed events: 7'],
    ['request', { method: 'GET', url: '/', status: 0, durationMs: 1 }, 'request GET / cut off 1.0 ms'],
  ])('tells %s', (kind, data, text) => {
    expect(eventLine(kind, data)).toBe(`${' '.repeat(13)}${text}`);
  });

  it('writes what users name without control characters', () => {
    const line = eventLine('state', { table: 'volumes', label: 'a\u001b[2Jb\n', ref: '02', change: 'created' });
    expect(line).toContain('a\u{FFFD}[2Jb\u{FFFD} 02');
  });
});
