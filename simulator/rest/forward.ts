import { parse } from 'node:querystring';
import { parseBody } from '../http/body.js';
import { type Handler, HttpResponse } from '../http/messages.js';
import { RestError } from './errors.js';
import { vendorOperations } from './operations.js';
import type { Routes } from './route.js';

/** Requests that a proxy passes on to an array's own web services: the same ones here. */
export function forwardRoutes(routes: Routes, forward: Handler): void {
  for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS'] as const) {
    const documented = vendorOperations.get(`forward${method[0]}${method.slice(1).toLowerCase()}`);
    if (documented === undefined) continue;
    routes.on(
      // The path of the array's web services has any number of parts.
      { ...documented, path: documented.path.replace(/:path$/, '*') },
      { rawBody: true },
      async ({ params, body, request: { url, headers, ip } }) => {
        const path = (params['*'] ?? '').replace(/^\/*(devmgr\/v2\/)?/, '');
        // An array passes nothing on: each part of a long path would be a request of its own.
        if (path.split('/').includes('forward'))
          throw new RestError('notFound', 'A request that is forwarded cannot be forwarded again.');
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
        // No operation is asked about its methods: what the web services say of a wrong one tells them.
        const allowed = method === 'OPTIONS' ? response.header('allow') : undefined;
        return allowed === undefined ? response : new HttpResponse(200, [['allow', `${allowed}, OPTIONS`]]);
      },
    );
  }
}
