import type { StorageArray } from '../array/storage-array.js';
import { AccessVolumeEx, accessVolumeView } from './objects/access-volume.js';
import { LUNMapping, mappingsOf } from './objects/mappings.js';
import type { Routes } from './route.js';
import { ObjectTypeName } from './schemas/enums.js';
import type { Shown } from './schemas/shown.js';
import { boolean, Int64, list, nullable, object, text } from './schemas/types.js';

const MappableObject = object({
  name: text(),
  id: text(),
  objectType: ObjectTypeName,
  currentControllerId: nullable(text()),
  wwn: nullable(text()),
  totalSizeInBytes: Int64,
  preferredControllerId: nullable(text()),
  mapped: boolean(),
  listOfMappings: list(LUNMapping),
});

const objectTypes = { volume: 'volume', thinVolume: 'thinVolume', snapshotVolume: 'pitView' } as const;

/** What a host can be given a LUN of, whatever its kind. */
function mappableView(array: StorageArray, id: string): Shown<typeof MappableObject> {
  const { ref, kind, label, wwn, capacityBytes } = array.mappings.mappable(id);
  if (kind === 'accessVolume') {
    const { name, objectType, mapped, listOfMappings } = accessVolumeView(array);
    return { ...noOwner, name, id: ref, objectType, mapped, listOfMappings };
  }
  const owner = array.tables.volumes.get(ref) ?? array.snapshotVolumes.require(ref);
  const listOfMappings = mappingsOf(array, ref);
  return {
    name: label,
    id: ref,
    objectType: objectTypes[kind],
    currentControllerId: owner.currentController,
    wwn,
    totalSizeInBytes: String(capacityBytes),
    preferredControllerId: owner.preferredController,
    mapped: listOfMappings.length > 0,
    listOfMappings,
  };
}

/** The access volume has a size for its protocol only (source: recorded answers). */
const noOwner = { currentControllerId: null, wwn: null, totalSizeInBytes: '0', preferredControllerId: null };

function mappableRefs(array: StorageArray): string[] {
  const { volumes, snapshotVolumes } = array.tables;
  const users = volumes.toJSON().filter((volume) => volume.kind === 'thin' || volume.use === 'standardVolume');
  return [
    array.mappings.accessVolumeRef,
    ...users.map(({ ref }) => ref),
    ...snapshotVolumes.toJSON().map(({ ref }) => ref),
  ];
}

export function mappableObjectRoutes(routes: Routes): void {
  routes.onArray('get-AllMappableObjects', { response: list(MappableObject) }, ({ array }) =>
    mappableRefs(array).map((ref) => mappableView(array, ref)),
  );
  routes.onArray('get-MappableObject', { response: MappableObject }, ({ array, id }) => mappableView(array, id));
  routes.onArray('getAccessVolume', { response: AccessVolumeEx }, ({ array }) => accessVolumeView(array));
}
