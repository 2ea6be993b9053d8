import { Host, HostPort, Initiator } from '../objects/hosts.js';
import { LUNMapping } from '../objects/mappings.js';
import { ProtectionInformationCapabilities } from './drives.js';
import {
  AuthenticationBundle,
  ScsiAlias,
  ScsiInitiatorTargetBaseProperties,
  ScsiNodeName,
  TargetPortal,
} from './hosts.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

/** What the array answers about pools: the vendor's definitions, property by property. */

export const RemoteTarget = object({
  remoteRef: text(),
  nodeName: nullable(ScsiNodeName),
  label: text(),
  configuredAuthMethods: nullable(AuthenticationBundle),
  scsiinitiatorTargetBaseProperties: nullable(ScsiInitiatorTargetBaseProperties),
});

const Cluster = object({
  clusterRef: text(),
  label: text(),
  isSAControlled: boolean(),
  confirmLUNMappingCreation: boolean(),
  protectionInformationCapableAccessMethod: boolean(),
  isLun0Restricted: boolean(),
  name: text(),
  id: text(),
});

const FlashCacheBase = object({
  label: text(),
  status: oneOf('unknown', 'optimal', 'degraded', 'failed', 'suspended', '__UNDEFINED'),
  configType: oneOf('unknown', 'filesystem', 'database', 'multimedia', '__UNDEFINED'),
  analyticsStatus: oneOf('unknown', 'stopped', 'started', '__UNDEFINED'),
  analyticsCause: oneOf(
    'none',
    'userStopped',
    'userFcChanges',
    'internalCtlrRebooted',
    'internalCfgChanges',
    '__UNDEFINED',
  ),
  statusCause: oneOf(
    'none',
    'hotspareInuse',
    'drivesInaccessible',
    'cacheSizeMismatch',
    'missingDrives',
    '__UNDEFINED',
  ),
});

const FlashCacheWithDrives = object({
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  usedCapacity: Int64,
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
});

const FlashCacheDriveInfo = object({
  flashCacheType: oneOf('unknown', 'readOnlyCache', 'writeCache', 'virtual', '__UNDEFINED'),
  fcWithDrives: nullable(FlashCacheWithDrives),
});

const FlashCache = object({
  wwn: text(),
  flashCacheRef: text(),
  flashCacheBase: nullable(FlashCacheBase),
  fcDriveInfo: nullable(FlashCacheDriveInfo),
  id: text(),
});

/** The SSD cache in the form that was there before it had endpoints of its own. */
export const FlashCacheEx = object({
  wwn: text(),
  flashCacheRef: text(),
  flashCacheBase: nullable(FlashCacheBase),
  fcDriveInfo: nullable(FlashCacheDriveInfo),
  cachedVolumes: list(text()),
  driveRefs: list(text()),
  name: text(),
  id: text(),
});

const FlashCacheMap = object({
  flashCache: text(),
  cachedVolume: text(),
  flashCacheMapRef: text(),
  id: text(),
});

export const FlashCacheBundle = object({
  flashCacheMap: list(FlashCacheMap),
  flashCache: list(FlashCache),
});

const SAPortGroup = object({
  saPortGroupRef: text(),
  label: text(),
});

const SAPort = object({
  saPortRef: text(),
  saPortGroupRef: text(),
  controllerRef: text(),
  portId: integer(),
});

export const Target = object({
  targetRef: text(),
  nodeName: nullable(ScsiNodeName),
  alias: nullable(ScsiAlias),
  configuredAuthMethods: nullable(AuthenticationBundle),
  portals: list(TargetPortal),
});

export const StoragePoolBundle = object({
  saPortGroup: list(SAPortGroup),
  saPort: list(SAPort),
  cluster: list(Cluster),
  host: list(Host),
  hostPort: list(HostPort),
  lunMapping: list(LUNMapping),
  initiator: list(Initiator),
  target: list(Target),
  remoteTarget: list(RemoteTarget),
});
