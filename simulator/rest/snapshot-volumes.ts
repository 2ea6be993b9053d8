import type { SnapshotVolumeRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { clusterBytes } from '../blocks/tree.js';
import { RestError } from './errors.js';
import { sourceOfCandidate } from './repositories.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { PITViewRepositoryUtilization, PitViewEx } from './schemas/snapshots.js';
import {
  SnapshotViewCreateRequest,
  SnapshotViewUpdateRequest,
  SnapshotVolumeModeConversionRequest,
} from './schemas/snapshots-requests.js';
import { list } from './schemas/types.js';
import { seconds } from './snapshot-groups.js';
import { mappingsOf } from './volume-mappings.js';
import { permissions } from './volume-view.js';

export function snapshotVolumeView(array: StorageArray, view: SnapshotVolumeRecord): object {
  const repository = view.repositoryRef === null ? undefined : array.repositories.require(view.repositoryRef);
  const mappings = mappingsOf(array, view.ref);
  const source = array.volumeCopies.isSource(view.ref);
  return {
    ...blank(PitViewEx),
    viewRef: view.ref,
    worldWideName: view.wwn,
    baseVol: view.baseRef,
    basePIT: view.imageRef ?? nullRef,
    boundToPIT: view.imageRef !== null,
    accessMode: view.accessMode,
    label: view.label,
    status: view.status,
    currentManager: view.currentController,
    preferredManager: view.preferredController,
    repositoryVolume: view.repositoryRef ?? nullRef,
    fullWarnThreshold: view.warnThreshold,
    viewTime: seconds(view.viewTimeMs),
    viewSequenceNumber: String(view.sequence),
    perms: permissions.view,
    volumeHandle: view.handle,
    clusterSize: repository === undefined ? 0 : clusterBytes,
    maxRepositoryCapacity: repository === undefined ? '0' : '-65536',
    membership:
      view.consistencyGroupViewRef === null
        ? { viewType: 'individual', cgViewRef: null }
        : { viewType: 'member', cgViewRef: view.consistencyGroupViewRef },
    extendedUniqueIdentifier: '',
    volumeFull: view.status === 'full',
    repositoryCapacity: String(repository?.capacityBytes ?? 0),
    baseVolumeCapacity: String(view.capacityBytes),
    totalSizeInBytes: String(view.imageRef === null ? 0 : view.capacityBytes),
    consistencyGroupId: view.consistencyGroupRef,
    volumeCopySource: source,
    protectionType: 'type0Protection',
    name: view.label,
    id: view.ref,
    objectType: 'pitView',
    currentControllerId: view.currentController,
    wwn: view.wwn,
    preferredControllerId: view.preferredController,
    mapped: mappings.length > 0,
    listOfMappings: mappings,
  };
}

function utilizationView(array: StorageArray, view: SnapshotVolumeRecord): object {
  const capacity = view.repositoryRef === null ? 0 : array.repositories.require(view.repositoryRef).capacityBytes;
  return {
    viewBytesUsed: String(view.usedBytes),
    viewBytesAvailable: String(capacity - view.usedBytes),
    viewRef: view.ref,
  };
}

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
