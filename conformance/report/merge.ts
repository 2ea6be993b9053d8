import { isDeepStrictEqual } from 'node:util';
import { type Choosable, choose } from '../checks/selection.js';
import type { Requirement } from '../requirements/requirement.js';
import { makeReport } from './make-report.js';
import type { ConformanceReport } from './report.js';

export interface NamedReport {
  readonly file: string;
  readonly report: ConformanceReport;
}

/** Reports that don't go together: the message says which, and why. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
}

interface Catalogue {
  readonly requirements: readonly Requirement[];
  readonly checks: readonly Choosable[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

/**
 * The report that a run without shards would have made, of the reports of all its shards, in any order. Throws MergeError
 * when one is missing or there twice, when they are of different runs, or of another version of the suite.
 */
export function mergeReports(parts: readonly NamedReport[], catalogue: Catalogue): ConformanceReport {
  const [first] = parts;
  if (first === undefined) throw new MergeError('There are no reports to merge.');
  for (const part of parts.slice(1)) refuseAnotherRun(first, part);
  const count = first.report.selection.shard?.count ?? 1;
  refuseMissingShards(parts, count);
  for (const part of parts) refuseAnotherVersion(part, catalogue);
  for (const { file, report } of parts)
    if (report.unfinished) throw new MergeError(`${file} is of a run that did not come to its end.`);
  const { subject, command, seed, path, effort, selection, waivers } = first.report;
  const unjudged = parts.find(({ report }) => report.unjudged !== undefined)?.report.unjudged;
  const { shard: _, ...whole } = selection;
  return makeReport(
    {
      subject,
      ...(command === undefined ? {} : { command }),
      seed,
      ...(path === undefined ? {} : { path }),
      effort,
      ...(unjudged === undefined ? {} : { unjudged }),
    },
    {
      ...catalogue,
      selection: whole,
      results: parts.flatMap(({ report }) => report.checks),
      waivers: waivers.map(({ state: __, ...waiver }) => waiver),
    },
  );
}

/** What all shards of a run have in common. */
function runOf({ subject, command, seed, path, effort, selection, waivers }: ConformanceReport) {
  const { only, level, shard } = selection;
  const given = waivers.map(({ state: _, ...waiver }) => waiver);
  return { subject, command, seed, path, effort, only, level, shards: shard?.count ?? 1, waivers: given };
}

function refuseAnotherRun(first: NamedReport, other: NamedReport): void {
  const one: Readonly<Record<string, unknown>> = runOf(first.report);
  for (const [name, value] of Object.entries(runOf(other.report))) {
    if (isDeepStrictEqual(one[name], value)) continue;
    throw new MergeError(
      `${first.file} and ${other.file} are of different runs: ${name} is ${shown(one[name])} in one and ${shown(value)} in the other.`,
    );
  }
}

function refuseMissingShards(parts: readonly NamedReport[], count: number): void {
  const byIndex = new Map<number, string>();
  for (const { file, report } of parts) {
    const index = report.selection.shard?.index ?? 1;
    const known = byIndex.get(index);
    if (known !== undefined) throw new MergeError(`${known} and ${file} are both of shard ${index}/${count}.`);
    byIndex.set(index, file);
  }
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !byIndex.has(index));
  if (missing.length > 0)
    throw new MergeError(`Missing: ${missing.map((index) => `shard ${index}/${count}`).join(', ')}.`);
}

/** Checks that this version does not have, or deals out differently, can't be judged by it. */
function refuseAnotherVersion({ file, report }: NamedReport, { requirements, checks }: Catalogue): void {
  const chosen = choose(checks, requirements, report.selection).checks.map(({ id }) => id);
  const reported = [...report.checks.map(({ id }) => id), ...report.notRun];
  if (isDeepStrictEqual([...reported].sort(), [...chosen].sort())) return;
  throw new MergeError(`${file} was made by another version of the suite: its checks are not those of this one.`);
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
