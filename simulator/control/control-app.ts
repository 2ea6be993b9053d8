import { ArrayError, ObjectNotFound } from '../array/errors.js';
import { FaultError } from '../faults/fault-error.js';
import { MalformedBody } from '../http/body.js';
import type { Api } from '../http/fastify-server.js';
import { type HttpRequest, HttpResponse, headerOf, json } from '../http/messages.js';
import { RouteTable } from '../http/route-table.js';
import { sameText } from '../rest/authentication.js';
import { notJson, RestError } from '../rest/errors.js';
import { readLeniently } from '../rest/lenient-schema.js';
import type { Static, TSchema } from '../rest/schemas/types.js';
import { StoreError } from '../store/store-error.js';

/** An error of the control API: a code, what failed and what is allowed, and the property if there is one. */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 500 | 503,
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
  readonly response?: TSchema;
  /** Changes something that is to be durable before the answer. */
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
  readonly durable: (() => Promise<void>) | undefined;
  /** Told of errors that are bugs: the client is answered 500. */
  readonly onInternalError?: (error: unknown, url: string) => void;
}

const controlRoot = '/sim/v1';

type Answer = (request: HttpRequest, params: Readonly<Record<string, string>>) => Promise<HttpResponse>;

/** The routes of the control API: a function from request to response, without a server. */
export class ControlRoutes implements Api {
  readonly registered: ControlRoute<TSchema | undefined>[] = [];
  private readonly table = new RouteTable<Answer>();

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
    const open = route.path === '/health';
    this.table.add(route.method, controlRoot + route.path, async (request, params) => {
      if (!open) this.admit(request);
      const answer = await handler({
        params,
        query: request.query as Readonly<Record<string, string | undefined>>,
        body: bodyOf(route, request.body) as Body extends TSchema ? Static<Body> : undefined,
        request,
      });
      if (route.method !== 'GET') await this.options.durable?.();
      if (answer instanceof HttpResponse) return answer;
      return answer === undefined ? new HttpResponse(204) : json(answer);
    });
  }

  readonly handle = async (request: HttpRequest): Promise<HttpResponse> => {
    const found = this.table.find(request.method, request.url.split('?', 1)[0] ?? '');
    if (found === undefined) return this.fallback.handle(request);
    try {
      const params = Object.fromEntries(Object.entries(found.params).map(([name, value]) => [name, decoded(value)]));
      return await found.handler(request, params);
    } catch (error) {
      const response = errorResponse(error);
      if (response.status === 500) this.options.onInternalError?.(error, request.url);
      return response;
    }
  };

  async refuse(_request: HttpRequest, { message }: { readonly message: string }): Promise<HttpResponse> {
    return errorResponse(new ControlError(400, 'invalidRequest', message));
  }

  /** Throws ControlError without the token where one is wanted, or when a page of another site sends the request. */
  private admit(request: HttpRequest): void {
    const { token } = this.options;
    const [authorization, origin] = [headerOf(request, 'authorization'), headerOf(request, 'origin')];
    if (
      origin !== undefined &&
      origin !== 'null' &&
      (!URL.canParse(origin) || new URL(origin).host !== headerOf(request, 'host'))
    ) {
      throw new ControlError(403, 'foreignOrigin', `Requests from pages of ${origin} are not taken.`);
    }
    if (token === undefined) return;
    const given = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1] ?? headerOf(request, 'x-control-token') ?? '';
    if (!sameText(given, token)) {
      throw new ControlError(
        401,
        'tokenRequired',
        "Send the control token as 'Authorization: Bearer …' or in the header X-Control-Token.",
      );
    }
  }
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
