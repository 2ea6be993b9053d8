import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock, type Simulator, startSimulator } from '../../../simulator/index.js';
import { basic, newServer } from '../servers.js';
import { eventsIn, readStream, type StreamClient } from './stream-client.js';

let simulator: Simulator;
let clock: ManualClock;
const open: StreamClient[] = [];

beforeEach(async () => {
  clock = manualClock();
  simulator = await startSimulator({ port: 0, iscsi: false, clock, seed: 1 });
});

afterEach(async () => {
  for (const each of open.splice(0)) each.close();
  await simulator.close();
});

async function stream(options: Parameters<typeof readStream>[1] = {}): Promise<StreamClient> {
  const client = await readStream(simulator.url, options);
  open.push(client);
  if (client.status === 200) await client.until(({ kind }) => kind === 'start');
  return client;
}

async function ask(method: string, path: string, body?: object, headers = basic('admin', 'admin')): Promise<Response> {
  return fetch(`${simulator.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const newVolume = (name: string) =>
  ask('POST', '/devmgr/v2/storage-systems/1/volumes', {
    poolId: simulator.array.pools.find('DDP_1')?.ref,
    name,
    sizeUnit: 'gb',
    size: 1,
    segSize: 0,
  });

describe('the event stream', () => {
  it('tells of a request and of what it changed, in that order of happening', async () => {
    const client = await stream();
    expect(client.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await newVolume('live');
    const created = await client.until(({ kind, data }) => kind === 'state' && data.table === 'volumes');
    expect(created.data).toMatchObject({ array: '1', change: 'created', label: 'live', timeMs: clock.now() });
    const request = await client.until(({ kind }) => kind === 'request');
    expect(request.data).toMatchObject({
      array: '1',
      entry: 0,
      method: 'POST',
      url: '/devmgr/v2/storage-systems/1/volumes',
      status: 200,
    });
    expect(request.data.number).toBeGreaterThan(created.data.number);
  });

  it('tells of jobs, of the event log, of fault rules and of the clock', async () => {
    const ofPool = simulator.array.tables.drives.toJSON().find(({ poolRef }) => poolRef !== null);
    simulator.array.jobs.setProgression({ mode: 'stuck' });
    const client = await stream();
    await ask('POST', '/sim/v1/faults', { id: 'gone', what: { do: 'drive', drive: ofPool?.ref } });
    const changes = [
      await client.until(({ kind }) => kind === 'fault'),
      await client.until(({ kind }) => kind === 'fault'),
    ];
    expect(changes.map(({ data }) => [data.change, data.rule])).toEqual([
      ['added', 'gone'],
      ['hit', 'gone'],
    ]);
    await ask('DELETE', '/sim/v1/faults/gone');
    expect((await client.until(({ data }) => data.change === 'removed')).data.rule).toBe('gone');
    await ask('POST', '/sim/v1/clock', { advance: '5m' });
    expect((await client.until(({ kind }) => kind === 'clock')).data).toMatchObject({
      mode: 'manual',
      nowMs: clock.now(),
    });
    const kinds = new Set(client.events.map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['job', 'log', 'state', 'fault', 'clock']));
  });

  it('resumes by Last-Event-ID with what came meanwhile', async () => {
    const client = await stream();
    await newVolume('one');
    const last = await client.until(({ kind }) => kind === 'request');
    client.close();
    await newVolume('two');
    const again = await stream({ headers: { 'last-event-id': last.id } });
    const next = await again.until(({ kind }) => kind === 'state');
    expect(next.data.number).toBe(last.data.number + 1);
    const second = await again.until(({ kind }) => kind === 'request');
    expect(second.data.entry).toBe(1);
    expect(again.events.some(({ kind }) => kind === 'missed')).toBe(false);
  });

  it('has no secret: neither of a query nor of a body', async () => {
    const client = await stream();
    await ask('POST', '/devmgr/v2/storage-systems/1/volumes?password=hunter2', { chapSecret: 'hunter2hunter2' });
    await ask('POST', '/sim/v1/faults', { what: 'offline' });
    await ask('GET', '/devmgr/v2/storage-systems/1/volumes?password=hunter2');
    await client.until(({ kind, data }) => kind === 'request' && data.status === 424);
    expect(client.events.map(({ data }) => data.url ?? data.what)).toEqual(
      expect.arrayContaining([expect.stringContaining('password=****')]),
    );
    expect(JSON.stringify(client.events)).not.toContain('hunter2');
  });

  it('follows an array that is added while it is read', async () => {
    const client = await stream();
    await ask('POST', '/sim/v1/arrays', { id: 'second' });
    await client.until(({ kind, data }) => kind === 'arrays' && data.arrays.includes('second'));
    await ask('POST', '/sim/v1/arrays/second/reset');
    expect((await client.until(({ kind }) => kind === 'replaced')).data).toMatchObject({
      array: 'second',
      by: 'reset',
    });
  });

  it('refuses a kind of event that there is not, and a page of another site', async () => {
    const unknown = await readStream(simulator.url, { query: '?kinds=request,nonsense' });
    expect(unknown.status).toBe(422);
    const foreign = await readStream(simulator.url, { headers: { origin: 'http://evil.example' } });
    expect(foreign.status).toBe(403);
  });

  it('wants the control token where there is one', async () => {
    const guarded = await startSimulator({ port: 0, iscsi: false, controlToken: 'sesame' });
    try {
      expect((await readStream(guarded.url)).status).toBe(401);
      const client = await readStream(guarded.url, { headers: { 'x-control-token': 'sesame' } });
      expect(client.status).toBe(200);
      client.close();
    } finally {
      await guarded.close();
    }
  });

  it('takes 64 readers at a time and refuses the next one until one of them is gone', async () => {
    for (let reader = 0; reader < 64; reader++) await stream();
    expect((await readStream(simulator.url)).status).toBe(503);
  });

  it('ends for its readers when the simulator is closed, which does not wait for them', async () => {
    const client = await stream();
    await simulator.close();
    expect(await client.ended()).toBe(true);
  });

  it('is its first events for a call of the same process', async () => {
    const server = await newServer();
    const answer = await server.inject({ method: 'GET', url: '/sim/v1/events/stream', headers: {} });
    expect(answer.statusCode).toBe(200);
    expect(eventsIn(answer.rawPayload.toString()).map(({ kind }) => kind)).toEqual(['start']);
    await server.close();
  });
});
