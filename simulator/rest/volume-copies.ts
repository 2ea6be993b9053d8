import type { VolumeCopyRecord } from '../array/records.js';
import { RestError } from './errors.js';
import { copyView, progressView, VolumeCopyPair, VolumeCopyProgress } from './objects/volume-copies.js';
import { apiRoot, readers, writers } from './operations.js';
import type { Routes } from './route.js';
import { boolean, list, object, optional, text } from './schemas/types.js';
import { VolumeCopyCreateRequest, VolumeCopyUpdateRequest } from './schemas/volume-copy-requests.js';

const priorities = ['priority0', 'priority1', 'priority2', 'priority3', 'priority4'] as const;

function priorityOf(text: string | undefined): VolumeCopyRecord['priority'] | undefined {
  return priorities.find((priority) => priority === text);
}

/** What `control` asks for: the last of a list of words decides, others are settings. */
function controlOf(control: string | undefined): 'start' | 'stop' {
  const words = (control ?? '').split(',').map((word) => word.trim());
  if (words.includes('start') || words.includes('reStart') || words.includes('restart')) return 'start';
  if (words.includes('stop')) return 'stop';
  throw new RestError('invalidField', `The control is '${control ?? ''}': allowed are start and stop.`, ['control']);
}

const CloneRequest = object({ sourceId: text(), targetId: text(), copyPriority: optional(text()) });

/** Volume copies: pairs, their progress and control, and clones made online. */
export function volumeCopyRoutes(routes: Routes): void {
  copyPairRoutes(routes);
  copyControlRoutes(routes);
  cloneRoutes(routes);
}

function copyPairRoutes(routes: Routes): void {
  routes.onArray('getVolumeCopyPairs', { response: list(VolumeCopyPair) }, ({ array }) => {
    array.jobs.recordPollOfAll('volumeCopy');
    return array.tables.volumeCopies.toJSON().map((copy) => copyView(array, copy));
  });
  routes.onArray('getVolumeCopyPairById', { response: VolumeCopyPair }, ({ array, id }) => {
    array.jobs.recordPoll(array.volumeCopies.require(id).ref);
    return copyView(array, array.volumeCopies.require(id));
  });
  routes.onArray(
    'createVolumeCopyPair',
    { body: VolumeCopyCreateRequest, response: VolumeCopyPair },
    ({ array, body }) =>
      copyView(
        array,
        array.volumeCopies.create({
          sourceRef: body.sourceId,
          targetRef: body.targetId,
          priority: priorityOf(body.copyPriority),
          targetWriteProtected: body.targetWriteProtected,
          online: body.onlineCopy,
        }),
      ),
  );
  routes.onArray(
    'updateVolumeCopyPair',
    { body: VolumeCopyUpdateRequest, response: VolumeCopyPair },
    ({ array, id, body }) =>
      copyView(
        array,
        array.volumeCopies.update(id, {
          priority: priorityOf(body.copyPriority),
          targetWriteProtected: body.targetWriteProtected,
        }),
      ),
  );
  routes.onArray(
    'deleteVolumeCopyPair',
    { query: object({ retainRepositories: optional(boolean()) }) },
    ({ array, id, query }) => array.volumeCopies.delete(id, { retainRepositories: query.retainRepositories }),
  );
}

function copyControlRoutes(routes: Routes): void {
  routes.onArray('get-AllCopyPairProgress', { response: list(VolumeCopyProgress) }, ({ array }) => {
    array.jobs.recordPollOfAll('volumeCopy');
    return array.tables.volumeCopies.toJSON().map((copy) => progressView(array, copy));
  });
  routes.onArray('get-CopyPairProgress', { response: VolumeCopyProgress }, ({ array, id }) => {
    array.jobs.recordPoll(array.volumeCopies.require(id).ref);
    return progressView(array, array.volumeCopies.require(id));
  });
  const control = object({ control: optional(text()) });
  routes.onArray(
    'update-CopyPairOperation',
    { query: control, response: list(VolumeCopyProgress) },
    ({ array, id, query }) => [progressView(array, array.volumeCopies.control(id, controlOf(query.control)))],
  );
  routes.onArray(
    {
      id: 'putCopyPairOperation',
      method: 'PUT',
      path: `${apiRoot}/storage-systems/:systemId/volume-copy-jobs-control/:id`,
      mode: 'both',
      roles: writers,
      tag: 'Copy-Services',
      status: 200,
    },
    { query: control, response: list(VolumeCopyProgress) },
    ({ array, id, query }) => [progressView(array, array.volumeCopies.control(id, controlOf(query.control)))],
  );
}

function cloneRoutes(routes: Routes): void {
  const clones = {
    path: `${apiRoot}/storage-systems/:systemId/volume-clones`,
    mode: 'both',
    tag: 'Copy-Services',
    status: 200,
  } as const;
  routes.onArray(
    { ...clones, id: 'getVolumeClones', method: 'GET', roles: readers },
    { response: list(VolumeCopyPair) },
    ({ array }) =>
      array.tables.volumeCopies
        .toJSON()
        .filter((copy) => copy.online)
        .map((copy) => copyView(array, copy)),
  );
  routes.onArray(
    { ...clones, id: 'createVolumeClone', method: 'POST', roles: writers },
    { body: CloneRequest, response: VolumeCopyPair },
    ({ array, body }) =>
      copyView(
        array,
        array.volumeCopies.create({
          sourceRef: body.sourceId,
          targetRef: body.targetId,
          priority: priorityOf(body.copyPriority),
          online: true,
        }),
      ),
  );
}
