import { beforeEach, describe, expect, it } from 'vitest';
import type { FaultStatus } from '../../../simulator/index.js';
import { type FaultyServer, newFaultyServer } from './faulty-server.js';

let server: FaultyServer;

beforeEach(async () => {
  server = await newFaultyServer();
});

/** What was asked for, without what became of it. */
const written = (rules: readonly FaultStatus[]) =>
  rules.map(({ id, array, when, what, skip, times, probability }) => ({
    id,
    array,
    when,
    what,
    skip,
    times,
    probability,
  }));

describe('a swarm', () => {
  it('is the same for the same seed, and begins the same when it is larger', async () => {
    const other = await newFaultyServer();
    const ten = written(server.faults.swarm({ seed: 7, count: 10 }));
    expect(written(other.faults.swarm({ seed: 7, count: 30 })).slice(0, 10)).toEqual(ten);
    other.faults.clear();
    expect(written(other.faults.swarm({ seed: 8, count: 10 })).map(({ what }) => what)).not.toEqual(
      ten.map(({ what }) => what),
    );
  });

  it('is added, and listed under its seed', () => {
    const added = server.faults.swarm({ seed: 1, count: 3 });
    expect(added.map(({ id }) => id)).toEqual(['swarm-1-1', 'swarm-1-2', 'swarm-1-3']);
    expect(server.faults.list()).toEqual(added);
    expect(server.faults.unfired()).toEqual(added);
  });

  it('takes actions as often as their weights say, and no others', () => {
    const rules = server.faults.swarm({ seed: 3, count: 1000, weights: { fail: 3, 'lose-reply': 1, drive: 0 } });
    const count = (name: string) => rules.filter(({ what }) => what.do === name).length;
    expect(count('fail') + count('lose-reply')).toBe(1000);
    expect(count('fail')).toBeGreaterThan(680);
    expect(count('fail')).toBeLessThan(820);
  });

  it('leaves about half of the actions out when there are no weights, others with each seed', () => {
    const kinds = [1, 2, 3].map((seed) => {
      const rules = server.faults.swarm({ seed, count: 500 });
      return new Set(rules.map(({ what }) => what.do));
    });
    for (const each of kinds) {
      expect(each.size).toBeGreaterThan(6);
      expect(each.size).toBeLessThan(27);
    }
    expect(new Set(kinds.map((each) => [...each].sort().join())).size).toBe(3);
  });

  it('belongs to the array that is named, and is about its parts', async () => {
    await server.control('POST', '/arrays', { id: 'far', preset: 'e2824' });
    const rules = server.faults.swarm({
      seed: 1,
      count: 20,
      array: 'far',
      weights: { drive: 1, port: 1, 'fill-pool': 1 },
    });
    expect(new Set(rules.map(({ array }) => array))).toEqual(new Set(['far']));
    expect(rules[0]?.id).toBe('swarm-far-1-1');
    // Every part that is named is there: what breaks breaks.
    for (let turn = 0; turn < 60; turn++) {
      for (const [method, path] of [
        ['GET', 'volumes'],
        ['POST', 'volumes'],
        ['DELETE', 'hosts/none'],
        ['GET', 'ssc/volumes'],
      ] as const)
        await server.ask(method, `/devmgr/v2/storage-systems/far/${path}`, method === 'POST' ? {} : undefined);
    }
    expect(server.faults.list('far').filter(({ error }) => error?.includes('none'))).toEqual([]);
    expect(server.faults.list('far').filter(({ hits }) => hits > 0).length).toBeGreaterThan(5);
    expect(server.array.drives.ailing()).toEqual([]);
  });

  it('is only about what the array has', async () => {
    await server.control('POST', '/arrays/1/clear');
    const rules = server.faults.swarm({ seed: 5, count: 300, weights: { 'fill-pool': 5, 'fill-thin': 5, fan: 1 } });
    expect(new Set(rules.map(({ what }) => what.do))).toEqual(new Set(['fan']));
  });

  it('is made over HTTP', async () => {
    const body = { seed: 4, count: 5, weights: { delay: 1, fan: 2 } };
    const { status, body: added } = await server.control('POST', '/faults/swarm', body);
    expect(status).toBe(201);
    expect((await server.control('GET', '/faults')).body).toEqual(added);
    expect(added.map((rule: FaultStatus) => ['delay', 'fan'].includes(rule.what.do))).toEqual(Array(5).fill(true));
    const again = await server.control('POST', '/faults/swarm', body);
    expect([again.status, again.body.error]).toEqual([
      422,
      {
        code: 'invalidFault',
        message: "The property 'seed' is 4: there is a rule 'swarm-4-1' already.",
        field: 'seed',
      },
    ]);
    expect((await server.control('DELETE', '/faults')).body).toEqual({ removed: 5 });
  });

  it('that cannot be is refused by name, and adds nothing', async () => {
    for (const [body, field] of [
      [{}, 'seed'],
      [{ seed: 1 }, 'count'],
      [{ seed: 1.5, count: 1 }, 'seed'],
      [{ seed: 1, count: 0 }, 'count'],
      [{ seed: 1, count: 1001 }, 'count'],
      [{ seed: 1, count: 1, weights: { explode: 1 } }, 'weights.explode'],
      [{ seed: 1, count: 1, weights: { fail: -1 } }, 'weights.fail'],
      [{ seed: 1, count: 1, weights: { fail: 0 } }, 'weights'],
      [{ seed: 1, count: 1, weights: {} }, 'weights'],
      [{ seed: 1, count: 1, array: 'far' }, 'array'],
      [{ seed: 1, count: 1, size: 2 }, 'size'],
      ['"all"', ''],
    ] as const) {
      const answer = await server.control('POST', '/faults/swarm', body);
      expect([body, answer.status, answer.body.error?.field]).toEqual([body, 422, field]);
    }
    expect(server.faults.list()).toEqual([]);
  });
});
