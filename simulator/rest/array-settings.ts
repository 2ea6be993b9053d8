import { ArrayError } from '../array/errors.js';
import { hostTypes } from '../array/host-types.js';
import type { StorageArray } from '../array/storage-array.js';
import { formType, jsonType } from '../http/body.js';
import { HttpResponse } from '../http/messages.js';
import { formFile } from './form-file.js';
import type { Routes } from './route.js';
import { boolean, integer, object, oneOf, optional, text, unknown } from './schemas/types.js';
import { onSymbol } from './symbol.js';

/** The largest banner that is taken (source: the vendor's operation). */
const maxBannerBytes = 5 * 1024;

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

const CacheParams = object({
  cacheBlkSize: optional(integer()),
  demandFlushAmount: optional(integer()),
  demandFlushThreshold: optional(integer()),
});

const Properties = object({
  hostTypeIndex: optional(integer()),
  defaultHostTypeIndex: optional(integer()),
  mediaScanPeriod: optional(integer()),
  settings: optional(unknown()),
});

/** What can be set for the array as a whole, and the procedures that set it. */
export function arraySettingRoutes(routes: Routes): void {
  cacheRoutes(routes);
  defaultRoutes(routes);
  bannerRoutes(routes);
  routes.onArray(
    'updateStorageSystemConfiguration',
    { body: object({ name: optional(text()) }) },
    ({ array, body }) => {
      if (body.name !== undefined) array.rename(body.name);
      return { name: array.system.label };
    },
  );
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

function change(array: StorageArray, changes: Partial<StorageArray['system']['settings']>): void {
  array.transact(() => array.patchSystem({ settings: { ...array.system.settings, ...changes } }));
}

function cacheRoutes(routes: Routes): void {
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
    change(array, {
      cacheBlockSize,
      demandFlushAmount: body.demandFlushAmount ?? present.demandFlushAmount,
      demandFlushThreshold: body.demandFlushThreshold ?? present.demandFlushThreshold,
    });
  });
}

function defaultRoutes(routes: Routes): void {
  onSymbol(routes, 'setAutoLoadBalancing', { body: object({ enable: boolean() }) }, ({ array, body }) =>
    change(array, { autoLoadBalancingEnabled: body.enable }),
  );
  onSymbol(
    routes,
    'setHostConnectivityReporting',
    { body: object({ enableHostConnectivityReporting: optional(boolean()), enable: optional(boolean()) }) },
    ({ array, body }) =>
      change(array, {
        hostConnectivityReportingEnabled: body.enableHostConnectivityReporting ?? body.enable ?? true,
      }),
  );
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
}

function bannerRoutes(routes: Routes): void {
  routes.onArray('getAccessBanner', {}, ({ array }) => {
    const { loginBanner } = array.system.settings;
    if (loginBanner === null) return undefined;
    return new HttpResponse(200, [['content-type', 'application/octet-stream']], loginBanner);
  });
  routes.onArray('uploadAccessBanner', { bodyTypes: [formType, jsonType] }, ({ array, request }) =>
    change(array, { loginBanner: formFile(request, 'file', maxBannerBytes).content.toString() }),
  );
  routes.onArray('deleteAccessBanner', {}, ({ array }) => change(array, { loginBanner: null }));
}
