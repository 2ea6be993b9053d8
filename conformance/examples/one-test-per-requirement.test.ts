/**
 * Judges a driver in Vitest, with one test for each requirement. Copy it, and say what your driver is: a command line that
 * speaks JSON-RPC in lines, or what `defineSubject` gives. CONFORMANCE_ONLY names checks or requirements, with commas
 * between; all are tried by default, which takes half a minute.
 */
import { type ConformanceReport, requirementsOf, runConformance } from 'eseries-simulator/conformance';
import { beforeAll, describe, expect, it } from 'vitest';

/** undefined: the driver of the package itself. */
const subject = process.env.CONFORMANCE_SUBJECT;
const only = process.env.CONFORMANCE_ONLY?.split(',');
const asked = await requirementsOf({ only });

let report: ConformanceReport;

beforeAll(async () => {
  report = await runConformance({ subject, only });
}, 3_600_000);

it('can be judged', () => {
  expect(report.unjudged).toBeUndefined();
});

describe.each(asked)('$id', ({ id, clause }) => {
  it(clause, ({ skip }) => {
    const { outcome, reason, checks } = report.requirements.find((each) => each.id === id) ?? {};
    if (outcome === 'skipped') skip(reason);
    const failures = report.checks
      .filter((check) => checks?.includes(check.id))
      .flatMap(({ failure }) => failure?.failures.map(({ message }) => message) ?? []);
    expect({ outcome, failures }).toEqual({ outcome: 'pass', failures: [] });
  });
});
