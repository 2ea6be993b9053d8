import { createServer, type RequestListener, type Server } from 'node:http';
import { Readable } from 'node:stream';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { mediaTypeOf, receivedBody } from './body.js';
import { Connections } from './connections.js';
import { resetConnection, truncate } from './interrupt.js';
import { type Handler, type HttpRequest, type HttpResponse, headerOf } from './messages.js';
import { readBody } from './read-body.js';
import { announcesBody, announcesLittle, drainBody, hasUnreadBody, lingerForBody } from './unread-body.js';

/** An API below a path: answers requests, and says what becomes of those that the server could not read. */
export interface Api {
  readonly handle: Handler;
  /** Judges a request that came over a socket by its head. A body that `hasBody` announces is not read yet. */
  admit(head: HttpRequest, hasBody: boolean): Admission;
  refuse(request: HttpRequest, error: UnreadableRequest): Promise<HttpResponse>;
}

/** What is to be done with a request: answered with a refusal at once, or handled with a body of at most that size. */
export type Admission = { readonly refusal: Promise<HttpResponse> } | Admitted;

interface Admitted {
  readonly bodyLimitBytes: number;
  /** Answers the request with its body, by what is known from its head; the API's own `handle` where it is left out. */
  readonly handle?: Handler;
}

/** Why the server could not read a request. */
export interface UnreadableRequest {
  readonly kind: 'bodyTooLarge' | 'invalidUrl' | 'malformed' | 'unsupportedMediaType';
  readonly message: string;
}

export interface ServerOptions {
  /** APIs by the path that they are below, e.g. '/devmgr'. */
  readonly apis: ReadonlyMap<string, Api>;
  /** Answers what is below none of these paths. */
  readonly fallback: Api;
  readonly logger?: FastifyBaseLogger | undefined;
  /** Shared with other servers of the same process. */
  readonly connections?: Connections | undefined;
  /** Makes the server that listens; one of plain HTTP by default. */
  readonly newServer?: ((listener: RequestListener) => Server) | undefined;
}

/** How long a connection may be idle before it is closed. */
const keepAliveMs = 72_000;

type ValidatorFactory = NonNullable<
  NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']
>['buildValidator'];

const noValidator = (() => () => () => true) as unknown as ValidatorFactory;

/** Serves APIs with Fastify, which reads requests from sockets and writes responses to them. */
export function fastifyServer(options: ServerOptions): FastifyInstance {
  const { apis, fallback, logger, connections = new Connections(), newServer = createServer } = options;
  const app = Fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    serverFactory: (listener) => {
      const server = newServer(connections.listener(listener));
      connections.watch(server);
      server.keepAliveTimeout = keepAliveMs;
      return server;
    },
    exposeHeadRoutes: false,
    // The APIs check requests themselves and their answers are text: no compiler of Fastify's is needed, nor loaded.
    schemaController: {
      compilersFactory: { buildValidator: noValidator, buildSerializer: () => () => JSON.stringify },
    },
    forceCloseConnections: true,
    routerOptions: {
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: 2048,
      onBadUrl: (path, request, response) => {
        const message = `The path '${path.split('?', 1)[0]}' is not a valid URL: check its percent-encoding.`;
        void fallback
          .refuse({ ...emptyRequest, url: path, method: request.method ?? 'GET' }, { kind: 'invalidUrl', message })
          .then(({ status, headers, body }) => {
            if (hasUnreadBody(request)) lingerForBody(request);
            response.writeHead(status, Object.fromEntries(headers));
            response.end(body);
          });
      },
    },
  });
  app.removeAllContentTypeParsers();
  // Bodies are read when it is known who sends them and how large they may be.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
  const route = (api: Api) => ({
    handler: async (request: FastifyRequest, reply: FastifyReply) => send(request, reply, await answer(api, request)),
    errorHandler: async (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      send(request, reply, await api.refuse(requestOf(request), unreadable(error))),
  });
  for (const [path, api] of apis)
    app.route({ method: ['GET', 'POST', 'PUT', 'DELETE'], url: `${path}/*`, ...route(api) });
  const { handler, errorHandler } = route(fallback);
  app.setErrorHandler(errorHandler);
  app.setNotFoundHandler(handler);
  return app;
}

/** Serves a page beside the APIs. */
export function servePage(app: FastifyInstance, path: string, page: Handler): void {
  app.get(path, async (request, reply) => send(request, reply, await page(requestOf(request))));
}

/** Has an API answer a request: its head first, and then the whole of it. */
async function answer(api: Api, request: FastifyRequest): Promise<HttpResponse> {
  const { raw } = request;
  const head = requestOf(request);
  const hasBody = announcesBody(raw) && !bodyless.has(head.method);
  const admission = api.admit(head, hasBody);
  if ('refusal' in admission) return admission.refusal;
  const { bodyLimitBytes, handle = api.handle } = admission;
  if (!hasBody) {
    // Clients send a body with GET and HEAD all the same, and may send it late.
    if (hasUnreadBody(raw)) await drainBody(raw);
    return handle(head);
  }
  const received = await readBody(raw, bodyLimitBytes);
  if (!Buffer.isBuffer(received)) return api.refuse(head, received);
  const mediaType = mediaTypeOf(headerOf(head, 'content-type'));
  // A page of another site can send a body without a type unasked.
  if (mediaType === undefined && head.method !== 'DELETE' && received.length > 0)
    return api.refuse(head, { kind: 'unsupportedMediaType', message: untypedBody });
  return handle({ ...head, ...receivedBody(received, mediaType) });
}

/** Methods whose bodies mean nothing. */
const bodyless: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const untypedBody = "The request body has no type that can be read: send the header 'Content-Type: application/json'.";

const emptyRequest = { headers: {}, query: {}, body: undefined, ip: '' };

/** What came of a request before its body. */
function requestOf({ method, url, headers, query, ip, socket }: FastifyRequest): HttpRequest {
  const isSecure = 'encrypted' in socket;
  return { method, url, headers, query: query as Readonly<Record<string, unknown>>, body: undefined, ip, isSecure };
}

function send(request: FastifyRequest, reply: FastifyReply, response: HttpResponse): FastifyReply {
  const { status, headers, body, interruption, stream } = response;
  if (interruption !== undefined) {
    reply.hijack();
    if (interruption.kind === 'reset') resetConnection(request.raw.socket, reply.raw);
    else truncate(reply.raw, response, interruption.keptBytes);
    return reply;
  }
  if (hasUnreadBody(request.raw)) {
    // Much of a body that is not wanted is not read either.
    if (!announcesLittle(request.raw)) reply.header('connection', 'close');
    lingerForBody(request.raw);
  }
  reply.code(status);
  for (const [name, value] of headers) reply.header(name, value);
  // It is pulled as fast as the client reads, and ended when the client goes.
  if (stream !== undefined) return reply.send(Readable.from(stream, { objectMode: false }));
  return body.length === 0 ? reply.send() : reply.send(body);
}

/** What Fastify found wrong. Throws the error itself when it is not about the request. */
function unreadable(error: Error & { readonly statusCode?: number }): UnreadableRequest {
  if (error.statusCode === 415) return { kind: 'unsupportedMediaType', message: untypedBody };
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return { kind: 'malformed', message: error.message };
  throw error;
}
