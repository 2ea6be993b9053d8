import { beforeAll, describe, expect, it } from 'vitest';
import { rolesOfAccount } from '../../../simulator/rest/accounts.js';
import type { Operation } from '../../../simulator/rest/operations.js';
import { basic, type TestServer } from '../servers.js';
import { type DescribedOperation, describedOperations } from './described-operations.js';
import { exceptions } from './documented-operations-exceptions.js';
import { filledPath, populatedServer } from './populated-server.js';
import { enumerationsOf, requiredOf, sampleOf, withPart } from './schema-samples.js';

/** An id that no object has, in the form of a reference. */
const unknownId = 'F'.repeat(40);

/** The same for what is known by a number. */
const unknownNumber = '999999';

/** The query that an operation cannot do without. */
function querySuffix({ query }: DescribedOperation['schemas']): string {
  return query === undefined ? '' : `?${new URLSearchParams(sampleOf(query) as Record<string, string>)}`;
}

/** Requests derived from the schemas of all operations that are implemented. */
describe('each implemented operation', () => {
  let server: TestServer;
  let ids: Readonly<Record<string, string>>;
  const operations = describedOperations();

  beforeAll(async () => {
    ({ server, ids } = await populatedServer());
    for (const account of rolesOfAccount.keys()) server.array.passwords.set(account, `pass-${account}`);
  });

  const admin = basic('admin', 'pass-admin');

  function ask({ method, path }: Operation, body: unknown, headers = admin, suffix = '') {
    const url = filledPath(path, { ...ids }) ?? path.replace(/:\w+/g, unknownId);
    return server.ask(method, url + suffix, body, headers);
  }

  /** Every operation but those that are listed with a reason. */
  function judged(rule: keyof typeof exceptions): DescribedOperation[] {
    const excepted = Object.keys(exceptions[rule]);
    const known = new Set(operations.map(({ operation }) => operation.id));
    expect(excepted.filter((id) => !known.has(id))).toEqual([]);
    return operations.filter(({ operation }) => !excepted.includes(operation.id));
  }

  /** Makes every request and gathers what is wrong; what is refused changes nothing. */
  async function problems<Case extends { operation: Operation }>(
    cases: readonly Case[],
    judge: (each: Case) => Promise<string | undefined>,
  ) {
    const found: string[] = [];
    for (const each of cases) {
      const before = server.array.version;
      const problem = await judge(each);
      if (problem !== undefined) found.push(problem);
      else if (server.array.version !== before) found.push(`${each.operation.id} changes the array`);
    }
    return found;
  }

  it('refuses a caller without a login, and each account that has none of its roles', async () => {
    const accounts = [...rolesOfAccount];
    const cases = judged('roles').flatMap(({ operation }) => [
      ...(operation.roles.length === 0 ? [] : [{ operation, account: undefined }]),
      ...accounts
        .filter(([, roles]) => operation.roles.length > 0 && !operation.roles.some((role) => roles.includes(role)))
        .map(([account]) => ({ operation, account })),
    ]);
    const found = await problems(cases, async ({ operation, account }) => {
      const { status } = await ask(operation, {}, account ? basic(account, `pass-${account}`) : {});
      return status === (account ? 403 : 401) ? undefined : `${operation.id} as ${account ?? 'nobody'}: ${status}`;
    });
    expect(found).toEqual([]);
    expect(cases.length).toBeGreaterThan(500);
  });

  it('refuses a body that lacks a required property, and names it', async () => {
    const cases = judged('required').flatMap(({ operation, schemas }) =>
      schemas.body === undefined ? [] : requiredOf(schemas.body).map((part) => ({ operation, schemas, part })),
    );
    const found = await problems(cases, async ({ operation, schemas, part }) => {
      const { status, text } = await ask(
        operation,
        withPart(sampleOf(schemas.body, part), part, undefined),
        admin,
        querySuffix(schemas),
      );
      const isRefused = status >= 400 && status < 500 && text.includes(String(part.at(-1)));
      return isRefused ? undefined : `${operation.id} without ${part.join('.')}: ${status} ${text.slice(0, 120)}`;
    });
    expect(found).toEqual([]);
    expect(cases.length).toBeGreaterThan(100);
  });

  it('refuses a word that an enumeration of its body does not have, and names the property', async () => {
    const cases = judged('enumerations').flatMap(({ operation, schemas }) =>
      schemas.body === undefined ? [] : enumerationsOf(schemas.body).map((part) => ({ operation, schemas, part })),
    );
    const found = await problems(cases, async ({ operation, schemas, part }) => {
      const { status, text } = await ask(
        operation,
        withPart(sampleOf(schemas.body, part), part, 'no such word'),
        admin,
        querySuffix(schemas),
      );
      const name = part.filter((each) => typeof each === 'string').at(-1) ?? '';
      const isRefused = status >= 400 && status < 500 && text.includes(name);
      return isRefused ? undefined : `${operation.id} with ${part.join('.')}: ${status} ${text.slice(0, 120)}`;
    });
    expect(found).toEqual([]);
    expect(cases.length).toBeGreaterThan(50);
  });

  it('refuses a word that an enumeration of its query does not have, and a query without what is required', async () => {
    const cases = judged('query').flatMap(({ operation, schemas }) => {
      const { properties = {}, required = [] } = (schemas.query ?? {}) as {
        properties?: Record<string, { enum?: readonly string[] }>;
        required?: readonly string[];
      };
      const wrong = Object.keys(properties).filter((name) => properties[name]?.enum !== undefined);
      return [
        ...wrong.map((name) => ({ operation, schemas, name, suffix: `?${name}=nosuchword` })),
        ...required.map((name) => ({
          operation,
          schemas,
          name,
          suffix: `?${new URLSearchParams(withPart(sampleOf(schemas.query), [name], undefined) as Record<string, string>)}`,
        })),
      ];
    });
    const found = await problems(cases, async ({ operation, schemas, name, suffix }) => {
      const body = schemas.body && sampleOf(schemas.body);
      const { status, text } = await ask(operation, body, admin, suffix);
      const isRefused = status >= 400 && status < 500 && text.includes(name);
      return isRefused ? undefined : `${operation.id}${suffix} of ${name}: ${status} ${text.slice(0, 120)}`;
    });
    expect(found).toEqual([]);
  });

  it('answers 404 for an id of which there is no object', async () => {
    const cases = judged('unknownId').flatMap(({ operation, schemas }) => {
      const names = operation.path.match(/:\w+/g) ?? [];
      return names.map((name) => ({ operation, schemas, name }));
    });
    const found = await problems(cases, async ({ operation, schemas, name }) => {
      const path = operation.path.replace(new RegExp(`${name}\\b`), /number/i.test(name) ? unknownNumber : unknownId);
      const url = filledPath(path, ids) ?? path.replace(/:\w+/g, unknownId);
      const suffix = querySuffix(schemas);
      const { status, text } = await server.ask(
        operation.method,
        url + suffix,
        schemas.body && sampleOf(schemas.body),
        admin,
      );
      return status === 404 ? undefined : `${operation.id} ${name}: ${status} ${text.slice(0, 150)}`;
    });
    expect(found).toEqual([]);
    expect(cases.length).toBeGreaterThan(200);
  });

  it('is the same with a slash at the end of its path', async () => {
    const cases = judged('trailingSlash').filter(({ operation }) => operation.method === 'GET');
    const found = await problems(cases, async ({ operation }) => {
      const [plain, slashed] = [await ask(operation, undefined), await ask(operation, undefined, admin, '/')];
      return slashed.status === plain.status && slashed.text === plain.text
        ? undefined
        : `${operation.id}: ${plain.status}, with a slash ${slashed.status}`;
    });
    expect(found).toEqual([]);
    expect(cases.length).toBeGreaterThan(80);
  });
});
