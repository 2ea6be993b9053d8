import type { StorageArray } from '../array/storage-array.js';
import type { VolumeChanges } from '../array/volumes.js';
import { actionNames, lookAt, workOn } from './actions.js';
import { sizeInBytes } from './lenient-schema.js';
import { VolumeEx } from './objects/volumes.js';
import { apiRoot, readers, writers } from './operations.js';
import type { Routes } from './route.js';
import type { Static } from './schemas/types.js';
import { integer, list, object, optional, without } from './schemas/types.js';
import { VolumeActionProgressResponse, VolumeDeleteResponse } from './schemas/volumes.js';
import {
  VolumeCreateRequest,
  VolumeExpansionRequest,
  type VolumeMetadataItemInput,
  VolumeUpdateRequest,
} from './schemas/volumes-requests.js';
import { volumeJson, volumeListJson } from './volume-json.js';

/** Tags as clients send them; those without a key are dropped. */
export function tagsOf(tags: readonly Static<typeof VolumeMetadataItemInput>[] | undefined) {
  return tags?.map(({ key = '', value = '' }) => ({ key, value })).filter(({ key }) => key !== '');
}

/** A segment size in KiB as requests name it; 0 leaves the choice to the array. */
function segmentBytes(segSizeKib: number | undefined): number | undefined {
  return segSizeKib === undefined || segSizeKib === 0 ? undefined : segSizeKib * 1024;
}

/** What a request changes of a volume: settings of other names are named, those of the same name pass as they are. */
function changesOf(body: Static<typeof VolumeUpdateRequest>): VolumeChanges {
  const { name, owningControllerId, flashCache, scanSettings, metaTags, cachePoolID, cacheSettings, ...settings } =
    body;
  return {
    ...settings,
    label: name,
    controller: owningControllerId,
    flashCached: flashCache,
    mediaScan: scanSettings,
    tags: tagsOf(metaTags),
    cachePoolId: cachePoolID,
    cache: cacheSettings && {
      ...cacheSettings,
      readAheadMultiplier:
        cacheSettings.readAheadEnable === undefined ? undefined : cacheSettings.readAheadEnable ? 1 : 0,
    },
  };
}

/** As the vendor's request, but a size without a segment size will do (source: clients that leave it out). */
const LenientVolumeCreateRequest = object({ ...VolumeCreateRequest.properties, segSize: optional(integer()) });

/** The pool is that of the path. */
const PoolVolumeCreateRequest = without(LenientVolumeCreateRequest, 'poolId');

/** Makes the thick volume that a request describes. */
function createVolume(array: StorageArray, poolRef: string, body: Static<typeof PoolVolumeCreateRequest>) {
  const volume = array.volumes.create({
    label: body.name,
    poolRef,
    capacityBytes: sizeInBytes(body.size, body.sizeUnit, 'size'),
    segmentSizeBytes: segmentBytes(body.segSize),
    // 0 leaves the choice to the array.
    blockSizeBytes: body.blockSize === 0 ? undefined : body.blockSize,
    controller: body.owningControllerId,
    dataAssurance: body.dataAssuranceEnabled,
    tags: tagsOf(body.metaTags),
  });
  return volumeJson.one(array, volume);
}

export function volumeRoutes(routes: Routes): void {
  routes.onArray('getVolumes', { response: list(VolumeEx) }, ({ array }) => {
    if (array.tables.jobs.size > 0) array.jobs.recordPollOfAll('initialization', 'volumeExpansion');
    return volumeListJson.list(array, function* () {
      for (const volume of array.tables.volumes.values()) if (volume.kind === 'thick') yield volume;
    });
  });
  routes.onArray('createVolume', { body: LenientVolumeCreateRequest, response: VolumeEx }, ({ array, body }) =>
    createVolume(array, body.poolId, body),
  );
  routes.onArray('getVolumeById', { response: VolumeEx }, ({ array, id }) => {
    const volume = array.volumes.require(id);
    lookAt(array, volume);
    return volumeJson.one(array, array.volumes.require(volume.ref));
  });
  routes.onArray('updateVolumeById', { body: VolumeUpdateRequest, response: VolumeEx }, ({ array, id, body }) =>
    volumeJson.one(array, array.volumes.update(array.volumes.require(id).ref, changesOf(body))),
  );
  routes.onArray('deleteVolumeById', { status: 204, response: VolumeDeleteResponse }, ({ array, id }) =>
    array.volumes.delete(array.volumes.require(id).ref),
  );
  routes.onArray(
    'startVolumeExpansion',
    { body: VolumeExpansionRequest, response: VolumeActionProgressResponse },
    ({ array, id, body }) => {
      const { ref } = array.volumes.require(id);
      array.volumes.expand(ref, sizeInBytes(body.expansionSize, body.sizeUnit, 'expansionSize'));
      return progressOf(array, ref);
    },
  );
  routes.onArray('getVolumeExpansionProgress', { response: VolumeActionProgressResponse }, ({ array, id }) => {
    const volume = array.volumes.require(id);
    lookAt(array, volume);
    return progressOf(array, volume.ref);
  });
  routes.onArray('initializeVolume', { response: VolumeEx }, ({ array, id }) =>
    volumeJson.one(array, array.volumes.initialize(array.volumes.require(id).ref)),
  );

  const path = `${apiRoot}/storage-systems/:systemId/storage-pools/:storagePoolId/volumes`;
  routes.onArray(
    { id: 'createVolumeInPool', method: 'POST', path, mode: 'both', roles: writers, tag: 'Volumes', status: 200 },
    { body: PoolVolumeCreateRequest, response: VolumeEx },
    ({ array, id, body }) => createVolume(array, array.pools.require(id).ref, body),
  );
  routes.onArray(
    { id: 'getVolumesInPool', method: 'GET', path, mode: 'both', roles: readers, tag: 'Volumes', status: 200 },
    { response: list(VolumeEx) },
    ({ array, id }) =>
      volumesAsJson(
        array,
        [...array.volumes.inPool(array.pools.require(id).ref)].filter(
          (ref) => array.volumes.require(ref).kind === 'thick',
        ),
      ),
  );
}

function progressOf(array: StorageArray, ref: string): object {
  const work = workOn(array, array.volumes.require(ref));
  if (work === undefined) return { percentComplete: 0, timeToCompletion: 0, action: 'none' };
  return {
    percentComplete: array.jobs.percent(work),
    timeToCompletion: array.jobs.minutesLeft(work),
    action: actionNames[work.kind],
  };
}

function volumesAsJson(array: StorageArray, refs: readonly string[]) {
  return refs.map((ref) => JSON.parse(String(volumeJson.one(array, array.volumes.require(ref)).body)) as object);
}
