import type { StorageArray } from '../../array/storage-array.js';
import { ObjectTypeName } from '../schemas/enums.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, Int64, integer, list, nullable, object, text, without } from '../schemas/types.js';
import { LUNMapping, mappableDetails, mappingsOf } from './mappings.js';

function accessVolumeFacts(array: StorageArray) {
  const ref = array.mappings.accessVolumeRef;
  return { array, ref, mappings: mappingsOf(array, ref) };
}

const accessVolume = showing<ReturnType<typeof accessVolumeFacts>>();

export const AccessVolumeEx = object({
  enabled: accessVolume.always(boolean(), true),
  volumeHandle: accessVolume.always(integer(), 16_384),
  capacity: accessVolume.always(Int64, '20971520'),
  accessVolumeRef: accessVolume.shown(text(), ({ ref }) => ref),
  reserved1: accessVolume.always(text(), ''),
  name: accessVolume.always(text(), 'Access'),
  id: accessVolume.shown(text(), ({ ref }) => ref),
  objectType: accessVolume.always(ObjectTypeName, 'accessVolume'),
  // It has a capacity for its protocol, but none of a volume, and neither a name of its own nor an owner.
  currentControllerId: accessVolume.always(nullable(text()), null),
  wwn: accessVolume.always(nullable(text()), null),
  totalSizeInBytes: accessVolume.always(Int64, '0'),
  preferredControllerId: accessVolume.always(nullable(text()), null),
  mapped: accessVolume.shown(boolean(), ({ mappings }) => mappings.length > 0),
  listOfMappings: accessVolume.shown(list(LUNMapping), ({ mappings }) => mappings),
});

export const AccessVolume = without(AccessVolumeEx, 'id', ...mappableDetails);

const accessVolumeObject = accessVolume.viewOf(AccessVolumeEx);

export function accessVolumeView(array: StorageArray): Shown<typeof AccessVolumeEx> {
  return accessVolumeObject(accessVolumeFacts(array));
}
