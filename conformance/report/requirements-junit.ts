import { type Block, blocksOf } from './blocks.js';
import { notBegun } from './counted.js';
import { type JunitCase, junitReport } from './junit.js';
import { colorsFor, failureLines } from './lines.js';
import type { CheckReport, ConformanceReport, RequirementReport } from './report.js';

/** A report as JUnit: a case for each requirement, and one for each thing else that fails the run. */
export function requirementsJunit(report: ConformanceReport): string {
  const { unjudged, unfinished, notRun, checks } = report;
  const blocks = blocksOf(report);
  const titles = new Map(checks.map((check) => [check.id, check]));
  return junitReport('eseries-conformance', [
    ...(unjudged === undefined
      ? []
      : [
          {
            name: 'the driver can be judged',
            file: 'start',
            verdict: 'fail' as const,
            message: unjudged.reason,
            details: unjudged.remedy,
          },
        ]),
    ...(unfinished
      ? [
          {
            name: 'the run is finished',
            file: 'run',
            verdict: 'error' as const,
            message: notBegun(notRun.length),
          },
        ]
      : []),
    ...report.requirements.map((each) =>
      requirementCase(
        each,
        detailsOf(
          blocks.filter(
            ({ cause }) =>
              cause.requirement === each.id ||
              cause.also?.includes(each.id) ||
              (each.outcome === 'error' && cause.checks.some((id) => each.checks.includes(id))),
          ),
        ),
      ),
    ),
    ...report.unattributed.map((id) =>
      checkCase(titles.get(id), id, detailsOf(blocks.filter(({ cause }) => cause.checks.includes(id)))),
    ),
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
    return { ...shared, verdict: 'fail', message: `not exercised: ${reason ?? 'no check says anything'}` };
  if (outcome === 'waived' || outcome === 'skipped')
    return { ...shared, verdict: 'skipped', message: `${outcome}: ${reason ?? ''}` };
  return { ...shared, verdict: outcome, message: reason ?? '', details };
}

function checkCase(check: CheckReport | undefined, id: string, details: string): JunitCase {
  const verdict = check?.outcome === 'error' ? 'error' : 'fail';
  return { name: check?.title ?? id, file: id, verdict, message: 'speaks of no requirement', details };
}

/** Each cause once, however many checks show it. */
function detailsOf(blocks: readonly Block[]): string {
  const colors = colorsFor({});
  return blocks
    .flatMap(({ check: { id, title, replay = [] }, failures, others }) => [
      `${id}: ${title}`,
      ...failures.flatMap((each) => failureLines(each, colors)),
      ...(others.length === 0 ? [] : [`the same in ${others.length} more: ${others.join(', ')}`]),
      ...replay.map((line) => `replay it: ${line}`),
    ])
    .join('\n');
}
