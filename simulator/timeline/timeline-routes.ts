import type { StorageSystem } from '../array/storage-systems.js';
import { ControlError, type ControlRoutes } from '../control/control-app.js';
import { type ControlEnvironment, numberIn, systemOf } from '../control/environment.js';
import { json } from '../http/messages.js';
import { maskSecrets } from '../http/secrets.js';
import { integer, object, optional, text } from '../rest/schemas/types.js';
import { branchOf } from './branch.js';
import { differencesBetween } from './differences.js';
import type { Timeline } from './timeline.js';
import { Timelines, type Watched } from './timelines.js';

const defaultMemoryBytes = 64 * 2 ** 20;
const mostMoments = 1000;

const Recording = object({ memoryBytes: optional(integer({ minimum: 2 ** 20, maximum: 2 ** 32 })) });
const Note = object({ text: text({ minLength: 1, maxLength: 2000 }) });
const Branch = object({ id: optional(text({ minLength: 1, maxLength: 64 })) });

type Environment = Pick<ControlEnvironment, 'systems' | 'journal' | 'faults' | 'clock' | 'portalsReady'> & Watched;

/** The past of an array: record it, show a moment, compare two, and branch from one. */
export function timelineRoutes(routes: ControlRoutes, environment: Environment): void {
  const timelines = new Timelines(environment);
  const path = '/arrays/:id/timeline';
  const arrayOf = (id: string | undefined) => systemOf(environment, id).array;
  const timelineOf = (id: string | undefined): Timeline => {
    const timeline = timelines.of(arrayOf(id));
    if (timeline !== undefined) return timeline;
    throw new ControlError(
      409,
      'notRecorded',
      `The array '${id}' is not recorded: PUT /sim/v1${path.replace(':id', id ?? '')} begins it.`,
    );
  };
  routes.on(
    {
      method: 'PUT',
      path,
      summary: 'Record the array from now on, in so many bytes of memory (64 MiB)',
      body: Recording,
      changes: false,
    },
    ({ params, body }) => overview(timelines.begin(arrayOf(params.id), body.memoryBytes ?? defaultMemoryBytes)),
  );
  routes.on(
    {
      method: 'POST',
      path: `${path}/notes`,
      summary: 'Put a text among the moments, e.g. what a driver is about to do: {text}',
      body: Note,
      changes: false,
    },
    ({ params, body }) => {
      const timeline = timelineOf(params.id);
      timeline.note({ kind: 'note', text: body.text });
      return json(timeline.moment(timeline.last), 201);
    },
  );
  routes.on({ method: 'DELETE', path, summary: 'End the recording and forget it', changes: false }, ({ params }) =>
    timelines.end(arrayOf(params.id)),
  );
  routes.on(
    { method: 'GET', path, summary: 'What happened, moment by moment: ?since a number, ?limit (1000); what it takes' },
    ({ params, query }) => {
      const timeline = timelines.of(arrayOf(params.id));
      if (timeline === undefined) return { recorded: false, moments: [] };
      const limit = Math.min(mostMoments, numberIn(query.limit, 'limit') ?? mostMoments);
      return { ...overview(timeline), moments: timeline.moments(numberIn(query.since, 'since') ?? 0, limit) };
    },
  );
  routes.on(
    {
      method: 'GET',
      path: `${path}/:moment`,
      summary: 'A moment, and the state then as plain data without what is on the volumes',
    },
    ({ params }) => {
      const { timeline, number, state } = stateAt(timelineOf(params.id), params.moment, 'moment');
      return maskSecrets({ ...timeline.moment(number), tables: state.tables });
    },
  );
  routes.on(
    {
      method: 'GET',
      path: `${path}/:moment/differences`,
      summary: 'Which objects differ from an earlier moment, and how: ?from a number (the moment before)',
    },
    ({ params, query }) => {
      const { timeline, number, state } = stateAt(timelineOf(params.id), params.moment, 'moment');
      const from = query.from ?? String(Math.max(timeline.first, number - 1));
      return differencesBetween(stateAt(timeline, from, 'from').state.tables, state.tables);
    },
  );
  routes.on(
    {
      method: 'POST',
      path: `${path}/:moment/branch`,
      summary: 'Make another array that goes on from that moment, contents included: {id}',
      body: Branch,
    },
    async ({ params, body }) => {
      const { state, number } = stateAt(timelineOf(params.id), params.moment, 'moment');
      const id = newId(environment, body.id);
      const array = branchOf(state, environment.clock);
      const count = environment.systems.list().length + 1;
      const system: StorageSystem = {
        ...{ id, array, online: true, tags: [] },
        controllerAddresses: [`array-${id}`, `127.0.0.${count}`],
      };
      environment.systems.put(system);
      await environment.portalsReady();
      return json({ id, from: params.id, moment: number, label: array.system.label }, 201);
    },
  );
}

function overview(timeline: Timeline): object {
  const { first, last, memoryBytes } = timeline;
  return { recorded: true, first, last, memoryBytes, ...timeline.use };
}

/** Throws ControlError for a moment that is not kept. */
function stateAt(timeline: Timeline, given: string | undefined, field: string) {
  const number = numberIn(given, field) ?? timeline.last;
  const state = timeline.at(number);
  if (state !== undefined) return { timeline, number, state };
  throw new ControlError(
    404,
    'unknownMoment',
    `The timeline has no moment ${number}: it keeps ${timeline.first} to ${timeline.last}.`,
    field,
  );
}

function newId({ systems }: Environment, given: string | undefined): string {
  const id = given ?? systems.nextId();
  if (!/^[\w.-]{1,64}$/.test(id))
    throw new ControlError(
      422,
      'invalidField',
      `The id is '${id}': allowed are 1 to 64 letters, digits, '-', '_' and '.'.`,
      'id',
    );
  if (systems.find(id) !== undefined)
    throw new ControlError(409, 'arrayExists', `There is an array '${id}' already.`, 'id');
  return id;
}
