import { beforeEach, describe, expect, it } from 'vitest';
import { newServer, type TestServer } from '../servers.js';

let server: TestServer;
let copyId: string;
let job: string;

const gib = 2 ** 30;

/** A copy of 100 GiB at 1 GiB/s is going on. */
beforeEach(async () => {
  server = await newServer();
  const poolId = server.array.pools.find('DDP_1')?.ref;
  const [sourceId, targetId] = await Promise.all(
    ['s', 't'].map(async (name) => {
      const { body } = await server.ask('POST', 'volumes', { poolId, name, sizeUnit: 'gb', size: 100, segSize: 0 });
      return body.id;
    }),
  );
  await server.control('POST', '/arrays/1/jobs/progression', { progression: `timed:${gib}`, kinds: ['volumeCopy'] });
  copyId = (await server.ask('POST', 'volume-copy-jobs', { sourceId, targetId })).body.id;
  [{ ref: job }] = (await server.control('GET', '/arrays/1/jobs')).body;
});

const at = (path: string, body?: unknown) => server.control('POST', `/arrays/1/jobs/${job}/${path}`, body);

async function advance(seconds: number): Promise<void> {
  await server.control('POST', '/clock', { advance: `${seconds}s` });
}

/** What a client sees: the percentage while it goes on, then how it ended. */
async function seen(): Promise<unknown> {
  const { status } = (await server.ask('GET', `volume-copy-jobs/${copyId}`)).body;
  if (status !== 'inProgress') return status;
  return (await server.ask('GET', `volume-copy-jobs-control/${copyId}`)).body.percentComplete;
}

/** How long the rest takes, in seconds: the pool rounds capacities. */
function secondsOf(share: number): number {
  return Math.ceil(((server.array.tables.jobs.get(job)?.totalBytes ?? 0) / gib) * share);
}

describe('work that is going on', () => {
  it('is stepped, and goes on from there', async () => {
    const whole = secondsOf(1);
    expect((await at('step', { percent: 40 })).body).toMatchObject({ ref: job, kind: 'volumeCopy', percent: 40 });
    expect(await seen()).toBe(40);
    await advance(Math.floor(whole * 0.5));
    expect(await seen()).toBeGreaterThanOrEqual(89);
    await advance(Math.ceil(whole * 0.1) + 1);
    expect(await seen()).toBe('complete');
  });

  it('completes at 100 percent', async () => {
    expect((await at('step', { percent: 100 })).status).toBe(204);
    expect(await seen()).toBe('complete');
    expect((await at('step', { percent: 10 })).body.error.code).toBe('unknownJob');
  });

  it('sticks where it is until it is let go on', async () => {
    await at('step', { percent: 30 });
    expect((await at('stick')).body).toMatchObject({ percent: 30, pausedAtPercent: 30 });
    await advance(86_400);
    expect(await seen()).toBe(30);
    await at('step', { percent: 35 });
    await advance(86_400);
    expect(await seen()).toBe(35);
    expect((await at('resume')).body).toMatchObject({ percent: 35, pausedAtPercent: null });
    await advance(86_400);
    expect(await seen()).toBe('complete');
  });

  it('going on already goes on when it is told to', async () => {
    await advance(secondsOf(0.5));
    const before = await seen();
    await at('resume');
    expect(await seen()).toBe(before);
  });

  it('fails at a percentage, from where it is', async () => {
    await at('step', { percent: 30 });
    expect((await at('progression', { progression: 'fail-at:60' })).body).toMatchObject({ percent: 30 });
    await advance(secondsOf(0.2));
    expect(await seen()).toBeGreaterThanOrEqual(49);
    await advance(secondsOf(0.11) + 1);
    expect(await seen()).toBe('failed');
  });

  it('fails at once when it is beyond that', async () => {
    await at('step', { percent: 80 });
    expect((await at('progression', { progression: 'fail-at:60' })).status).toBe(204);
    expect(await seen()).toBe('failed');
  });

  it('gets stuck by its progression, or is over', async () => {
    await at('step', { percent: 20 });
    await at('progression', { progression: 'stuck' });
    await advance(86_400);
    expect(await seen()).toBe(20);
    await at('progression', { progression: 'instant' });
    expect(await seen()).toBe('complete');
  });

  it('refuses what is no percentage, no progression and no job, by name', async () => {
    for (const [path, body, status, code, field] of [
      ['step', { percent: 101 }, 422, 'invalidField', 'percent'],
      ['step', { percent: 1.5 }, 422, 'invalidField', 'percent'],
      ['step', {}, 422, 'missingField', 'percent'],
      ['step', { percents: 1 }, 422, 'unknownField', 'percents'],
      ['progression', { progression: 'fail-at:100' }, 422, 'illegalParam', 'progression'],
    ] as const) {
      const answer = await at(path, body);
      expect([path, body, answer.status, answer.body.error?.code, answer.body.error?.field]).toEqual([
        path,
        body,
        status,
        code,
        field,
      ]);
    }
    for (const path of ['step', 'stick', 'resume', 'progression', 'complete', 'fail']) {
      const answer = await server.control('POST', `/arrays/1/jobs/none/${path}`, {
        ...(path === 'step' ? { percent: 1 } : path === 'progression' ? { progression: 'stuck' } : {}),
      });
      expect([path, answer.status, answer.body.error.message]).toEqual([
        path,
        404,
        `There is no job 'none': known are ${job}.`,
      ]);
    }
  });
});
