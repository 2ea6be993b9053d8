import { Errors } from 'typebox/value';
import { expect, it } from 'vitest';
import { basic, newServer } from '../servers.js';
import { describedOperations } from './described-operations.js';
import { type SuccessRequest, successRequests } from './success-requests.js';

const boundary = 'a-boundary';

function formOf(files: NonNullable<SuccessRequest['files']>): Buffer {
  const parts = Object.entries(files).map(
    ([name, [fileName, content]]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n\r\n${content}\r\n`,
  );
  return Buffer.from(`${parts.join('')}--${boundary}--\r\n`);
}

/** What is given, or what a function makes of the answers so far. */
function given<T>(value: T | ((answers: Record<string, unknown>) => T), answers: Record<string, unknown>): T {
  return typeof value === 'function' ? (value as (answers: Record<string, unknown>) => T)(answers) : value;
}

/** Tags of which every operation has a request here. */
const wholeTags = ['Counters', 'LDAP', 'Upgrade'];

it('a request that succeeds is answered as its operation is documented, for every operation of these tags', async () => {
  const server = await newServer({ mode: 'proxy' });
  const operations = new Map(describedOperations().map((each) => [each.operation.id, each]));
  const answers: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const request of successRequests) {
    const described = operations.get(request.operation);
    if (described === undefined) throw new Error(`no operation ${request.operation}`);
    const { operation, schemas } = described;
    const params: Record<string, string> = { systemId: '1', ...request.params?.(answers) };
    const path = operation.path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '');
    const query = request.query && new URLSearchParams(given(request.query, answers));
    const isForm = request.files !== undefined;
    const { status, body, text } = await server.ask(
      operation.method,
      query === undefined ? path : `${path}?${query}`,
      request.files ? formOf(request.files) : given(request.body, answers),
      {
        ...basic('admin', 'admin'),
        'content-type': isForm ? `multipart/form-data; boundary=${boundary}` : 'application/json',
      },
    );
    answers[operation.id] = body;
    if (status >= 300) problems.push(`${operation.id}: ${status} ${text.slice(0, 200)}`);
    else if (schemas.response !== undefined)
      for (const { instancePath, message } of Errors(schemas.response, body).slice(0, 3))
        problems.push(`${operation.id}${instancePath}: ${message}`);
  }
  expect(problems).toEqual([]);
  const made = new Set(successRequests.map(({ operation }) => operation));
  const left = [...operations.values()].filter(
    ({ operation: { id, tag } }) => wholeTags.includes(tag) && !made.has(id),
  );
  expect(left.map(({ operation }) => operation.id)).toEqual([]);
});
