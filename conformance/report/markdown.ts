import { type Block, blocksOf } from './blocks.js';
import { counted, notBegun } from './counted.js';
import { byOutcome, countsInWords, verdictOf } from './outcome-order.js';
import type { ConformanceReport } from './report.js';

/** A report for the summary of a CI run: the verdict, what is wrong, and every requirement to unfold. */
export function markdownReport(report: ConformanceReport): string {
  const { subject, unjudged, requirements, checks, waivers, notRun, seed } = report;
  const wrong = byOutcome(requirements).filter(
    ({ outcome, counts }) => counts && ['fail', 'error', 'not exercised'].includes(outcome),
  );
  const lapsed = waivers.filter(({ state }) => state !== 'valid');
  return [
    `## Conformance: ${verdictOf(report)}`,
    '',
    `${plain(subject)}: ${countsInWords(report)} of ${counted(requirements.length, 'requirement')}; ${counted(checks.length, 'check')}, seed ${seed}.`,
    ...(unjudged === undefined ? [] : ['', plain(unjudged.reason), '', plain(unjudged.remedy)]),
    ...(notRun.length === 0 ? [] : ['', `${notBegun(notRun.length)}.`]),
    ...(lapsed.length === 0 ? [] : ['', '### Waivers', '']),
    ...lapsed.map(({ id, owner, expires, state }) =>
      state === 'expired'
        ? `- ${code(id)} expired on ${expires} (${plain(owner)})`
        : `- ${code(id)} is stale: its requirement holds (${plain(owner)})`,
    ),
    ...(wrong.length === 0 ? [] : ['', '### What does not hold', '', ...table(wrong)]),
    ...blocksOf(report).flatMap(blockLines),
    '',
    '<details><summary>All requirements</summary>',
    '',
    ...table(byOutcome(requirements)),
    '',
    '</details>',
    '',
  ].join('\n');
}

function table(requirements: ConformanceReport['requirements']): string[] {
  return [
    '| Requirement | Level | Outcome | Clause |',
    '|---|---|---|---|',
    ...requirements.map(
      ({ id, level, outcome, clause, reason }) =>
        `| ${code(id)} | ${level} | ${outcome} | ${plain(clause)}${isExplained(outcome) && reason ? ` (${plain(reason)})` : ''} |`,
    ),
  ];
}

function isExplained(outcome: string): boolean {
  return outcome === 'waived' || outcome === 'skipped';
}

function blockLines({ cause, check, failures, others }: Block): string[] {
  const { id, title, replay = [] } = check;
  const count = others.length === 0 ? '' : `${others.length + 1} checks: `;
  return [
    '',
    `### ${cause.outcome}: ${count}${plain(title)} (${code(id)})`,
    '',
    ...failures.map(({ message }) => `- ${plain(message)}`),
    ...(others.length === 0 ? [] : ['', `The same in ${others.map(code).join(', ')}.`]),
    ...(replay.length === 0 ? [] : ['', '```sh', ...replay, '```']),
  ];
}

/** A text as it is: nothing in it means anything to Markdown or HTML, and it stays in its line. */
function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~#]/g, String.raw`\$&`);
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', String.raw`\|`)}\``;
}
