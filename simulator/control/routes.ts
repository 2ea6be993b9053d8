import type { ArrayPreset } from '../array/preset.js';
import { asSaved, type KeptState, StorageArray } from '../array/storage-array.js';
import type { StorageSystem } from '../array/storage-systems.js';
import { bytesType, jsonType } from '../http/body.js';
import { HttpResponse, json } from '../http/messages.js';
import { maskSecrets } from '../http/secrets.js';
import { inventoryPreset } from '../presets/inventory.js';
import { presets } from '../presets/models.js';
import { explainUnknown } from '../rest/not-implemented.js';
import { type Operation, vendorOperations } from '../rest/operations.js';
import { integer, object, optional, text } from '../rest/schemas/types.js';
import { batchReadRoutes } from './batch-read-routes.js';
import { clockRoutes } from './clock-routes.js';
import { ControlError, type ControlRoutes } from './control-app.js';
import { type ControlEnvironment, numberIn, systemOf } from './environment.js';
import { faultRoutes } from './fault-routes.js';
import { jobRoutes } from './job-routes.js';
import { sessionRoutes } from './session-routes.js';
import { workloadRoutes } from './workload-routes.js';

/** The largest piece of a volume that one request reads or writes. */
const largestBlockBytes = 64 * 2 ** 20;

/** Bytes as base64 in JSON are a third larger than they are. */
const largestBlockBodyBytes = 80 * 2 ** 20;

export function controlRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  serverRoutes(routes, environment);
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

function summary(system: StorageSystem): object {
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

function serverRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  const { systems, clock, journal } = environment;
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
  routes.on(
    {
      method: 'GET',
      path: '/journal',
      summary:
        'The last requests with their answers; ?limit, method, path, status, since, array, about (a text that they name)',
    },
    ({ query }) =>
      journal.entries({
        limit: numberIn(query.limit, 'limit'),
        method: query.method,
        path: query.path,
        status: numberIn(query.status, 'status'),
        since: numberIn(query.since, 'since'),
        array: query.array,
        about: query.about,
      }),
  );
  routes.on(
    { method: 'GET', path: '/journal/near-misses', summary: 'Requests that no route took, and the nearest known path' },
    () =>
      journal
        .entries()
        .filter((entry) => [404, 405, 501].includes(entry.status))
        .flatMap((entry) => {
          const path = (entry.url.split('?', 1)[0] ?? '').replace(/\/{2,}/g, '/');
          const taken = [...environment.implemented.values()].some(
            (operation) => operation.method === entry.method && sameShape(operation.path, path),
          );
          return taken
            ? []
            : [
                {
                  method: entry.method,
                  url: entry.url,
                  status: entry.status,
                  explanation: explainUnknown(entry.method, path, environment.implemented).error.message,
                },
              ];
        }),
  );
  routes.on({ method: 'GET', path: '/journal/:number', summary: 'One of the last requests' }, ({ params }) => {
    const number = numberIn(params.number, 'number');
    const entry = number === undefined ? undefined : journal.entry(number);
    if (entry !== undefined) return entry;
    throw new ControlError(404, 'unknownEntry', `The journal has no request ${number}: it keeps the last ones only.`);
  });
  routes.on({ method: 'DELETE', path: '/journal', summary: 'Forget the requests so far' }, () => journal.clear());
}

function sameShape(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.replace(/\/$/, '').split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith(':') || part === given[index]);
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

function arrayRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  const { systems, clock } = environment;
  routes.on({ method: 'GET', path: '/arrays', summary: 'The arrays of this process' }, () =>
    systems.list().map(summary),
  );
  routes.on({ method: 'POST', path: '/arrays', summary: 'Make another array', body: NewArray }, async ({ body }) => {
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
    array.passwords.set('admin', environment.password);
    const system = systems.put({
      id,
      array,
      online: true,
      controllerAddresses: [`array-${id}`, `127.0.0.${systems.list().length + 1}`],
      tags: [],
    });
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

function stateRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
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

function blockRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  const path = '/arrays/:id/volumes/:ref/blocks';
  const range = (query: Readonly<Record<string, string | undefined>>, length: number | undefined) => {
    const bytes = numberIn(query.length, 'length') ?? length;
    if (bytes === undefined) throw new ControlError(422, 'missingField', 'Say how many bytes: ?length=…', 'length');
    if (bytes > largestBlockBytes)
      throw new ControlError(
        413,
        'tooLarge',
        `${bytes} bytes are wanted: one request takes up to ${largestBlockBytes}.`,
        'length',
      );
    return { offset: numberIn(query.offset, 'offset') ?? 0, bytes };
  };
  routes.on(
    { method: 'GET', path, summary: 'Bytes of a volume or view: ?offset&length[&format=json]' },
    ({ params, query }) => {
      const { array } = systemOf(environment, params.id);
      const { offset, bytes } = range(query, undefined);
      const data = array.io.read(params.ref ?? '', offset, bytes);
      array.statistics.directFlow(params.ref ?? '').read(offset, bytes);
      if (query.format === 'json') return { offset, length: bytes, base64: data.toString('base64') };
      return new HttpResponse(200, [['content-type', bytesType]], data);
    },
  );
  routes.on(
    {
      method: 'PUT',
      path,
      summary: 'Write bytes at ?offset: the body as it comes, or {base64}',
      changes: true,
      bodyLimitBytes: largestBlockBodyBytes,
      bodyTypes: [bytesType, jsonType],
    },
    ({ params, query, request }) => {
      const { array } = systemOf(environment, params.id);
      const data = bytesOf(request.body);
      const { offset } = range({ offset: query.offset }, data.length);
      array.io.write(params.ref ?? '', offset, data);
      array.statistics.directFlow(params.ref ?? '').wrote(offset, data.length);
      return { offset, length: data.length };
    },
  );
  routes.on({ method: 'DELETE', path, summary: 'Unmap ?offset&length' }, ({ params, query }) => {
    const { array } = systemOf(environment, params.id);
    const bytes = numberIn(query.length, 'length') ?? 0;
    array.io.unmap(params.ref ?? '', numberIn(query.offset, 'offset') ?? 0, bytes);
    array.statistics.directFlow(params.ref ?? '').other();
  });
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  if (typeof body === 'object' && body !== null && 'base64' in body && typeof body.base64 === 'string') {
    const bytes = Buffer.from(body.base64, 'base64');
    if (bytes.toString('base64').replace(/=+$/, '') === body.base64.replace(/=+$/, '')) return bytes;
  }
  throw new ControlError(
    422,
    'invalidField',
    'Send the bytes as application/octet-stream, or JSON {"base64": "…"}.',
    'base64',
  );
}

function hardwareRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
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
