import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../simulator/rest/operations.js';
import { repetitions } from '../../repetitions.js';
import { basic, newServer, type TestServer } from '../servers.js';

const admin = basic('admin', 'admin');

/** JSON as bad as it gets: wrong types, huge and odd numbers, depth, and names that mean something to JavaScript. */
const nastyValue = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    1.5,
    1e308,
    2 ** 53,
    '',
    ' ',
    '0'.repeat(40),
    '__proto__',
    'a'.repeat(5000),
    '-1',
    '1e9',
    '😀',
    '\u0000',
    '../..',
    '%00',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Values for the properties that requests have, so that some get past the first check. */
function bodyFor(names: readonly string[]): fc.Arbitrary<unknown> {
  const plausible = fc.oneof(nastyValue, fc.constantFrom('name_1', '1', 1, 'gb', 'DDP_1', [], {}, [null], [{}]));
  const object = fc.dictionary(names.length === 0 ? fc.string() : fc.constantFrom(...names), plausible, { maxKeys: 8 });
  return fc.oneof({ weight: 4, arbitrary: object }, { weight: 1, arbitrary: nastyValue });
}

const malformed = fc.constantFrom(
  '{',
  '[1,',
  '"',
  'null null',
  '\u0000',
  '{"a":}',
  'text|with|bars',
  '{"__proto__": {"x": 1}}',
  Buffer.from([0xff, 0xfe, 0x00, 0x80]),
  ' ',
);

describe('no request, however odd', () => {
  let server: TestServer;
  let operations: { operation: Operation; names: string[] }[];

  beforeAll(async () => {
    server = await newServer();
    const { operations: listed } = (await server.control('GET', '/coverage')).body;
    const { paths } = (await server.ask('GET', '/openapi.json', undefined, {})).body;
    operations = listed
      .filter((operation: { implemented: boolean }) => operation.implemented)
      .map((operation: Operation) => {
        const path = operation.path.replace(/:(\w+)/g, '{$1}');
        const body = paths[path]?.[operation.method.toLowerCase()]?.requestBody?.content?.['application/json']?.schema;
        return { operation, names: Object.keys(body?.properties ?? {}) };
      });
    const { array } = server;
    const volume = array.volumes.create({
      label: 'v',
      poolRef: array.pools.find('DDP_1')?.ref ?? '',
      capacityBytes: 2 ** 30,
    });
    const group = array.snapshotGroups.create({ label: 'g', baseRef: volume.ref });
    array.snapshotImages.create({ groupRef: group.ref });
    array.setResetBaseline();
  });

  it('gets a 5xx other than 501, breaks an invariant, or changes the array when it is refused', async () => {
    const ids = [
      ...server.array.tables.volumes.toJSON(),
      ...server.array.tables.pools.toJSON(),
      ...server.array.tables.snapshotGroups.toJSON(),
    ].map((each) => each.ref);
    const request = fc.nat(operations.length - 1).chain((index) => {
      const { operation, names } = operations[index] ?? { operation: undefined, names: [] };
      return fc.record({
        operation: fc.constant(operation),
        id: fc.oneof(
          fc.constantFrom(...ids, 'DDP_1', '0'.repeat(40), 'x', '%20', '..', '[', '|'),
          fc.string({ maxLength: 60 }).map(encodeURIComponent),
        ),
        query: fc.oneof(
          { weight: 4, arbitrary: fc.constant('') },
          {
            weight: 1,
            arbitrary: fc.constantFrom(
              '?value=x',
              '?query=///',
              '?count=-1',
              '?delete-volumes=maybe',
              '?%ZZ',
              '?control=stop',
              '?uid=a&pwd=b',
            ),
          },
        ),
        payload: fc.oneof(
          { weight: 5, arbitrary: bodyFor(names).map((body) => JSON.stringify(body)) },
          { weight: 1, arbitrary: malformed },
        ),
      });
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ operation, id, query, payload }) => {
        if (
          operation === undefined ||
          operation.path.includes('/login') ||
          operation.path.includes('users') ||
          operation.path.includes('password')
        )
          return;
        const path = operation.path.replace(':systemId', '1').replace(/:\w+|\*/g, () => id || 'x');
        server.array.reset();
        const before = stateOf(server);
        const answer = await server.ask(
          operation.method,
          path + query,
          operation.method === 'GET' ? undefined : payload,
          admin,
        );
        expect(
          answer.status < 500 || answer.status === 501,
          `${operation.method} ${path} answers ${answer.status}: ${answer.text}`,
        ).toBe(true);
        expect(answer.text).not.toMatch(/\n\s+at \S+ \(/);
        if (answer.status >= 400) {
          expect(answer.body).toMatchObject({ errorMessage: expect.any(String), retcode: expect.any(String) });
          expect(
            stateOf(server) === before,
            `${operation.method} ${path} answers ${answer.status} and changes the array`,
          ).toBe(true);
        }
        expect(server.array.check()).toEqual([]);
      }),
      { numRuns: repetitions(250, 700), interruptAfterTimeLimit: 25_000 },
    );
  });
});

function stateOf(server: TestServer): string {
  return JSON.stringify(server.array.save());
}
