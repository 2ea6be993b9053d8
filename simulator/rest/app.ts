import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerFactory,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { parseBody } from './body.js';
import { errorAnswer, RestError } from './errors.js';
import type { Interference, Service } from './interference.js';
import type { Journal } from './journal.js';
import { explainUnknown } from './not-implemented.js';
import { apiRoot } from './operations.js';
import { registerResources } from './resources.js';
import { type RestEnvironment, Routes } from './route.js';

export interface RestAppOptions {
  readonly environment: RestEnvironment;
  readonly journal?: Journal;
  /** What may come between requests and their answers. */
  readonly interference?: Interference;
  /** Is handed how requests are answered when nothing comes between. */
  readonly onService?: (service: Service) => void;
  readonly logger?: FastifyBaseLogger;
  readonly serverFactory?: FastifyServerFactory;
}

/** The largest request body that is taken: what seeds a volume's blocks through the control API. */
const bodyLimitBytes = 80 * 2 ** 20;

type ValidatorFactory = NonNullable<
  NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']
>['buildValidator'];

const noValidator = (() => () => () => true) as unknown as ValidatorFactory;

/** The server with the web services' routes; other faces add theirs to it. */
export function buildRestApp(options: RestAppOptions): FastifyInstance {
  const { environment, journal, interference } = options;
  const app = Fastify({
    ...(options.logger === undefined ? { logger: false } : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    ...(options.serverFactory === undefined ? {} : { serverFactory: options.serverFactory }),
    bodyLimit: bodyLimitBytes,
    exposeHeadRoutes: false,
    // Requests are read by the routes themselves and answers are text: no compiler of Fastify's is needed, nor loaded.
    schemaController: {
      compilersFactory: { buildValidator: noValidator, buildSerializer: () => () => JSON.stringify },
    },
    forceCloseConnections: true,
    routerOptions: {
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: 2048,
      onBadUrl: (path, _request, response) => {
        const { status, body } = errorAnswer(
          new RestError('invalidUrl', `The path '${path}' is not a valid URL: check its percent-encoding.`),
        );
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      },
    },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, parseBody(String(text))));
  const fail = (
    error: Error & { statusCode?: number; code?: string },
    request: FastifyRequest,
    reply: FastifyReply,
  ) => {
    const { status, body } = errorAnswer(known(error));
    if (status >= 500 && status !== 503) app.log.error({ err: error, url: request.url }, 'request failed');
    if (status === 401) reply.header('www-authenticate', 'Basic realm="SANtricity Web Services", charset="UTF-8"');
    return reply.code(status).header('content-type', 'application/json').send(JSON.stringify(body));
  };
  app.setErrorHandler(fail);
  const routes = new Routes(environment);
  registerResources(routes, app);
  const unknown = (request: FastifyRequest, reply: FastifyReply) => {
    const path = (request.url.split('?', 1)[0] ?? '').replace(/\/{2,}/g, '/');
    const { error, allow, operation } = explainUnknown(request.method, path, environment.implemented);
    if (path.startsWith(apiRoot)) environment.authentication.admit(request, operation?.roles ?? []);
    if (allow !== undefined) reply.header('allow', allow);
    const { status, body } = errorAnswer(error);
    return reply.code(status).header('content-type', 'application/json').send(JSON.stringify(body));
  };
  const service: Service = {
    match: (request) => routes.match(request),
    answer: (request, reply, presented) => routes.dispatch(request, reply, presented) ?? unknown(request, reply),
    fail,
  };
  options.onService?.(service);
  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: '/devmgr/*',
    handler: (request, reply) =>
      interference?.active ? interference.intercept(request, reply, service) : service.answer(request, reply),
  });
  app.setNotFoundHandler(unknown);
  if (journal !== undefined) {
    app.addHook('onSend', (request, reply, answer, done) => {
      journal.record(request, reply, answer);
      done();
    });
  }
  return app;
}

/** Fastify's own errors as the web services would put them. */
function known(error: Error & { statusCode?: number; code?: string }): Error {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new RestError(
      'bodyTooLarge',
      `The request body is larger than the ${bodyLimitBytes} bytes that are allowed.`,
    );
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new RestError('malformedJson', error.message);
  return error;
}
