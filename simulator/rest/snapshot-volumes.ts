import type { SnapshotVolumeRecord } from '../array/records.js';
import { RestError } from './errors.js';
import {
  PITViewRepositoryUtilization,
  PitViewEx,
  snapshotVolumeView,
  utilizationView,
} from './objects/snapshot-volumes.js';
import { sourceOfCandidate } from './repositories.js';
import type { Routes } from './route.js';

import {
  SnapshotViewCreateRequest,
  SnapshotViewUpdateRequest,
  SnapshotVolumeModeConversionRequest,
} from './schemas/snapshots-requests.js';
import { list } from './schemas/types.js';

/** How a view is to be used; read-only unless asked otherwise, as the array does. */
export function accessModeOf(mode: string | undefined): SnapshotVolumeRecord['accessMode'] {
  if (mode === 'readWrite' || mode === 'readOnly') return mode;
  if (mode === undefined) return 'readOnly';
  throw new RestError('invalidField', `The access mode is ${mode}: allowed are readOnly and readWrite.`, ['viewMode']);
}

export function snapshotVolumeRoutes(routes: Routes): void {
  routes.onArray('get-AllSnapshotVolumes', { response: list(PitViewEx) }, ({ array }) =>
    array.tables.snapshotVolumes.toJSON().map((view) => snapshotVolumeView(array, view)),
  );
  routes.onArray('get-SnapshotVolume', { response: PitViewEx }, ({ array, id }) =>
    snapshotVolumeView(array, array.snapshotVolumes.require(id)),
  );
  routes.onArray('new-SnapshotVolume', { body: SnapshotViewCreateRequest, response: PitViewEx }, ({ array, body }) =>
    snapshotVolumeView(
      array,
      array.snapshotVolumes.create({
        label: body.name,
        imageRef: body.snapshotImageId,
        accessMode: accessModeOf(body.viewMode),
        warnThreshold: body.fullThreshold,
        repositoryPercent: body.repositoryPercentage,
        repositoryPoolRef: body.repositoryPoolId || undefined,
        repositorySource: sourceOfCandidate(array, body.repositoryCandidate),
      }),
    ),
  );
  routes.onArray(
    'update-SnapshotVolume',
    { body: SnapshotViewUpdateRequest, response: PitViewEx },
    ({ array, id, body }) =>
      snapshotVolumeView(
        array,
        array.snapshotVolumes.update(id, { label: body.name, warnThreshold: body.fullThreshold }),
      ),
  );
  routes.onArray('remove-SnapshotVolume', {}, ({ array, id }) => array.snapshotVolumes.delete(id));
  routes.onArray(
    'convert-SnapshotVolumeToReadWrite',
    { body: SnapshotVolumeModeConversionRequest, response: PitViewEx },
    ({ array, id, body }) =>
      snapshotVolumeView(
        array,
        array.snapshotVolumes.convertToReadWrite(id, {
          warnThreshold: body.fullThreshold,
          repositoryPercent: body.repositoryPercentage,
          repositorySource: sourceOfCandidate(array, body.repositoryCandidate),
        }),
      ),
  );
  routes.onArray('get-SnapshotVolumeRepoStats', { response: PITViewRepositoryUtilization }, ({ array, id }) =>
    utilizationView(array, array.snapshotVolumes.require(id)),
  );
  routes.onArray('get-AllSnapshotVolumeRepoStats', { response: list(PITViewRepositoryUtilization) }, ({ array }) =>
    array.tables.snapshotVolumes.toJSON().map((view) => utilizationView(array, view)),
  );
}
