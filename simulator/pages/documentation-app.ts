import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance } from 'fastify';
import type { TSchema } from '../rest/schemas/types.js';
import type { DocumentationSource } from './documentation.js';

interface Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  readonly url: string;
  readonly schema: Record<string, unknown>;
}

/** An OpenAPI document and its page, of routes that are described but not served here. */
export async function documentationApp(
  which: 'rest' | 'control',
  source: DocumentationSource,
): Promise<FastifyInstance> {
  const docs = Fastify({ logger: false, routerOptions: { ignoreTrailingSlash: true } });
  const prefix = which === 'rest' ? '/docs' : '/sim/v1/docs';
  docs.setValidatorCompiler(() => () => true);
  docs.setSerializerCompiler(() => (data) => JSON.stringify(data));
  await docs.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: {
        title: which === 'rest' ? 'SANtricity Web Services, simulated' : 'eseries-simulator control API',
        version: source.version,
        description:
          which === 'rest'
            ? 'What the simulated array answers. Operation ids are those of the real web services.'
            : 'What a real array does not have: reset, saved states, clock, jobs, blocks, journal.',
      },
      components: {
        securitySchemes: { basic: { type: 'http', scheme: 'basic' }, bearer: { type: 'http', scheme: 'bearer' } },
      },
      security: [{ basic: [] }, { bearer: [] }],
    },
  });
  await docs.register(swaggerUi, { routePrefix: prefix });
  for (const { method, url, schema } of which === 'rest' ? restRoutes(source) : controlRoutes(source)) {
    docs.route({ method, url, schema, handler: () => undefined });
  }
  docs.get(which === 'rest' ? '/openapi.json' : '/sim/v1/openapi.json', { schema: { hide: true } }, () =>
    docs.swagger(),
  );
  await docs.ready();
  return docs;
}

function restRoutes(source: DocumentationSource): Described[] {
  return [...source.environment.described.values()].map(({ operation, schemas }) => ({
    method: operation.method,
    url: operation.path,
    schema: {
      operationId: operation.id,
      tags: [operation.tag],
      ...(operation.roles.length === 0 ? { security: [] } : { description: `Roles: ${operation.roles.join(', ')}` }),
      ...parameters(operation.path),
      ...(schemas.query === undefined ? {} : { querystring: schemas.query }),
      ...(schemas.body === undefined || operation.method === 'GET' ? {} : { body: schemas.body }),
      response: responses(schemas.status ?? operation.status, schemas.response),
    },
  }));
}

function controlRoutes(source: DocumentationSource): Described[] {
  return source.control.map((route) => ({
    method: route.method,
    url: `/sim/v1${route.path}`,
    schema: {
      summary: route.summary,
      tags: [route.path.split('/')[1] ?? 'control'],
      ...parameters(route.path),
      ...(route.body === undefined ? {} : { body: route.body }),
      response: responses(200, route.response),
    },
  }));
}

function parameters(path: string): object {
  const names = (path.match(/:\w+/g) ?? []).map((name) => name.slice(1));
  if (names.length === 0) return {};
  return {
    params: {
      type: 'object',
      required: names,
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    },
  };
}

function responses(status: number, response: TSchema | undefined): object {
  return {
    [status]:
      response === undefined ? { description: 'Success', type: 'null' } : { description: 'Success', ...response },
  };
}
