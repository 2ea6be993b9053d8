import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultRule, type Simulator, startSimulator } from '../../../simulator/index.js';
import { basic } from '../servers.js';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ port: 0, iscsi: false, clock: 'manual' });
});

afterEach(async () => {
  expect(simulator.array.check()).toEqual([]);
  await simulator.close();
});

async function ask(method: 'GET' | 'POST', path: string, body?: object) {
  const answer = await request(`${simulator.url}/devmgr/v2/storage-systems/1/${path}`, {
    method,
    headers: { ...basic('admin', 'admin'), 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.statusCode, type: answer.headers['content-type'], text: await answer.body.text() };
}

const newVolume = () =>
  ask('POST', 'volumes', { poolId: simulator.array.pools.find('DDP_1')?.ref, name: 'v', sizeUnit: 'gb', size: 1 });

function breaks(what: FaultRule['what']): void {
  simulator.faults.add({ when: { request: 'POST volumes' }, what });
}

const isThere = () => simulator.array.volumes.find('v') !== undefined;

describe('a connection', () => {
  it('is reset before anything is done', async () => {
    breaks('reset');
    await expect(newVolume()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(isThere()).toBe(false);
    expect((await newVolume()).status).toBe(200);
  });

  it('is reset when the work is done', async () => {
    breaks('lose-reply');
    await expect(newVolume()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(isThere()).toBe(true);
  });

  it('ends in the middle of the answer', async () => {
    breaks({ do: 'truncate', keep: 10 });
    await expect(newVolume()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(isThere()).toBe(true);
  });
});

describe('an answer', () => {
  it('is empty though the work is done', async () => {
    breaks('empty');
    expect(await newVolume()).toMatchObject({ status: 200, text: '' });
    expect(isThere()).toBe(true);
  });

  it('is not the JSON that it should be', async () => {
    breaks('malform');
    expect(await newVolume()).toMatchObject({ status: 200, type: 'text/html', text: expect.stringMatching(/^<html>/) });
    expect(isThere()).toBe(true);
    simulator.faults.add({
      when: { request: 'GET volumes' },
      what: { do: 'malform', body: '[{"id": ', contentType: 'application/json' },
    });
    expect(await ask('GET', 'volumes')).toMatchObject({
      status: 200,
      type: expect.stringMatching(/json/),
      text: '[{"id": ',
    });
  });

  it('is a status from somewhere on the way, and nothing is done', async () => {
    breaks({ do: 'status', status: 502 });
    expect(await newVolume()).toMatchObject({ status: 502, text: '' });
    expect(isThere()).toBe(false);
    breaks({ do: 'status', status: 422, body: '<html>no</html>' });
    expect(await newVolume()).toMatchObject({ status: 422, type: 'text/html', text: '<html>no</html>' });
    expect(isThere()).toBe(false);
  });
});
