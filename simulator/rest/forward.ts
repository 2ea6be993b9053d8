import type { FastifyInstance } from 'fastify';
import { RestError } from './errors.js';
import { apiRoot, rolesOf } from './operations.js';
import type { Routes } from './route.js';

/** Requests that a proxy passes on to an array's own web services: the same ones here. */
export function forwardRoutes(routes: Routes, app: FastifyInstance): void {
  const roles = rolesOf('root+storage+monitor+security+support');
  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    routes.on(
      {
        id: `forward${method}`,
        method,
        path: `${apiRoot}/storage-systems/:systemId/forward/*`,
        mode: 'both',
        roles,
        tag: 'REST Forwarding',
        status: 200,
      },
      { rawBody: true },
      async ({ params, body, request, reply }) => {
        const path = (params['*'] ?? '').replace(/^\/*(devmgr\/v2\/)?/, '');
        const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
        const { authorization, cookie } = request.headers;
        const answer = await app
          .inject({
            method,
            url: `/devmgr/${path.startsWith('devmgr/') ? path.slice(7) : `v2/${path}`}${query}`,
            headers: {
              'content-type': 'application/json',
              ...(authorization === undefined ? {} : { authorization }),
              ...(cookie === undefined ? {} : { cookie }),
            },
            ...(method === 'POST' ? { payload: String(body ?? '') } : {}),
          })
          .catch(() => {
            throw new RestError('systemOffline', 'The storage system broke the connection off.');
          });
        return reply
          .code(answer.statusCode)
          .header('content-type', String(answer.headers['content-type'] ?? 'application/json'))
          .send(answer.body);
      },
    );
  }
}
