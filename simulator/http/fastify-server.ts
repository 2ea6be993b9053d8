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
import { bytesTypes, parseBody } from './body.js';
import { Connections } from './connections.js';
import { resetConnection, truncate } from './interrupt.js';
import type { Handler, HttpRequest, HttpResponse } from './messages.js';
import { drainBody, hasUnreadBody, lingerForBody } from './unread-body.js';

/** An API below a path: answers requests, and says what becomes of those that the server could not read. */
export interface Api {
  readonly handle: Handler;
  refuse(request: HttpRequest, error: UnreadableRequest): Promise<HttpResponse>;
}

/** Why the server could not read a request. */
export interface UnreadableRequest {
  readonly kind: 'bodyTooLarge' | 'invalidUrl' | 'malformed';
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

/** The largest request body that is taken: bytes for a volume's blocks through the control API. */
const bodyLimitBytes = 80 * 2 ** 20;

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
      server.keepAliveTimeout = keepAliveMs;
      return server;
    },
    bodyLimit: bodyLimitBytes,
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
        const message = `The path '${path}' is not a valid URL: check its percent-encoding.`;
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
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, parseBody(String(text))));
  app.addContentTypeParser(bytesTypes, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const route = (api: Api) => ({
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      // Fastify reads no body of GET and HEAD; clients send one all the same, and may send it late.
      if (hasUnreadBody(request.raw)) await drainBody(request.raw);
      return send(request, reply, await api.handle(requestOf(request)));
    },
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

const emptyRequest = { headers: {}, query: {}, body: undefined, ip: '' };

function requestOf({ method, url, headers, query, body, ip }: FastifyRequest): HttpRequest {
  return { method, url, headers, query: query as Readonly<Record<string, unknown>>, body, ip };
}

function send(request: FastifyRequest, reply: FastifyReply, response: HttpResponse): FastifyReply {
  const { status, headers, body, interruption, stream } = response;
  if (interruption !== undefined) {
    reply.hijack();
    if (interruption.kind === 'reset') resetConnection(request.raw.socket, reply.raw);
    else truncate(reply.raw, response, interruption.keptBytes);
    return reply;
  }
  if (hasUnreadBody(request.raw)) lingerForBody(request.raw);
  reply.code(status);
  for (const [name, value] of headers) reply.header(name, value);
  // It is pulled as fast as the client reads, and ended when the client goes.
  if (stream !== undefined) return reply.send(Readable.from(stream, { objectMode: false }));
  return body.length === 0 ? reply.send() : reply.send(body);
}

/** What Fastify found wrong. Throws the error itself when it is not about the request. */
function unreadable(error: Error & { readonly statusCode?: number; readonly code?: string }): UnreadableRequest {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return {
      kind: 'bodyTooLarge',
      message: `The request body is larger than the ${bodyLimitBytes} bytes that are allowed.`,
    };
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return { kind: 'malformed', message: error.message };
  throw error;
}
