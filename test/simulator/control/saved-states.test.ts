import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newServer, type TestServer } from '../servers.js';

const mib = 2 ** 20;

let server: TestServer;

beforeEach(async () => {
  server = await newServer({ jobs: 'instant' });
});

afterEach(() => server.close());

function newVolume(): string {
  const poolRef = server.array.pools.find('DDP_1')?.ref ?? '';
  return server.array.volumes.create({ label: 'v', poolRef, capacityBytes: 2 ** 30 }).ref;
}

describe('saved states', () => {
  it('share what is on the volumes: only what is written between two of them takes memory', async () => {
    const ref = newVolume();
    server.array.io.write(ref, 0, randomBytes(32 * mib));
    const before = process.memoryUsage().arrayBuffers;
    for (let number = 0; number < 100; number++) {
      server.array.io.write(ref, number * 4096, Buffer.alloc(4096, number));
      expect((await server.control('PUT', `/arrays/1/states/s${number}`)).status).toBe(200);
    }
    // A copy for each state would be 3,200 MiB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * mib);
    await server.control('POST', '/arrays/1/states/s40/restore');
    expect(server.array.io.read(ref, 40 * 4096, 1)[0]).toBe(40);
    expect(server.array.check()).toEqual([]);
  });

  it('are what they were, whatever is written after one, and after going back to it', async () => {
    const ref = newVolume();
    server.array.io.write(ref, 0, Buffer.from('saved'));
    await server.control('PUT', '/arrays/1/states/s');
    const { body } = await server.control('GET', '/arrays/1/states/s');
    const whole = JSON.stringify(server.array.save());
    for (const text of ['first', 'other']) {
      server.array.io.write(ref, 0, Buffer.from(text));
      server.array.rename(text);
      await server.control('POST', '/arrays/1/states/s/restore');
      expect(server.array.io.read(ref, 0, 5).toString()).toBe('saved');
      expect(JSON.stringify(server.array.save()) === whole).toBe(true);
    }
    expect((await server.control('GET', '/arrays/1/states/s')).body).toEqual(body);
    server.array.restore(body);
    expect(server.array.io.read(ref, 0, 5).toString()).toBe('saved');
  });
});
