import { parse } from 'node:querystring';
import type { StorageSystem } from '../array/storage-systems.js';
import { type HttpRequest, jsonText } from '../http/messages.js';
import type { Principal } from '../rest/authentication.js';
import { boolean, list, object, optional, text } from '../rest/schemas/types.js';
import type { ControlRoutes } from './control-app.js';
import { type ControlEnvironment, systemOf } from './environment.js';

/** Reads many lists of an array in one request, past fault rules and outages, and without a trace in the journal. */
export function batchReadRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  routes.on(
    {
      method: 'POST',
      path: '/arrays/:id/looks',
      summary:
        'What GETs of these paths would be answered, past fault rules, outages and the journal: {paths: ["volumes", …]}; asMonitor: true reads without a login',
      body: object({ paths: list(text({ minLength: 1, maxLength: 2048 })), asMonitor: optional(boolean()) }),
    },
    async ({ params, body, request }) => {
      const { id } = systemOf(environment, params.id);
      const answers: string[] = [];
      const as = body.asMonitor === true ? { presented: asOnline, admitted: monitor } : { presented: asOnline };
      for (const path of body.paths) {
        const url = path.startsWith('/') ? path : `/devmgr/v2/storage-systems/${encodeURIComponent(id)}/${path}`;
        const answer = await environment.answerDirectly(getOf(request, url), as);
        answers.push(`{"status":${answer.status},"body":${answer.body || 'null'}}`);
      }
      return jsonText(`[${answers.join(',')}]`);
    },
  );
}

/** Who may use the control API may read the array too: it can save the array's whole state. */
const monitor: Principal = { user: 'monitor', roles: ['storage.monitor'], by: 'token' };

/** The array is read even while it does not answer its clients. */
function asOnline(system: StorageSystem): StorageSystem {
  return { ...system, online: true };
}

/** A GET by the same client. */
function getOf({ headers, ip }: HttpRequest, url: string): HttpRequest {
  const question = url.indexOf('?');
  return {
    method: 'GET',
    url,
    headers,
    ip,
    query: question < 0 ? {} : parse(url.slice(question + 1)),
    body: undefined,
  };
}
