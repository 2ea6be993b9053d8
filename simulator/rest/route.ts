import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystem, StorageSystems } from '../array/storage-systems.js';
import { bytesType, jsonType, MalformedBody } from '../http/body.js';
import { type HttpRequest, HttpResponse, jsonText } from '../http/messages.js';
import { RouteTable } from '../http/route-table.js';
import { isSecret } from '../http/secrets.js';
import { AuditTrail } from './audit-trail.js';
import type { Authentication, Principal } from './authentication.js';
import { notJson, RestError } from './errors.js';
import { readLeniently } from './lenient-schema.js';
import { type Operation, vendorOperations } from './operations.js';
import type { Static, TSchema } from './schemas/types.js';

/** What the routes of one server share. */
export interface RestEnvironment {
  readonly mode: 'embedded' | 'proxy';
  readonly systems: StorageSystems;
  readonly authentication: Authentication;
  /** The administrator's name. */
  readonly admin: string;
  /** The operations that are implemented, by id; routes add themselves. */
  readonly implemented: Map<string, Operation>;
  /** What describes them, by id, for the documentation. */
  readonly described: Map<
    string,
    { readonly operation: Operation; readonly schemas: RouteSchemas<TSchema | undefined, TSchema | undefined> }
  >;
  /** Resolves once everything changed so far, since a version, is safe on disk; undefined without persistence. */
  readonly durable?: (sinceVersion?: number) => Promise<void>;
  /** Grows with every change; undefined without persistence. */
  readonly version?: () => number;
}

/** A text of more characters is kept as bytes. */
const shortTextCharacters = 16_384;

/**
 * JSON text that is sent unchanged, for answers that are kept ready. A long one is bytes: answers that wait for their
 * clients to read them are then the same piece of memory, and not each a copy of the text.
 */
export class RawJson {
  readonly body: string | Buffer;

  constructor(text: string) {
    this.body = text.length > shortTextCharacters ? Buffer.from(text) : text;
  }
}

export interface RouteSchemas<Body extends TSchema | undefined, Query extends TSchema | undefined> {
  readonly body?: Body;
  /** Makes the body optional: an absent, empty or null one counts as {}. */
  readonly bodyOptional?: boolean;
  /** Hands over the body as it came, JSON or not: `context.body` is the text (JSON strings are unquoted). */
  readonly rawBody?: boolean;
  /** The largest body that is taken; the default is enough for anything but files. */
  readonly bodyLimitBytes?: number;
  /** The media types of bodies that are taken; JSON by default. */
  readonly bodyTypes?: readonly string[];
  readonly query?: Query;
  /** Schema of the answer, for the OpenAPI document and the tests that hold answers against it. */
  readonly response?: TSchema;
  readonly status?: number;
}

export interface RouteContext<Body, Query> {
  readonly systems: StorageSystems;
  readonly principal: Principal | null;
  readonly params: Readonly<Record<string, string>>;
  /** The id in the path (behind the system's), and the one behind that; '' where there is none. */
  readonly id: string;
  readonly subId: string;
  readonly query: Query;
  readonly body: Body;
  readonly request: RestRequest;
}

/** A storage system as a request is to see it. */
export type Presented = (system: StorageSystem) => StorageSystem;

/** A request to the web services on its way to a route. */
export interface RestRequest extends HttpRequest {
  /** The route that fits it; undefined when none does. */
  readonly route: RouteMatch | undefined;
  /** Shows a system in another state than its present one; undefined for the present. */
  readonly presented?: Presented;
  /** Who sends it, when that is known without a login. */
  readonly admitted?: Principal;
}

export interface RouteMatch {
  readonly operation: Operation;
  /** The variable parts of the path as they stand there, percent-encoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly bodyLimitBytes: number;
  readonly bodyTypes: readonly string[];
  /** Whether a property of its body is a secret. */
  readonly takesSecrets: () => boolean;
  /** Answers the request. Throws RestError, ArrayError. */
  readonly answer: Answer;
}

export interface ArrayRouteContext<Body, Query> extends RouteContext<Body, Query> {
  readonly system: StorageSystem;
  readonly array: StorageArray;
}

type Parsed<Schema> = Schema extends TSchema ? Static<Schema> : undefined;
type ParsedQuery<Schema> = Schema extends TSchema ? Static<Schema> : Readonly<Record<string, string>>;

type Answer = (request: RestRequest, params: Readonly<Record<string, string>>) => HttpResponse | Promise<HttpResponse>;

type Route = Omit<RouteMatch, 'params'>;

/** The largest body of a route that says nothing else, and of one that anyone may use without a login. */
const defaultBodyBytes = 2 ** 20;
const openBodyBytes = 2 ** 16;

/** What is taken as it came may be text or bytes as well as JSON. */
const rawTypes: readonly string[] = [jsonType, 'text/plain', bytesType];

/** Registers routes by the vendor's operation id, or by an own description for what the vendor does not document. */
export class Routes {
  private readonly table = new RouteTable<Route>();
  /** Who asked for what. */
  readonly audit = new AuditTrail();

  constructor(readonly environment: RestEnvironment) {}

  /** A route below /storage-systems/{system-id}: the handler gets the array, brought up to the present. */
  onArray<Body extends TSchema | undefined = undefined, Query extends TSchema | undefined = undefined>(
    operation: string | Operation,
    schemas: RouteSchemas<Body, Query>,
    handler: (context: ArrayRouteContext<Parsed<Body>, ParsedQuery<Query>>) => unknown,
  ): void {
    this.add(operation, schemas, (context) => {
      const present = findSystem(context.systems, context.params.systemId ?? '');
      const system = context.request.presented?.(present) ?? present;
      const { array } = system;
      if (array === null || !system.online) {
        throw new RestError(
          'systemOffline',
          `The storage system '${system.id}' is offline: it does not answer at ${system.controllerAddresses.join(', ')}.`,
        );
      }
      array.completeDueJobs();
      return handler({ ...context, system, array });
    });
  }

  /** Any other route. */
  on<Body extends TSchema | undefined = undefined, Query extends TSchema | undefined = undefined>(
    operation: string | Operation,
    schemas: RouteSchemas<Body, Query>,
    handler: (context: RouteContext<Parsed<Body>, ParsedQuery<Query>>) => unknown,
  ): void {
    this.add(operation, schemas, handler);
  }

  private add<Body extends TSchema | undefined, Query extends TSchema | undefined>(
    idOrOperation: string | Operation,
    schemas: RouteSchemas<Body, Query>,
    handler: (context: RouteContext<Parsed<Body>, ParsedQuery<Query>>) => unknown,
  ): void {
    const operation = typeof idOrOperation === 'string' ? vendorOperations.get(idOrOperation) : idOrOperation;
    if (operation === undefined) throw new Error(`no operation '${String(idOrOperation)}' is known`);
    const { environment } = this;
    environment.implemented.set(operation.id, operation);
    environment.described.set(operation.id, { operation, schemas });
    const [idName = '', subIdName = ''] = (operation.path.match(/:\w+/g) ?? [])
      .map((name) => name.slice(1))
      .filter((name) => name !== 'systemId');
    const successStatus = schemas.status ?? operation.status;
    const answer: Answer = (request, params) => {
      const principal = request.admitted ?? environment.authentication.admit(request, operation.roles);
      const context: RouteContext<Parsed<Body>, ParsedQuery<Query>> = {
        systems: environment.systems,
        principal,
        params,
        id: params[idName] ?? '',
        subId: params[subIdName] ?? '',
        query: (schemas.query === undefined
          ? request.query
          : readLeniently(schemas.query, request.query)) as ParsedQuery<Query>,
        body: readBody(schemas, request.body) as Parsed<Body>,
        request,
      };
      const isRead = operation.method === 'GET';
      const version = isRead ? undefined : environment.version?.();
      const value = handler(context);
      if (value instanceof Promise) return value.then((each) => this.respond(successStatus, each, isRead, version));
      return this.respond(successStatus, value, isRead, version);
    };
    const mostBytes = operation.roles.length === 0 ? openBodyBytes : defaultBodyBytes;
    const { bodyLimitBytes = mostBytes, bodyTypes = schemas.rawBody ? rawTypes : [jsonType] } = schemas;
    const takesSecrets = () => [...propertyNames(schemas.body)].some(isSecret);
    this.table.add(operation.method, operation.path, { operation, answer, bodyLimitBytes, bodyTypes, takesSecrets });
  }

  /** The route that fits a request; undefined when none does. */
  match(method: string, url: string): RouteMatch | undefined {
    const question = url.indexOf('?');
    const found = this.table.find(method, question < 0 ? url : url.slice(0, question));
    return found === undefined ? undefined : { ...found.handler, params: found.params };
  }

  /** What changed something is acknowledged only when it is durable. */
  private respond(
    success: number,
    answer: unknown,
    isRead: boolean,
    sinceVersion: number | undefined,
  ): HttpResponse | Promise<HttpResponse> {
    const { durable } = this.environment;
    if (isRead || durable === undefined) return responseOf(success, answer);
    return durable(sinceVersion).then(() => responseOf(success, answer));
  }
}

/** The names of all properties in a schema. */
function* propertyNames(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  if ('properties' in schema) yield* Object.keys(schema.properties as object);
  for (const part of Object.values(schema)) yield* propertyNames(part);
}

/** Answers a request by its route. Throws RestError, ArrayError. */
export function answerByRoute(request: RestRequest, route: RouteMatch): HttpResponse | Promise<HttpResponse> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(route.params)) params[name] = value.includes('%') ? decoded(value) : value;
  return route.answer(request, params);
}

/** A response with what a handler returned; a handler that returns a response means that one. */
function responseOf(success: number, answer: unknown): HttpResponse {
  if (answer instanceof HttpResponse) return answer;
  if (answer === undefined) return new HttpResponse(success === 200 ? 204 : success);
  const body = answer instanceof RawJson ? answer.body : JSON.stringify(answer);
  return jsonText(body, success === 204 ? 200 : success);
}

/** A part of a path without its percent-encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RestError('invalidUrl', `'${text}' in the path is not valid percent-encoding.`);
  }
}

function findSystem(systems: StorageSystems, id: string): StorageSystem {
  const system = systems.find(id);
  if (system === undefined) {
    const known = systems.list().map((each) => each.id);
    throw new RestError(
      'unknownSystem',
      `There is no storage system '${id}': known are ${known.join(', ') || 'none'}.`,
    );
  }
  return system;
}

function readBody(schemas: RouteSchemas<TSchema | undefined, TSchema | undefined>, body: unknown): unknown {
  if (schemas.rawBody) return rawText(body);
  if (schemas.body === undefined) return undefined;
  if (body instanceof MalformedBody) throw notJson(body);
  if (schemas.bodyOptional && (body === undefined || body === null || body === ''))
    return readLeniently(schemas.body, {});
  return readLeniently(schemas.body, body ?? null);
}

function rawText(body: unknown): string {
  if (body === undefined || body === null) return '';
  if (body instanceof MalformedBody) return body.text;
  if (Buffer.isBuffer(body)) return body.toString();
  return typeof body === 'string' ? body : JSON.stringify(body);
}
