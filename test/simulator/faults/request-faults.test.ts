import { beforeEach, describe, expect, it } from 'vitest';
import { type FaultyServer, newFaultyServer } from './faulty-server.js';

let server: FaultyServer;

beforeEach(async () => {
  server = await newFaultyServer();
});

describe('an operation', () => {
  it('fails before anything is done', async () => {
    const id = await server.breaks({ when: { request: 'POST volumes' }, what: { do: 'fail', retcode: 'busy' } });
    const answer = await server.newVolume('v');
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ retcode: '3', codeType: 'symbol', developerMessage: 'busy' });
    expect(answer.body.errorMessage).toContain(id);
    expect(await server.labels()).toEqual([]);
    expect((await server.newVolume('v')).status).toBe(200);
    expect(server.counts(id)).toEqual({ looks: 2, hits: 1 });
  });

  it('is done, and yet the answer is an error', async () => {
    await server.breaks({
      when: { request: 'POST volumes' },
      what: { do: 'fail-after', status: 500, retcode: 'error' },
    });
    expect((await server.newVolume('v')).status).toBe(500);
    expect(await server.labels()).toEqual(['v']);
    // What a client that tries again learns.
    const again = await server.newVolume('v');
    expect([again.status, again.body.retcode]).toEqual([422, '44']);
  });
});
