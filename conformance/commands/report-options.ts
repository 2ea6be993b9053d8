import { writeFile } from 'node:fs/promises';
import { consoleReport } from '../report/console.js';
import { htmlReport } from '../report/html.js';
import { jsonReport } from '../report/json.js';
import { colorsFor } from '../report/lines.js';
import { markdownReport } from '../report/markdown.js';
import type { ConformanceReport } from '../report/report.js';
import { requirementsJunit } from '../report/requirements-junit.js';
import { CommandError, type CommandIo, exitCodes } from './command.js';

/** Where the reports of a run go. */
export const reportOptions = {
  json: { type: 'boolean' },
  'save-report': { type: 'string' },
  junit: { type: 'string' },
  html: { type: 'string' },
  markdown: { type: 'string' },
} as const;

export const reportUsage = `  --json                 the report as JSON, instead of the one for people
  --save-report FILE     the report as JSON too, for \`merge\`
  --junit FILE           a JUnit report
  --html FILE            a page with every requirement, and a timeline of each failure
  --markdown FILE        a summary for a CI system
`;

type Values = { readonly [Option in keyof typeof reportOptions]?: string | boolean | undefined };

/** Writes the reports that are asked for; one goes to standard output. */
export async function writeReports(report: ConformanceReport, values: Values, { out }: CommandIo): Promise<void> {
  const files: readonly (readonly [keyof Values, (report: ConformanceReport) => string])[] = [
    ['save-report', jsonReport],
    ['junit', requirementsJunit],
    ['html', htmlReport],
    ['markdown', markdownReport],
  ];
  for (const [option, reported] of files) {
    const file = values[option];
    if (typeof file !== 'string') continue;
    await writeFile(file, reported(report)).catch((error: NodeJS.ErrnoException) => {
      throw new CommandError(`--${option} ${file} cannot be written (${error.code}).`);
    });
  }
  out.write(values.json === true ? jsonReport(report) : consoleReport(report, colorsFor(out)));
}

/** The exit code that a verdict means. */
export function exitCodeOf({ verdict }: ConformanceReport): number {
  return { pass: exitCodes.passed, fail: exitCodes.failed, error: exitCodes.couldNotRun }[verdict];
}
