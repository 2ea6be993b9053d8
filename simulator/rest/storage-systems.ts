import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystem } from '../array/storage-systems.js';
import { json } from '../http/messages.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import { accessVolumeView } from './objects/access-volume.js';
import type { RestEnvironment, Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { AddStorageSystemResponse, CurrentFirmwareResponse, StorageSystemResponse } from './schemas/system.js';
import { AddStorageSystemRequest, UpdateStorageSystemRequest } from './schemas/system-requests.js';
import { integer, list, object, text } from './schemas/types.js';
import { securityKeyOf } from './security-keys.js';

import { onSymbol } from './symbol.js';

/** Whether anything of the array is not optimal. */
export function needsAttention(array: StorageArray): boolean {
  return (
    array.drives.ailing().length > 0 ||
    array.tables.components.size > 0 ||
    array.controllers.list().some((controller) => controller.status !== 'optimal') ||
    array.tables.pools.toJSON().some((pool) => array.poolRedundancy.raidStatus(pool) !== 'optimal')
  );
}

export function storageSystemView(system: StorageSystem): object {
  const { array } = system;
  const numbered = system.controllerAddresses.filter((address) => isIP(address) !== 0);
  // Names are shown only where there is nothing else.
  const managementPaths = numbered.length > 0 ? numbered : [...system.controllerAddresses];
  const [ip1 = '', ip2 = ''] = managementPaths;
  const addresses = { ip1, ip2, managementPaths, metaTags: system.tags };
  if (array === null) {
    return {
      ...blank(StorageSystemResponse),
      ...addresses,
      id: system.id,
      name: '',
      status: 'neverContacted',
      certificateStatus: 'unknown',
      passwordStatus: 'unknown',
      lastContacted: null,
    };
  }
  const { firmware, settings } = array.system;
  const drives = array.tables.drives.toJSON();
  const pools = array.tables.pools.toJSON();
  const used = String(pools.reduce((sum, pool) => sum + pool.usedBytes, 0));
  const free = String(pools.reduce((sum, pool) => sum + array.pools.freeBytes(pool), 0));
  const unassigned = array.drives.available();
  const unconfigured = String(unassigned.reduce((sum, drive) => sum + drive.usableBytes, 0));
  const spares = drives.filter((drive) => drive.assignment === 'hotSpare');
  const spareBytes = String(spares.reduce((sum, drive) => sum + drive.usableBytes, 0));
  const driveTypes = [...new Set(drives.map((drive) => (drive.physicalType === 'nvme4k' ? 'nvmeDirectPcie' : 'sas')))];
  return {
    ...blank(StorageSystemResponse),
    ...addresses,
    id: system.id,
    name: array.system.label,
    wwn: array.system.wwn,
    passwordStatus: array.system.passwordStatus,
    passwordSet: array.passwords.isSet('admin'),
    status: !system.online ? 'offline' : needsAttention(array) ? 'needsAttn' : 'optimal',
    certificateStatus: 'untrusted',
    controllers: array.controllers.list().map((controller) => ({
      controllerId: controller.ref,
      ipAddresses: [controller.managementAddress],
      certificateStatus: 'selfSigned',
    })),
    driveCount: drives.length,
    trayCount: array.tables.trays.size,
    types: driveTypes.join(',').toUpperCase(),
    model: array.system.model,
    hotSpareSize: spareBytes,
    usedPoolSpace: used,
    freePoolSpace: free,
    unconfiguredSpace: unconfigured,
    driveTypes,
    hostSpareCountInStandby: spares.filter((drive) => drive.sparedForRef === null).length,
    hotSpareCount: spares.length,
    hostSparesUsed: spares.filter((drive) => drive.sparedForRef !== null).length,
    fwVersion: firmware.bundle,
    appVersion: firmware.bundle,
    bootVersion: firmware.bundle,
    nvsramVersion: firmware.nvsram,
    chassisSerialNumber: array.system.chassisSerialNumber,
    accessVolume: accessVolumeView(array),
    unconfiguredSpaceByDriveType: Object.fromEntries(driveTypes.map((type) => [type, unconfigured])),
    mediaScanPeriod: settings.mediaScanPeriodDays,
    autoLoadBalancingEnabled: settings.autoLoadBalancingEnabled,
    hostConnectivityReportingEnabled: settings.hostConnectivityReportingEnabled,
    asupEnabled: settings.asupEnabled,
    resourceProvisionedVolumesEnabled: settings.resourceProvisionedVolumesEnabled,
    securityKeyEnabled: securityKeyOf(array).lockKeyId !== '',
    externalKeyEnabled: securityKeyOf(array).isExternal,
    fcRemoteMirroringState: 'disabled',
    lastContacted: dateTime(array, array.now()),
    bootTime: dateTime(array, array.system.bootTimeMs),
    definedPartitionCount: array.tables.hosts.size,
    supportedManagementPorts: ['https'],
    freePoolSpaceAsString: free,
    hotSpareSizeAsString: spareBytes,
    unconfiguredSpaceAsStrings: unconfigured,
    usedPoolSpaceAsString: used,
  };
}

function require(environment: RestEnvironment, id: string): StorageSystem {
  const system = environment.systems.find(id);
  if (system === undefined)
    throw new RestError(
      'unknownSystem',
      `There is no storage system '${id}': known are ${environment.systems
        .list()
        .map((each) => each.id)
        .join(', ')}.`,
    );
  return system;
}

/** Embedded web services know their own array and no others. */
function refuseEmbedded(environment: RestEnvironment, what: string): void {
  if (environment.mode === 'embedded')
    throw new RestError('unprocessable', `Embedded web services cannot ${what}: start with --mode proxy for that.`);
}

/** The array that this process holds at one of the addresses, or with that WWN. */
function heldAt(
  environment: RestEnvironment,
  addresses: readonly string[],
  wwn: string | undefined,
): StorageSystem | undefined {
  return environment.systems
    .list()
    .find(
      (system) =>
        system.controllerAddresses.some((address) => addresses.includes(address)) ||
        (wwn !== undefined && system.array?.system.wwn === wwn.toUpperCase()),
    );
}

const StorageSystemIdentificationResponse = object({
  name: text(),
  wwn: text(),
  serialNumber: text(),
  controllerPosition: integer(),
});

export function storageSystemRoutes(routes: Routes): void {
  const { environment } = routes;
  routes.on('getStorageSystems', { response: list(StorageSystemResponse) }, ({ systems }) =>
    systems.list().map(storageSystemView),
  );
  routes.on('getStorageSystem', { response: StorageSystemResponse }, ({ params }) =>
    storageSystemView(require(environment, params.systemId ?? '')),
  );
  routes.on('addStorageSystem', { body: AddStorageSystemRequest, response: AddStorageSystemResponse }, ({ body }) => {
    if (body.controllerAddresses.length === 0) {
      throw new RestError(
        'invalidField',
        "The property 'controllerAddresses' is an empty list: name at least one address.",
        ['controllerAddresses'],
      );
    }
    const known = heldAt(environment, body.controllerAddresses, body.wwn);
    if (known !== undefined) return { id: known.id, alreadyExists: true };
    const id = body.id || idOfAddresses(body.controllerAddresses);
    if (environment.systems.find(id) !== undefined)
      throw new RestError('unprocessable', `There is a storage system '${id}' already.`, ['id']);
    environment.systems.put({
      id,
      array: null,
      online: false,
      controllerAddresses: body.controllerAddresses,
      tags: tagsOf(body.metaTags),
    });
    return json({ id, alreadyExists: false }, 201);
  });
  routes.on(
    'updateStorageSystem',
    { body: UpdateStorageSystemRequest, bodyOptional: true, response: StorageSystemResponse },
    ({ params, body }) => {
      const system = require(environment, params.systemId ?? '');
      if (body.storedPassword !== undefined) system.array?.passwords.store(body.storedPassword);
      const tags = body.removeAllTags ? [] : body.metaTags === undefined ? system.tags : tagsOf(body.metaTags);
      const controllerAddresses = body.controllerAddresses ?? system.controllerAddresses;
      return storageSystemView(environment.systems.put({ ...system, tags, controllerAddresses }));
    },
  );
  routes.on('removeStorageSystem', {}, ({ params }) => {
    const { id } = require(environment, params.systemId ?? '');
    refuseEmbedded(environment, 'remove storage systems');
    environment.systems.remove(id);
  });
  routes.onArray('getStorageSystemIdentification', { response: StorageSystemIdentificationResponse }, ({ array }) => ({
    name: array.system.label,
    wwn: array.system.wwn,
    serialNumber: array.system.chassisSerialNumber,
    controllerPosition: 1,
  }));
  onSymbol(routes, 'getSAData', { reads: true }, ({ array }) => ({
    storageArrayLabel: array.system.label,
    chassisSerialNumber: array.system.chassisSerialNumber,
    fwVersion: array.system.firmware.bundle,
    appVersion: array.system.firmware.bundle,
    bootVersion: array.system.firmware.bundle,
    nvsramVersion: array.system.firmware.nvsram,
    needsAttention: needsAttention(array),
    fixing: false,
    saId: { worldWideName: array.system.wwn },
  }));
  routes.onArray('getFirmwareDetails', { response: CurrentFirmwareResponse }, ({ array }) => ({
    codeVersions: firmwareVersions(array),
  }));
}

/** The versions of the firmware that an array runs. */
export function firmwareVersions({ system: { firmware } }: StorageArray) {
  return [
    { codeModule: 'bundleDisplay', versionString: firmware.display },
    { codeModule: 'management', versionString: firmware.management },
    { codeModule: 'bundle', versionString: firmware.bundle },
    { codeModule: 'nvsram', versionString: firmware.nvsram },
  ] as const;
}

function tagsOf(tags: readonly { key?: string; valueList?: string[] }[] | undefined) {
  return (tags ?? []).map(({ key = '', valueList = [] }) => ({ key, valueList }));
}

/** A UUID that only the addresses decide: registering the same ones again gives the same, in another process too. */
function idOfAddresses(addresses: readonly string[]): string {
  const digits = createHash('sha256').update(JSON.stringify(addresses)).digest('hex').slice(0, 32);
  return `${digits.slice(0, 12)}5${digits.slice(13, 16)}8${digits.slice(17)}`.replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
    '$1-$2-$3-$4-$5',
  );
}
