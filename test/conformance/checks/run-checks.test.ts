import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check, CheckResult } from '../../../conformance/checks/check.js';
import { directChecks } from '../../../conformance/checks/direct.js';
import { modelChecks } from '../../../conformance/checks/model/index.js';
import { runChecks } from '../../../conformance/checks/run-checks.js';
import { search } from '../../../conformance/checks/search.js';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { cinderMethods } from '../../../conformance/subjects/methods.js';
import { SubjectError, type SubjectFactory } from '../../../conformance/subjects/subject.js';
import { broken, neverStarting, ourDriver, raising, thinAsText } from './broken-drivers.js';
import { checkOf, replayed, tried } from './tried.js';

const options = { methods: new Set(Object.keys(cinderMethods)), constants: {}, seed: 1, effort: 0.05 };

function check(id: string, run: Check['run']): Check {
  return { id, kind: 'direct', title: id, verifies: ['R7'], run };
}

const passing = check('passing', () => Promise.resolve({ outcome: 'pass', stories: 0, driverCalls: 0 }));

function run(checks: readonly Check[], subject: SubjectFactory = ourDriver): Promise<CheckResult[]> {
  return runChecks(checks, { subject, ...options });
}

describe('a check that throws', () => {
  it('is an error with its stack, and the next check is run', async () => {
    const throwing = check('throwing', () => Promise.reject(new TypeError('of the suite')));
    expect(await run([throwing, passing])).toMatchObject([
      {
        outcome: 'error',
        reason: 'the suite itself failed: of the suite',
        stack: expect.stringContaining('TypeError'),
      },
      { outcome: 'pass' },
    ]);
  });

  it('while it searches is an error too, and no example that fails', async () => {
    const attempt = () => Promise.reject(new RangeError('of the search'));
    const searching = check('searching', (context) => search(context, { examples: fc.nat(), runs: 3, attempt }));
    const [result] = await run([searching]);
    expect(result).toMatchObject({ outcome: 'error', reason: 'the suite itself failed: of the search' });
  });
});

describe('checks beside each other', () => {
  const names = ['a', 'b', 'c', 'd'];
  const lasting = (seen: string[]) =>
    names.map((id) =>
      check(id, async () => {
        seen.push(`${id} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(`${id} ends`);
        return { outcome: id === 'a' ? 'fail' : 'pass', stories: 0, driverCalls: 0 };
      }),
    );

  it('are each run once, from both ends of the list', async () => {
    const seen: string[] = [];
    const results = await runChecks(lasting(seen), { subject: ourDriver, ...options, lanes: 2 });
    expect(results.map(({ id }) => id).sort()).toEqual(names);
    expect(seen.slice(0, 2)).toEqual(['a begins', 'd begins']);
  });

  it('end with the first failure where that is wanted, after those that have begun', async () => {
    const results = await runChecks(lasting([]), { subject: ourDriver, ...options, lanes: 2, bail: true });
    expect(results.map(({ id }) => id).sort()).toEqual(['a', 'd']);
  });

  it('end with what a listener throws', async () => {
    const onResult = () => Promise.reject(new Error('no room for the report'));
    const running = runChecks(lasting([]), { subject: ourDriver, ...options, lanes: 2, onResult });
    await expect(running).rejects.toThrow('no room for the report');
  });
});

describe('a driver that dies midway', () => {
  const dying = broken((call, method, args) =>
    method === 'create_volume' ? Promise.reject(new SubjectError('The program ended with code 1')) : call(method, args),
  );

  it('is an error of each check, and of no run', async () => {
    const checks = (await directChecks()).filter(({ id }) => id.startsWith('volume/')).slice(0, 2);
    const results = await run([...checks, passing], dying);
    expect(results.map(({ outcome }) => outcome)).toEqual(['error', 'error', 'pass']);
    expect(results[0]?.reason).toContain('The program ended with code 1');
  });
});

describe('a driver whose start fails', () => {
  const model = checkOf(modelChecks, 'model/consistency-groups');

  it('is a failure of a model that can be replayed', async () => {
    const result = await tried(model, neverStarting, { effort: 0.1 });
    expect(result).toMatchObject({ outcome: 'fail', failure: { failures: [{ requirement: 'R1' }] } });
    expect(result.held ?? []).toEqual([]);
    expect(await replayed(result, neverStarting)).toMatchObject({ verdict: 'fail' });
  });

  it('by a "should" alone does not keep a model from finding what else is wrong, nor from showing what holds', async () => {
    const result = await tried(model, thinAsText, { effort: 0.1 });
    expect(result.outcome).toBe('fail');
    expect(new Set(result.failure?.failures.map(({ requirement }) => requirement))).toEqual(new Set(['R63']));
    expect(result.held).toEqual(model.verifies);
    const worse: SubjectFactory = async (environment) => {
      const [one, other] = [await thinAsText(environment), await raising('create_consistencygroup')(environment)];
      const call = (method: string, args: object) =>
        method === 'create_consistencygroup' ? other.call(method, { ...args }) : one.call(method, { ...args });
      return { ...one, call };
    };
    const found = await tried(model, worse, { effort: 1 });
    expect(found.failure?.failures.map(({ requirement }) => requirement)).toContain('C-create-consistencygroup-1');
    expect(readScenario(found.failure?.scenario ?? '', 'f').scenario.steps.length).toBeLessThan(4);
  });
});
