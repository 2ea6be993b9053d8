import { MalformedBody } from '../http/body.js';
import { type HttpRequest, headerOf } from '../http/messages.js';
import { apiRoot, type Operation } from '../rest/operations.js';
import type { RestRequest } from '../rest/route.js';
import type { RequestFacts } from './conditions.js';
import type { FaultRules, SystemWithArray } from './fault-rules.js';
import { wordsIn } from './objects.js';

/** A request as rules see it. */
export interface SeenRequest {
  readonly facts: RequestFacts;
  readonly operation: Operation | undefined;
  /** The array that it is for; what is for none counts as for the first. */
  readonly system: SystemWithArray | undefined;
  /** In words, for what a rule remembers. */
  readonly text: string;
}

export function seenRequest(request: RestRequest, rules: FaultRules): SeenRequest {
  const [rawPath = '', query = ''] = request.url.split('?', 2);
  const path = rawPath.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
  const operation = request.route?.operation;
  const [, systemId, below] = new RegExp(`^${apiRoot}/storage-systems/([^/]+)(?:/(.*))?$`).exec(path) ?? [];
  const named = systemId === undefined ? undefined : rules.findSystem(decoded(systemId));
  const systems = rules.systems();
  const system = named === undefined ? systems[0] : systems.find((each) => each.id === named.id);
  const { systemId: _system, ...params } = request.route?.params ?? {};
  const body = request.body instanceof MalformedBody ? request.body.text : request.body;
  return {
    facts: {
      method: request.method,
      path,
      below: systemId === undefined ? undefined : (below ?? ''),
      operations: [...(operation === undefined ? [] : [operation.id]), ...symbolOf(path)],
      words: wordsIn(Object.values(params).map(decoded), body, [...new URLSearchParams(query).values()]),
      array: system?.array,
      userAgent: headerOf(request, 'user-agent') ?? '',
      user: userOf(request, body),
    },
    operation,
    system,
    text: `${request.method} ${rawPath}`,
  };
}

/** What rules may call operations: their ids, and the names of SYMbol procedures. */
export function* operationNames(implemented: Iterable<Operation>): Iterable<string> {
  for (const { id, path } of implemented) {
    yield id;
    yield* symbolOf(path);
  }
}

/** The name of a SYMbol procedure, if the path is of one. */
function symbolOf(path: string): readonly string[] {
  const name = /\/symbol\/([^/]+)$/.exec(path)?.[1];
  return name === undefined ? [] : [name];
}

function userOf(request: HttpRequest, body: unknown): string {
  const authorization = headerOf(request, 'authorization') ?? '';
  if (/^basic /i.test(authorization))
    return Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':', 1)[0] ?? '';
  if (typeof body === 'object' && body !== null && 'userId' in body) return String(body.userId);
  return String(request.query.uid ?? '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
