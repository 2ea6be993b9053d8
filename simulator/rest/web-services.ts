import { mediaTypeOf } from '../http/body.js';
import type { Admission, Api, UnreadableRequest } from '../http/fastify-server.js';
import {
  compose,
  type Handler,
  type HttpRequest,
  type HttpResponse,
  headerOf,
  type Middleware,
} from '../http/messages.js';
import type { TrustedHosts } from '../http/trusted-hosts.js';
import { auditing } from './audit-trail.js';
import { errorResponse, RestError } from './errors.js';
import { apiRoot } from './operations.js';
import { registerResources } from './resources.js';
import { answerByRoute, type RestEnvironment, type RestRequest, Routes } from './route.js';
import { explainUnknown } from './unknown-path.js';

export interface WebServicesOptions {
  readonly environment: RestEnvironment;
  /** What comes between requests and their answers; the first one sees a request first. */
  readonly middleware?: readonly Middleware<RestRequest>[];
  /** Tells the requests of foreign web pages, which are refused; without it none are. */
  readonly trustedHosts?: TrustedHosts | undefined;
  /** Told of errors that are bugs: the client is answered 500. */
  readonly onInternalError?: (error: unknown, url: string) => void;
}

/** SANtricity's web services: a function from request to response, without a server. */
export interface WebServices extends Api {
  /** Answers a request past all middleware. */
  readonly answerDirectly: (
    request: HttpRequest,
    more?: Pick<RestRequest, 'presented' | 'admitted'>,
  ) => Promise<HttpResponse>;
}

/** The web services of an environment. The environment's operations are filled in. */
export function webServices({
  environment,
  middleware = [],
  trustedHosts,
  onInternalError,
}: WebServicesOptions): WebServices {
  const routes = new Routes(environment);
  const routed = (request: HttpRequest): RestRequest => ({
    ...request,
    route: routes.match(request.method, request.url),
  });
  const direct: Handler<RestRequest> = async (request) => {
    try {
      const { route } = request;
      return await (route === undefined ? unknown(environment, request) : answerByRoute(request, route));
    } catch (error) {
      const response = errorResponse(error);
      if (response.status === 500) onInternalError?.(error, request.url);
      return response;
    }
  };
  const layers = [...middleware, auditing(routes.audit, environment)];
  const composed = compose(layers, direct);
  const handle: Handler = (request) => composed(routed(request));
  const refused = (response: HttpResponse) => compose(layers, () => Promise.resolve(response));
  const admit = (head: HttpRequest, hasBody: boolean): Admission => {
    const objection = trustedHosts?.objection(head);
    if (objection === undefined && !hasBody) return { bodyLimitBytes: 0 };
    const request = routed(head);
    const refuse = (response: HttpResponse) => ({ refusal: refused(response)(request) });
    try {
      if (objection !== undefined) throw new RestError(objection.code, objection.message);
      const { route } = request;
      if (route === undefined) return refuse(unknown(environment, request));
      environment.authentication.admit(request, route.operation.roles);
      checkMediaType(request, route.bodyTypes);
      // The way to a route is found once.
      return { bodyLimitBytes: route.bodyLimitBytes, handle: (whole) => composed({ ...whole, route }) };
    } catch (error) {
      return refuse(errorResponse(error));
    }
  };
  registerResources(routes, handle);
  return {
    handle,
    admit,
    refuse: (request, error) => refused(errorResponse(refusal(error)))(routed(request)),
    answerDirectly: (request, more = {}) => direct({ ...routed(request), ...more }),
  };
}

/** What no route takes: a wrong method or an unknown path. */
function unknown({ implemented, authentication }: RestEnvironment, request: RestRequest): HttpResponse {
  const path = (request.url.split('?', 1)[0] ?? '').replace(/\/{2,}/g, '/');
  const { error, allow } = explainUnknown(request.method, path, implemented);
  if (path.startsWith(apiRoot)) authentication.admit(request, []);
  return errorResponse(error, allow === undefined ? [] : [['allow', allow]]);
}

/** A type that is given must be one that is taken: JSON of another type is what a foreign page sends unasked. */
function checkMediaType(request: HttpRequest, allowed: readonly string[]): void {
  const type = mediaTypeOf(headerOf(request, 'content-type'));
  if (type === undefined || allowed.includes(type) || request.method === 'DELETE') return;
  const message = `The request body is of type '${type}': allowed is ${allowed.join(', ')}.`;
  throw new RestError('unsupportedMediaType', message);
}

function refusal({ kind, message }: UnreadableRequest): RestError {
  return new RestError(kind === 'malformed' ? 'malformedJson' : kind, message);
}
