/** `node annotate.js report.json`: an annotation of GitHub for each requirement that does not hold, on standard output. */
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));

/** As workflow commands have it: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const escaped = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const annotate = (title, text) => process.stdout.write(`::error title=${property(title)}::${escaped(text)}\n`);

if (report.unjudged !== undefined)
  annotate('The driver cannot be judged', `${report.unjudged.reason}\n${report.unjudged.remedy}`);
for (const { id, outcome, counts, clause, checks } of report.requirements) {
  if (!counts || !['fail', 'error'].includes(outcome)) continue;
  const told = report.checks
    .filter((check) => checks.includes(check.id) && check.outcome !== 'pass')
    .flatMap(({ failure, reason, replay = [] }) => [
      ...(failure?.failures ?? []).map(({ message }) => message),
      ...(reason === undefined ? [] : [reason]),
      ...replay,
    ]);
  annotate(`${id} does not hold`, [clause, ...new Set(told)].join('\n'));
}
