import { parse } from 'node:querystring';
import { parseBody } from '../http/body.js';
import type { Handler } from '../http/messages.js';
import { RestError } from './errors.js';
import { apiRoot, rolesOf } from './operations.js';
import type { Routes } from './route.js';

/** Requests that a proxy passes on to an array's own web services: the same ones here. */
export function forwardRoutes(routes: Routes, forward: Handler): void {
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
      async ({ params, body, request: { url, headers, ip } }) => {
        const path = (params['*'] ?? '').replace(/^\/*(devmgr\/v2\/)?/, '');
        const question = url.indexOf('?');
        const query = question < 0 ? '' : url.slice(question);
        const { authorization, cookie } = headers;
        const response = await forward({
          method,
          url: `/devmgr/${path.startsWith('devmgr/') ? path.slice(7) : `v2/${path}`}${query}`,
          headers: { 'content-type': 'application/json', authorization, cookie },
          query: parse(query.slice(1)),
          body: method === 'POST' ? parseBody(String(body ?? '')) : undefined,
          ip,
        });
        if (response.interruption !== undefined)
          throw new RestError('systemOffline', 'The storage system broke the connection off.');
        return response;
      },
    );
  }
}
