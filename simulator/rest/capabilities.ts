import { ArrayError } from '../array/errors.js';
import { hostTypes } from '../array/host-types.js';
import type { StorageArray } from '../array/storage-array.js';
import { formType, jsonType } from '../http/body.js';
import { HttpResponse } from '../http/messages.js';
import { formFile } from './form-file.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { FeatureParams, StorageSystemCapabilitiesResponse } from './schemas/capabilities.js';
import { boolean, integer, object, oneOf, optional, text, unknown } from './schemas/types.js';
import { onSymbol } from './symbol.js';

const kib = 1024;

/** The largest banner that is taken (source: the vendor's operation). */
const maxBannerBytes = 5 * kib;

/** The array is never locked down: nothing here brings it there. */
const LockdownStatusResponse = object({
  isLockdown: boolean(),
  storageSystemLabel: text(),
  lockdownType: text(),
  sevenSegmentCodes: text(),
  hasDrives: boolean(),
  limitedAccessState: oneOf('drivesSecurityKeyError', 'drivesUnavailable', 'none', 'unknown'),
  lockdownClearable: boolean(),
});

/** What the firmware can do (source: a real array's object graph). */
export const capabilityNames = [
  'autoCodeSync',
  'autoLunTransfer',
  'subLunsAllowed',
  'stagedDownload',
  'mixedDriveTypes',
  'bundleMigration',
  'raid6',
  'performanceTier',
  'secureVolume',
  'protectionInformation',
  'ssdSupport',
  'driveSlotLimit',
  'flashReadCache',
  'storagePoolsType2',
  'totalNumberOfArvmMirrorsPerArray',
  'totalNumberOfPitsPerArray',
  'totalNumberOfThinVolumesPerArray',
] as const;

export function featureParametersView(array: StorageArray): object {
  const { limits } = array.system;
  return {
    ...blank(FeatureParams),
    maxHotSpares: 16,
    cacheBlockSizes: [4096, 8192, 16_384, 32_768],
    maxDCEDrives: 60,
    maxReadAheadMultiplier: 65_535,
    minMediaScanPeriod: 1,
    maxMediaScanPeriod: 30,
    defaultMediaScanPeriod: 30,
    supportedSegSizes: [32, 64, 128, 256, 512].map((size) => size * kib),
    numStandardSegSizes: 5,
    mappableLUNCount: limits.lunsPerHost,
    maxPartitionCount: limits.hosts,
    maxMappingsPerVolume: 1,
    maxVolumes: limits.volumes,
    maxVolumesPerGroup: limits.volumesPerPool,
    maxSnapshots: limits.snapshotImages,
    maxSnapshotsPerBase: limits.snapshotGroupsPerVolume * limits.snapshotImagesPerGroup,
    minRepositorySize: 33_554_432,
    maxMirrors: 0,
    maxVolCopys: limits.volumeCopies,
    maxConcurrentBackgroundCopys: 8,
    maxUtmLunValue: 255,
    supportedDriveTypes: [],
    redundancyMode: 'duplex',
    supportedAuthMethods: ['none', 'chap'],
    maxDriveSlots: limits.drives,
    maxSSDsSupported: limits.drives,
    absoluteMaxDssSegmentSize: 2_097_152,
    maxIscsiIpv6LocalAddressesPerPort: 1,
    maxIscsiIpv6RoutableAddressesPerPort: 1,
    maxExpansionDriveTrays: 7,
  };
}

const productCapabilities = [
  'capabilityAutoLoadBalancing',
  'capabilityCoreIscsi',
  'capabilityDiskPools',
  'capabilityIscsiIpv6',
  'capabilityIscsiTarget',
  'capabilityRaid6',
];

/** What can be set for the array as a whole, and the procedures that set it. */
export function capabilityRoutes(routes: Routes): void {
  routes.onArray('getStorageSystemCapabilities', { response: StorageSystemCapabilitiesResponse }, ({ array }) => ({
    ...blank(StorageSystemCapabilitiesResponse),
    capabilities: capabilityNames,
    productCapabilities,
    featureParameters: featureParametersView(array),
  }));

  const settings = (array: StorageArray, changes: Partial<StorageArray['system']['settings']>) => {
    array.transact(() => array.patchSystem({ settings: { ...array.system.settings, ...changes } }));
  };
  onSymbol(routes, 'setAutoLoadBalancing', { body: object({ enable: boolean() }) }, ({ array, body }) =>
    settings(array, { autoLoadBalancingEnabled: body.enable }),
  );
  onSymbol(
    routes,
    'setHostConnectivityReporting',
    { body: object({ enableHostConnectivityReporting: optional(boolean()), enable: optional(boolean()) }) },
    ({ array, body }) =>
      settings(array, {
        hostConnectivityReportingEnabled: body.enableHostConnectivityReporting ?? body.enable ?? true,
      }),
  );
  const CacheParams = object({
    cacheBlkSize: optional(integer()),
    demandFlushAmount: optional(integer()),
    demandFlushThreshold: optional(integer()),
  });
  onSymbol(routes, 'setSACacheParams', { body: CacheParams }, ({ array, body }) => {
    const present = array.system.settings;
    const cacheBlockSize = body.cacheBlkSize ?? present.cacheBlockSize;
    if (![4096, 8192, 16_384, 32_768].includes(cacheBlockSize)) {
      throw new ArrayError(
        'invalidCacheblksize',
        `The cache block size is ${cacheBlockSize}: allowed are 4096, 8192, 16384 and 32768.`,
        'cacheBlkSize',
      );
    }
    settings(array, {
      cacheBlockSize,
      demandFlushAmount: body.demandFlushAmount ?? present.demandFlushAmount,
      demandFlushThreshold: body.demandFlushThreshold ?? present.demandFlushThreshold,
    });
  });
  const Properties = object({
    hostTypeIndex: optional(integer()),
    defaultHostTypeIndex: optional(integer()),
    mediaScanPeriod: optional(integer()),
    settings: optional(unknown()),
  });
  onSymbol(routes, 'setStorageArrayProperties', { body: Properties }, ({ array, body }) => {
    const nested = (typeof body.settings === 'object' && body.settings !== null ? body.settings : {}) as Readonly<
      Record<string, unknown>
    >;
    const index =
      body.hostTypeIndex ??
      body.defaultHostTypeIndex ??
      Number(nested.hostType ?? nested.defaultHostTypeIndex ?? array.system.settings.defaultHostTypeIndex);
    if (!hostTypes.some((type) => type.index === index))
      throw new ArrayError('invalidHostTypeIndex', `There is no host type ${index}.`, 'hostTypeIndex');
    array.hosts.setDefaultType(index);
  });
  onSymbol(routes, 'updateTray', { body: object({ ref: text(), trayID: integer() }) }, ({ array, body }) => {
    const tray = array.tables.trays.get(body.ref.toUpperCase());
    if (tray === undefined) throw new ArrayError('invalidTrayref', `There is no tray '${body.ref}'.`, 'ref');
    if (body.trayID < 0 || body.trayID > 99)
      throw new ArrayError('illegalParam', `The trayID is ${body.trayID}: allowed are 0 to 99.`, 'trayID');
    array.transact(() => array.tables.trays.patch(tray.ref, { trayId: body.trayID }));
  });
  onSymbol(routes, 'pingController', { reads: true }, () => undefined);
  onSymbol(routes, 'getEnclosureTemperatures', { reads: true }, ({ array }) => ({
    returnCode: 'ok',
    thermalSensorData: array.tables.trays.toJSON().map((tray) => ({ thermalSensorRef: tray.ref, currentTemp: 25 })),
  }));
  onSymbol(routes, 'getEnergyStarData', { reads: true }, ({ array }) => {
    const trays = array.tables.trays.toJSON();
    const watts = 350;
    return {
      returnCode: 'ok',
      energyStarData: {
        totalPower: watts * trays.length,
        numberOfTrays: trays.length,
        trayPower: trays.map((tray) => ({
          trayID: tray.trayId,
          numberOfPowerSupplies: 2,
          inputPower: [watts / 2, watts / 2],
        })),
      },
    };
  });

  routes.onArray(
    'updateStorageSystemConfiguration',
    { body: object({ name: optional(text()) }) },
    ({ array, body }) => {
      if (body.name !== undefined) array.rename(body.name);
      return { name: array.system.label };
    },
  );
  routes.onArray('getAccessBanner', {}, ({ array }) => {
    const { loginBanner } = array.system.settings;
    if (loginBanner === null) return undefined;
    return new HttpResponse(200, [['content-type', 'application/octet-stream']], loginBanner);
  });
  routes.onArray('uploadAccessBanner', { bodyTypes: [formType, jsonType] }, ({ array, request }) =>
    settings(array, { loginBanner: formFile(request, 'file', maxBannerBytes).content.toString() }),
  );
  routes.onArray('deleteAccessBanner', {}, ({ array }) => settings(array, { loginBanner: null }));
  routes.onArray('getLockdownStatus', { response: LockdownStatusResponse }, ({ array }) => ({
    isLockdown: false,
    storageSystemLabel: array.system.label,
    lockdownType: 'unknown',
    sevenSegmentCodes: '',
    hasDrives: array.tables.drives.size > 0,
    limitedAccessState: array.tables.drives.size > 0 ? 'none' : 'drivesUnavailable',
    lockdownClearable: false,
  }));
}
