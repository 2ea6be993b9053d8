import type { Faults } from '../faults/fault-rules.js';
import { FaultRule } from '../faults/rule.js';
import { type SwarmOptions, SwarmSchema } from '../faults/swarm.js';
import { json } from '../http/messages.js';
import { ControlError, type ControlRoutes } from './control-app.js';

/** Fault rules over HTTP: added, looked at with what they hit, and removed. */
export function faultRoutes(routes: ControlRoutes, faults: Faults): void {
  routes.on(
    {
      method: 'GET',
      path: '/faults',
      summary:
        'The fault rules with their hits; ?array=ID for those of one array, ?unfired=true for those without a hit',
    },
    ({ query }) => faults.list(query.array).filter(({ hits }) => query.unfired !== 'true' || hits === 0),
  );
  routes.on(
    { method: 'GET', path: '/faults/schema', summary: 'The JSON Schema of a fault rule' },
    () => publishedSchema,
  );
  routes.on(
    { method: 'POST', path: '/faults', summary: 'Add a fault rule', body: FaultRule, asItCame: true },
    ({ body }) => json(faults.add(body), 201),
  );
  routes.on(
    {
      method: 'POST',
      path: '/faults/swarm',
      summary: 'Add random fault rules: the same seed and weights make the same ones',
      body: SwarmSchema,
      asItCame: true,
    },
    ({ body }) => json(faults.swarm(body as SwarmOptions), 201),
  );
  routes.on({ method: 'GET', path: '/faults/:id', summary: 'A fault rule with its hits' }, ({ params }) => {
    const found = faults.get(params.id ?? '');
    if (found === undefined) throw unknownFault(faults, params.id);
    return found;
  });
  routes.on(
    { method: 'DELETE', path: '/faults/:id', summary: 'Remove a fault rule and mend what it broke' },
    ({ params }) => {
      if (!faults.remove(params.id ?? '')) throw unknownFault(faults, params.id);
    },
  );
  routes.on(
    {
      method: 'DELETE',
      path: '/faults',
      summary: 'Remove all fault rules, or with ?array=ID those that name the array, and mend what they broke',
    },
    ({ query }) => ({ removed: faults.clear(query.array) }),
  );
}

const publishedSchema = { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Fault rule', ...FaultRule };

function unknownFault(faults: Faults, id: string | undefined): ControlError {
  const known = faults.list().map((rule) => rule.id);
  return new ControlError(
    404,
    'unknownFault',
    `There is no fault rule '${id}': known are ${known.join(', ') || 'none'}.`,
  );
}
