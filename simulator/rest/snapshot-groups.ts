import type { FullPolicy, RepositoryRecord, SnapshotGroupRecord, SnapshotImageRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { clusterBytes } from '../blocks/tree.js';
import { RestError } from './errors.js';
import { apiRoot, readers, writers } from './operations.js';
import { sourceOfCandidate } from './repositories.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { PITGroupRepositoryUtilization, Snapshot, SnapshotGroup } from './schemas/snapshots.js';
import {
  SnapshotCreateRequest,
  SnapshotGroupCreateRequest,
  SnapshotGroupUpdateRequest,
} from './schemas/snapshots-requests.js';
import { list, object, text } from './schemas/types.js';
import { onSymbol } from './symbol.js';

/** What the array shows where a group's repository or base may be as large as it likes (source: real payloads). */
const noLimit = '-65536';
const maxBaseCapacity = '476187142128128';

export function snapshotGroupView(array: StorageArray, group: SnapshotGroupRecord): object {
  const rollback = array.jobs.find('rollback', group.ref);
  return {
    ...blank(SnapshotGroup),
    pitGroupRef: group.ref,
    label: group.label,
    status: group.status,
    baseVolume: group.baseRef,
    repositoryVolume: group.repositoryRef,
    clusterSize: clusterBytes,
    maxRepositoryCapacity: noLimit,
    maxBaseCapacity,
    unusableRepositoryCapacity: '0',
    repFullPolicy: group.fullPolicy,
    fullWarnThreshold: group.warnThreshold,
    autoDeleteLimit: group.autoDeleteLimit,
    action: rollback === undefined ? 'none' : 'pitRollback',
    rollbackStatus: rollback === undefined ? 'none' : 'inProgress',
    rollbackPriority: group.rollbackPriority,
    consistencyGroup: group.consistencyGroupRef !== null,
    consistencyGroupRef: group.consistencyGroupRef ?? nullRef,
    creationPendingStatus: 'none',
    volumeHandle: group.handle,
    volcopyId: nullRef,
    snapshotCount: array.snapshotImages.count(group.ref),
    repositoryCapacity: String(repositoryOf(array, group).capacityBytes),
    id: group.ref,
    name: group.label,
  };
}

function repositoryOf(array: StorageArray, group: SnapshotGroupRecord): RepositoryRecord {
  return array.repositories.require(group.repositoryRef);
}

/** Epoch seconds as text, as the wire has times. */
export function seconds(timeMs: number): string {
  return String(Math.floor(timeMs / 1000));
}

export function snapshotImageView(array: StorageArray, image: SnapshotImageRecord): object {
  const newest = array.snapshotImages.newest(image.groupRef);
  const rollback = array.jobs.find('rollback', image.groupRef);
  return {
    ...blank(Snapshot),
    pitRef: image.ref,
    pitGroupRef: image.groupRef,
    creationMethod: image.creationMethod,
    pitTimestamp: seconds(image.createdMs),
    pitSequenceNumber: String(image.sequence),
    status: image.status,
    activeCOW: newest?.ref === image.ref,
    isRollbackSource: rollback?.detail.imageRef === image.ref,
    pitCapacity: String(image.capacityBytes),
    repositoryCapacityUtilization: String(image.usedBytes),
    baseVol: image.baseRef,
    consistencyGroupId: image.consistencyGroupRef ?? nullRef,
    id: image.ref,
  };
}

function utilizationView(array: StorageArray, group: SnapshotGroupRecord): object {
  return {
    pitGroupBytesUsed: String(group.usedBytes),
    pitGroupBytesAvailable: String(repositoryOf(array, group).capacityBytes - group.usedBytes),
    groupRef: group.ref,
    pitUtilization: array.snapshotImages
      .inGroup(group.ref)
      .map((image) => ({ pitRef: image.ref, bytesUsed: String(image.usedBytes) })),
  };
}

/** Policies of a request as the array has them. */
export function fullPolicyOf(policy: string | undefined): FullPolicy | undefined {
  return policy === 'failbasewrites' || policy === 'purgepit' ? policy : undefined;
}

export function rollbackPriorityOf(priority: string | undefined) {
  const known = ['highest', 'high', 'medium', 'low', 'lowest'] as const;
  return known.find((each) => each === priority);
}

export function snapshotGroupRoutes(routes: Routes): void {
  routes.onArray('getSnapshotGroups', { response: list(SnapshotGroup) }, ({ array }) => {
    array.jobs.recordPollOfAll('rollback');
    return array.tables.snapshotGroups.toJSON().map((group) => snapshotGroupView(array, group));
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
  routes.onArray(
    'getSnapshotGroupRepositoryUtilization',
    { response: list(PITGroupRepositoryUtilization) },
    ({ array }) => array.tables.snapshotGroups.toJSON().map((group) => utilizationView(array, group)),
  );
  routes.onArray(
    'getSnapshotGroupRepositoryUtilizationById',
    { response: PITGroupRepositoryUtilization },
    ({ array, id }) => utilizationView(array, array.snapshotGroups.require(id)),
  );

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

export function snapshotImageRoutes(routes: Routes): void {
  routes.onArray('get-AllSnapshots', { response: list(Snapshot) }, ({ array }) =>
    array.tables.snapshotImages.toJSON().map((image) => snapshotImageView(array, image)),
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
}
