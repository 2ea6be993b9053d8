import type { StorageArray } from '../array/storage-array.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import { isCompatible } from './firmware.js';
import { cfwFileList, type FirmwareFile } from './firmware-files.js';
import { namedSystems } from './health-checks.js';
import { changeSettings, onKeeper, type StoredSettings, settingsOf } from './keeper.js';
import type { Routes } from './route.js';
import {
  FirmwareCompatibilityRequest,
  FirmwareCompatibilityResponse,
  IomServiceInfoResponse,
  IomServiceUpdateRequest,
  UpgradeLogsResponse,
} from './schemas/firmware.js';
import { boolean, object, optional, type Static, text } from './schemas/types.js';

/** What firmware fits, the service that updates trays' modules, and the logs of upgrades. */
export function firmwareCheckRoutes(routes: Routes): void {
  compatibilityRoutes(routes);
  iomRoutes(routes);
  upgradeLogRoutes(routes);
}

type Check = Static<typeof FirmwareCompatibilityResponse>;

const checks = 'station/compatibilityCheck';

/** Which uploaded files fit which storage systems. */
function compatibilityRoutes(routes: Routes): void {
  onKeeper(
    routes,
    'beginCompatibilityCheck',
    { body: FirmwareCompatibilityRequest, bodyOptional: true, response: FirmwareCompatibilityResponse },
    ({ array, systems, body: { storageDeviceIds } }) => {
      const named = namedSystems(systems, storageDeviceIds);
      const files = cfwFileList(array);
      const fitting = (of: StorageArray, type: FirmwareFile['type']) =>
        files
          .filter((file) => file.type === type && isCompatible(of, file))
          .map(({ filename, version }) => ({ filename, version, firmwarePackageType: type }));
      return array.transact(() => {
        const requestId = String(array.takeCounter('job'));
        const check: Check = {
          requestId,
          checkRunning: false,
          cancelled: false,
          lastStart: dateTime(array, array.now()),
          inaccessibleStorageDevices: named.filter(({ online }) => !online).map(({ id }) => id),
          failedStorageDevices: [],
          results: named.flatMap(({ id, array: of, online }) =>
            of === null || !online
              ? []
              : [
                  {
                    storageDeviceId: id,
                    storageDeviceWwn: of.system.wwn,
                    cfwFiles: fitting(of, 'bundle'),
                    nvsramFiles: fitting(of, 'nvsram'),
                  },
                ],
          ),
        };
        return array.documents.put(checks, 'last', check);
      });
    },
  );
  onKeeper(
    routes,
    'getCompatibilityCheckResults',
    { query: object({ requestId: text() }), response: FirmwareCompatibilityResponse },
    ({ array, query: { requestId } }) => {
      const last = array.documents.find<Check>(checks, 'last');
      if (last?.requestId !== requestId)
        throw new RestError('notFound', `There is no compatibility check '${requestId}'.`, ['requestId']);
      return last;
    },
  );
  // A check takes no time: there is none to cancel, and what it found stays.
  onKeeper(routes, 'cancelCompatibilityCheck', { status: 204 }, () => undefined);
}

const iom: StoredSettings<{ readonly iomServiceEnabled: boolean }> = {
  kind: 'iomService',
  defaults: () => ({ iomServiceEnabled: true }),
};

function iomRoutes(routes: Routes): void {
  onKeeper(routes, 'getIOMServiceInformation', { response: IomServiceInfoResponse }, (context) => ({
    ...settingsOf(iom, context),
    // With one path to a tray its module could not be updated without a break: these trays have two.
    disruptiveIomFirmwareUpdate: context.array.controllers
      .list()
      .some(({ ref }) => !context.array.controllers.isUp(ref)),
  }));
  onKeeper(routes, 'updateIOMServiceInformation', { body: IomServiceUpdateRequest }, ({ body, ...context }) => {
    if (body.enabled === undefined)
      throw new RestError('missingField', "The property 'enabled' is required.", ['enabled']);
    const event = `IOM service ${body.enabled ? 'enabled' : 'disabled'}`;
    changeSettings(iom, context, { iomServiceEnabled: body.enabled }, event);
  });
}

const LogsQuery = object({
  cfwUpgrade: optional(boolean()),
  iomUpgrade: optional(boolean()),
  driveUpgrade: optional(boolean()),
  nvsramUpgrade: optional(boolean()),
  includeLogs: optional(boolean()),
});

/** When firmware of each kind was loaded last, and what was logged of it. */
function upgradeLogRoutes(routes: Routes): void {
  onKeeper(routes, 'getUpgradeLogs', { query: LogsQuery, response: UpgradeLogsResponse }, ({ array, query }) => {
    const entries = array.firmwareUpgrades.log();
    const all = !query.cfwUpgrade && !query.iomUpgrade && !query.driveUpgrade && !query.nvsramUpgrade;
    const answer: Record<string, unknown> = {};
    for (const [kind, wanted] of [
      ['cfw', query.cfwUpgrade],
      ['iom', query.iomUpgrade],
      ['drive', query.driveUpgrade],
      ['nvsram', query.nvsramUpgrade],
    ] as const) {
      if (!wanted && !all) continue;
      const of = entries.filter((entry) => entry.kind === kind);
      const last = of.findLast(({ isEnd }) => isEnd);
      if (last !== undefined) answer[`${kind}UpgradeTS`] = dateTime(array, last.timeMs);
      if (query.includeLogs)
        answer[`${kind}Log`] = of.map(({ message, timeMs }) => ({ message, timestamp: dateTime(array, timeMs) }));
    }
    return answer;
  });
}
