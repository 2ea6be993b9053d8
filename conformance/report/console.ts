import type { Outcome } from '../checks/outcomes.js';
import { type Block, blocksOf } from './blocks.js';
import { counted, notBegun } from './counted.js';
import { faultSpaceLines } from './fault-space-lines.js';
import { type Colors, failureLines } from './lines.js';
import { byOutcome, countsInWords, verdictOf } from './outcome-order.js';
import type { CheckReport, ConformanceReport, RequirementReport } from './report.js';
import { timelineOf } from './timeline.js';

/** More causes than these are told by the files alone. */
const mostBlocks = 20;

/** A report for people: what is wrong first, each cause once, then every clause, then the verdict. */
export function consoleReport(report: ConformanceReport, colors: Colors): string {
  if (report.unjudged !== undefined) return unjudgedReport(report, colors);
  const blocks = blocksOf(report);
  const rest = blocks.length - mostBlocks;
  return [
    ...blocks.slice(0, mostBlocks).flatMap((block) => [...blockLines(block, colors), '']),
    ...(rest > 0
      ? [`${rest} more causes are in the reports that are files (--save-report, --html, --markdown).`, '']
      : []),
    ...waiverLines(report, colors),
    ...requirementLines(report, colors),
    '',
    ...faultSpaceLines(report, colors),
    ...notRunLines(report),
    ...lastLines(report, colors),
    '',
  ].join('\n');
}

/** A driver that does not start, or not end, has one thing wrong, and nothing else can be said of it. */
function unjudgedReport({ unjudged, subject, verdict }: ConformanceReport, colors: Colors): string {
  const indent = ' '.repeat(16);
  const said = unjudged?.reason.split('\n') ?? [];
  return [
    ...said.map((line, index) => (index === 0 ? `${colors.red('CANNOT BE JUDGED')} ${line}` : `${indent}${line}`)),
    `${indent}${colors.bold('remedy')}  ${unjudged?.remedy}`,
    '',
    `${colors.red(verdictOf({ unjudged, verdict }))} ${colors.bold(subject)}`,
    '',
  ].join('\n');
}

function blockLines({ cause, check, failures, others }: Block, colors: Colors): string[] {
  const { id, title, failure, replay } = check;
  const paint = cause.outcome === 'waived' ? colors.yellow : colors.red;
  const mark = { fail: 'FAILED', error: 'ERROR', waived: 'waived' }[cause.outcome];
  const steps = timelineOf(failure?.trace ?? '').flatMap((each) => (each.kind === 'step' ? [each] : []));
  const count = others.length === 0 ? '' : colors.bold(`${others.length + 1} checks: `);
  return [
    `${paint(mark)} ${count}${colors.bold(title)} ${colors.dim(id)}`,
    ...failures.flatMap((each) => failureLines(each, colors)),
    ...(steps.length === 0 ? [] : ['  steps']),
    ...steps.map(({ number, what }) => `  ${String(number).padStart(4)}  ${what}`),
    ...(others.length === 0 ? [] : [`  the same in ${shortList(others)}`]),
    ...(replay ?? []).map((line) => `  replay it: ${line}`),
  ];
}

const mostOthers = 5;

function shortList(ids: readonly string[]): string {
  const rest = ids.length - mostOthers;
  return `${ids.slice(0, mostOthers).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
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
  const why = reason !== undefined && ['skipped', 'waived', 'not exercised'].includes(outcome) ? ` (${reason})` : '';
  return `${paints[outcome](outcome.padEnd(13))} ${level.padEnd(6)} ${id.padEnd(width)} ${clause}${colors.dim(why)}`;
}

function notRunLines({ notRun, checks }: ConformanceReport): string[] {
  if (notRun.length === 0) return [];
  return [`${notBegun(notRun.length, notRun.length + checks.length)}.`];
}

function lastLines(report: ConformanceReport, colors: Colors): string[] {
  const { verdict, subject, requirements, checks, seed } = report;
  const sum = (count: (check: CheckReport) => number) => checks.reduce((total, check) => total + count(check), 0);
  const stories = sum((check) => check.stories);
  const noted = checks.filter(({ notes }) => notes !== undefined);
  const calls = sum(({ driverCalls }) => driverCalls);
  return [
    `${counted(requirements.length, 'requirement')}: ${countsInWords(report)}`,
    [
      counted(checks.length, 'check'),
      counted(stories, 'story', 'stories'),
      counted(calls, 'driver call'),
      `seed ${seed}`,
    ].join(', '),
    ...(noted.length === 0
      ? []
      : [
          `${counted(noted.length, 'check has', 'checks have')} notes, e.g. ${noted[0]?.id}: ${noted[0]?.notes?.join('; ')}`,
        ]),
    `${(verdict === 'pass' ? colors.green : colors.red)(verdictOf({ verdict }))} ${colors.bold(subject)}`,
  ];
}
