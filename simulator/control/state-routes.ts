import { asSaved, type KeptState, type StorageArray } from '../array/storage-array.js';
import { maskSecrets } from '../http/secrets.js';
import { summary } from './array-routes.js';
import { ControlError, type ControlRoutes } from './control-app.js';
import { type ControlEnvironment, systemOf } from './environment.js';

/** Reset, clear, and states that are saved under names. */
export function stateRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  const states = new WeakMap<StorageArray, Map<string, KeptState>>();
  const named = (array: StorageArray) => {
    const found = states.get(array) ?? new Map<string, KeptState>();
    states.set(array, found);
    return found;
  };
  routes.on({ method: 'POST', path: '/arrays/:id/reset', summary: 'Back to the preset' }, ({ params }) => {
    const system = systemOf(environment, params.id);
    system.array.reset();
    return summary(system);
  });
  routes.on(
    { method: 'POST', path: '/arrays/:id/clear', summary: 'Drives only: no pools, volumes, hosts' },
    ({ params }) => {
      const system = systemOf(environment, params.id);
      system.array.clear();
      return summary(system);
    },
  );
  routes.on({ method: 'GET', path: '/arrays/:id/states', summary: 'Names of the saved states' }, ({ params }) => [
    ...named(systemOf(environment, params.id).array).keys(),
  ]);
  routes.on(
    { method: 'PUT', path: '/arrays/:id/states/:name', summary: 'Save the state under a name' },
    ({ params }) => {
      const { array } = systemOf(environment, params.id);
      named(array).set(params.name ?? '', array.keep());
      return { name: params.name, version: array.version };
    },
  );
  const saved = (array: StorageArray, name: string | undefined): KeptState => {
    const state = named(array).get(name ?? '');
    if (state === undefined)
      throw new ControlError(
        404,
        'unknownState',
        `There is no saved state '${name}': known are ${[...named(array).keys()].join(', ') || 'none'}.`,
      );
    return state;
  };
  routes.on({ method: 'GET', path: '/arrays/:id/states/:name', summary: 'A saved state as plain data' }, ({ params }) =>
    maskSecrets(asSaved(saved(systemOf(environment, params.id).array, params.name))),
  );
  routes.on(
    { method: 'POST', path: '/arrays/:id/states/:name/restore', summary: 'Back to a saved state' },
    ({ params }) => {
      const system = systemOf(environment, params.id);
      system.array.returnTo(saved(system.array, params.name));
      return summary(system);
    },
  );
  routes.on({ method: 'DELETE', path: '/arrays/:id/states/:name', summary: 'Forget a saved state' }, ({ params }) => {
    const { array } = systemOf(environment, params.id);
    saved(array, params.name);
    named(array).delete(params.name ?? '');
  });
}
