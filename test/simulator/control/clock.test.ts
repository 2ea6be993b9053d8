import { describe, expect, it } from 'vitest';
import { newServer } from '../servers.js';

describe('the clock over HTTP', () => {
  it('is stopped, advanced, and let run again', async () => {
    const server = await newServer({ clock: 'real' });
    expect((await server.control('GET', '/clock')).body.mode).toBe('real');
    const stopped = (await server.control('PUT', '/clock', { mode: 'manual' })).body;
    expect(stopped.mode).toBe('manual');
    const advanced = (await server.control('POST', '/clock', { advance: '1h' })).body;
    expect(advanced.nowMs).toBe(stopped.nowMs + 3_600_000);
    const fast = (await server.control('PUT', '/clock', { mode: 'scaled', scale: 60 })).body;
    expect(fast).toMatchObject({ mode: 'scaled', scale: 60 });
    expect(fast.nowMs).toBeGreaterThanOrEqual(advanced.nowMs);
    const real = (await server.control('PUT', '/clock', { mode: 'real' })).body;
    expect([real.mode, real.scale]).toEqual(['real', undefined]);
    expect(real.nowMs).toBeGreaterThanOrEqual(fast.nowMs);
  });

  it('refuses what is no pace, by name', async () => {
    const server = await newServer({ clock: 'manual' });
    for (const [body, field] of [
      [{}, 'mode'],
      [{ mode: 'fast' }, 'mode'],
      [{ mode: 'scaled' }, 'scale'],
      [{ mode: 'scaled', scale: 0 }, 'scale'],
      [{ mode: 'scaled', scale: 1e9 }, 'scale'],
      [{ mode: 'real', scale: 2 }, 'scale'],
      [{ mode: 'real', speed: 2 }, 'speed'],
    ] as const) {
      const answer = await server.control('PUT', '/clock', body);
      expect([body, answer.status, answer.body.error?.field]).toEqual([body, 422, field]);
    }
    expect((await server.control('GET', '/clock')).body.mode).toBe('manual');
  });

  it('does not go past the end of all dates', async () => {
    const server = await newServer({ clock: 'manual' });
    for (const advance of ['99999999999d', '36526d', '-1s', 'soon']) {
      const answer = await server.control('POST', '/clock', { advance });
      expect([advance, answer.status, answer.body.error?.field]).toEqual([advance, 422, 'advance']);
    }
    let centuries = 0;
    while ((await server.control('POST', '/clock', { advance: '36525d' })).status === 200) centuries++;
    expect(centuries).toBe(79);
    expect((await server.control('GET', '/clock')).body.now).toMatch(/^99\d\d-/);
  });

  it('that a program has handed in stays as it is', async () => {
    const server = await newServer();
    expect(await server.control('PUT', '/clock', { mode: 'real' })).toMatchObject({
      status: 409,
      body: { error: { code: 'clockFixed' } },
    });
  });

  it('lets happen what is due on the way, in its order and at its time', async () => {
    const server = await newServer();
    const startMs = server.clock.now();
    server.faults.add({ when: { notBefore: '10s' }, what: { do: 'controller', controller: 'B', for: '5s' } });
    server.faults.add({ when: { notBefore: '20s' }, what: { do: 'fan', for: '1h' } });
    await server.control('POST', '/clock', { advance: '1m' });
    const { body } = await server.ask('GET', 'mel-events?count=8192');
    const seen = body.map(({ timeStamp, description }: { timeStamp: string; description: string }) => [
      Number(timeStamp) - startMs / 1000,
      description,
    ]);
    expect(seen).toEqual(
      expect.arrayContaining([
        [10, 'Controller placed offline (failed)'],
        [15, 'Controller placed online'],
        [20, 'Fan canister 1: failed'],
      ]),
    );
    expect(server.array.components.status('fan', 1)).toBe('failed');
    await server.control('POST', '/clock', { advance: '1h' });
    expect(server.array.components.status('fan', 1)).toBe('optimal');
  });
});
