import { ArrayError, ObjectNotFound } from '../array/errors.js';
import type { FullPolicy } from '../array/records.js';
import { RestError } from './errors.js';
import {
  PITGroupRepositoryUtilization,
  Snapshot,
  SnapshotGroup,
  shownGroups,
  shownImages,
  snapshotGroupView,
  snapshotImageView,
  utilizationView,
} from './objects/snapshots.js';
import { apiRoot, readers, writers } from './operations.js';
import { sourceOfCandidate } from './repositories.js';
import type { Routes } from './route.js';
import {
  SnapshotCreateRequest,
  SnapshotGroupCreateRequest,
  SnapshotGroupUpdateRequest,
} from './schemas/snapshots-requests.js';
import { list, object, text } from './schemas/types.js';
import { onSymbol } from './symbol.js';

/** Policies of a request as the array has them. */
export function fullPolicyOf(policy: string | undefined): FullPolicy | undefined {
  return policy === 'failbasewrites' || policy === 'purgepit' ? policy : undefined;
}

export function rollbackPriorityOf(priority: string | undefined) {
  const known = ['highest', 'high', 'medium', 'low', 'lowest'] as const;
  return known.find((each) => each === priority);
}

export function snapshotGroupRoutes(routes: Routes): void {
  groupRoutes(routes);
  groupUtilizationRoutes(routes);
  imagesOfGroupRoutes(routes);
}

export function snapshotImageRoutes(routes: Routes): void {
  routes.onArray('get-AllSnapshots', { response: list(Snapshot) }, ({ array }) =>
    shownImages(array).map((image) => snapshotImageView(array, image)),
  );
  routes.onArray('get-Snapshot', { response: Snapshot }, ({ array, id }) =>
    snapshotImageView(array, array.snapshotImages.require(id)),
  );
  routes.onArray('createSnapshot', { body: SnapshotCreateRequest, response: Snapshot }, ({ array, body }) =>
    snapshotImageView(array, array.snapshotImages.create({ groupRef: body.groupId })),
  );
  routes.onArray('remove-Snapshot', {}, ({ array, id }) => array.snapshotImages.delete(id));
  onSymbol(routes, 'startPITRollback', { body: object({ pitRef: list(text()) }) }, ({ array, body }) =>
    array.snapshotImages.rollback(body.pitRef),
  );
  routes.onArray('get-AllSnapshotSchedules', {}, () => []);
  routes.onArray('get-SnapshotSchedule', {}, ({ id }) => {
    throw new ObjectNotFound('invalidRequest', 'snapshot schedule', id);
  });
  // An image is made at once: none is ever pending.
  routes.onArray('cancelPendingSnapshotImage', {}, ({ array, id }) => {
    const { label } = array.snapshotGroups.require(id);
    throw new ArrayError('invalidRequest', `Snapshot group '${label}' has no pending image to cancel.`);
  });
}

function groupRoutes(routes: Routes): void {
  routes.onArray('getSnapshotGroups', { response: list(SnapshotGroup) }, ({ array }) => {
    array.jobs.recordPollOfAll('rollback');
    return shownGroups(array).map((group) => snapshotGroupView(array, group));
  });
  routes.onArray('getSnapshotGroupById', { response: SnapshotGroup }, ({ array, id }) => {
    array.jobs.recordPoll(array.snapshotGroups.require(id).ref);
    return snapshotGroupView(array, array.snapshotGroups.require(id));
  });
  routes.onArray(
    'createSnapshotGroup',
    { body: SnapshotGroupCreateRequest, response: SnapshotGroup },
    ({ array, body }) => {
      if (body.schedule !== undefined)
        throw new RestError('invalidField', "A snapshot schedule is not supported: leave out 'schedule'.", [
          'schedule',
        ]);
      const group = array.snapshotGroups.create({
        label: body.name,
        baseRef: body.baseMappableObjectId,
        repositoryPoolRef: body.storagePoolId || undefined,
        repositoryPercent: body.repositoryPercentage,
        repositorySource: sourceOfCandidate(array, body.repositoryCandidate),
        warnThreshold: body.warningThreshold,
        autoDeleteLimit: body.autoDeleteLimit,
        fullPolicy: fullPolicyOf(body.fullPolicy),
        rollbackPriority: rollbackPriorityOf(body.rollbackPriority),
      });
      return snapshotGroupView(array, group);
    },
  );
  routes.onArray(
    'updateSnapshotGroup',
    { body: SnapshotGroupUpdateRequest, response: SnapshotGroup },
    ({ array, id, body }) => {
      const group = array.snapshotGroups.update(id, {
        label: body.name,
        warnThreshold: body.warningThreshold,
        autoDeleteLimit: body.autoDeleteLimit,
        fullPolicy: fullPolicyOf(body.fullPolicy),
        rollbackPriority: rollbackPriorityOf(body.rollbackPriority),
      });
      return snapshotGroupView(array, group);
    },
  );
  routes.onArray('deleteSnapshotGroup', {}, ({ array, id }) => array.snapshotGroups.delete(id));
}

function groupUtilizationRoutes(routes: Routes): void {
  routes.onArray(
    'getSnapshotGroupRepositoryUtilization',
    { response: list(PITGroupRepositoryUtilization) },
    ({ array }) => shownGroups(array).map((group) => utilizationView(array, group)),
  );
  routes.onArray(
    'getSnapshotGroupRepositoryUtilizationById',
    { response: PITGroupRepositoryUtilization },
    ({ array, id }) => utilizationView(array, array.snapshotGroups.require(id)),
  );
}

function imagesOfGroupRoutes(routes: Routes): void {
  const images = `${apiRoot}/storage-systems/:systemId/snapshot-groups/:snapshotGroupId/images`;
  routes.onArray(
    {
      id: 'getSnapshotGroupImages',
      method: 'GET',
      path: images,
      mode: 'both',
      roles: readers,
      tag: 'Copy-Services',
      status: 200,
    },
    { response: list(Snapshot) },
    ({ array, id }) =>
      array.snapshotImages
        .inGroup(array.snapshotGroups.require(id).ref)
        .map((image) => snapshotImageView(array, image)),
  );
  routes.onArray(
    {
      id: 'createSnapshotInGroup',
      method: 'POST',
      path: images,
      mode: 'both',
      roles: writers,
      tag: 'Copy-Services',
      status: 200,
    },
    { response: Snapshot },
    ({ array, id }) => snapshotImageView(array, array.snapshotImages.create({ groupRef: id })),
  );
}
