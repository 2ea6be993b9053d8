import type { ArrayPreset } from '../array/preset.js';
import { StorageArray } from '../array/storage-array.js';
import type { StorageSystem } from '../array/storage-systems.js';
import { json } from '../http/messages.js';
import { inventoryPreset } from '../presets/inventory.js';
import { presets } from '../presets/models.js';
import { integer, object, optional, type Static, text } from '../rest/schemas/types.js';
import { ControlError, type ControlRoutes } from './control-app.js';
import { type ControlEnvironment, numberIn, systemOf } from './environment.js';

/** An array in a few figures. */
export function summary(system: StorageSystem): object {
  const { array } = system;
  if (array === null) return { id: system.id, online: false };
  return {
    id: system.id,
    label: array.system.label,
    wwn: array.system.wwn,
    preset: array.system.preset,
    seed: array.system.seed,
    online: system.online,
    version: array.version,
    pools: array.tables.pools.size,
    volumes: array.volumes.withUse('standardVolume').size + array.volumes.withUse('thin').size,
    hosts: array.tables.hosts.size,
    jobs: array.tables.jobs.size,
  };
}

const NewArray = object({
  id: optional(text()),
  preset: optional(text()),
  seed: optional(integer()),
  label: optional(text()),
  pools: optional(integer({ minimum: 0, maximum: 64 })),
  volumes: optional(integer({ minimum: 0, maximum: 65_536 })),
  hosts: optional(integer({ minimum: 0, maximum: 4096 })),
});

/** The arrays of the process: list, make, remove, check, take offline. */
export function arrayRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  const { systems } = environment;
  routes.on({ method: 'GET', path: '/arrays', summary: 'The arrays of this process' }, () =>
    systems.list().map(summary),
  );
  routes.on({ method: 'POST', path: '/arrays', summary: 'Make another array', body: NewArray }, async ({ body }) => {
    const system = addArray(environment, body);
    await environment.portalsReady();
    return json(summary(system), 201);
  });
  routes.on({ method: 'GET', path: '/arrays/:id', summary: 'One array' }, ({ params }) =>
    summary(systemOf(environment, params.id)),
  );
  routes.on(
    { method: 'GET', path: '/arrays/:id/events', summary: 'The event log; ?since for those from that number on' },
    ({ params, query }) => {
      const since = numberIn(query.since, 'since') ?? 0;
      return systemOf(environment, params.id)
        .array.tables.events.toJSON()
        .filter(({ sequence }) => sequence >= since);
    },
  );
  routes.on({ method: 'DELETE', path: '/arrays/:id', summary: 'Remove an array' }, ({ params }) => {
    systems.remove(systemOf(environment, params.id).id);
  });
  routes.on(
    { method: 'POST', path: '/arrays/:id/check', summary: "Verify the array's invariants", changes: false },
    ({ params }) => {
      const problems = systemOf(environment, params.id).array.check();
      return { ok: problems.length === 0, problems };
    },
  );
  for (const [path, online] of [
    ['offline', false],
    ['online', true],
  ] as const) {
    routes.on(
      { method: 'POST', path: `/arrays/:id/${path}`, summary: `Make the array answer ${online ? 'again' : '424'}` },
      ({ params }) => summary(systems.put({ ...systemOf(environment, params.id), online })),
    );
  }
}

/** Throws ControlError for an id or a preset that cannot be. */
function addArray({ systems, clock, password }: ControlEnvironment, body: Static<typeof NewArray>): StorageSystem {
  const id = body.id ?? systems.nextId();
  if (!/^[\w.-]{1,64}$/.test(id))
    throw new ControlError(
      422,
      'invalidField',
      `The id is '${id}': allowed are 1 to 64 letters, digits, '-', '_' and '.'.`,
      'id',
    );
  if (systems.find(id) !== undefined)
    throw new ControlError(409, 'arrayExists', `There is an array '${id}' already.`, 'id');
  const base = presetNamed(body.preset ?? 'demo');
  const preset = inventoryPreset({ ...base, label: body.label ?? base.label }, body);
  const array = new StorageArray({ preset, seed: body.seed ?? Number(systems.list().length), clock });
  array.passwords.set('admin', password);
  return systems.put({
    id,
    array,
    online: true,
    controllerAddresses: [`array-${id}`, `127.0.0.${systems.list().length + 1}`],
    tags: [],
  });
}

function presetNamed(name: string): ArrayPreset {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset === undefined)
    throw new ControlError(
      422,
      'invalidField',
      `There is no preset '${name}': allowed are ${Object.keys(presets).join(', ')}.`,
      'preset',
    );
  return preset;
}
