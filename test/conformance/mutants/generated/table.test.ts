import { describe, expect, it } from 'vitest';
import type { Verdict } from './messages.js';
import { generatedOptions } from './options.js';
import { sample } from './sample.js';
import { score, table } from './table.js';
import { trialOf } from './trial.js';

const mutant = { id: '1', file: 'a.ts', line: 1, context: 'x', mutator: 'Regex', original: 'a', replacement: 'b' };

function verdicts(...outcomes: Verdict['outcome'][]): Verdict[] {
  return outcomes.map((outcome) => ({ mutant, outcome, checks: 1, requirements: ['R1'] }));
}

describe('the score', () => {
  it('counts what was killed or timed out, of all that could be judged and are not equivalent', () => {
    const judged = verdicts('killed', 'timed out', 'survived', 'survived', 'unusable');
    expect(score({ verdicts: judged, equivalent: [{ mutant, reason: 'same' }] })).toBe(0.5);
  });
});

describe('the table', () => {
  it('tells what survived, by which requirement the others were killed, and the sums', () => {
    const text = table(
      { verdicts: verdicts('killed', 'killed', 'survived'), equivalent: [] },
      { because: false, goal: 95 },
    );
    expect(text).toContain('   2 by R1');
    expect(text).toContain('SURVIVED    a.ts:1 Regex: a -> b');
    expect(text).toContain('2 killed, 0 timed out, 1 survived, 0 equivalent, 0 that could not be judged; 66.6 %');
  });
});

describe('sample', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);

  it('draws the same for the same seed, and another for another', () => {
    expect(sample(items, 10, 3)).toEqual(sample(items, 10, 3));
    expect(sample(items, 10, 3)).not.toEqual(sample(items, 10, 4));
  });

  it('draws each item at most once', () => {
    expect(sample(items, 80, 3).sort((one, other) => one - other)).toEqual(items);
  });
});

describe('trialOf', () => {
  const measured = (check: string, milliseconds: number, hits: Record<string, number>) => ({
    check,
    outcome: 'pass' as const,
    milliseconds,
    most: 5,
    hits,
  });
  const checks = [measured('slow', 90, { 1: 2 }), measured('quick', 10, { 1: 4 }), measured('elsewhere', 5, { 2: 1 })];

  it('plays the checks that pass the place, the shortest first', () => {
    const { plays } = trialOf(mutant, { measured: checks, loading: [] }, 9);
    expect(plays.map(({ check, hits }) => [check, hits])).toEqual([
      ['quick', 4],
      ['slow', 2],
    ]);
  });

  it('plays all for what acts while the module is loaded', () => {
    const { isLoading, plays } = trialOf(mutant, { measured: checks, loading: ['1'] }, 9);
    expect([isLoading, plays.length]).toEqual([true, 3]);
  });

  it('plays no more than are allowed', () => {
    const { plays } = trialOf(mutant, { measured: checks, loading: ['1'] }, 2);
    expect(plays.map(({ check }) => check)).toEqual(['elsewhere', 'quick']);
  });
});

describe('the options', () => {
  const values = { seed: '7', count: '20', goal: '95', only: [], equivalents: false, because: false };

  it('are read as numbers', () => {
    expect(generatedOptions({ ...values, workers: '1' })).toMatchObject({ seed: 7, count: 20, workers: 1 });
  });

  it.each([
    [{ count: '0' }, '--count 0 is not possible: allowed are whole numbers from 1'],
    [{ seed: '1.5' }, '--seed 1.5 is not possible: allowed are whole numbers from 0'],
  ])('%s is refused', (change, message) => {
    expect(() => generatedOptions({ ...values, ...change })).toThrow(message);
  });
});
