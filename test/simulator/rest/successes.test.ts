import { Errors } from 'typebox/value';
import { expect, it } from 'vitest';
import { basic, newServer } from '../servers.js';
import { describedOperations } from './described-operations.js';
import { formRequest } from './forms.js';
import { successRequests } from './success-requests.js';

/** What is given, or what a function makes of the answers so far. */
function given<T>(value: T | ((answers: Record<string, unknown>) => T), answers: Record<string, unknown>): T {
  return typeof value === 'function' ? (value as (answers: Record<string, unknown>) => T)(answers) : value;
}

/** Tags of which every operation has a request here. */
const wholeTags = [
  'Counters',
  'LDAP',
  'Upgrade',
  'Security',
  'Monitoring',
  'Device-ASUP',
  'AutoSupport',
  'Firmware',
  'Drive-Firmware',
  'File-Management',
  'Configuration',
];

/** Operations that cannot succeed here, each with the reason; their refusals are tested where they belong. */
const impossible: Readonly<Record<string, string>> = {
  clearLockdown: 'no array is ever locked down',
  'get-AllStorageDeviceStatusEvents': 'they are answered when something happens: see the tests of events',
  'get-AllGlobalStatusEvents': 'they are answered when something happens: see the tests of events',
};

it('a request that succeeds is answered as its operation is documented, for every operation of these tags', async () => {
  const server = await newServer({ mode: 'proxy' });
  await server.control('POST', '/arrays', { preset: 'demo' });
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
    const form = request.files && formRequest(given(request.files, answers));
    const { status, body, text } = await server.ask(
      operation.method,
      query === undefined ? path : `${path}?${query}`,
      form?.payload ?? given(request.body, answers),
      { 'content-type': 'application/json', ...basic('admin', 'admin'), ...form?.headers },
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
    ({ operation: { id, tag } }) => wholeTags.includes(tag) && !made.has(id) && !(id in impossible),
  );
  expect(left.map(({ operation }) => operation.id)).toEqual([]);
});
