import type { ConformanceReport } from './report.js';

/** A report as JSON: what `merge` reads. It tells no times: the same seed gives the same bytes. */
export function jsonReport(report: ConformanceReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
