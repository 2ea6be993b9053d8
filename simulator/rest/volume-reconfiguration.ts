import { ThinVolumeEx, VolumeEx } from './objects/volumes.js';
import type { Routes } from './route.js';
import { Int64, integer, object } from './schemas/types.js';
import { volumeJson } from './volume-json.js';

/** Changes of the layout of volumes, and what is lost with them. */
export function volumeReconfigurationRoutes(routes: Routes): void {
  routes.onArray('calculateVolumeMaxExpansion', { response: object({ maxExpansionSize: Int64 }) }, ({ array, id }) => ({
    maxExpansionSize: String(array.volumeReconfiguration.maximumBytes(id)),
  }));
  routes.onArray(
    'startVolumeSegmentSizeChange',
    { body: object({ newSegmentSize: integer() }), status: 202 },
    ({ array, id, body }) => {
      array.volumeReconfiguration.changeSegmentSize(id, body.newSegmentSize);
    },
  );
  routes.onArray('disableVolumeProtectionInformation', { response: VolumeEx }, ({ array, id }) =>
    volumeJson.one(array, array.volumeReconfiguration.disableDataAssurance(array.volumes.requireThick(id).ref)),
  );
  routes.onArray('disableThinVolumeProtectionInformation', { response: ThinVolumeEx }, ({ array, id }) =>
    volumeJson.one(array, array.volumeReconfiguration.disableDataAssurance(array.thinVolumes.require(id).ref)),
  );
  routes.onArray('initializeThinVolume', { response: ThinVolumeEx }, ({ array, id }) =>
    volumeJson.one(array, array.thinVolumes.initialize(id)),
  );
}
