import { beforeEach, describe, expect, it } from 'vitest';
import { until } from '../servers.js';
import { type FaultyServer, newFaultyServer } from './faulty-server.js';

let server: FaultyServer;

beforeEach(async () => {
  server = await newFaultyServer();
});

const creation = { request: 'POST volumes' };

describe('an operation', () => {
  it('fails before anything is done', async () => {
    const id = await server.breaks({ when: creation, what: { do: 'fail', retcode: 'busy' } });
    const answer = await server.newVolume('v');
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ retcode: '3', codeType: 'symbol', developerMessage: null });
    expect(answer.body.errorMessage).toContain(id);
    expect(await server.labels()).toEqual([]);
    expect((await server.newVolume('v')).status).toBe(200);
    expect(server.counts(id)).toEqual({ looks: 2, hits: 1 });
  });

  it('fails with the status, code and message that are wanted', async () => {
    await server.breaks({
      when: { operation: 'getVolumes' },
      what: { do: 'fail', status: 503, retcode: 'serviceDown', errorMessage: 'Come back.', codeType: 'systemerror' },
    });
    expect(await server.ask('GET', 'volumes')).toMatchObject({
      status: 503,
      body: { errorMessage: 'Come back.', retcode: 'serviceDown', codeType: 'systemerror' },
    });
  });

  it('is done, and yet the answer is an error', async () => {
    await server.breaks({ when: creation, what: { do: 'fail-after', status: 500, retcode: 'error' } });
    expect((await server.newVolume('v')).status).toBe(500);
    expect(await server.labels()).toEqual(['v']);
    // What a client that tries again learns.
    const again = await server.newVolume('v');
    expect([again.status, again.body.retcode]).toEqual([422, '44']);
  });

  it('is done, and the reply is lost', async () => {
    await server.breaks({ when: creation, what: 'lose-reply' });
    await expect(server.newVolume('v')).rejects.toThrow();
    expect(await server.labels()).toEqual(['v']);
  });

  it('is done twice: the client hears what the second time gave, or the first', async () => {
    await server.breaks({ when: creation, what: 'repeat' });
    expect((await server.newVolume('v')).body.retcode).toBe('44');
    await server.breaks({ when: creation, what: { do: 'repeat', executions: 3, answer: 'first' } });
    expect((await server.newVolume('w')).body.label).toBe('w');
    expect(await server.labels()).toEqual(['v', 'w']);
    expect(server.array.check()).toEqual([]);
  });

  it('is not done while the array does not answer, which shows in the list of systems', async () => {
    await server.breaks({ what: 'offline', times: 'always' });
    expect((await server.newVolume('v')).status).toBe(424);
    expect((await server.ask('GET', '/devmgr/v2/storage-systems')).body[0].status).toBe('offline');
    expect((await server.ask('GET', '/devmgr/utils/about')).status).toBe(200);
    server.faults.clear();
    expect((await server.ask('GET', '/devmgr/v2/storage-systems')).body[0].status).not.toBe('offline');
    expect(await server.labels()).toEqual([]);
  });

  it('finds the password changed: that of the login, or the one that is stored', async () => {
    await server.breaks({ what: 'wrong-password' });
    expect((await server.ask('GET', 'volumes')).status).toBe(401);
    expect((await server.ask('GET', 'volumes')).status).toBe(200);
    await server.breaks({ what: { do: 'wrong-password', as: 'stored' }, times: 'always' });
    expect((await server.ask('GET', '/devmgr/v2/storage-systems/1')).body.passwordStatus).toBe('invalid');
    const refused = await server.newVolume('v');
    expect([refused.status, refused.body.retcode]).toEqual([422, '30']);
    expect((await server.ask('GET', 'volumes')).status).toBe(200);
  });
});

describe('a stale read', () => {
  it('shows what was before the last change, for as many looks as told, after each change', async () => {
    const id = await server.breaks({
      when: { request: 'GET volumes' },
      what: { do: 'stale', polls: 2 },
      times: 'always',
    });
    expect(await server.labels()).toEqual([]);
    await server.newVolume('a');
    expect([await server.labels(), await server.labels(), await server.labels()]).toEqual([[], [], ['a']]);
    await server.newVolume('b');
    expect([await server.labels(), await server.labels(), await server.labels()]).toEqual([['a'], ['a'], ['a', 'b']]);
    expect(server.counts(id).hits).toBe(2);
  });

  it('of one object does not concern the others', async () => {
    const { body } = await server.newVolume('v');
    await server.breaks({ when: { operation: 'getVolumeById', object: body.id }, what: 'stale' });
    await server.ask('POST', `volumes/${body.id}`, { name: 'renamed' });
    expect(await server.labels()).toEqual(['renamed']);
    expect((await server.ask('GET', `volumes/${body.id}`)).body.label).toBe('v');
    expect((await server.ask('GET', `volumes/${body.id}`)).body.label).toBe('renamed');
  });
});

describe('a delay', () => {
  it('holds the answer back by the array’s time; the operation is done at once', async () => {
    const id = await server.breaks({ when: creation, what: { do: 'delay', for: '30s' } });
    let isAnswered = false;
    const late = server.newVolume('v').finally(() => {
      isAnswered = true;
    });
    await until(() => server.counts(id).hits === 1);
    expect(await server.labels()).toEqual(['v']);
    server.clock.advance(29_999);
    await server.labels();
    expect(isAnswered).toBe(false);
    server.clock.advance(1);
    expect((await late).status).toBe(200);
  });

  it('adds to another one, and to what else goes wrong; a manual clock may be advanced by it', async () => {
    const before = server.clock.now();
    await server.breaks({ when: creation, what: { do: 'delay', for: '10s', advance: true } });
    await server.breaks({ when: creation, what: { do: 'delay', for: '5s', advance: true } });
    await server.breaks({ when: creation, what: 'fail' });
    expect((await server.newVolume('v')).status).toBe(422);
    expect(server.clock.now()).toBe(before + 15_000);
  });
});
