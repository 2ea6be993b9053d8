import fc from 'fast-check';
import { Check } from 'typebox/value';
import { cutLines } from '../../conformance/subjects/lines.js';
import { answer as answerSchema } from '../../conformance/subjects/protocol.js';
import { Session } from '../../conformance/subjects/session.js';
import { SubjectError, type SubjectRuntime } from '../../conformance/subjects/subject.js';
import { answerSuiteRequest } from '../../conformance/subjects/suite-requests.js';
import { type FuzzArea, hold, type OpenArea } from './area.js';
import { oddJson, oddText } from './odd-values.js';

interface SubjectInput {
  /** What the program writes, in hex. */
  readonly output: string;
  readonly pieces: readonly number[];
}

const mostCpuMs = 3000;
const mostLineBytes = 100_000;
const mostMessageCharacters = 6000;

/** JSON-RPC lines of a subject. */
export const subjectArea: FuzzArea = {
  name: 'subjects',
  async open(): Promise<OpenArea> {
    return { inputs: subjectInputs, try: tryOutput, close: async () => undefined } as OpenArea;
  },
};

const id = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('1', '2', '3') },
  { weight: 1, arbitrary: fc.constantFrom('0', '-1', '4', '1.5', '"1"', 'null', '1e400', '[1]') },
);

const member = fc.oneof(
  { weight: 4, arbitrary: oddJson.map((text) => `"result":${text}`) },
  oddJson.map((text) => `"identities":${text}`),
  oddJson.map((text) => `"params":${text}`),
  fc
    .tuple(fc.constantFrom(-32000, -32603, 0, 1e9), oddText, oddJson)
    .map(([code, message, data]) => `"error":{"code":${code},"message":${JSON.stringify(message)},"data":${data}}`),
  fc.constantFrom(
    '"result":null',
    '"result":{}',
    '"error":{"code":-32000,"message":"x","data":{"class":"X","parents":[],"message":"x"}}',
    '"method":"now","params":{}',
    '"method":"uuid"',
    '"method":"sleep","params":{"seconds":1e400}',
    '"method":"sleep","params":{"seconds":-1}',
    '"method":"read","params":{"kind":"__proto__","id":"__proto__"}',
    '"method":"read","params":{"kind":"volumes","where":{"constructor":1}}',
    '"method":"update","params":{"kind":"volumes","id":"1","values":{"__proto__":1}}',
    '"method":"call"',
    '"method":"__proto__"',
    '"__proto__":{}',
  ),
);

const message = fc
  .tuple(
    fc.oneof(
      { weight: 12, arbitrary: fc.constant('"jsonrpc":"2.0",') },
      { weight: 1, arbitrary: fc.constantFrom('"jsonrpc":"1.0",', '') },
    ),
    id,
    fc.array(member, { minLength: 1, maxLength: 2 }),
  )
  .map(([version, number, members]) => `{${version}"id":${number},${members.join(',')}}`);

const line = fc.oneof(
  { weight: 12, arbitrary: message },
  { weight: 1, arbitrary: oddJson },
  { weight: 1, arbitrary: oddText },
  { weight: 1, arbitrary: fc.array(message, { maxLength: 3 }).map((all) => `[${all.join(',')}]`) },
);

const subjectInputs: fc.Arbitrary<SubjectInput> = fc
  .record({
    lines: fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '', '\n\n')), {
      minLength: 1,
      maxLength: 8,
    }),
    noise: fc.oneof(
      { weight: 8, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom('ff', 'c3', '00', 'efbbbf') },
    ),
    pieces: fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(100_000)), { minLength: 1, maxLength: 3 }),
  })
  .map(({ lines, noise, pieces }) => ({
    output: noise + Buffer.from(lines.flat().join('')).toString('hex'),
    pieces,
  }));

/** Three calls wait for their answers while the program writes. */
async function tryOutput({ output, pieces }: SubjectInput): Promise<string> {
  const names = Object.getOwnPropertyNames(Object.prototype).length;
  const began = process.cpuUsage();
  const written: string[] = [];
  const session = new Session((text) => void written.push(text), undefined, {
    serve: (request) => answerSuiteRequest(runtime, request),
  });
  const waiting = [1, 2, 3].map((number) => ended(session.request('call', { method: 'm', args: { number } })));
  const take = cutLines(
    mostLineBytes,
    (text) => session.receive(text),
    () => session.fail('wrote a line that is too long'),
  );
  const bytes = Buffer.from(output, 'hex');
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = pieces[turn % pieces.length] ?? 1;
    take(bytes.subarray(at, at + length));
    at += length;
  }
  await new Promise((resolve) => setImmediate(resolve));
  for (const each of written)
    hold(isOneLine(each), () => `the suite writes what is not one line of JSON: ${each.slice(0, 500)}`);
  session.fail('ended');
  const outcomes = await Promise.all(waiting);
  const { user, system } = process.cpuUsage(began);
  hold(
    (user + system) / 1000 < mostCpuMs,
    () => `reading takes ${Math.round((user + system) / 1000)} ms of the processor`,
  );
  hold(Object.getOwnPropertyNames(Object.prototype).length === names, () => 'all objects have another property');
  return outcomes.join(' ');
}

/** How a request ended; throws when it is neither with an answer of the protocol nor with what is wrong with the program. */
async function ended(request: Promise<unknown>): Promise<string> {
  try {
    const answer = await request;
    hold(Check(answerSchema, answer), () => `this passes for an answer: ${JSON.stringify(answer).slice(0, 500)}`);
    return 'answered';
  } catch (error) {
    if (!(error instanceof SubjectError)) throw error;
    const text = error.message + JSON.stringify(error.evidence);
    hold(text.length < mostMessageCharacters, () => `an error of ${text.length} characters`);
    return 'refused';
  }
}

function isOneLine(text: string): boolean {
  try {
    return !text.includes('\n') && typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

const runtime: SubjectRuntime = {
  sleep: async () => undefined,
  now: () => 0,
  randomUuid: () => '00000000-0000-4000-8000-000000000000',
  records: { read: () => null, list: () => [], update: () => undefined },
  log: () => undefined,
};
