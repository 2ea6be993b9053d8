import { type DeclaredWorkloadChanges, workloadBounds } from '../array/declared-workloads.js';
import type { DeclaredWorkloadRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { json } from '../http/messages.js';
import { integer, list, nullable, number, object, oneOf, optional, text } from '../rest/schemas/types.js';
import { ControlError, type ControlRoutes } from './control-app.js';
import { type ControlEnvironment, systemOf } from './environment.js';

const model = oneOf('constant', 'uniform', 'exponential');
const Latency = object({
  model: optional(model),
  readMs: optional(nullable(number())),
  writeMs: optional(nullable(number())),
});

const settings = {
  iops: optional(number(workloadBounds.iops)),
  readPercent: optional(number(workloadBounds.readPercent)),
  blockBytes: optional(integer(workloadBounds.blockBytes)),
  randomPercent: optional(number(workloadBounds.randomPercent)),
  cacheHitPercent: optional(number(workloadBounds.cacheHitPercent)),
  latency: optional(Latency),
  variationPercent: optional(number(workloadBounds.variationPercent)),
  seed: optional(integer()),
  /** How long it goes on, in milliseconds of the array's time; null for ever. */
  forMs: optional(nullable(integer())),
};

const NewWorkload = object({ volume: text({ minLength: 1 }), ...settings });
const WorkloadChanges = object(settings);

const Workload = object({
  id: text(),
  volume: text(),
  volumeRef: text(),
  iops: number(),
  readPercent: number(),
  blockBytes: integer(),
  randomPercent: number(),
  cacheHitPercent: number(),
  latency: object({ model, readMs: nullable(number()), writeMs: nullable(number()) }),
  variationPercent: number(),
  seed: integer(),
  startMs: integer(),
  endMs: nullable(integer()),
});

const Interval = object({ intervalSeconds: integer({ minimum: 1, maximum: 86_400 }) });

/** Workloads that no initiator sends but the statistics show, and how these are collected. */
export function workloadRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  const path = '/arrays/:id/workloads';
  const arrayOf = (id: string | undefined) => systemOf(environment, id).array;
  routes.on(
    { method: 'GET', path, summary: 'Workloads that only show in the statistics', response: list(Workload) },
    ({ params }) => {
      const array = arrayOf(params.id);
      return array.declaredWorkloads.list().map((workload) => view(array, workload));
    },
  );
  routes.on(
    {
      method: 'POST',
      path,
      summary:
        'Let the statistics show reads and writes of a volume: iops, readPercent, blockBytes, latency …, by the clock',
      body: NewWorkload,
      response: Workload,
      changes: true,
    },
    ({ params, body: { volume, ...given }, request }) => {
      const array = arrayOf(params.id);
      refuseUnknown(request.body);
      return json(view(array, array.declaredWorkloads.create(volume, changesOf(array, given))), 201);
    },
  );
  routes.on(
    { method: 'GET', path: `${path}/:workload`, summary: 'One of these workloads', response: Workload },
    ({ params }) => {
      const array = arrayOf(params.id);
      return view(array, array.declaredWorkloads.require(params.workload ?? ''));
    },
  );
  routes.on(
    {
      method: 'PUT',
      path: `${path}/:workload`,
      summary: 'Let it go on with other numbers from now on; what is not given stays',
      body: WorkloadChanges,
      response: Workload,
      changes: true,
    },
    ({ params, body, request }) => {
      const array = arrayOf(params.id);
      refuseUnknown(request.body);
      return view(array, array.declaredWorkloads.update(params.workload ?? '', changesOf(array, body)));
    },
  );
  routes.on(
    { method: 'DELETE', path: `${path}/:workload`, summary: 'End it; what it counted stays', changes: true },
    ({ params }) => arrayOf(params.id).declaredWorkloads.delete(params.workload ?? ''),
  );
  statisticsRoutes(routes, environment);
}

function statisticsRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  const path = '/arrays/:id/statistics';
  routes.on(
    { method: 'PUT', path, summary: 'How often the statistics are collected', body: Interval, response: Interval },
    ({ params, body }) => {
      const { array } = systemOf(environment, params.id);
      array.statistics.collectEvery(body.intervalSeconds);
      return body;
    },
  );
  routes.on(
    { method: 'POST', path: `${path}/reset`, summary: 'Set every counter to 0, as a restart of the controllers does' },
    ({ params }) => {
      const { array } = systemOf(environment, params.id);
      array.transact(() => array.statistics.clear());
    },
  );
}

type Given = {
  readonly [Name in keyof DeclaredWorkloadChanges]?: DeclaredWorkloadChanges[Name] | undefined;
} & { readonly forMs?: number | null | undefined };

/** What stands in an object of the body is not checked by the reader of bodies. */
function refuseUnknown(body: unknown): void {
  // A body of blanks is one without properties.
  const { latency } = (body ?? {}) as { readonly latency?: object };
  const known = Object.keys(Latency.properties);
  const stranger = Object.keys(latency ?? {}).find((name) => !known.includes(name));
  if (stranger === undefined) return;
  const message = `The property 'latency.${stranger}' is unknown: allowed are ${known.join(', ')}.`;
  throw new ControlError(422, 'unknownField', message, `latency.${stranger}`);
}

function changesOf(array: StorageArray, { forMs, ...changes }: Given): DeclaredWorkloadChanges {
  if (forMs !== undefined && forMs !== null && forMs < 0)
    throw new ControlError(422, 'invalidField', `forMs is ${forMs}: allowed is a whole number from 0 on.`, 'forMs');
  const ends = forMs === undefined ? {} : { endMs: forMs === null ? null : array.now() + forMs };
  return { ...(changes as DeclaredWorkloadChanges), ...ends };
}

function view(array: StorageArray, { ref, volumeRef, ...workload }: DeclaredWorkloadRecord): object {
  return { id: ref, volume: array.tables.volumes.get(volumeRef)?.label ?? '', volumeRef, ...workload };
}
