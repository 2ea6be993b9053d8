import { list, object, text } from '../rest/schemas/types.js';
import type { ControlRoutes } from './control-app.js';
import { type ControlEnvironment, systemOf } from './environment.js';

const Session = object({ id: text(), initiator: text(), isid: text(), portal: text(), controllerRef: text() });

/** The iSCSI sessions of an array: the web services have no list of them. */
export function sessionRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  routes.on(
    {
      method: 'GET',
      path: '/arrays/:id/sessions',
      summary: 'The iSCSI sessions that are open, the oldest first; none of discovery',
      response: list(Session),
    },
    ({ params }) => environment.sessionsOf(systemOf(environment, params.id).array),
  );
}
