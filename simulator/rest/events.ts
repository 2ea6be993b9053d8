import type { ComponentRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { componentRef } from './crus.js';
import { eventView, MelEntryEx } from './objects/events.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { FailureData, MelExtent } from './schemas/events.js';
import { boolean, integer, list, object, optional } from './schemas/types.js';

/** The largest number of events that is answered unless more are asked for. */
const defaultCount = 8192;

/** What the recovery procedure for a part that is not well is called. */
const componentFailures: Readonly<Record<ComponentRecord['kind'], Readonly<Record<string, string>>>> = {
  powerSupply: { failed: 'failedPowerSupply', removed: 'removedPowerSupply' },
  fan: { failed: 'failedFan', removed: 'removedFan' },
  battery: { failed: 'failedBattery', removed: 'removedBattery', expired: 'expiredBattery' },
  temperatureSensor: {
    nominalTempExceed: 'nominalTempExceeded',
    maxTempExceed: 'maxTempExceeded',
    removed: 'removedTempSensor',
  },
};

/** What needs mending: failed drives, controllers, other parts, pools and full repositories. */
function failuresOf(array: StorageArray): object[] {
  const failure = (failureType: string, objectType: string, objectRef: string) => ({
    ...blank(FailureData),
    failureType,
    objectRef,
    objectType,
  });
  return [
    ...array.drives.ailing().map((drive) => failure('failedDrive', 'drive', drive.ref)),
    ...array.controllers
      .list()
      .filter((controller) => controller.status !== 'optimal')
      .map((controller) =>
        failure(controller.status === 'removed' ? 'removedController' : 'offlineCtl', 'controller', controller.ref),
      ),
    ...array.components
      .ailing()
      .map(({ kind, status, slot }) =>
        failure(componentFailures[kind][status] ?? 'unknownFailure', kind, componentRef(array, kind, slot)),
      ),
    ...(array.components.cachesWrites() ? [] : [failure('writebackCachingDisabled', 'controller', nullRef)]),
    ...array.tables.pools
      .toJSON()
      .filter((pool) => array.poolRedundancy.raidStatus(pool) === 'degraded')
      .map((pool) => failure('degradedVolume', 'pool', pool.ref)),
    ...array.tables.pools
      .toJSON()
      .filter((pool) => array.poolRedundancy.raidStatus(pool) === 'failed')
      .map((pool) => failure('failedVolume', 'pool', pool.ref)),
    ...array.tables.asyncMirrorMembers
      .toJSON()
      .filter(({ state }) => state === 'failed')
      .map(({ ref }) => failure('arvmFailedMirror', 'asyncMirrorGroupMember', ref)),
    ...array.tables.snapshotGroups
      .toJSON()
      .filter((group) => group.status === 'full')
      .map((group) => failure('pitGroupRepositoryFull', 'snapshotGroup', group.ref)),
  ];
}

const EventsQuery = object({
  startSequenceNumber: optional(integer()),
  count: optional(integer({ minimum: 0 })),
  critical: optional(boolean()),
  includeDebug: optional(boolean()),
});

export function eventRoutes(routes: Routes): void {
  routes.onArray('get-MelEvents', { query: EventsQuery, response: list(MelEntryEx) }, ({ array, query }) => {
    const events = array.tables.events
      .toJSON()
      .filter((event) => !query.critical || event.priority === 'priorityCritical');
    const from = query.startSequenceNumber;
    const count = query.count ?? defaultCount;
    const chosen =
      from === undefined || from < 0
        ? events.slice(-count || events.length)
        : events.filter((event) => event.sequence >= from).slice(0, count);
    return chosen.map(eventView);
  });
  routes.onArray('clear-MelEvents', {}, ({ array }) => array.events.clear());
  routes.onArray('get-EventAvailability', { response: MelExtent }, ({ array }) => {
    const sequences = array.tables.events.toJSON().map((event) => event.sequence);
    return { startingSeqNum: String(sequences[0] ?? 0), endingSeqNum: String(sequences.at(-1) ?? 0) };
  });
  routes.onArray('getRecoveryFailures', { response: list(FailureData) }, ({ array }) => failuresOf(array));
  routes.onArray('get-AllStorageDeviceStatusEvents', {}, () => []);
  routes.on('get-AllGlobalStatusEvents', {}, () => []);
}
