import type { Outcome } from '../checks/outcomes.js';
import { type Colors, failureLines } from './lines.js';
import { byOutcome, countsInWords, verdictWords, type WrongCheck, wrongChecks } from './outcome-order.js';
import type { CheckReport, ConformanceReport, RequirementReport } from './report.js';
import { timelineOf } from './timeline.js';

/** A report for people: failures first, then every clause, then the verdict. */
export function consoleReport(report: ConformanceReport, colors: Colors): string {
  return [
    ...wrongChecks(report).flatMap((wrong) => [...checkLines(wrong, colors), '']),
    ...waiverLines(report, colors),
    ...requirementLines(report, colors),
    '',
    ...notRunLines(report),
    ...lastLines(report, colors),
    '',
  ].join('\n');
}

function checkLines({ check, outcome }: WrongCheck, colors: Colors): string[] {
  const { id, title, reason, failure, replay } = check;
  const paint = outcome === 'waived' ? colors.yellow : colors.red;
  const mark = { fail: 'FAILED', error: 'ERROR', waived: 'waived' }[outcome];
  const steps = timelineOf(failure?.trace ?? '').flatMap((each) => (each.kind === 'step' ? [each] : []));
  return [
    `${paint(mark)} ${colors.bold(title)} ${colors.dim(id)}`,
    ...(failure?.failures ?? []).flatMap((each) => failureLines(each, colors)),
    ...(failure === undefined && reason !== undefined ? [`${' '.repeat(16)}${reason}`] : []),
    ...(steps.length === 0 ? [] : ['  steps']),
    ...steps.map(({ number, what }) => `  ${String(number).padStart(4)}  ${what}`),
    ...(replay ?? []).map((line) => `  replay it: ${line}`),
  ];
}

function waiverLines({ waivers }: ConformanceReport, colors: Colors): string[] {
  const lines = waivers.flatMap(({ id, owner, expires, state }) => {
    if (state === 'valid') return [];
    const why = state === 'expired' ? `expired on ${expires}` : 'is stale: its requirement holds';
    return [`${colors.red('FAILED')} the waiver for ${colors.bold(id)} ${why} (${owner})`];
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

/** Every clause that the run has something to say of. */
function requirementLines({ requirements }: ConformanceReport, colors: Colors): string[] {
  const told = byOutcome(requirements).filter(({ outcome, counts }) => counts || outcome !== 'not exercised');
  const width = Math.max(0, ...told.map(({ id }) => id.length));
  return told.map((each) => requirementLine(each, width, colors));
}

function requirementLine(each: RequirementReport, width: number, colors: Colors): string {
  const { id, level, outcome, clause, reason, counts } = each;
  const paints: Readonly<Record<Outcome, (text: string) => string>> = {
    pass: colors.green,
    fail: colors.red,
    error: colors.red,
    'not exercised': counts ? colors.red : colors.dim,
    skipped: colors.yellow,
    waived: colors.yellow,
  };
  const why = reason !== undefined && (outcome === 'skipped' || outcome === 'waived') ? ` (${reason})` : '';
  return `${paints[outcome](outcome.padEnd(13))} ${level.padEnd(6)} ${id.padEnd(width)} ${clause}${colors.dim(why)}`;
}

function notRunLines({ notRun, checks }: ConformanceReport): string[] {
  if (notRun.length === 0) return [];
  return [`${notRun.length} of ${notRun.length + checks.length} checks were not begun.`];
}

function lastLines(report: ConformanceReport, colors: Colors): string[] {
  const { verdict, subject, requirements, checks, seed } = report;
  const sum = (count: (check: CheckReport) => number) => checks.reduce((total, check) => total + count(check), 0);
  const stories = sum((check) => check.stories);
  const noted = checks.filter(({ notes }) => notes !== undefined);
  const calls = sum(({ driverCalls }) => driverCalls);
  return [
    `${requirements.length} requirements: ${countsInWords(report)}`,
    `${checks.length} checks, ${stories} stories, ${calls} driver calls, seed ${seed}`,
    ...(noted.length === 0
      ? []
      : [`${noted.length} checks have notes, e.g. ${noted[0]?.id}: ${noted[0]?.notes?.join('; ')}`]),
    `${(verdict === 'pass' ? colors.green : colors.red)(verdictWords[verdict])} ${colors.bold(subject)}`,
  ];
}
