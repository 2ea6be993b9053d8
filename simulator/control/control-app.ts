import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ArrayError, ObjectNotFound } from '../array/errors.js';
import { FaultError } from '../faults/fault-error.js';
import { sameText } from '../rest/authentication.js';
import { RestError } from '../rest/errors.js';
import { readLaxly } from '../rest/lax.js';
import { MalformedBody } from '../rest/route.js';
import type { Static, TSchema } from '../rest/schemas/types.js';

/** An error of the control API: a code, what failed and what is allowed, and the property if there is one. */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 503,
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
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface ControlOptions {
  /** What a request must show; undefined on loopback, where none is needed. */
  readonly token: string | undefined;
  readonly durable: (() => Promise<void>) | undefined;
}

const controlRoot = '/sim/v1';

/** Registers routes of the control API. */
export class ControlRoutes {
  readonly registered: ControlRoute<TSchema | undefined>[] = [];

  constructor(
    private readonly app: FastifyInstance,
    private readonly options: ControlOptions,
  ) {}

  on<Body extends TSchema | undefined = undefined>(
    route: ControlRoute<Body>,
    handler: (context: ControlContext<Body extends TSchema ? Static<Body> : undefined>) => unknown,
  ): void {
    this.registered.push(route);
    const open = route.path === '/health';
    this.app.route({
      method: route.method,
      url: controlRoot + route.path,
      config: { control: route },
      errorHandler: (error, _request, reply) => sendError(error, reply),
      handler: async (request, reply) => {
        if (!open) this.admit(request);
        const answer = await handler({
          params: request.params as Record<string, string>,
          query: request.query as Record<string, string>,
          body: bodyOf(route, request.body) as Body extends TSchema ? Static<Body> : undefined,
          request,
          reply,
        });
        if (route.method !== 'GET') await this.options.durable?.();
        if (reply.sent) return reply;
        return answer === undefined
          ? reply.code(204).send()
          : reply.header('content-type', 'application/json').send(JSON.stringify(answer));
      },
    });
  }

  /** Throws ControlError without the token where one is wanted, or when a page of another site sends the request. */
  private admit(request: FastifyRequest): void {
    const { token } = this.options;
    const { authorization, origin, host } = request.headers;
    if (origin !== undefined && origin !== 'null' && (!URL.canParse(origin) || new URL(origin).host !== host)) {
      throw new ControlError(403, 'foreignOrigin', `Requests from pages of ${origin} are not taken.`);
    }
    if (token === undefined) return;
    const given = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1] ?? String(request.headers['x-control-token'] ?? '');
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
  const given = body instanceof MalformedBody ? body.raise() : (body ?? {});
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
  return readLaxly(route.body, given);
}

function sendError(error: unknown, reply: FastifyReply): FastifyReply {
  const shown = shownError(error);
  return reply
    .code(shown.status)
    .header('content-type', 'application/json')
    .send(
      JSON.stringify({
        error: {
          code: shown.code,
          message: shown.message,
          ...(shown.field === undefined ? {} : { field: shown.field }),
        },
      }),
    );
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
    const status = error.kind === 'unavailable' ? 503 : error.kind === 'malformedJson' ? 400 : 422;
    return { status, code: error.kind, message: error.message, field: error.fields[0] };
  }
  if (error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500)
    return { status: 400, code: 'invalidRequest', message: error.message, field: undefined };
  throw error;
}
