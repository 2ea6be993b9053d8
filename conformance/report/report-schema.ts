import { type TSchema, Type } from 'typebox';
import { reportVersion } from './report.js';

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

/** The format of a report: published as `conformance/report.schema.json`. */
export const reportSchema = Type.Object(
  {
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
        explored: optional(
          object({
            method: text,
            situation: text,
            fault: text,
            places: texts,
            outcomes: Type.Array(oneOf('pass', 'merged', 'fail', 'unexplored', 'none')),
          }),
        ),
        replay: optional(texts),
      }),
    ),
    unjudged: optional(object({ reason: text, remedy: text, isUnusable: optional(Type.Literal(true)) })),
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
  },
  {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Report of eseries-conformance',
    description: `What a run found, version ${reportVersion} of the format: the version grows when readers of older ones would misread it. Members that a reader does not know are to be ignored.`,
  },
);
