import { ArrayError, ObjectNotFound } from '../array/errors.js';
import { FaultError } from '../faults/fault-error.js';
import { jsonType, MalformedBody, mediaTypeOf } from '../http/body.js';
import type { Admission, Api, UnreadableRequest } from '../http/fastify-server.js';
import { type HttpRequest, HttpResponse, headerOf, json } from '../http/messages.js';
import { RouteTable } from '../http/route-table.js';
import type { TrustedHosts } from '../http/trusted-hosts.js';
import { sameText } from '../rest/authentication.js';
import { notJson, RestError } from '../rest/errors.js';
import { readLeniently } from '../rest/lenient-schema.js';
import type { Static, TSchema } from '../rest/schemas/types.js';
import { StoreError } from '../store/store-error.js';

/** An error of the control API: a code, what failed and what is allowed, and the property if there is one. */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 500 | 503,
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

export interface ControlRoute<Body extends TSchema | undefined> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /sim/v1. */
  readonly path: string;
  readonly summary: string;
  readonly body?: Body;
  /** The handler checks the body itself: it gets it as it came, and the schema is for people. */
  readonly asItCame?: boolean;
  /** The largest body that is taken, and the media types of bodies; 1 MiB of JSON by default. */
  readonly bodyLimitBytes?: number;
  readonly bodyTypes?: readonly string[];
  readonly response?: TSchema;
  /** Whether it may change something that is to be durable before the answer: true for all but GET unless told otherwise. */
  readonly changes?: boolean;
}

export interface ControlContext<Body> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
  readonly request: HttpRequest;
}

export interface ControlOptions {
  /** What a request must show; undefined on loopback, where none is needed. */
  readonly token: string | undefined;
  /** Tells the requests of foreign web pages, which need the token. */
  readonly trustedHosts: TrustedHosts;
  readonly durable: (() => Promise<void>) | undefined;
  /** Told of errors that are bugs: the client is answered 500. */
  readonly onInternalError?: (error: unknown, url: string) => void;
}

const controlRoot = '/sim/v1';

const defaultBodyBytes = 2 ** 20;

type Answer = (request: HttpRequest, params: Readonly<Record<string, string>>) => Promise<HttpResponse>;

interface Routed {
  readonly route: ControlRoute<TSchema | undefined>;
  readonly answer: Answer;
}

interface Found {
  readonly handler: Routed;
  readonly params: Readonly<Record<string, string>>;
}

/** The routes of the control API: a function from request to response, without a server. */
export class ControlRoutes implements Api {
  readonly registered: ControlRoute<TSchema | undefined>[] = [];
  private readonly table = new RouteTable<Routed>();

  constructor(
    private readonly options: ControlOptions,
    /** Answers what no route takes. */
    private readonly fallback: Api,
  ) {}

  on<Body extends TSchema | undefined = undefined>(
    route: ControlRoute<Body>,
    handler: (context: ControlContext<Body extends TSchema ? Static<Body> : undefined>) => unknown,
  ): void {
    this.registered.push(route);
    const answer: Answer = async (request, params) => {
      this.checkToken(request, route);
      const value = await handler({
        params,
        query: request.query as Readonly<Record<string, string | undefined>>,
        body: bodyOf(route, request.body) as Body extends TSchema ? Static<Body> : undefined,
        request,
      });
      if (route.method !== 'GET' && route.changes !== false) await this.options.durable?.();
      if (value instanceof HttpResponse) return value;
      return value === undefined ? new HttpResponse(204) : json(value);
    };
    this.table.add(route.method, controlRoot + route.path, { route, answer });
  }

  readonly handle = async (request: HttpRequest): Promise<HttpResponse> => {
    const found = this.table.find(request.method, request.url.split('?', 1)[0] ?? '');
    return found === undefined ? this.fallback.handle(request) : this.answerBy(found, request);
  };

  private async answerBy({ handler, params: found }: Found, request: HttpRequest): Promise<HttpResponse> {
    try {
      const params = Object.fromEntries(Object.entries(found).map(([name, value]) => [name, decoded(value)]));
      return await handler.answer(request, params);
    } catch (error) {
      const response = errorResponse(error);
      if (response.status === 500) this.options.onInternalError?.(error, request.url);
      return response;
    }
  }

  admit(head: HttpRequest, hasBody: boolean): Admission {
    const found = this.table.find(head.method, head.url.split('?', 1)[0] ?? '');
    if (found === undefined) return this.fallback.admit(head, hasBody);
    const { route } = found.handler;
    try {
      if (!this.showsToken(head)) {
        const objection = this.options.trustedHosts.objection(head);
        if (objection !== undefined) throw new ControlError(403, objection.code, objection.message);
        this.checkToken(head, route);
      }
      if (hasBody) checkMediaType(head, route.bodyTypes ?? [jsonType]);
      const { bodyLimitBytes = defaultBodyBytes } = route;
      return { bodyLimitBytes, handle: (whole) => this.answerBy(found, whole) };
    } catch (error) {
      return { refusal: Promise.resolve(errorResponse(error)) };
    }
  }

  async refuse(_request: HttpRequest, { kind, message }: UnreadableRequest): Promise<HttpResponse> {
    return errorResponse(unreadable(kind, message));
  }

  /** Throws ControlError without the token where one is wanted. */
  private checkToken(request: HttpRequest, { path }: ControlRoute<TSchema | undefined>): void {
    if (this.options.token === undefined || path === '/health' || this.showsToken(request)) return;
    throw new ControlError(
      401,
      'tokenRequired',
      "Send the control token as 'Authorization: Bearer …' or in the header X-Control-Token.",
    );
  }

  /** Whether a token is wanted and the request has it: no foreign page knows it. */
  private showsToken(request: HttpRequest): boolean {
    const { token } = this.options;
    if (token === undefined) return false;
    const bearer = /^Bearer\s+(.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
    return sameText(bearer ?? headerOf(request, 'x-control-token') ?? '', token);
  }
}

/** A type that is given must be one that is taken: JSON of another type is what a foreign page sends unasked. */
function checkMediaType(request: HttpRequest, allowed: readonly string[]): void {
  const type = mediaTypeOf(headerOf(request, 'content-type'));
  if (type === undefined || allowed.includes(type) || request.method === 'DELETE') return;
  const message = `The request body is of type '${type}': allowed is ${allowed.join(', ')}.`;
  throw new ControlError(415, 'unsupportedMediaType', message);
}

function unreadable(kind: UnreadableRequest['kind'], message: string): ControlError {
  if (kind === 'bodyTooLarge') return new ControlError(413, 'tooLarge', message);
  if (kind === 'unsupportedMediaType') return new ControlError(415, kind, message);
  return new ControlError(400, 'invalidRequest', message);
}

function bodyOf(route: ControlRoute<TSchema | undefined>, body: unknown): unknown {
  if (route.body === undefined) return undefined;
  if (body instanceof MalformedBody) throw notJson(body);
  const given = body ?? {};
  if (route.asItCame) return given;
  if (typeof given === 'object' && !Array.isArray(given)) {
    const known = Object.keys((route.body as { properties?: object }).properties ?? {});
    const stranger = Object.keys(given as object).find((name) => !known.includes(name));
    if (stranger !== undefined)
      throw new ControlError(
        422,
        'unknownField',
        `The property '${stranger}' is unknown: allowed are ${known.join(', ')}.`,
        stranger,
      );
  }
  return readLeniently(route.body, given);
}

/** A part of a path without its percent-encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ControlError(400, 'invalidUrl', `'${text}' in the path is not valid percent-encoding.`);
  }
}

function errorResponse(error: unknown): HttpResponse {
  const { status, code, message, field } = shownError(error);
  return json({ error: { code, message, ...(field === undefined ? {} : { field }) } }, status);
}

function shownError(error: unknown): Pick<ControlError, 'status' | 'code' | 'message' | 'field'> {
  if (error instanceof ControlError) return error;
  if (error instanceof FaultError)
    return { status: 422, code: 'invalidFault', message: error.message, field: error.field };
  if (error instanceof ObjectNotFound)
    return { status: 404, code: 'notFound', message: error.message, field: undefined };
  if (error instanceof ArrayError)
    return { status: 422, code: error.returnCode, message: error.message, field: error.field };
  if (error instanceof RestError) {
    const status = error.kind === 'malformedJson' ? 400 : 422;
    return { status, code: error.kind, message: error.message, field: error.fields[0] };
  }
  if (error instanceof StoreError)
    return { status: 503, code: 'unavailable', message: error.message, field: undefined };
  const message = 'The simulator failed internally; its log tells more.';
  return { status: 500, code: 'internalError', message, field: undefined };
}
