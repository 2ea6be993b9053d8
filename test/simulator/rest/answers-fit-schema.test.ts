import { Errors } from 'typebox/value';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../servers.js';
import { filledPath, populatedServer } from './populated-server.js';

interface ServedOperation {
  readonly operationId: string;
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>;
}

/** The schema in the words of JSON Schema, which has no `nullable`. */
function withNull(schema: unknown): object {
  const plain = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(plain);
    if (typeof part !== 'object' || part === null) return part;
    const { nullable, ...rest } = Object.fromEntries(Object.entries(part).map(([name, each]) => [name, plain(each)]));
    return nullable === true && 'type' in rest ? { ...rest, type: [rest.type, 'null'] } : rest;
  };
  return plain(schema) as object;
}

describe('every answer', () => {
  let server: TestServer;
  let paths: Record<string, Record<string, ServedOperation>>;
  /** What stands for the variable parts of paths. */
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    const populated = await populatedServer();
    server = populated.server;
    paths = (await server.ask('GET', '/openapi.json', undefined, {})).body.paths;
    Object.assign(ids, populated.ids);
  });

  /** The path with what there is in place of its variable parts; undefined when there is nothing. */
  function filled(path: string): string | undefined {
    const url = filledPath(path, ids);
    // The queries that a GET cannot do without.
    const query = path.includes('/analyzed/')
      ? '?statisticsFetchTime=3600'
      : path.endsWith('/v2/service-logs')
        ? '?loggerType=batchLogger'
        : '';
    return url === undefined ? undefined : url + query;
  }

  it('to a GET fits the schema that is served for it, every property present', async () => {
    let judged = 0;
    const problems: string[] = [];
    for (const [path, methods] of Object.entries(paths)) {
      const operation = methods.get;
      const url = filled(path);
      if (
        operation === undefined ||
        url === undefined ||
        path.includes('*') ||
        path.includes('/login') ||
        path.includes('/forward') ||
        // What these are about has to be made first: successes.test.ts and support-data.test.ts do.
        path.endsWith('/compatibility-check') ||
        path.endsWith('/external-key-server/certificate') ||
        path.includes('/network-trace/') ||
        path.includes('xpath-filter')
      )
        continue;
      const answer = await server.ask('GET', url);
      if (answer.status >= 300) problems.push(`${url} answers ${answer.status} ${answer.text.slice(0, 200)}`);
      const schema = operation.responses[answer.status]?.content?.['application/json']?.schema;
      if (schema === undefined) continue;
      judged++;
      problems.push(
        ...Errors(withNull(schema), answer.body)
          .slice(0, 6)
          .map(({ instancePath, message }) => `${operation.operationId}${instancePath} ${message}`),
      );
    }
    expect(problems).toEqual([]);
    expect(judged).toBeGreaterThan(60);
  });

  it('has no object without properties, and none that the schema does not know of', async () => {
    const [volume] = (await server.ask('GET', 'volumes')).body;
    const operation = paths['/devmgr/v2/storage-systems/{systemId}/volumes/{volumeId}']?.get;
    const schema = operation?.responses[200]?.content?.['application/json']?.schema as { properties: object };
    const known = Object.keys(schema.properties);
    expect(Object.keys(volume).sort()).toEqual(known.sort());
  });

  it('to a method that a documented path does not take is 405 and names those that it takes', async () => {
    const described = Object.entries(paths);
    for (const [path, methods] of described) {
      const { status, headers } = await server.ask('PATCH', path.replace(/[{}]/g, ''));
      expect([path, status]).toEqual([path, 405]);
      const allowed = String(headers.allow).split(', ');
      for (const method of Object.keys(methods)) expect(allowed, path).toContain(method.toUpperCase());
    }
    expect(described.length).toBeGreaterThan(200);
  });
});
