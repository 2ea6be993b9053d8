import type { FastifyInstance } from 'fastify';
import type { ControlRoute } from '../control/control-app.js';
import { type Handler, HttpResponse } from '../http/messages.js';
import type { RestEnvironment } from '../rest/route.js';
import type { TSchema } from '../rest/schemas/types.js';

export interface DocumentationSource {
  readonly environment: RestEnvironment;
  readonly control: readonly ControlRoute<TSchema | undefined>[];
  readonly version: string;
}

/**
 * The OpenAPI documents of both APIs and the pages that show them. Nothing of it is loaded before the first look, and
 * what is there is made once: every answer is the same piece of memory, however many clients it is sent to.
 */
export function documentationPages(serve: (path: string, page: Handler) => void, source: DocumentationSource): void {
  const apps = new Map<string, Promise<FastifyInstance>>();
  const appOf = (which: 'rest' | 'control') => {
    const made =
      apps.get(which) ??
      import('./documentation-app.js').then(({ documentationApp }) => documentationApp(which, source));
    apps.set(which, made);
    return made;
  };
  const pages = new Map<string, HttpResponse>();
  const pageAt = async (which: 'rest' | 'control', path: string): Promise<HttpResponse> => {
    const kept = pages.get(path);
    if (kept !== undefined) return kept;
    const documentation = await appOf(which);
    const { statusCode: status, headers, rawPayload: bytes } = await documentation.inject({ method: 'GET', url: path });
    const { 'content-type': type = 'text/html', location } = headers;
    const where = location === undefined ? [] : [['location', String(location)] as const];
    const page = new HttpResponse(status, [['content-type', String(type)], ...where], bytes);
    // Only what exists is kept: of other paths there is no end.
    if (status === 200) pages.set(path, page);
    return page;
  };
  for (const [which, prefix, document] of [
    ['rest', '/docs', '/openapi.json'],
    ['control', '/sim/v1/docs', '/sim/v1/openapi.json'],
  ] as const) {
    for (const url of [prefix, `${prefix}/*`, document]) {
      serve(url, (request) => pageAt(which, request.url.split('?', 1)[0] ?? ''));
    }
  }
}
