import { beforeEach, describe, expect, it } from 'vitest';
import { FaultError } from '../../../simulator/index.js';
import { type FaultyServer, newFaultyServer } from './faulty-server.js';

let server: FaultyServer;

beforeEach(async () => {
  server = await newFaultyServer();
});

/** Statuses of so many GETs of the volumes. */
async function statuses(count: number, system = '1'): Promise<number[]> {
  const seen: number[] = [];
  for (let turn = 0; turn < count; turn++)
    seen.push((await server.ask('GET', `/devmgr/v2/storage-systems/${system}/volumes`)).status);
  return seen;
}

const outage = { do: 'status', status: 503 } as const;

describe('how often', () => {
  it('begins after some, and ends after some', async () => {
    const id = await server.breaks({ when: { request: 'GET volumes' }, what: outage, skip: 2, times: 3 });
    expect(await statuses(7)).toEqual([200, 200, 503, 503, 503, 200, 200]);
    expect((await server.control('GET', `/faults/${id}`)).body).toMatchObject({ looks: 7, hits: 3, spent: true });
  });

  it('is once unless said otherwise, and always when it is', async () => {
    await server.breaks({ when: { request: 'GET volumes' }, what: outage });
    expect(await statuses(3)).toEqual([503, 200, 200]);
    await server.breaks({ when: { request: 'GET volumes' }, what: outage, times: 'always' });
    expect(await statuses(3)).toEqual([503, 503, 503]);
  });

  it('is a matter of chance that comes out the same for the same seed and id', async () => {
    const rule = {
      id: 'dice',
      when: { request: 'GET volumes' },
      what: outage,
      times: 'always',
      probability: 0.5,
    } as const;
    await server.breaks(rule);
    const first = await statuses(60);
    const hits = first.filter((status) => status === 503).length;
    expect(hits).toBeGreaterThan(15);
    expect(hits).toBeLessThan(45);
    server = await newFaultyServer();
    await server.breaks({ when: { request: 'GET hosts' }, what: outage });
    await server.breaks(rule);
    expect(await statuses(60)).toEqual(first);
    server = await newFaultyServer({ seed: 2 });
    await server.breaks(rule);
    expect(await statuses(60)).not.toEqual(first);
  });
});

describe('when', () => {
  it('is a span of the array’s time, both ends included', async () => {
    await server.breaks({
      when: { request: 'GET volumes', notBefore: '10s', notAfter: '20s' },
      what: outage,
      times: 'always',
    });
    const seen: number[] = [];
    for (const stepMs of [0, 9999, 1, 10_000, 1]) {
      server.clock.advance(stepMs);
      seen.push(...(await statuses(1)));
    }
    expect(seen).toEqual([200, 200, 503, 503, 200]);
  });

  it('is a date of it', async () => {
    await server.breaks({ when: { request: 'GET volumes', notBefore: '2026-01-01T00:01:00Z' }, what: outage });
    expect(await statuses(1)).toEqual([200]);
    server.clock.advance(60_000);
    expect(await statuses(1)).toEqual([503]);
  });

  it('is an operation, a path, an object, who asks and with what: all that is said', async () => {
    const { body: v } = await server.newVolume('v');
    await server.newVolume('w');
    const asks = async (path: string, headers = {}) => {
      const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
      return (await server.ask('GET', path, undefined, { authorization, ...headers })).status;
    };
    for (const when of [
      { operation: 'getVolumeById' },
      { operation: ['getVolumes', 'getvolumeby*'] },
      { request: 'GET volumes/*' },
      { request: ['GET drives', '* volumes/*'] },
      { request: 'GET /devmgr/v2/storage-systems/*/volumes/*' },
      { object: 'v', request: 'GET **' },
      { object: v.wwn },
      { user: 'admin', request: '**/volumes/**' },
    ]) {
      const id = await server.breaks({ when, what: outage });
      expect([when, await asks('hosts'), await asks(`volumes/${v.id}`)]).toEqual([when, 200, 503]);
      server.faults.remove(id);
    }
    await server.breaks({ when: { userAgent: 'cinder*' }, what: outage });
    expect([await asks('volumes'), await asks('volumes', { 'user-agent': 'cinder/1' })]).toEqual([200, 503]);
  });

  it('is that work of a kind starts', async () => {
    const [source, target] = [await server.newVolume('s'), await server.newVolume('t')];
    const id = await server.breaks({
      when: { job: 'volumeCopy', object: 's' },
      what: { do: 'job', progression: 'stuck' },
    });
    const ids = { sourceId: source.body.id, targetId: target.body.id };
    const { body } = await server.ask('POST', 'volume-copy-jobs', ids);
    server.clock.advance(86_400_000);
    expect((await server.ask('GET', `volume-copy-jobs/${body.id}`)).body.status).toBe('inProgress');
    expect(server.faults.get(id)?.lastHits).toEqual([
      { timeMs: expect.any(Number), array: '1', what: `job volumeCopy ${body.id}` },
    ]);
  });
});

describe('an array', () => {
  it('has the rules that name it, and those that name none', async () => {
    await server.control('POST', '/arrays', { id: 'far' });
    await server.breaks({ id: 'near', array: '1', when: { request: 'GET volumes' }, what: outage });
    await server.breaks({ id: 'all', when: { request: 'GET volumes' }, what: outage, skip: 1 });
    expect([await statuses(1, 'far'), await statuses(2)]).toEqual([[200], [503, 503]]);
    const listed = async (query: string) =>
      (await server.control('GET', `/faults${query}`)).body.map((rule: { id: string }) => rule.id);
    expect([await listed('?array=1'), await listed('?array=far')]).toEqual([['near', 'all'], ['all']]);
    expect((await server.control('DELETE', '/faults?array=1')).body).toEqual({ removed: 1 });
    expect(await listed('')).toEqual(['all']);
  });
});

describe('what has happened', () => {
  it('is counted, with the time and what was hit; what never did is listed', async () => {
    const id = await server.breaks({ when: { request: 'GET volumes' }, what: outage, times: 2 });
    const idle = await server.breaks({ when: { request: 'GET hosts' }, what: outage });
    const startMs = server.clock.now();
    await statuses(1);
    server.clock.advance(1000);
    await statuses(1);
    const what = 'GET /devmgr/v2/storage-systems/1/volumes';
    expect((await server.control('GET', `/faults/${id}`)).body.lastHits).toEqual([
      { timeMs: startMs, array: '1', what },
      { timeMs: startMs + 1000, array: '1', what },
    ]);
    const unfired = (await server.control('GET', '/faults?unfired=true')).body;
    expect(unfired.map((rule: { id: string }) => rule.id)).toEqual([idle]);
    expect(server.faults.unfired()).toEqual(unfired);
  });

  it('does not count what could break nothing, and says why', async () => {
    const what = { do: 'controller', controller: 'Z' } as const;
    await server.breaks({ id: 'asked', when: { request: 'GET volumes' }, what });
    await server.breaks({ id: 'late', when: { notBefore: '30s' }, what });
    await statuses(2);
    await server.control('POST', '/clock', { advance: '1m' });
    const error = "There is no controller 'Z' on this storage system.";
    const missed = { looks: 1, hits: 0, lastHits: [], error, spent: true };
    const { body } = await server.control('GET', '/faults?unfired=true');
    expect(body).toMatchObject([
      { ...missed, id: 'asked', looks: 2 },
      { ...missed, id: 'late' },
    ]);
  });
});

describe('what a rule breaks at once', () => {
  it.each([
    [{ do: 'controller', controller: 'Z' }, 'what.controller', /is "Z": allowed is A, B\./],
    [{ do: 'drive', drive: '99/999' }, 'what.drive', /allowed is \d+\/1, .* more\./],
    [{ do: 'port', port: 'A9' }, 'what.port', /allowed is \*, A1/],
    [{ do: 'tray', tray: 7 }, 'what.tray', /is 7: allowed is/],
    [{ do: 'fill-pool', pool: 'none' }, 'what.pool', /is "none": allowed is .*DDP_1/],
    [{ do: 'fill-thin', volume: 'none' }, 'what.volume', /is "none": allowed is there is none/],
  ] as const)('has to be there: %j', async (what, field, message) => {
    const { status, body } = await server.control('POST', '/faults', { what });
    expect(status).toBe(422);
    expect(body).toMatchObject({ error: { code: 'invalidFault', field, message: expect.stringMatching(message) } });
    expect((await server.control('POST', '/faults', { what: 'fan' })).body).toMatchObject({ id: 'fault-1' });
  });
});

describe('a rule', () => {
  it('is removed once, and known by its name until then', async () => {
    await server.breaks({ id: 'mine', what: 'fan', why: 'to see' });
    expect((await server.control('GET', '/faults/mine')).body).toMatchObject({ why: 'to see', layer: 'physical' });
    expect((await server.control('POST', '/faults', { id: 'mine', what: 'fan' })).body.error.field).toBe('id');
    expect((await server.control('DELETE', '/faults/mine')).status).toBe(204);
    expect(await server.control('DELETE', '/faults/mine')).toMatchObject({
      status: 404,
      body: { error: { code: 'unknownFault', message: "There is no fault rule 'mine': known are none." } },
    });
  });

  it('has a published format', async () => {
    const { body } = await server.control('GET', '/faults/schema');
    expect(body.title).toBe('Fault rule');
    expect(Object.keys(body.properties)).toEqual(expect.arrayContaining(['when', 'what', 'skip', 'times', 'array']));
  });

  it('that cannot be is refused: which property, its value, and what is allowed', async () => {
    for (const [rule, field, words] of [
      [{}, 'what', 'is required'],
      [[], '', 'an object with what'],
      [{ what: 'explode' }, 'what', 'is "explode": allowed is one of delay, reset'],
      [{ what: { do: 'fan', for: 'long' } }, 'what.for', 'is "long": allowed is milliseconds, or text like 250ms'],
      [{ what: { do: 'explode' } }, 'what.do', 'allowed is one of delay, reset'],
      [{ what: 'delay' }, 'what', 'with for'],
      [{ what: { do: 'delay', for: 'long' } }, 'what.for', 'milliseconds, or text like 250ms'],
      [{ what: { do: 'fail', status: 200 } }, 'what.status', 'from 400 to 599'],
      [{ what: { do: 'fail', code: 1 } }, 'what.code', 'allowed are do, status, retcode'],
      [{ what: { do: 'job', progression: 'fail-at:100' } }, 'what.progression', 'fail-at:<percent below 100>'],
      [{ what: 'reset', when: { path: '/' } }, 'when.path', 'allowed are operation, request'],
      [{ what: 'reset', when: { command: 'read' } }, 'when.command', "does not go with 'reset'"],
      [{ what: 'refuse-login', when: { object: 'v' } }, 'when.object', 'allowed are initiator, notBefore, notAfter'],
      [{ what: 'io-error', when: { command: 'erase' } }, 'when.command', 'read, write, other'],
      [{ what: 'io-error', when: { blocks: { from: 9, to: 8 } } }, 'when.blocks.to', 'from when.blocks.from, 9, on'],
      [{ what: { do: 'answer-command', status: 'busy', sense: { key: 1, asc: 1, ascq: 1 } } }, 'what.sense', 'only'],
      [{ what: 'reset', when: { operation: 'newVolume' } }, 'when.operation', 'createVolume'],
      [{ what: 'reset', when: { request: 'FETCH volumes' } }, 'when.request', "such as 'POST volumes'"],
      [{ what: 'reset', when: { notBefore: '2s', notAfter: '1s' } }, 'when.notAfter', 'after when.notBefore, 2s'],
      [{ what: 'reset', skip: -1 }, 'skip', 'a whole number from 0 on'],
      [{ what: 'reset', times: 0 }, 'times', 'always; or a whole number from 1 on'],
      [{ what: 'reset', probability: 2 }, 'probability', 'from 0 to 1'],
      [{ what: 'reset', array: 'far' }, 'array', "'*' or the id of an array: 1"],
      [{ what: 'fan', times: 2 }, 'times', 'counts requests'],
    ] as const) {
      const { status, body } = await server.control('POST', '/faults', rule);
      expect([rule, status, body.error?.code, body.error?.field]).toEqual([rule, 422, 'invalidFault', field]);
      expect(body.error.message).toContain(words);
      expect(() => server.faults.add(rule as never)).toThrow(FaultError);
    }
    expect(server.faults.list()).toEqual([]);
  });

  it('about what is not there is refused, and nothing is broken', async () => {
    for (const [what, status] of [
      [{ do: 'drive', drive: '99/999' }, 422],
      [{ do: 'port', port: 'C9' }, 422],
      [{ do: 'tray', tray: 55 }, 422],
      [{ do: 'fill-pool', pool: 'none' }, 422],
    ] as const)
      expect([what, (await server.control('POST', '/faults', { what })).status]).toEqual([what, status]);
    expect(server.faults.list()).toEqual([]);
  });
});
