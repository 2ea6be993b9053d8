import { Errors } from 'typebox/value';
import { type ConformanceReport, reportVersion } from './report.js';
import { reportSchema } from './report-schema.js';

/** A report as JSON: what `merge` reads. It tells no times: the same seed gives the same bytes. */
export function jsonReport(report: ConformanceReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** A file that is no report of this version: the message says where, and why. */
export class ReportFileError extends Error {
  override readonly name = 'ReportFileError';
}

/** Reads what `jsonReport` wrote. Throws ReportFileError. */
export function parseReport(text: string, file: string): ConformanceReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ReportFileError(`${file} is no JSON: ${(error as Error).message}`);
  }
  const version = (value as { report?: unknown } | null)?.report;
  if (typeof version === 'number' && version !== reportVersion)
    throw new ReportFileError(
      `${file} is a report of version ${version}; this version of the suite reads ${reportVersion}.`,
    );
  const [error] = Errors(reportSchema, value);
  if (error !== undefined)
    throw new ReportFileError(`${file} is no report of this suite: ${error.instancePath || 'it'} ${error.message}`);
  return value as ConformanceReport;
}
