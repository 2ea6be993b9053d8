import { LUNMapping, mappingsOf, mappingView } from './objects/mappings.js';
import { apiRoot, readers, writers } from './operations.js';
import type { Routes } from './route.js';

import { VolumeMappingCreateRequest, VolumeMappingMoveRequest } from './schemas/hosts-requests.js';
import { integer, list, object, optional, text } from './schemas/types.js';
import { onSymbol } from './symbol.js';

const VolumeMapRequest = object({ targetId: optional(text()), hostRef: optional(text()), lun: optional(integer()) });
const moveRequest = object({ lunMappingRef: text(), lun: optional(integer()), mapRef: text() });

export function volumeMappingRoutes(routes: Routes): void {
  routes.onArray('get-AllLunMappings', { response: list(LUNMapping) }, ({ array }) =>
    array.tables.mappings.toJSON().map((mapping) => mappingView(array, mapping)),
  );
  routes.onArray('new-LunMapping', { body: VolumeMappingCreateRequest, response: LUNMapping }, ({ array, body }) =>
    mappingView(
      array,
      array.mappings.create({ mappableRef: body.mappableObjectId, targetRef: body.targetId ?? null, lun: body.lun }),
    ),
  );
  routes.onArray('get-LunMapping', { response: LUNMapping }, ({ array, id }) =>
    mappingView(array, array.mappings.require(id)),
  );
  routes.onArray('remove-LunMapping', {}, ({ array, id }) => array.mappings.delete(id));
  routes.onArray('move-LunMapping', { body: VolumeMappingMoveRequest, response: LUNMapping }, ({ array, id, body }) =>
    mappingView(array, array.mappings.move(id, { targetRef: body.targetId ?? null, lun: body.lun })),
  );

  const path = `${apiRoot}/storage-systems/:systemId/volumes/:id/mappings`;
  routes.onArray(
    { id: 'getVolumeMappings', method: 'GET', path, mode: 'both', roles: readers, tag: 'Volumes', status: 200 },
    { response: list(LUNMapping) },
    ({ array, id }) => mappingsOf(array, array.mappings.mappable(id).ref),
  );
  routes.onArray(
    { id: 'mapVolume', method: 'POST', path, mode: 'both', roles: writers, tag: 'Volumes', status: 200 },
    { body: VolumeMapRequest, response: LUNMapping },
    ({ array, id, body }) => {
      const targetRef = body.targetId ?? body.hostRef ?? null;
      return mappingView(array, array.mappings.create({ mappableRef: id, targetRef, lun: body.lun }));
    },
  );
  onSymbol(routes, 'moveLUNMapping', { body: moveRequest }, ({ array, body }) => {
    array.mappings.move(body.lunMappingRef, { targetRef: body.mapRef, lun: body.lun });
  });
}
