import type { DriveRecord, PoolRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import type { Routes } from './route.js';
import type { Shown } from './schemas/shown.js';
import { boolean, Int64, integer, list, object, oneOf, text } from './schemas/types.js';

const HotSpareDriveCandidate = object({
  capacity: Int64,
  driveRef: text(),
  interfaceType: oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k', 'unknown'),
  isFdeCapable: boolean(),
  isFipsCapable: boolean(),
  mediaType: oneOf('hdd', 'ssd', 'unknown'),
  productId: text(),
});

const HotSpare = object({ ...HotSpareDriveCandidate.properties, isHotSpareInUse: boolean() });

const VolumeGroupHotSpareCoverage = object({
  candidates: list(HotSpareDriveCandidate),
  coverage: list(HotSpare),
  volumeGroupRef: text(),
});

const HotSpareResponse = object({
  driveRefs: list(text()),
  hotSpareDriveCoverage: list(object({ driveRef: text(), inUse: boolean(), groupRef: list(text()) })),
});

const AssignRequest = object({ driveRef: text() });
const AssignCountRequest = object({ hotSpareCount: integer() });

function candidateView(drive: DriveRecord): Shown<typeof HotSpareDriveCandidate> {
  return {
    capacity: String(drive.usableBytes),
    driveRef: drive.ref,
    interfaceType: drive.physicalType === 'sata' ? 'unknown' : drive.physicalType,
    isFdeCapable: drive.fdeCapable,
    isFipsCapable: drive.fipsCapable,
    mediaType: drive.media,
    productId: drive.productId,
  };
}

function spareView(drive: DriveRecord): Shown<typeof HotSpare> {
  return { ...candidateView(drive), isHotSpareInUse: drive.sparedForRef !== null };
}

/** A disk pool has no hot spares: its lists are empty. */
function coverageView(array: StorageArray, group: PoolRecord): Shown<typeof VolumeGroupHotSpareCoverage> {
  return {
    candidates: array.hotSpares.candidates(group).map(candidateView),
    coverage: array.hotSpares.coverage(group).map(spareView),
    volumeGroupRef: group.ref,
  };
}

/** Hot spares, and the volume groups that they stand by for. */
export function hotSpareRoutes(routes: Routes): void {
  routes.onArray('getHotSpares', { response: list(HotSpareResponse) }, ({ array }) => {
    const spares = array.hotSpares.list();
    return [
      {
        driveRefs: spares.map(({ ref }) => ref),
        hotSpareDriveCoverage: spares.map((spare) => ({
          driveRef: spare.ref,
          inUse: spare.sparedForRef !== null,
          groupRef: array.hotSpares.groupsOf(spare).map(({ ref }) => ref),
        })),
      },
    ];
  });
  routes.onArray(
    'assignDriveAsHotSpare',
    { body: AssignRequest, response: object({ driveRef: text() }) },
    ({ array, body }) => ({ driveRef: array.hotSpares.assign(body.driveRef).ref }),
  );
  routes.onArray('unassignDriveAsHotSpare', {}, ({ array, id }) => {
    array.hotSpares.unassign(id);
  });
  routes.onArray('autoAssignHotSpares', {}, ({ array }) => array.hotSpares.autoAssign());
  routes.onArray(
    'getHotSpareCoverage',
    { response: object({ volumeGroups: list(VolumeGroupHotSpareCoverage) }) },
    ({ array }) => ({ volumeGroups: array.hotSpares.groups().map((group) => coverageView(array, group)) }),
  );
  routes.onArray('getStoragePoolHotSpareCoverage', { response: VolumeGroupHotSpareCoverage }, ({ array, id }) =>
    coverageView(array, array.pools.require(id)),
  );
  routes.onArray(
    'assignStoragePoolHotSpares',
    { body: AssignCountRequest, response: object({ hotSpares: list(HotSpare) }) },
    ({ array, id, body }) => ({ hotSpares: array.hotSpares.assignTo(id, body.hotSpareCount).map(spareView) }),
  );
}
