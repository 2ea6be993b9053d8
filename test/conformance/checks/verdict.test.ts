import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../conformance/checks/check.js';
import { type JudgeInput, judge } from '../../../conformance/checks/verdict.js';
import { requirementOf, resultOf } from './made-up.js';

const waiver = { id: 'A1', reason: 'known', owner: 'ann', expires: '2030-01-31' };

function judged(results: readonly CheckResult[], changes: Partial<JudgeInput> = {}) {
  return judge({
    requirements: [requirementOf('A1')],
    checks: results,
    selection: { only: [], level: 'should' },
    results,
    waivers: [],
    today: '2030-01-01',
    ...changes,
  });
}

const outcomeOf = (...[results, changes]: Parameters<typeof judged>) => {
  const { verdict, requirements } = judged(results, changes);
  return [requirements[0]?.outcome, verdict];
};

describe('a requirement', () => {
  it('passes when a check passed and none failed', () => {
    expect(outcomeOf([resultOf('a', 'pass', ['A1']), resultOf('b', 'skipped', ['A1'])])).toEqual(['pass', 'pass']);
  });

  it('fails when one check failed', () => {
    expect(outcomeOf([resultOf('a', 'pass', ['A1']), resultOf('b', 'fail', ['A1'])])).toEqual(['fail', 'fail']);
  });

  it('fails by what a generated story’s failure names, and by that alone', () => {
    const failure = { failures: [{ message: 'leak', requirement: 'A2' }], scenario: '', trace: '', seed: 0 };
    const results = [resultOf('p', 'fail', ['A1'], { kind: 'property', failure })];
    const requirements = [requirementOf('A1'), requirementOf('A2')];
    const outcomesOf = (all: typeof results) =>
      judged(all, { requirements }).requirements.map(({ outcome }) => outcome);
    expect(outcomesOf(results)).toEqual(['not exercised', 'fail']);
    expect(outcomesOf([...results, resultOf('other', 'pass', ['A1'])])).toEqual(['pass', 'fail']);
  });

  it('is not reached where a check failed for another reason, and says which', () => {
    const failure = { failures: [{ message: 'no', requirement: 'A2' }], scenario: '', trace: '', seed: 0 };
    const requirements = [requirementOf('A1'), requirementOf('A2')];
    const outcomesOf = (changes: Partial<CheckResult>) =>
      judged([resultOf('a', 'fail', ['A1', 'A2'], { failure, ...changes })], { requirements }).requirements;
    expect(outcomesOf({})).toMatchObject([
      { outcome: 'not exercised', reason: 'not reached: a broke A2' },
      { outcome: 'fail', reason: 'no' },
    ]);
    expect(outcomesOf({ held: ['A1'] })).toMatchObject([{ outcome: 'pass' }, { outcome: 'fail' }]);
  });

  it('fails with those that say the same', () => {
    const failures = [{ message: 'no', requirement: 'A2', also: ['A1'] }];
    const results = [resultOf('a', 'fail', ['A1', 'A2'], { failure: { failures, scenario: '', trace: '', seed: 0 } })];
    const requirements = [requirementOf('A1'), requirementOf('A2')];
    expect(judged(results, { requirements }).requirements).toMatchObject([{ outcome: 'fail' }, { outcome: 'fail' }]);
  });

  it('is an error when a check could not be run, and none failed', () => {
    expect(outcomeOf([resultOf('a', 'pass', ['A1']), resultOf('b', 'error', ['A1'])])).toEqual(['error', 'error']);
    expect(outcomeOf([resultOf('a', 'fail', ['A1']), resultOf('b', 'error', ['A1'])])).toEqual(['fail', 'fail']);
  });

  it('is skipped when all its checks were, or when nothing can show it; that passes', () => {
    expect(outcomeOf([resultOf('a', 'skipped', ['A1'])])).toEqual(['skipped', 'pass']);
    const requirements = [requirementOf('A1', { unobservable: 'inside' })];
    expect(outcomeOf([], { requirements })).toEqual(['skipped', 'pass']);
  });

  it('is not exercised when no check is about it; that fails', () => {
    expect(outcomeOf([])).toEqual(['not exercised', 'fail']);
  });

  it.each<[string, readonly CheckResult[]]>([
    ['failed', [resultOf('a', 'fail', ['A1'])]],
    ['broke', [resultOf('a', 'error', ['A1'])]],
    ['was never tried', []],
  ])('is waived when it %s and a waiver says so; that passes', (_what, results) => {
    expect(outcomeOf(results, { waivers: [waiver] })).toEqual(['waived', 'pass']);
  });
});

describe('a waiver', () => {
  const failing = [resultOf('a', 'fail', ['A1'])];
  const passing = [resultOf('a', 'pass', ['A1'])];

  it('holds on its last day', () => {
    expect(judged(failing, { waivers: [waiver], today: '2030-01-31' })).toMatchObject({
      verdict: 'pass',
      waivers: [{ state: 'valid' }],
    });
  });

  it('fails the run when it is expired, and waives nothing', () => {
    const late = { waivers: [waiver], today: '2030-02-01' };
    expect(judged(failing, late)).toMatchObject({ verdict: 'fail', requirements: [{ outcome: 'fail' }] });
    expect(judged(passing, late)).toMatchObject({ verdict: 'fail', waivers: [{ state: 'expired' }] });
  });

  it('fails the run when it is stale: its requirement passes', () => {
    expect(judged(passing, { waivers: [waiver] })).toMatchObject({ verdict: 'fail', waivers: [{ state: 'stale' }] });
  });

  it('is not called stale while other checks of its requirement were not asked for', () => {
    const checks = [...passing, resultOf('b', 'fail', ['A1'])];
    const selection = { only: ['a'], level: 'should' } as const;
    expect(judged(passing, { checks, selection, waivers: [waiver] })).toMatchObject({
      verdict: 'pass',
      waivers: [{ state: 'valid' }],
    });
  });
});

describe('what counts', () => {
  const requirements = [requirementOf('A1'), requirementOf('B1', { level: 'should' })];
  const results = [resultOf('a', 'pass', ['A1']), resultOf('b', 'fail', ['B1'])];

  it('are shoulds by default', () => {
    expect(judged(results, { requirements }).verdict).toBe('fail');
  });

  it('are musts alone with the level must; the others are told', () => {
    const judgement = judged(results, { requirements, selection: { only: [], level: 'must' } });
    expect(judgement).toMatchObject({
      verdict: 'pass',
      requirements: [{ counts: true }, { outcome: 'fail', counts: false }],
      unattributed: [],
    });
  });

  it('is not what a run was not asked for and did not try', () => {
    const selection = { only: ['A1'], level: 'should' } as const;
    const [a] = results;
    expect(judged(a === undefined ? [] : [a], { requirements, checks: results, selection }).verdict).toBe('pass');
  });

  it('is a failure that shows by the way, asked for or not', () => {
    const both = [resultOf('a', 'fail', ['A1', 'B1'])];
    const selection = { only: ['B1'], level: 'should' } as const;
    expect(judged(both, { requirements, selection }).verdict).toBe('fail');
  });

  it('is a failed check that is about no requirement', () => {
    expect(judged([resultOf('a', 'pass', ['A1']), resultOf('new', 'fail', [])])).toMatchObject({
      verdict: 'fail',
      unattributed: ['new'],
    });
    expect(judged([resultOf('a', 'pass', ['A1']), resultOf('new', 'error', [])]).verdict).toBe('error');
  });
});
