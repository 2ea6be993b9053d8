import { type TSchema, Type } from 'typebox';
import { Errors } from 'typebox/value';
import { type ConformanceReport, reportVersion } from './report.js';

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

const optional = Type.Optional;
const text = Type.String();
const texts = Type.Array(Type.String());
const whole = Type.Integer({ minimum: 0 });
const oneOf = (...values: string[]) => Type.Enum(values);
const object = (properties: Record<string, TSchema>) => Type.Object(properties);

const failure = object({
  failures: Type.Array(
    object({
      message: text,
      expected: optional(Type.Unknown()),
      found: optional(Type.Unknown()),
      requirement: optional(text),
      also: optional(texts),
      method: optional(text),
      exception: optional(text),
      retcode: optional(text),
      object: optional(text),
      isError: optional(Type.Boolean()),
    }),
  ),
  scenario: text,
  trace: text,
  seed: Type.Integer(),
  path: optional(text),
});

/** The format of a report. */
const reportSchema = object({
  report: Type.Literal(reportVersion),
  subject: text,
  command: optional(text),
  seed: whole,
  path: optional(text),
  effort: Type.Number({ exclusiveMinimum: 0 }),
  selection: object({
    only: texts,
    level: oneOf('must', 'should'),
    shard: optional(object({ index: Type.Integer({ minimum: 1 }), count: Type.Integer({ minimum: 1 }) })),
  }),
  verdict: oneOf('pass', 'fail', 'error'),
  requirements: Type.Array(
    object({
      id: text,
      level: oneOf('must', 'should'),
      outcome: oneOf('pass', 'fail', 'error', 'skipped', 'waived', 'not exercised'),
      reason: optional(text),
      checks: texts,
      counts: Type.Boolean(),
      clause: text,
      source: text,
    }),
  ),
  waivers: Type.Array(
    object({ id: text, reason: text, owner: text, expires: text, state: oneOf('valid', 'expired', 'stale') }),
  ),
  checks: Type.Array(
    object({
      id: text,
      kind: oneOf('direct', 'property', 'model'),
      title: text,
      verifies: texts,
      outcome: oneOf('pass', 'fail', 'error', 'skipped'),
      reason: optional(text),
      stories: whole,
      driverCalls: whole,
      notes: optional(texts),
      failure: optional(failure),
      held: optional(texts),
      stack: optional(text),
      replay: optional(texts),
    }),
  ),
  unjudged: optional(object({ reason: text, remedy: text })),
  unfinished: optional(Type.Literal(true)),
  causes: optional(
    Type.Array(
      object({
        requirement: optional(text),
        method: optional(text),
        exception: optional(text),
        retcode: optional(text),
        object: optional(text),
        what: optional(text),
        also: optional(texts),
        outcome: oneOf('fail', 'error', 'waived'),
        checks: texts,
        messages: texts,
      }),
    ),
  ),
  notRun: texts,
  unattributed: texts,
});
