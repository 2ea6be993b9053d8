import { type Static, Type } from 'typebox';

/** The codes of errors: Cinder's and Python's exceptions come as the first, the others are those of JSON-RPC 2.0. */
export const errorCodes = {
  exception: -32_000,
  parseError: -32_700,
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  internalError: -32_603,
} as const;

const id = Type.Union([Type.Integer(), Type.String()]);

/** What a program may ask of the suite: `initialize` says which of these the suite answers. */
export const suiteMethods = ['sleep', 'now', 'uuid', 'read', 'update'] as const;
export type SuiteMethod = (typeof suiteMethods)[number];
const suiteMethod = Type.Enum([...suiteMethods]);

/** The kinds of records that `read` gives. */
export const recordKinds = [
  'volume',
  'snapshot',
  'group',
  'group_snapshot',
  'volume_type',
  'group_type',
  'qos_specs',
  'attachment',
  'volume_admin_metadata',
  'volume_metadata',
  'snapshot_metadata',
] as const;

/** What `initialize` is answered with. */
export const initializeResult = Type.Object({
  name: Type.String({ minLength: 1, description: "The driver's name." }),
  version: Type.Optional(Type.String({ description: "The driver's version." })),
  methods: Type.Array(Type.String(), { description: 'The documented names of the methods that the driver has.' }),
  constants: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'What the class says of itself, e.g. CI_WIKI_NAME, DRIVER_NAME and VERSION.',
    }),
  ),
  uses: Type.Optional(
    Type.Array(suiteMethod, {
      description:
        'What the program asks of the suite. With "sleep" in it all its waits go through the suite; without, the suite ' +
        'advances the time of the array while the program is idle.',
    }),
  ),
  reusable: Type.Optional(
    Type.Boolean({
      description:
        'Whether initialize may come again after close was answered, for a fresh driver in the same process: the suite ' +
        'then need not start the program for each story.',
    }),
  ),
  http_timeout: Type.Optional(
    Type.Number({
      minimum: 0,
      description:
        'Seconds that its HTTP client waits for an answer; 0: without end. The suite breaks the connection of a request ' +
        "that takes longer by the array's time. Left out by programs that measure this themselves, by `now`.",
    }),
  ),
});

/** What goes with the error of a call that ended in an exception. */
export const exceptionData = Type.Object({
  class: Type.String({ minLength: 1, description: "The name of the exception's class, without its module." }),
  parents: Type.Array(Type.String(), {
    description: 'The names of the classes that it is derived from, nearest first; they may begin with its own.',
  }),
  message: Type.String(),
});

const configuration = Type.Record(Type.String(), Type.Unknown(), {
  description: "The backend's options by the names of cinder.conf.",
});

const request = <Method extends string, Params extends Parameters<typeof Type.Object>[0]>(
  method: Method,
  params: Params,
) =>
  Type.Object({
    jsonrpc: Type.Literal('2.0'),
    id,
    method: Type.Literal(method),
    params: Type.Object(params, { additionalProperties: false }),
  });

/** Fields may be added to it later. */
const offer = Type.Object(
  {
    requests: Type.Array(suiteMethod, { description: 'What the program may ask of the suite.' }),
    host: Type.Optional(
      Type.String({
        minLength: 1,
        description: "The host of the volume service, `host@backend`: the hosts of the records' volumes begin with it.",
      }),
    ),
  },
  { description: 'What the suite offers; where it is missing the program must not ask for anything.' },
);

const initialize = request('initialize', { configuration, suite: Type.Optional(offer) });
const call = request('call', {
  method: Type.String({ description: 'The documented name of a method.' }),
  args: Type.Record(Type.String(), Type.Unknown(), { description: 'Its arguments by their documented names.' }),
});
const close = request('close', {});

const kind = Type.Enum([...recordKinds]);
const recordId = Type.String({
  minLength: 1,
  description: "The record's id; of metadata the id of the volume or snapshot.",
});
const fields = Type.Record(Type.String(), Type.Unknown());
const suiteRequests = [
  request('sleep', {
    seconds: Type.Number({ minimum: 0, description: 'Answered once so much of the virtual time has passed.' }),
    call: Type.Optional(
      Type.Union([Type.Integer(), Type.String()], {
        description: 'The id of the request of the suite that waits; without it a wait in the background may be meant.',
      }),
    ),
  }),
  request('now', {}),
  request('uuid', {}),
  request('read', { kind, id: recordId }),
  request('read', {
    kind,
    where: Type.Record(Type.String(), Type.Unknown(), { description: 'Fields and the values that they have.' }),
  }),
  request('update', { kind, id: recordId, values: fields }),
] as const;

/** What a program asks of the suite. */
export const suiteRequest = Type.Union([...suiteRequests]);
export type SuiteRequest = Static<typeof suiteRequest>;

/** Nothing else in it: an answer with both result and error could be read either way. */
const closed = <Properties extends Parameters<typeof Type.Object>[0]>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });

const result = closed({
  jsonrpc: Type.Literal('2.0'),
  id,
  result: Type.Unknown({ description: 'null where a method returns nothing, a list for a tuple.' }),
  identities: Type.Optional(
    Type.Record(Type.String({ pattern: '^(/.*)?$' }), Type.String({ pattern: '^/(args|result)(/|$)' }), {
      additionalProperties: false,
      description:
        'Objects in the result that are no new ones: the JSON pointer of each in `result`, and of the object that it is: ' +
        'in /args (one that was handed in) or in /result (the same one twice).',
    }),
  ),
});
const exception = closed({
  jsonrpc: Type.Literal('2.0'),
  id,
  error: Type.Object({ code: Type.Literal(errorCodes.exception), message: Type.String(), data: exceptionData }),
});
const refusal = closed({
  jsonrpc: Type.Literal('2.0'),
  id: Type.Union([id, Type.Null()]),
  error: Type.Object({
    code: Type.Enum([
      errorCodes.parseError,
      errorCodes.invalidRequest,
      errorCodes.methodNotFound,
      errorCodes.invalidParams,
      errorCodes.internalError,
    ]),
    message: Type.String(),
  }),
});

/** An answer that is one of the protocol's, read but not yet judged by what was asked. */
export const answer = Type.Union([result, exception, refusal]);

export type InitializeResult = Static<typeof initializeResult>;
export type SubjectAnswer = Static<typeof answer>;

/** The protocol of subjects in programs of their own, as JSON Schema: each line is one of `messages`. */
export function protocolSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'What a Cinder driver in a program of its own is asked, and what it answers: a message a line',
    anyOf: [
      { $ref: '#/definitions/request' },
      { $ref: '#/definitions/answer' },
      { $ref: '#/definitions/suiteRequest' },
      { $ref: '#/definitions/suiteAnswer' },
    ],
    definitions: {
      request: { anyOf: [initialize, call, close] },
      answer,
      initializeResult,
      exceptionData,
      suiteRequest,
      suiteAnswer: Type.Union([result, refusal]),
    },
  };
}
