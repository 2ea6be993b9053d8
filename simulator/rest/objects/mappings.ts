import type { MappingRecord } from '../../array/records.js';
import { nullRef } from '../../array/refs.js';
import type { StorageArray } from '../../array/storage-array.js';
import { TypeName } from '../schemas/enums.js';
import { type Shown, showing } from '../schemas/shown.js';
import { integer, object, text } from '../schemas/types.js';

/** All permissions that a mapping can give. */
const allPermissions = 15;

const mapping = showing<{ array: StorageArray; mapping: MappingRecord }>();

export const LUNMapping = object({
  lunMappingRef: mapping.shown(text(), ({ mapping }) => mapping.ref),
  lun: mapping.shown(integer(), ({ mapping }) => mapping.lun),
  ssid: mapping.shown(integer(), ({ mapping }) => mapping.ssid),
  perms: mapping.always(integer(), allPermissions),
  volumeRef: mapping.shown(text(), ({ mapping }) => mapping.mappableRef),
  type: mapping.shown(TypeName, ({ array, mapping: { targetRef } }) =>
    targetRef === null ? 'all' : array.tables.hosts.has(targetRef) ? 'host' : 'cluster',
  ),
  mapRef: mapping.shown(text(), ({ mapping }) => mapping.targetRef ?? nullRef),
  id: mapping.shown(text(), ({ mapping }) => mapping.ref),
});

const mappingObject = mapping.viewOf(LUNMapping);

export function mappingView(array: StorageArray, mapping: MappingRecord): Shown<typeof LUNMapping> {
  return mappingObject({ array, mapping });
}

/** The mappings of a volume or view as they show in it. */
export function mappingsOf(array: StorageArray, mappableRef: string): Shown<typeof LUNMapping>[] {
  return array.mappings.ofMappable(mappableRef).map((mapping) => mappingView(array, mapping));
}

/** What the detailed view of anything mappable has, and its plain record does not (the vendor's `…Ex` objects). */
export const mappableDetails = [
  'name',
  'objectType',
  'currentControllerId',
  'wwn',
  'totalSizeInBytes',
  'preferredControllerId',
  'mapped',
  'listOfMappings',
] as const;
