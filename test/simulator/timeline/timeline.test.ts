import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Timeline } from '../../../simulator/timeline/timeline.js';
import { newServer, type TestServer } from '../servers.js';

let server: TestServer;

beforeEach(async () => {
  server = await newServer({ jobs: 'instant' });
});

afterEach(() => server.close());

const timeline = async (query = '') => (await server.control('GET', `/arrays/1/timeline${query}`)).body;

function newVolume(label: string): string {
  const poolRef = server.array.pools.find('DDP_1')?.ref ?? '';
  return server.array.volumes.create({ label, poolRef, capacityBytes: 2 ** 30 }).ref;
}

describe('the timeline', () => {
  it('is off until it is asked for, and says how it is begun', async () => {
    newVolume('before');
    expect(await timeline()).toEqual({ recorded: false, moments: [] });
    expect(await server.control('GET', '/arrays/1/timeline/0')).toMatchObject({
      status: 409,
      body: { error: { code: 'notRecorded', message: expect.stringContaining('PUT /sim/v1/arrays/1/timeline') } },
    });
  });

  it('has a moment for each operation, request and fault, with the time of the array', async () => {
    expect((await server.control('PUT', '/arrays/1/timeline', {})).body).toMatchObject({
      recorded: true,
      first: 0,
      last: 0,
    });
    const startMs = server.clock.now();
    server.clock.advance(5000);
    const ref = newVolume('v');
    await server.ask('GET', 'volumes');
    await server.control('POST', '/faults', { id: 'f', what: { do: 'fail' } });
    const { moments, bytesPerOperation, last } = await timeline('?since=1');
    const ofKind = (kind: string) =>
      moments.find(({ content }: { content: { kind: string } }) => content.kind === kind);
    expect(ofKind('change')).toMatchObject({
      number: 1,
      timeMs: startMs + 5000,
      content: { objects: expect.arrayContaining([{ table: 'volumes', ref, label: 'v', change: 'created' }]) },
    });
    expect(ofKind('request').content).toMatchObject({ method: 'GET', status: 200, entry: 0 });
    expect(ofKind('fault').content).toMatchObject({ change: 'added', rule: 'f' });
    expect(moments.map(({ number }: { number: number }) => number)).toEqual(
      Array.from({ length: last }, (_, index) => index + 1),
    );
    expect(bytesPerOperation).toBeGreaterThan(100);
    expect(bytesPerOperation).toBeLessThan(20_000);
  });

  it('shows the state of a past moment as it was', async () => {
    await server.control('PUT', '/arrays/1/timeline', {});
    const states = new Map<number, unknown>();
    const note = async () => {
      const { volumes, pools, events } = server.array.saveTables();
      states.set((await timeline('?limit=0')).last, JSON.parse(JSON.stringify({ volumes, pools, events })));
    };
    await note();
    const refs: string[] = [];
    for (const label of ['a', 'b', 'c']) {
      refs.push(newVolume(label));
      await note();
    }
    server.array.volumes.delete(refs[1] ?? '');
    await note();
    expect(states.size).toBe(5);
    for (const [number, tables] of states)
      expect((await server.control('GET', `/arrays/1/timeline/${number}`)).body).toMatchObject({ number, tables });
    const { last } = await timeline('?limit=0');
    expect(await server.control('GET', `/arrays/1/timeline/${last + 1}`)).toMatchObject({
      status: 404,
      body: {
        error: {
          code: 'unknownMoment',
          message: `The timeline has no moment ${last + 1}: it keeps 0 to ${last}.`,
        },
      },
    });
  });

  it('compares two moments, object by object', async () => {
    await server.control('PUT', '/arrays/1/timeline', {});
    const ref = newVolume('a');
    const { last: before } = await timeline('?limit=0');
    server.array.volumes.update(ref, { label: 'renamed' });
    const { last } = await timeline('?limit=0');
    const { body } = await server.control('GET', `/arrays/1/timeline/${last}/differences?from=${before}`);
    expect(body.find(({ table }: { table: string }) => table === 'volumes')).toMatchObject({
      ref,
      label: 'renamed',
      change: 'changed',
      properties: expect.arrayContaining([{ name: 'label', before: 'a', after: 'renamed' }]),
    });
    const since = (await server.control('GET', `/arrays/1/timeline/${last}/differences?from=0`)).body;
    expect(since.find(({ table }: { table: string }) => table === 'volumes')).toMatchObject({ change: 'created', ref });
  });

  it('takes notes of what a client does', async () => {
    await server.control('PUT', '/arrays/1/timeline', {});
    const { status, body } = await server.control('POST', '/arrays/1/timeline/notes', { text: 'create_volume' });
    expect([status, body.content]).toEqual([201, { kind: 'note', text: 'create_volume' }]);
  });

  it('shows no secret in what differs', async () => {
    await server.control('PUT', '/arrays/1/timeline', {});
    server.array.passwords.set('monitor', 'hunter2-secret');
    const { text } = await server.control('GET', '/arrays/1/timeline/1/differences');
    const state = await server.control('GET', '/arrays/1/timeline/1');
    expect(JSON.parse(text)).not.toEqual([]);
    expect(text + state.text).not.toContain('hunter2');
  });
});

describe('a branch', () => {
  it('goes on from a moment with its objects and bytes, and changes nothing of the array it comes from', async () => {
    const ref = newVolume('v');
    server.array.io.write(ref, 0, Buffer.alloc(4096, 'old'));
    await server.control('PUT', '/arrays/1/timeline', {});
    server.array.io.write(ref, 0, Buffer.alloc(4096, 'new'));
    const second = newVolume('w');
    server.array.io.write(second, 8192, Buffer.alloc(512, 'w'));
    const { last } = await timeline();
    server.array.io.write(ref, 0, Buffer.alloc(4096, 'last'));
    server.array.volumes.delete(second);
    const { status, body } = await server.control('POST', `/arrays/1/timeline/${last}/branch`, { id: 'then' });
    expect([status, body]).toMatchObject([201, { id: 'then', from: '1', moment: last }]);
    const then = server.systems.find('then')?.array;
    expect(then?.check()).toEqual([]);
    expect(then?.io.read(ref, 0, 4096)).toEqual(Buffer.alloc(4096, 'new'));
    expect(then?.io.read(second, 8192, 512)).toEqual(Buffer.alloc(512, 'w'));
    then?.io.write(ref, 0, Buffer.alloc(4096, 'branch'));
    expect(server.array.io.read(ref, 0, 4096)).toEqual(Buffer.alloc(4096, 'last'));
    expect(server.array.check()).toEqual([]);
    const first = await server.control('POST', '/arrays/1/timeline/0/branch', {});
    expect(server.systems.find(first.body.id)?.array?.io.read(ref, 0, 4096)).toEqual(Buffer.alloc(4096, 'old'));
    expect((await server.control('POST', '/arrays/1/timeline/0/branch', { id: 'then' })).status).toBe(409);
  });

  it('of a moment between snapshots and copies passes every check of the array', async () => {
    await server.control('PUT', '/arrays/1/timeline', {});
    const ref = newVolume('v');
    const group = server.array.snapshotGroups.create({ baseRef: ref, label: 'g' });
    for (let turn = 0; turn < 5; turn++) {
      server.array.io.write(ref, turn * 65_536, Buffer.alloc(4096, `${turn}`));
      server.array.snapshotImages.create({ groupRef: group.ref });
    }
    const { last } = await timeline();
    for (let moment = 0; moment <= last; moment += 3) {
      const { body } = await server.control('POST', `/arrays/1/timeline/${moment}/branch`, {});
      expect(server.systems.find(body.id)?.array?.check()).toEqual([]);
      await server.control('DELETE', `/arrays/${body.id}`);
    }
  });
});

describe('the memory of a timeline', () => {
  it('is bounded: the oldest moments are forgotten, the others stay exact', () => {
    const { array } = server;
    const recorded = new Timeline(array, 2 ** 20);
    const ref = newVolume('v');
    const names = new Map<number, string>();
    for (let turn = 0; turn < 2000; turn++) {
      array.volumes.update(ref, { label: `v${turn}` });
      array.io.write(ref, (turn % 64) * 4096, Buffer.alloc(512, turn));
      names.set(recorded.last, `v${turn}`);
    }
    expect(recorded.use.usedBytes).toBeLessThan(1.5 * 2 ** 20);
    expect(recorded.first).toBeGreaterThan(0);
    expect(recorded.at(recorded.first - 1)).toBeUndefined();
    const kept = [...names].filter(([moment]) => moment >= recorded.first);
    expect(kept.length).toBeGreaterThan(50);
    for (const [moment, name] of kept)
      expect(recorded.at(moment)?.tables.volumes.find((volume) => volume.ref === ref)?.label).toBe(name);
    recorded.end();
    const { last } = recorded;
    newVolume('after');
    expect(recorded.last).toBe(last);
  });

  it('leaves the journal of the contents as it found it', () => {
    const before = server.array.contents.journal;
    const recorded = new Timeline(server.array, 2 ** 20);
    expect(server.array.contents.journal).not.toBe(before);
    recorded.end();
    expect(server.array.contents.journal).toBe(before);
  });
});
