import type { ControlRoutes } from './control-app.js';
import { type ControlEnvironment, systemOf } from './environment.js';

/** Drives and controllers that fail and come back. */
export function hardwareRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  routes.on({ method: 'POST', path: '/arrays/:id/drives/:ref/fail', summary: 'A drive fails' }, ({ params }) =>
    systemOf(environment, params.id).array.drives.fail(params.ref ?? ''),
  );
  routes.on(
    { method: 'POST', path: '/arrays/:id/drives/:ref/replace', summary: 'A failed drive is replaced' },
    ({ params }) => systemOf(environment, params.id).array.drives.replace(params.ref ?? ''),
  );
  for (const [what, status] of [
    ['fail', 'failed'],
    ['restore', 'optimal'],
  ] as const) {
    routes.on(
      { method: 'POST', path: `/arrays/:id/controllers/:ref/${what}`, summary: `A controller becomes ${status}` },
      ({ params }) => {
        const { array } = systemOf(environment, params.id);
        const byLabel = array.controllers
          .list()
          .find((controller) => controller.label === (params.ref ?? '').toUpperCase());
        array.controllers.setStatus(byLabel?.ref ?? params.ref ?? '', status);
        return array.controllers.require(byLabel?.ref ?? params.ref ?? '');
      },
    );
  }
}
