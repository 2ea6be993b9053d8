import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../conformance/checks/check.js';
import { choose, type Selection } from '../../../conformance/checks/selection.js';
import { jsonReport, parseReport } from '../../../conformance/report/json.js';
import { makeReport } from '../../../conformance/report/make-report.js';
import { mergeReports, type NamedReport } from '../../../conformance/report/merge.js';
import { requirementOf, resultOf } from '../checks/made-up.js';
import { checks, requirements, waivers } from './made-up.js';

const today = '2030-06-01';
const about = { subject: 'driver', seed: 1, effort: 1 };

interface Suite {
  readonly requirements: typeof requirements;
  readonly results: readonly CheckResult[];
  readonly waivers: typeof waivers;
}

/** What a run of that selection would report, when each check comes to what the suite says. */
function ran({ requirements, results, waivers }: Suite, selection: Selection) {
  const chosen = choose(results, requirements, selection).checks;
  return makeReport(about, { requirements, checks: results, selection, results: chosen, waivers, today });
}

function shardsOf(suite: Suite, selection: Selection, count: number): NamedReport[] {
  return Array.from({ length: count }, (_, index) => {
    const report = ran(suite, { ...selection, shard: { index: index + 1, count } });
    return { file: `${index + 1}.json`, report: parseReport(jsonReport(report), `${index + 1}.json`) };
  });
}

const ids = ['A1', 'A2', 'A3', 'A4', 'A5'];

const anySuite: fc.Arbitrary<Suite> = fc.record({
  requirements: fc
    .tuple(...ids.map(() => fc.constantFrom('must', 'should')))
    .map((levels) => ids.map((id, index) => requirementOf(id, { level: levels[index] as 'must' | 'should' }))),
  results: fc
    .array(
      fc.record({
        outcome: fc.constantFrom('pass', 'pass', 'pass', 'fail', 'error', 'skipped'),
        verifies: fc.subarray(ids),
        kind: fc.constantFrom('direct', 'property'),
        named: fc.option(fc.constantFrom(...ids), { nil: undefined }),
      }),
      { maxLength: 12 },
    )
    .map((each) =>
      each.map(({ outcome, verifies, kind, named }, index) => {
        const failure = { failures: [{ message: 'wrong', requirement: named }], scenario: '', trace: '', seed: 0 };
        return resultOf(`c/${index}`, outcome as CheckResult['outcome'], verifies, {
          kind: kind as CheckResult['kind'],
          ...(outcome === 'fail' ? { failure: JSON.parse(JSON.stringify(failure)) } : {}),
        });
      }),
    ),
  waivers: fc
    .subarray(ids)
    .chain((some) =>
      fc.tuple(
        ...some.map((id) =>
          fc.constantFrom('2030-05-31', today).map((expires) => ({ id, reason: 'r', owner: 'o', expires })),
        ),
      ),
    ),
});

const anySelection: fc.Arbitrary<Selection> = fc.record({
  only: fc.constantFrom([], ['A*'], ['A1', 'c/1'], ['c/*']),
  level: fc.constantFrom('must', 'should'),
});

describe('merging the reports of all shards', () => {
  it('gives the report of the run without shards, whatever came out and in whatever order', () => {
    fc.assert(
      fc.property(
        anySuite,
        anySelection,
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (suite, selection, count, back) => {
          const parts = shardsOf(suite, selection, count);
          const catalogue = { requirements: suite.requirements, checks: suite.results, today };
          const merged = mergeReports(back ? parts.reverse() : parts, catalogue);
          expect(jsonReport(merged)).toBe(jsonReport(ran(suite, selection)));
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  const suite: Suite = { requirements, results: checks, waivers };
  const catalogue = { requirements, checks, today };
  const parts = shardsOf(suite, { only: [], level: 'should' }, 3);

  it('refuses when one is missing', () => {
    expect(() => mergeReports(parts.slice(1), catalogue)).toThrow('Missing: shard 1/3.');
  });

  it('refuses when one is there twice', () => {
    const [first] = parts;
    const twice = first === undefined ? [] : [{ ...first, file: 'again.json' }];
    expect(() => mergeReports([...parts, ...twice], catalogue)).toThrow('1.json and again.json are both of shard 1/3.');
  });

  it('refuses those of different runs', () => {
    const others = shardsOf(suite, { only: [], level: 'must' }, 3).map((each) => ({
      ...each,
      file: `other-${each.file}`,
    }));
    expect(() => mergeReports([...parts.slice(0, 2), ...others.slice(2)], catalogue)).toThrow(
      '1.json and other-3.json are of different runs: level is "should" in one and "must" in the other.',
    );
  });

  it('refuses those of another version of the suite', () => {
    expect(() => mergeReports(parts, { ...catalogue, checks: checks.slice(1) })).toThrow(
      /json was made by another version of the suite/,
    );
  });
});
