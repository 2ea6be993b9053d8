import type { FastifyInstance } from 'fastify';
import type { ControlRoute } from '../control/control-app.js';
import type { RestEnvironment } from '../rest/route.js';
import type { TSchema } from '../rest/schemas/types.js';

export interface DocumentationSource {
  readonly environment: RestEnvironment;
  readonly control: readonly ControlRoute<TSchema | undefined>[];
  readonly version: string;
}

/** A document or a file of a page, ready to be sent. */
interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/**
 * The OpenAPI documents of both APIs and the pages that show them. Nothing of it is loaded before the first look, and
 * what is there is made once: every answer is the same piece of memory, however many clients it is sent to.
 */
export function registerDocumentation(app: FastifyInstance, source: DocumentationSource): void {
  const apps = new Map<string, Promise<FastifyInstance>>();
  const appOf = (which: 'rest' | 'control') => {
    const made =
      apps.get(which) ??
      import('./documentation-app.js').then(({ documentationApp }) => documentationApp(which, source));
    apps.set(which, made);
    return made;
  };
  const pages = new Map<string, Page>();
  const pageAt = async (which: 'rest' | 'control', path: string): Promise<Page> => {
    const kept = pages.get(path);
    if (kept !== undefined) return kept;
    const documentation = await appOf(which);
    const { statusCode: status, headers, rawPayload: bytes } = await documentation.inject({ method: 'GET', url: path });
    const { 'content-type': type = 'text/html', location } = headers;
    const page = {
      status,
      headers: { 'content-type': String(type), ...(location === undefined ? {} : { location: String(location) }) },
      bytes,
    };
    // Only what exists is kept: of other paths there is no end.
    if (status === 200) pages.set(path, page);
    return page;
  };
  for (const [which, prefix, document] of [
    ['rest', '/docs', '/openapi.json'],
    ['control', '/sim/v1/docs', '/sim/v1/openapi.json'],
  ] as const) {
    for (const url of [prefix, `${prefix}/*`, document]) {
      app.get(url, async (request, reply) => {
        const { status, headers, bytes } = await pageAt(which, request.url.split('?', 1)[0] ?? '');
        return reply.code(status).headers(headers).send(bytes);
      });
    }
  }
}
