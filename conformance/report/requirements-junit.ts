import { type JunitCase, junitReport } from './junit.js';
import { colorsFor, failureLines } from './lines.js';
import type { CheckReport, ConformanceReport, RequirementReport } from './report.js';

/** A report as JUnit: a case for each requirement, and one for each thing else that fails the run. */
export function requirementsJunit(report: ConformanceReport): string {
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  const evidence = (ids: readonly string[]) => ids.flatMap((id) => detailsOf(checks.get(id))).join('\n');
  return junitReport('eseries-conformance', [
    ...report.requirements.map((each) => requirementCase(each, evidence(each.checks))),
    ...report.unattributed.map((id) => checkCase(checks.get(id), id, evidence([id]))),
    ...report.waivers
      .filter(({ state }) => state !== 'valid')
      .map(
        ({ id, reason, owner, expires, state }): JunitCase => ({
          name: `the waiver for ${id}`,
          file: 'waivers',
          verdict: 'fail',
          message: state === 'expired' ? `expired on ${expires}` : 'stale: its requirement holds',
          details: `${reason} (${owner})`,
        }),
      ),
  ]);
}

function requirementCase(each: RequirementReport, details: string): JunitCase {
  const { id, level, outcome, clause, reason, counts } = each;
  const shared = { name: `${id}: ${clause}`, file: level };
  // What does not count must not turn a CI system red.
  if (outcome === 'pass') return { ...shared, verdict: 'pass' };
  if (!counts) return { ...shared, verdict: 'skipped', message: `${outcome}, which does not count in this run` };
  if (outcome === 'not exercised')
    return { ...shared, verdict: 'fail', message: 'not exercised: no check says anything' };
  if (outcome === 'waived' || outcome === 'skipped')
    return { ...shared, verdict: 'skipped', message: `${outcome}: ${reason ?? ''}` };
  return { ...shared, verdict: outcome, message: reason ?? '', details };
}

function checkCase(check: CheckReport | undefined, id: string, details: string): JunitCase {
  const verdict = check?.outcome === 'error' ? 'error' : 'fail';
  return { name: check?.title ?? id, file: id, verdict, message: 'speaks of no requirement', details };
}

function detailsOf(check: CheckReport | undefined): string[] {
  if (check === undefined) return [];
  const { id, title, reason, failure, replay = [] } = check;
  const colors = colorsFor({});
  return [
    `${id}: ${title}`,
    ...(reason === undefined ? [] : [reason]),
    ...(failure?.failures ?? []).flatMap((each) => failureLines(each, colors)),
    ...replay.map((line) => `replay it: ${line}`),
  ];
}
