import type { ThinVolumeRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { sizeInBytes } from './lenient-schema.js';
import { ThinVolumeEx, volumeView } from './objects/volumes.js';
import type { Routes } from './route.js';
import { list, type Static } from './schemas/types.js';
import {
  ThinVolumeCreateRequest,
  ThinVolumeExpandRequest,
  ThinVolumeUpdateRequest,
} from './schemas/volumes-requests.js';
import { volumeJson } from './volume-json.js';
import { tagsOf } from './volumes.js';

/** A size of which nothing was said stays unsaid. */
function optionalSize(size: string | undefined, unit: string | undefined, field: string): number | undefined {
  return size === undefined ? undefined : sizeInBytes(size, unit, field);
}

export function thinVolumeRoutes(routes: Routes): void {
  routes.onArray('getThinVolumes', { response: list(ThinVolumeEx) }, ({ array }) =>
    array.thinVolumes.list().map((volume) => volumeView(array, volume)),
  );
  routes.onArray('getThinVolume', { response: ThinVolumeEx }, ({ array, id }) =>
    volumeJson.one(array, array.thinVolumes.require(id)),
  );
  routes.onArray('createThinVolume', { body: ThinVolumeCreateRequest, response: ThinVolumeEx }, ({ array, body }) => {
    return volumeJson.one(array, createThinVolume(array, body));
  });
  routes.onArray(
    'updateThinVolume',
    { body: ThinVolumeUpdateRequest, response: ThinVolumeEx },
    ({ array, id, body }) => {
      const { ref } = array.thinVolumes.require(id);
      const volume = array.transact(() => {
        array.thinVolumes.update(ref, {
          growthAlertThreshold: body.growthAlertThreshold,
          expansionPolicy: body.expansionPolicy,
        });
        return array.volumes.update(ref, {
          label: body.name,
          controller: body.owningControllerId,
          flashCached: body.flashCache,
          mediaScan: body.scanSettings,
          tags: tagsOf(body.metaTags),
          cache: body.cacheSettings,
        });
      });
      return volumeJson.one(array, volume);
    },
  );
  routes.onArray('expandThinVolume', { body: ThinVolumeExpandRequest, response: ThinVolumeEx }, ({ array, id, body }) =>
    volumeJson.one(
      array,
      array.thinVolumes.expand(array.thinVolumes.require(id).ref, {
        virtualBytes: optionalSize(body.newVirtualSize, body.sizeUnit, 'newVirtualSize'),
        repositoryBytes: optionalSize(body.newRepositorySize, body.sizeUnit, 'newRepositorySize'),
      }),
    ),
  );
  routes.onArray('deleteThinVolume', {}, ({ array, id }) =>
    array.thinVolumes.delete(array.thinVolumes.require(id).ref),
  );
}

function createThinVolume(array: StorageArray, body: Static<typeof ThinVolumeCreateRequest>): ThinVolumeRecord {
  return array.transact(() => {
    const volume = array.thinVolumes.create({
      label: body.name,
      poolRef: body.poolId,
      virtualBytes: sizeInBytes(body.virtualSize, body.sizeUnit, 'virtualSize'),
      repositoryBytes: sizeInBytes(body.repositorySize, body.sizeUnit, 'repositorySize'),
      quotaBytes: sizeInBytes(body.maximumRepositorySize, body.sizeUnit, 'maximumRepositorySize'),
      growthAlertThreshold: body.growthAlertThreshold,
      expansionPolicy: body.expansionPolicy,
      controller: body.owningControllerId,
      dataAssurance: body.dataAssuranceEnabled,
      tags: tagsOf(body.metaTags),
    });
    if (body.createDefaultMapping) array.mappings.create({ mappableRef: volume.ref, targetRef: null });
    return array.thinVolumes.require(volume.ref);
  });
}
