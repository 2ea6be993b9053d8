import { rename, writeFile } from 'node:fs/promises';
import { badge } from '../report/badge.js';
import { consoleReport } from '../report/console.js';
import { htmlReport } from '../report/html.js';
import { jsonReport } from '../report/json.js';
import { colorsFor } from '../report/lines.js';
import { markdownReport } from '../report/markdown.js';
import type { ConformanceReport } from '../report/report.js';
import { requirementsJunit } from '../report/requirements-junit.js';
import { after } from '../runtime/wall-clock.js';
import { CommandError, type CommandIo, exitCodes } from './command.js';
import type { reportOptions } from './usage/report.js';

type Values = { readonly [Option in keyof typeof reportOptions]?: string | boolean | undefined };

/** Writes the reports that are asked for; one goes to standard output. */
export async function writeReports(report: ConformanceReport, values: Values, { out }: CommandIo): Promise<void> {
  await writeReportFiles(report, values);
  out.write(values.json === true ? jsonReport(report) : consoleReport(report, colorsFor(out)));
}

const written: readonly (readonly [keyof Values, (report: ConformanceReport) => string])[] = [
  ['save-report', jsonReport],
  ['junit', requirementsJunit],
  ['html', htmlReport],
  ['markdown', markdownReport],
  ['badge', badge],
];

/** Writes the reports that are files, each as a whole: a reader never sees half of one. Rejects with CommandError. */
async function writeReportFiles(report: ConformanceReport, values: Values): Promise<void> {
  for (const [option, reported] of written) {
    const file = values[option];
    if (typeof file !== 'string') continue;
    await writeWhole(option, file, reported(report));
  }
}

/** Writes the file that an option names as a whole. Rejects with CommandError. */
export async function writeWhole(option: string, file: string, text: string): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await writeFile(part, text);
    await rename(part, file);
  } catch (error) {
    throw new CommandError(`--${option} ${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** How long a finding waits at most before it is in the files. */
const writeEveryMs = 1000;

/** The report files of a run that goes on: whatever ends it, they hold what was found until a second before. */
export class ReportFiles {
  /** Takes the write back that is due; undefined when none is. */
  private cancel: (() => void) | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly values: Values,
    private readonly reportNow: () => ConformanceReport,
  ) {}

  /** Writes them for the first time. Rejects with CommandError when one can't be written, before anything is played. */
  async begin(): Promise<void> {
    await writeReportFiles(this.reportNow(), this.values);
  }

  /** Something new was found. */
  changed(): void {
    this.cancel ??= after(writeEveryMs, () => {
      this.cancel = undefined;
      // What can't be written now is told of in the end.
      this.last = this.last.then(() => writeReportFiles(this.reportNow(), this.values)).catch(() => undefined);
    });
  }

  /** Nothing is written any more when this resolves. */
  async stop(): Promise<void> {
    this.cancel?.();
    await this.last;
  }
}

/** The exit code that a verdict means. */
export function exitCodeOf({ verdict }: Pick<ConformanceReport, 'verdict'>): number {
  return { pass: exitCodes.passed, fail: exitCodes.failed, error: exitCodes.couldNotRun }[verdict];
}
