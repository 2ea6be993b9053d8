import { lookAt } from './actions.js';
import { sizeInBytes } from './lenient-schema.js';
import { UserVolume } from './objects/volumes.js';
import type { Routes } from './route.js';
import { list } from './schemas/types.js';
import { SscVolumeCreateRequest, SscVolumeUpdateRequest } from './schemas/volumes-requests.js';
import { volumeJson } from './volume-json.js';
import { tagsOf } from './volumes.js';

/** The service catalogue's view of volumes: thick and thin alike, found by reference, label or WWN. */
export function sscVolumeRoutes(routes: Routes): void {
  routes.onArray('get-AllSSCVolumes', { response: list(UserVolume) }, ({ array }) =>
    volumeJson.list(array, () => array.tables.volumes.values()),
  );
  routes.onArray('get-SSCVolume', { response: UserVolume }, ({ array, id }) => {
    const volume = array.volumes.require(id);
    lookAt(array, volume);
    return volumeJson.one(array, array.volumes.require(volume.ref));
  });
  routes.onArray('new-SSCVolume', { body: SscVolumeCreateRequest, response: UserVolume }, ({ array, body }) => {
    const bytes = sizeInBytes(body.size, body.sizeUnit, 'size');
    const wanted = {
      label: body.name,
      poolRef: body.poolId,
      dataAssurance: body.dataAssuranceEnable,
      flashCached: body.flashCacheEnable,
      tags: tagsOf(body.metaTags),
      cache: {
        ...(body.readCacheEnable === undefined ? {} : { readCacheEnable: body.readCacheEnable }),
        ...(body.writeCacheEnable === undefined ? {} : { writeCacheEnable: body.writeCacheEnable }),
      },
    };
    const volume = body.thinProvision
      ? array.thinVolumes.create({ ...wanted, virtualBytes: bytes })
      : array.volumes.create({ ...wanted, capacityBytes: bytes });
    return volumeJson.one(array, volume);
  });
  routes.onArray('update-SSCVolume', { body: SscVolumeUpdateRequest, response: UserVolume }, ({ array, id, body }) => {
    const { ref } = array.volumes.require(id);
    const volume = array.transact(() => {
      if (body.newSize !== undefined) {
        const bytes = sizeInBytes(body.newSize, body.sizeUnit, 'newSize');
        if (array.volumes.require(ref).kind === 'thin') array.thinVolumes.expand(ref, { virtualBytes: bytes });
        else array.volumes.expand(ref, bytes);
      }
      return array.volumes.update(ref, {
        label: body.name,
        controller: body.owningControllerId,
        flashCached: body.flashCache,
        mediaScan: body.scanSettings,
        tags: tagsOf(body.metaTags),
        cache: { readCacheEnable: body.readCacheEnable, writeCacheEnable: body.writeCacheEnable },
      });
    });
    return volumeJson.one(array, volume);
  });
  routes.onArray('remove-SSCVolume', {}, ({ array, id }) => array.volumes.delete(array.volumes.require(id).ref));
}
