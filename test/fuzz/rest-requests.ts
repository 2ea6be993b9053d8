import fc from 'fast-check';
import { KnownNames } from './known-names.js';
import { brokenJson, oddJson } from './odd-values.js';
import { jsonTextFor, rarely, type ServedSchema } from './request-bodies.js';

/** A request as it is tried. `@0`, `@1` in path and body stand for what the answer to that request of the input names. */
export interface FuzzRequest {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  /** Beside or instead of those of an administrator who sends JSON; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string;
}

export interface RestInput {
  readonly mode: 'embedded' | 'proxy';
  readonly requests: readonly FuzzRequest[];
}

/** What an OpenAPI document says that is of use here. */
export interface ServedDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ServedOperation>>>>;
}

interface ServedOperation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema?: ServedSchema }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: ServedSchema }>> };
}

const otherMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'];

/** Requests that documents describe, most of them as described, about what is on an array. */
export function restInputs(
  documents: readonly ServedDocument[],
  namesByKind: ReadonlyMap<string, readonly string[]>,
): fc.Arbitrary<RestInput> {
  const all = documents.flatMap(({ paths }) =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    ),
  );
  const names = new KnownNames(namesByKind, ['@0', '@1', '@2']);
  const requests = all.map(({ method, path, operation }) => ({
    weight: method === 'GET' ? 1 : 3,
    arbitrary: requestOf(method, path, operation, names),
  }));
  return fc.record({
    mode: fc.constantFrom('embedded', 'proxy'),
    requests: fc.array(fc.oneof(...requests), { minLength: 1, maxLength: 6 }),
  });
}

function requestOf(
  method: string,
  path: string,
  { parameters = [], requestBody }: ServedOperation,
  known: KnownNames,
): fc.Arbitrary<FuzzRequest> {
  const query = parameters.filter((each) => each.in === 'query');
  return fc
    .record({
      method: fc.oneof(
        { weight: 20, arbitrary: fc.constant(method) },
        { weight: 1, arbitrary: fc.constantFrom(...otherMethods) },
      ),
      path: pathOf(path, known),
      query: fc.tuple(
        ...query.map(({ name, schema }) => rarely(pairOf(name, schema ?? {}, known), 2)),
        rarely(strayPair, 15),
      ),
      headers: rarely(oddHeaders, 10),
      body: bodyOf(method, requestBody?.content?.['application/json']?.schema, known),
    })
    .map(({ path, query, headers, body, ...rest }) => {
      const pairs = query.filter((each) => each !== undefined);
      return {
        ...rest,
        url: pairs.length === 0 ? path : `${path}?${pairs.join('&')}`,
        ...(headers === undefined ? {} : { headers }),
        ...(body === undefined || rest.method === 'GET' ? {} : { body }),
      };
    });
}

function pathOf(path: string, known: KnownNames): fc.Arbitrary<string> {
  const odd = fc.constantFrom('%ZZ', '%00', '..', '.', '%2F', '[', '|');
  const partOf = (part: string, before: string): fc.Arbitrary<string> => {
    if (part === '{systemId}' || (before === 'arrays' && part.startsWith('{')))
      return fc.oneof({ weight: 30, arbitrary: fc.constant('1') }, { weight: 1, arbitrary: odd });
    if (!part.startsWith('{') && part !== '*') return fc.constant(part);
    const name = known.at(`${before} ${part}`).map((text) => encodeURIComponent(Buffer.from(text).toString()));
    return fc.oneof({ weight: 20, arbitrary: name }, { weight: 1, arbitrary: odd });
  };
  const parts = path.split('/').map((part, index, all) => partOf(part, all[index - 1] ?? ''));
  return fc.tuple(...parts).map((each) => each.join('/').slice(0, 8000));
}

function pairOf(name: string, schema: ServedSchema, known: KnownNames): fc.Arbitrary<string> {
  return jsonTextFor(schema, name, known).map((text) => `${name}=${encodeURIComponent(text.replace(/^"|"$/g, ''))}`);
}

const strayPair = fc.constantFrom('x', '=', '&&', 'a[]=1', '__proto__=1', '%ZZ=1', 'uid=a&pwd=b', 'verbose=%00');

const oddHeaders: fc.Arbitrary<Record<string, string | null>> = fc.constantFrom<Record<string, string | null>>(
  { authorization: null },
  { authorization: 'Basic' },
  { authorization: 'Basic !!!!' },
  { authorization: 'Bearer x' },
  { authorization: 'Digest username="admin"' },
  { authorization: null, cookie: 'JSESSIONID=x; JSESSIONID=' },
  { 'content-type': null },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'application/octet-stream' },
  { 'content-type': ';' },
  { origin: 'null' },
  { host: 'evil.example' },
  { host: '' },
  { 'sec-fetch-site': 'cross-site' },
  { accept: 'text/xml' },
  { 'x-xsrf-token': 'x' },
  { 'last-event-id': '-1' },
);

function bodyOf(method: string, schema: ServedSchema | undefined, known: KnownNames): fc.Arbitrary<string | undefined> {
  const odd = fc.oneof(oddJson, brokenJson);
  if (method === 'GET') return fc.constant(undefined);
  if (schema === undefined) return rarely(odd, 10);
  return fc.oneof({ weight: 25, arbitrary: jsonTextFor(schema, '', known) }, { weight: 1, arbitrary: odd });
}
