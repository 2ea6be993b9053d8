import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CheckResult } from '../../../conformance/checks/check.js';
import { propertyChecks } from '../../../conformance/checks/properties/index.js';
import { requirements } from '../../../conformance/requirements/index.js';
import { broken, ourDriver, swallowing } from './broken-drivers.js';
import { checkOf, replayed, stepsOf, tried } from './tried.js';

// A story that fails is made shorter by playing hundreds of shorter ones.
vi.setConfig({ testTimeout: 180_000 });

const property = (id: string) => checkOf(propertyChecks, id);

describe('the properties', () => {
  it.each(propertyChecks.map((check) => [check.id, check] as const))('%s holds of our driver', async (_, check) => {
    const result = await tried(check, ourDriver);
    expect(result.failure?.failures ?? []).toEqual([]);
    expect(result).toMatchObject({ outcome: 'pass' });
    expect(result.driverCalls).toBeGreaterThan(0);
  });

  it('verify requirements that there are', () => {
    const known = new Set(requirements.map(({ id }) => id));
    expect(propertyChecks.flatMap(({ verifies }) => verifies).filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('a driver that swallows deletions of snapshots', () => {
  const subject = swallowing('delete_snapshot');
  let result: CheckResult;

  beforeAll(async () => {
    result = await tried(property('property/snapshot-order'), subject);
  });

  it('is found out, in a story that is as short as can be and fails again when it is replayed', async () => {
    expect(result).toMatchObject({
      outcome: 'fail',
      failure: { failures: expect.arrayContaining([expect.objectContaining({ requirement: 'B8' })]) },
    });
    expect(stepsOf(result).length).toBeLessThanOrEqual(5);
    expect(await replayed(result, subject)).toMatchObject({ verdict: 'fail' });
  });

  it('is found out by the same story each time that the seed is the same', async () => {
    expect((await tried(property('property/snapshot-order'), subject)).failure).toEqual(result.failure);
  });

  it('is found out at once where an earlier run told seed and path', async () => {
    const { failure } = result;
    const again = await tried(property('property/snapshot-order'), subject, { path: failure?.path });
    expect(again).toMatchObject({ outcome: 'fail', failure: { scenario: failure?.scenario, path: failure?.path } });
  });
});

it('a driver that makes all volumes of one size is found out by their shapes', async () => {
  const subject = broken((call, method, args) => {
    if (method !== 'create_volume') return call(method, args);
    const volume = args.volume as Readonly<Record<string, unknown>>;
    return call(method, { ...args, volume: { ...volume, size: 1 } });
  });
  const result = await tried(property('property/volume-shapes'), subject);
  expect(result).toMatchObject({ outcome: 'fail', failure: { failures: [{ requirement: 'R7' }] } });
  expect(stepsOf(result)).toHaveLength(1);
});

it('a driver that says done although something went wrong is found out by partial failures', async () => {
  const subject = broken(async (call, method, args) => {
    const answer = await call(method, args);
    return method === 'delete_volume' && 'raised' in answer ? { returned: null } : answer;
  });
  const result = await tried(property('property/partial-failures'), subject, { effort: 4 });
  expect(result).toMatchObject({ outcome: 'fail', failure: { failures: [{ requirement: 'B16' }] } });
});

it('what comes when the time is over is not played', async () => {
  const check = property('property/volume-shapes');
  const result = await check.run({
    methods: new Set(),
    constants: {},
    seed: 1,
    effort: 1,
    isOver: () => true,
    play: () => Promise.reject(new Error('nothing is to be played')),
  });
  expect(result).toMatchObject({ outcome: 'pass', stories: 0 });
});

describe('a driver that says done although a change of the array was refused', () => {
  const subject = broken(async (call, method, args) => {
    const answer = await call(method, args);
    return method === 'create_volume' && 'raised' in answer ? { returned: null } : answer;
  });

  it('is found out by the change that fails, and again where that is told', async () => {
    const { outcome, failure } = await tried(property('property/each-change-fails'), subject);
    expect(outcome).toBe('fail');
    expect(failure?.path).toBe('0:POST:0:refused');
    const again = await tried(property('property/each-change-fails'), subject, { path: failure?.path });
    expect(again).toMatchObject({ outcome: 'fail', stories: 2, failure: { scenario: failure?.scenario } });
  });
});
