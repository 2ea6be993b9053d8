import { hostTypes } from '../array/host-types.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { capabilitiesOf, featureParametersView } from './capabilities.js';
import { crus } from './crus.js';
import { seconds } from './epoch-seconds.js';
import { RestError } from './errors.js';
import { ioInterfaceView } from './interfaces.js';
import { targetView } from './iscsi.js';
import { accessVolumeView } from './objects/access-volume.js';
import { consistencyGroupView } from './objects/consistency-groups.js';
import { controllerView } from './objects/controllers.js';
import { driveView } from './objects/drives.js';
import { hostGroupView, hostPortView, hostView, initiatorView } from './objects/hosts.js';
import { iscsiEntityView } from './objects/iscsi-entity.js';
import { mappingView } from './objects/mappings.js';
import { poolView } from './objects/pools.js';
import { snapshotVolumeView } from './objects/snapshot-volumes.js';
import { shownGroups, shownImages, snapshotGroupView, snapshotImageView } from './objects/snapshots.js';
import { trayView } from './objects/trays.js';
import { volumeView } from './objects/volumes.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { SACache } from './schemas/cache-devices.js';
import { ConsistencyGroupBundle } from './schemas/consistency-groups.js';
import { GhostVolBundle, HLVolumeBundle, ObjectBundle } from './schemas/graph.js';
import { HostSpecificValues } from './schemas/hosts.js';
import { IoInterfaceHicMap } from './schemas/interfaces.js';
import { StoragePoolBundle } from './schemas/pools.js';
import { ExtendedSAData, SAData, StorageArray as StorageArraySchema } from './schemas/storage-array.js';
import { ComponentBundle } from './schemas/trays.js';
import { object, optional, text } from './schemas/types.js';
import { cachedWhileIdle } from './view-cache.js';

function saData(array: StorageArray): object {
  const { firmware } = array.system;
  return {
    ...blank(SAData),
    saId: { worldWideName: array.system.wwn },
    managementClassName: 'devmgr.v1190api09.Manager',
    storageArrayLabel: array.system.label,
    bootTime: seconds(array.system.bootTimeMs),
    fwVersion: firmware.bundle,
    appVersion: firmware.bundle,
    bootVersion: firmware.bundle,
    nvsramVersion: firmware.nvsram,
    chassisSerialNumber: array.system.chassisSerialNumber,
    extendedSAData: {
      ...blank(ExtendedSAData),
      codeVersions: [
        { codeModule: 'raid', versionString: firmware.bundle },
        { codeModule: 'bundle', versionString: firmware.bundle },
        { codeModule: 'bundleDisplay', versionString: firmware.display },
        { codeModule: 'management', versionString: firmware.management },
      ],
    },
  };
}

function storageArrayView(array: StorageArray): object {
  const { settings } = array.system;
  return {
    ...blank(StorageArraySchema),
    saData: saData(array),
    safeId: { worldWideName: array.system.wwn },
    cache: {
      ...blank(SACache),
      cacheBlkSize: settings.cacheBlockSize,
      demandFlushThreshold: settings.demandFlushThreshold,
      demandFlushAmount: settings.demandFlushAmount,
    },
    accessVolume: accessVolumeView(array),
    featureParameters: featureParametersView(array),
    mediaScanPeriod: settings.mediaScanPeriodDays,
    capabilities: capabilitiesOf(array),
    premiumFeatures: [],
    hostPortType: hostTypes.map((type) => type.code),
    hostType: hostTypes.map((type) => type.code),
    hostSpecificVals: hostTypes.map((type) => ({
      ...blank(HostSpecificValues),
      hostType: type.code,
      index: type.index,
    })),
    defaultHostTypeIndex: settings.defaultHostTypeIndex,
    defaultHostPortTypeIndex: settings.defaultHostTypeIndex,
    definedPartitionCount: array.tables.hosts.size,
    iscsiEntityData: iscsiEntityView(array),
    lockKeyIDRef: nullRef,
    asupEnabled: settings.asupEnabled,
    autoLoadBalancingEnabled: settings.autoLoadBalancingEnabled,
    hostConnectivityReportingEnabled: settings.hostConnectivityReportingEnabled,
    vaaienabled: true,
    odxenabled: true,
  };
}

function componentBundle(array: StorageArray): object {
  const { fans, powerSupplies, batteries, thermalSensors, supportCRUs, cacheMemoryDimms } = crus(array);
  return {
    ...blank(ComponentBundle),
    fan: fans,
    powerSupply: powerSupplies,
    battery: batteries.map(({ smartBatteryData: _extended, ...battery }) => battery),
    thermalSensor: thermalSensors,
    supportCRU: supportCRUs,
    cacheMemoryDimm: cacheMemoryDimms,
  };
}

/** The whole array as one object. */
function graphView(array: StorageArray): Record<string, unknown> {
  const { tables } = array;
  const volumes = tables.volumes.toJSON();
  const ports = tables.hostPorts.toJSON();
  const isInitiator = (type: string) => type !== 'fc' && type !== 'sas';
  const pools = tables.pools.toJSON().map((pool) => poolView(array, pool) as Record<string, unknown>);
  return {
    ...blank(ObjectBundle),
    configGeneration: String(array.version),
    sa: storageArrayView(array),
    tray: tables.trays.toJSON().map(trayView),
    componentBundle: componentBundle(array),
    controller: array.controllers.list().map((controller) => controllerView(array, controller)),
    drive: tables.drives.toJSON().map(driveView),
    volumeGroup: pools,
    volume: volumes.filter((volume) => volume.kind === 'thick').map((volume) => volumeView(array, volume)),
    freeExtent: pools.flatMap((pool) => (Array.isArray(pool.extents) ? (pool.extents as unknown[]) : [])),
    storagePoolBundle: {
      ...blank(StoragePoolBundle),
      cluster: tables.hostGroups.toJSON().map(hostGroupView),
      host: tables.hosts.toJSON().map((host) => hostView(array, host)),
      hostPort: ports.filter((port) => !isInitiator(port.type)).map(hostPortView),
      lunMapping: tables.mappings.toJSON().map((mapping) => mappingView(array, mapping)),
      initiator: ports.filter((port) => isInitiator(port.type)).map(initiatorView),
      target: [targetView(array)],
    },
    highLevelVolBundle: {
      ...blank(HLVolumeBundle),
      pit: shownImages(array).map((image) => snapshotImageView(array, image)),
      pitGroup: shownGroups(array).map((group) => snapshotGroupView(array, group)),
      pitView: tables.snapshotVolumes.toJSON().map((view) => snapshotVolumeView(array, view)),
      pitConsistencyGroup: tables.consistencyGroups.toJSON().map((group) => consistencyGroupView(array, group)),
      thinVolume: volumes.filter((volume) => volume.kind === 'thin').map((volume) => volumeView(array, volume)),
    },
    ghostVolBundle: { ...blank(GhostVolBundle) },
    consistencyGroupBundle: { ...blank(ConsistencyGroupBundle) },
    ioInterface: array.iscsiTarget.ports().map((port) => ioInterfaceView(array, port)),
    ioInterfaceHicMap: array.iscsiTarget
      .ports()
      .map((port) => ({ ...blank(IoInterfaceHicMap), interfaceRef: port.ref })),
  };
}

/**
 * What a path of names selects in an object, with lists passed through and `[name='value']` as a filter: as much of
 * XPath as clients ask. Throws RestError for anything else.
 */
function selectByPath(root: unknown, query: string): unknown[] {
  const steps = query.match(/\/[^/[\]]+(\[[^\]]*\])?/gy);
  if (steps === null || steps.join('') !== query) {
    throw new RestError(
      'invalidField',
      `The query '${query}' is not understood: allowed are paths such as /controller/codeVersions[codeModule='bundle'].`,
      ['query'],
    );
  }
  let selected: unknown[] = [root];
  for (const step of steps) {
    const [, name = '', filter] = /^\/([^[]+)(?:\[(.*)\])?$/.exec(step) ?? [];
    selected = selected.flatMap((value) => {
      const next = propertyOf(value, name);
      return next === undefined || next === null ? [] : Array.isArray(next) ? (next as unknown[]) : [next];
    });
    if (filter !== undefined) selected = selected.filter(predicate(filter, query));
  }
  return selected;
}

function predicate(filter: string, query: string): (value: unknown) => boolean {
  const [left = '', ...rest] = filter.split('=');
  const name = left.trim();
  const wanted = /^['"]?([^'"]*)['"]?$/.exec(rest.join('=').trim())?.[1];
  if (rest.length === 0 || wanted === undefined || !/^[\w.]+$/.test(name))
    throw new RestError(
      'invalidField',
      `The filter '[${filter}]' of '${query}' is not understood: allowed is [name='value'].`,
      ['query'],
    );
  return (value) => String(propertyOf(value, name)) === wanted;
}

/** A property that an object itself has; undefined where there is none. */
function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

const graphOf = cachedWhileIdle(graphView);

export function graphRoutes(routes: Routes): void {
  routes.onArray('get-ObjectGraph', { response: ObjectBundle }, ({ array }) => graphOf(array));
  routes.onArray('get-FilteredObjectGraph', { query: object({ query: optional(text()) }) }, ({ array, query }) =>
    selectByPath(graphView(array), query.query ?? ''),
  );
}
