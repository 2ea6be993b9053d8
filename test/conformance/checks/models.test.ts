import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CheckResult } from '../../../conformance/checks/check.js';
import { modelChecks } from '../../../conformance/checks/model/index.js';
import { requirements } from '../../../conformance/requirements/index.js';
import { broken, ourDriver, swallowing } from './broken-drivers.js';
import { checkOf, replayed, stepsOf, tried } from './tried.js';

// A story that fails is made shorter by playing hundreds of shorter ones.
vi.setConfig({ testTimeout: 180_000 });

const model = (id: string) => checkOf(modelChecks, id);

describe('the models', () => {
  it.each(modelChecks.map((check) => [check.id, check] as const))(
    '%s finds nothing in our driver',
    async (_, check) => {
      const result = await tried(check, ourDriver, { effort: 0.1 });
      expect(result.failure?.failures ?? []).toEqual([]);
      expect(result).toMatchObject({ outcome: 'pass' });
    },
  );

  it('model/with-faults finds nothing where a member of a group has an error: Cinder does not let it leave', async () => {
    const result = await tried(model('model/with-faults'), ourDriver, { seed: 99991, path: '7' });
    expect(result.failure?.failures ?? []).toEqual([]);
    expect(result).toMatchObject({ outcome: 'pass' });
  });

  it('verify requirements that there are', () => {
    const known = new Set(requirements.map(({ id }) => id));
    expect(modelChecks.flatMap(({ verifies }) => verifies).filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('a driver that leaves mappings when hosts are detached', () => {
  const subject = swallowing('terminate_connection');
  let result: CheckResult;

  beforeAll(async () => {
    result = await tried(model('model/whole-surface'), subject);
  });

  it('is found out by the same story each time that the seed is the same', async () => {
    expect((await tried(model('model/whole-surface'), subject)).failure).toEqual(result.failure);
  });

  it('is found out, in a story that is as short as can be and fails again when it is replayed', async () => {
    expect(result.outcome).toBe('fail');
    expect(stepsOf(result).length).toBeLessThanOrEqual(4);
    expect(await replayed(result, subject)).toMatchObject({ verdict: 'fail' });
  });
});

it('a driver that hands out another volume than it was asked for is found out by bytes', async () => {
  const copies = new Set(['create_volume_from_snapshot']);
  const subject = broken((call, method, args) =>
    // Right size, right pool, right name: and nothing in it.
    copies.has(method) ? call('create_volume', { volume: args.volume }) : call(method, args),
  );
  const result = await tried(model('model/with-bytes'), subject, { effort: 3 });
  expect(result).toMatchObject({
    outcome: 'fail',
    failure: { failures: [{ requirement: 'C-create-volume-from-snapshot-1' }] },
  });
  expect(await replayed(result, subject)).toMatchObject({ verdict: 'fail' });
});
