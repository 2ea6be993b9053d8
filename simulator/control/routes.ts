import { type Operation, vendorOperations } from '../rest/operations.js';
import { arrayRoutes } from './array-routes.js';
import { batchReadRoutes } from './batch-read-routes.js';
import { blockRoutes } from './block-routes.js';
import { clockRoutes } from './clock-routes.js';
import type { ControlRoutes } from './control-app.js';
import type { ControlEnvironment } from './environment.js';
import { faultRoutes } from './fault-routes.js';
import { hardwareRoutes } from './hardware-routes.js';
import { jobRoutes } from './job-routes.js';
import { journalRoutes } from './journal-routes.js';
import { sessionRoutes } from './session-routes.js';
import { stateRoutes } from './state-routes.js';
import { workloadRoutes } from './workload-routes.js';

export function controlRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  serverRoutes(routes, environment);
  journalRoutes(routes, environment);
  clockRoutes(routes, environment);
  arrayRoutes(routes, environment);
  stateRoutes(routes, environment);
  jobRoutes(routes, environment);
  workloadRoutes(routes, environment);
  batchReadRoutes(routes, environment);
  blockRoutes(routes, environment);
  sessionRoutes(routes, environment);
  hardwareRoutes(routes, environment);
  faultRoutes(routes, environment.faults);
}

function serverRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  const { systems, clock } = environment;
  routes.on({ method: 'GET', path: '/health', summary: 'Whether the simulator is up; needs no login' }, () => ({
    status: 'ok',
    version: environment.version,
    mode: environment.mode,
    arrays: systems.list().filter((system) => system.array !== null).length,
    clock: { mode: clock.mode, now: new Date(clock.now()).toISOString() },
    uptimeMs: clock.now() - environment.startedMs,
  }));
  routes.on({ method: 'GET', path: '/coverage', summary: 'Which of the documented operations are implemented' }, () => {
    const documented = [...vendorOperations.values()];
    const extras = [...environment.implemented.values()].filter((operation) => !vendorOperations.has(operation.id));
    const shown = ({ id, method, path, tag }: Operation) => ({ id, method, path, tag });
    return {
      documented: documented.length,
      implemented: documented.filter((operation) => environment.implemented.has(operation.id)).length,
      beyondDocuments: extras.length,
      operations: [
        ...documented.map((operation) => ({
          ...shown(operation),
          documented: true,
          implemented: environment.implemented.has(operation.id),
        })),
        ...extras.map((operation) => ({ ...shown(operation), documented: false, implemented: true })),
      ],
    };
  });
}
