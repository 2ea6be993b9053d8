import { parseProgression } from '../array/jobs.js';
import { type JobRecord, jobKinds } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { actionNames } from '../rest/actions.js';
import { integer, list, object, oneOf, optional, text } from '../rest/schemas/types.js';
import { ControlError, type ControlRoutes } from './control-app.js';
import { type ControlEnvironment, systemOf } from './environment.js';

const Progression = object({ progression: text() });
const ProgressionOfKinds = object({ progression: text(), kinds: optional(list(oneOf(...jobKinds))) });
const Percent = object({ percent: integer({ minimum: 0, maximum: 100 }) });

/** Work that takes time: list it, set how it proceeds, step it, pause it, and end it one way or the other. */
export function jobRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  routes.on({ method: 'GET', path: '/arrays/:id/jobs', summary: 'Work that is going on' }, ({ params }) => {
    const { array } = systemOf(environment, params.id);
    return array.tables.jobs.toJSON().map((job) => view(array, job));
  });
  routes.on(
    {
      method: 'POST',
      path: '/arrays/:id/jobs/progression',
      summary: 'How work proceeds: instant, timed[:bytes/s], polls:n, stuck or fail-at:percent',
      body: ProgressionOfKinds,
    },
    ({ params, body }) => {
      const { array } = systemOf(environment, params.id);
      array.jobs.setProgression(parseProgression(body.progression), body.kinds);
      return array.system.progressions;
    },
  );
  jobProgressRoutes(routes, environment);
  jobStateRoutes(routes, environment);
}

function jobProgressRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  routes.on(
    {
      method: 'POST',
      path: '/arrays/:id/jobs/:job/progression',
      summary: 'How this one proceeds from where it is: timed[:bytes/s], polls:n, stuck, fail-at:percent, instant',
      body: Progression,
    },
    ({ params, body }) => {
      const { array, job } = jobOf(environment, params);
      const percent = array.jobs.percent(job);
      array.jobs.setProgressionOn([job.objectRef], parseProgression(body.progression), [job.kind]);
      const changed = array.tables.jobs.get(job.ref);
      if (changed !== undefined) array.jobs.step(changed, percent);
      return outcome(array, job);
    },
  );
  routes.on(
    {
      method: 'POST',
      path: '/arrays/:id/jobs/:job/step',
      summary: 'Bring work to a percentage, from where it goes on; 100 completes it',
      body: Percent,
    },
    ({ params, body }) => {
      const { array, job } = jobOf(environment, params);
      array.jobs.step(job, body.percent);
      return outcome(array, job);
    },
  );
}

function jobStateRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  for (const [path, summary, change] of [
    ['stick', 'Make work stay at its percentage', (array: StorageArray, job: JobRecord) => array.jobs.pause(job)],
    [
      'resume',
      'Let work that stays at its percentage go on',
      (array: StorageArray, job: JobRecord) => {
        if (job.pausedAtPercent !== null) array.jobs.resume(job);
      },
    ],
  ] as const) {
    routes.on({ method: 'POST', path: `/arrays/:id/jobs/:job/${path}`, summary }, ({ params }) => {
      const { array, job } = jobOf(environment, params);
      array.transact(() => change(array, job));
      return outcome(array, job);
    });
  }
  for (const how of ['complete', 'fail'] as const) {
    routes.on(
      { method: 'POST', path: `/arrays/:id/jobs/:job/${how}`, summary: `Make work ${how} now` },
      ({ params }) => {
        const { array, job } = jobOf(environment, params);
        array.transact(() => array.jobs.end(job, how));
      },
    );
  }
}

/** The job that a path names. Throws ControlError unknownJob, which lists the jobs that there are. */
function jobOf(environment: ControlEnvironment, { id, job: ref }: Readonly<Record<string, string>>) {
  const { array } = systemOf(environment, id);
  const job = array.tables.jobs.get(ref ?? '');
  if (job !== undefined) return { array, job };
  const known = array.tables.jobs.toJSON().map((each) => each.ref);
  throw new ControlError(404, 'unknownJob', `There is no job '${ref}': known are ${known.join(', ') || 'none'}.`);
}

/** What became of a job: nothing when it has ended. */
function outcome(array: StorageArray, { ref }: JobRecord): object | undefined {
  const job = array.tables.jobs.get(ref);
  return job === undefined ? undefined : view(array, job);
}

function view(array: StorageArray, job: JobRecord): object {
  return { ...job, action: actionNames[job.kind], percent: array.jobs.percent(job) };
}
