import type { FastifyInstance } from 'fastify';
import type { ControlRoute } from '../control/control-app.js';
import type { RestEnvironment } from '../rest/route.js';
import type { TSchema } from '../rest/schemas/types.js';

export interface DocumentationSource {
  readonly environment: RestEnvironment;
  readonly control: readonly ControlRoute<TSchema | undefined>[];
  readonly version: string;
}

/** The OpenAPI documents of both APIs and the pages that show them. Nothing of it is loaded before the first look. */
export function registerDocumentation(app: FastifyInstance, source: DocumentationSource): void {
  const pages = new Map<string, Promise<FastifyInstance>>();
  const page = (which: 'rest' | 'control') => {
    const made =
      pages.get(which) ??
      import('./documentation-app.js').then(({ documentationApp }) => documentationApp(which, source));
    pages.set(which, made);
    return made;
  };
  for (const [which, prefix, document] of [
    ['rest', '/docs', '/openapi.json'],
    ['control', '/sim/v1/docs', '/sim/v1/openapi.json'],
  ] as const) {
    for (const url of [prefix, `${prefix}/*`, document]) {
      app.get(url, async (request, reply) => {
        const documentation = await page(which);
        const answer = await documentation.inject({ method: 'GET', url: request.url });
        const type = answer.headers['content-type'];
        const location = answer.headers.location;
        if (location !== undefined) reply.header('location', location);
        return reply
          .code(answer.statusCode)
          .header('content-type', type ?? 'text/html')
          .send(answer.rawPayload);
      });
    }
  }
}
