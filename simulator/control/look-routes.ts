import type { FastifyRequest } from 'fastify';
import { DirectReply } from '../rest/in-process.js';
import { list, object, text } from '../rest/schemas/types.js';
import type { StorageSystem } from '../storage-systems.js';
import type { ControlRoutes } from './control-app.js';
import { type ControlEnvironment, systemOf } from './environment.js';

/** Looks at many lists of an array at once: for whoever judges it, without being seen and without being in the way. */
export function lookRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  routes.on(
    {
      method: 'POST',
      path: '/arrays/:id/looks',
      summary:
        'What GETs of these paths would be answered, past fault rules, outages and the journal: {paths: ["volumes", …]}',
      body: object({ paths: list(text({ minLength: 1, maxLength: 2048 })) }),
    },
    async ({ params, body, request, reply }) => {
      const { id } = systemOf(environment, params.id);
      const answers: string[] = [];
      for (const path of body.paths) {
        const url = path.startsWith('/') ? path : `/devmgr/v2/storage-systems/${encodeURIComponent(id)}/${path}`;
        const answer = new DirectReply();
        await environment.look(asked(request, url), answer.asReply(), isThere);
        answers.push(`{"status":${answer.statusCode},"body":${answer.body || 'null'}}`);
      }
      // What the web services have put into JSON already is passed on as it is.
      return reply.header('content-type', 'application/json').send(`[${answers.join(',')}]`);
    },
  );
}

/** The array is looked at even while it does not answer its clients. */
function isThere(system: StorageSystem): StorageSystem {
  return { ...system, online: true };
}

/** A GET by whoever asks. */
function asked({ headers, ip }: FastifyRequest, url: string): FastifyRequest {
  const query = url.includes('?') ? Object.fromEntries(new URLSearchParams(url.slice(url.indexOf('?') + 1))) : {};
  return { method: 'GET', url, headers, ip, query, body: undefined } as unknown as FastifyRequest;
}
