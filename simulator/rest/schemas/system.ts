import { AccessVolumeEx } from '../objects/access-volume.js';
import { KeyValueTagObjectReference } from './drives.js';
import { VersionDescriptor } from './software-versions.js';
import { boolean, DateTime, Int64, integer, list, nullable, number, object, oneOf, record, text } from './types.js';

/** What the array answers about system: the vendor's definitions, property by property. */

export const AddStorageSystemResponse = object({
  id: text(),
  alreadyExists: boolean(),
});

export const KeyValueTag = object({
  keyValueTagRef: text(),
  key: text(),
  value: text(),
});

export const KeyValueTagMapping = object({
  keyValueTagRef: text(),
  associatedObject: nullable(KeyValueTagObjectReference),
  mappingRef: text(),
});

export const CallResponse = object({
  errorMessage: text(),
  developerMessage: nullable(text()),
  localizedMessage: text(),
  retcode: text(),
  codeType: oneOf('symbol', 'systemerror', 'devicemgrerror'),
  invalidFieldsIfKnown: nullable(list(text())),
});

export const CompatibleFirmware = object({
  fwVersion: text(),
  compatible: boolean(),
});

export const CurrentFirmwareResponse = object({
  codeVersions: list(VersionDescriptor),
});

export const DiscoveredController = object({
  controllerId: text(),
  ipAddresses: list(text()),
  certificateStatus: oneOf('trusted', 'selfSigned', 'expired', 'incompleteTrustChain', 'commonNameMismatch', 'unknown'),
});

export const GenerateAccessTokenResponse = object({
  accessToken: text(),
  duration: number(),
});

const KeyValue = object({
  key: text(),
  valueList: list(text()),
});

export const KeyValuePairResponse = object({
  key: text(),
  value: text(),
});

export const LocalUserInfoResponse = object({
  adminPasswordSet: boolean(),
  minimumPasswordLength: integer(),
});

export const LocalUserResponse = object({
  userName: text(),
  roles: list(text()),
  passwordSet: boolean(),
});

export const LockoutSettings = object({
  lockoutMode: oneOf('ip', 'user'),
  lockoutTime: integer(),
  maximumLoginAttempts: integer(),
});

export const StagedFirmware = object({
  stagedFwValid: boolean(),
  fwVersion: text(),
  appVersion: text(),
  bootVersion: text(),
  nvsramVersion: text(),
  timeStamp: Int64,
  nvsramVersionString: text(),
  codeVersions: list(VersionDescriptor),
});

export const PasswordStatusResponse = object({
  adminPasswordSet: boolean(),
  readOnlyPasswordSet: boolean(),
});

export const StorageSystemResponse = object({
  id: text(),
  name: text(),
  wwn: text(),
  passwordStatus: oneOf('unknown', 'invalid', 'valid', 'securityLockout'),
  passwordSet: boolean(),
  status: oneOf('neverContacted', 'offline', 'optimal', 'needsAttn', 'removed', 'newDevice', 'lockDown'),
  certificateStatus: oneOf('trusted', 'partiallyTrusted', 'untrusted', 'unknown'),
  ip1: text(),
  ip2: text(),
  managementPaths: list(text()),
  controllers: list(DiscoveredController),
  driveCount: integer(),
  trayCount: integer(),
  traceEnabled: boolean(),
  types: text(),
  model: text(),
  metaTags: list(KeyValue),
  hotSpareSize: Int64,
  usedPoolSpace: Int64,
  freePoolSpace: Int64,
  unconfiguredSpace: Int64,
  driveTypes: list(oneOf('scsi', 'fibre', 'unknown', 'sas', 'sata', 'nvmeDirectPcie', '__UNDEFINED')),
  hostSpareCountInStandby: integer(),
  hotSpareCount: integer(),
  hostSparesUsed: integer(),
  resourceProvisionedVolumesEnabled: boolean(),
  fwVersion: text(),
  appVersion: text(),
  bootTime: nullable(DateTime),
  bootVersion: text(),
  nvsramVersion: text(),
  chassisSerialNumber: text(),
  accessVolume: nullable(AccessVolumeEx),
  unconfiguredSpaceByDriveType: record(),
  mediaScanPeriod: integer(),
  driveChannelPortDisabled: boolean(),
  recoveryModeEnabled: boolean(),
  autoLoadBalancingEnabled: boolean(),
  hostConnectivityReportingEnabled: boolean(),
  remoteMirroringEnabled: boolean(),
  fcRemoteMirroringState: oneOf('unknown', 'disabled', 'enabledLegacyRvm', 'enabledArvm', 'enabledAll', '__UNDEFINED'),
  asupEnabled: boolean(),
  securityKeyEnabled: boolean(),
  externalKeyEnabled: boolean(),
  lastContacted: DateTime,
  definedPartitionCount: integer(),
  simplexModeEnabled: boolean(),
  supportedManagementPorts: list(oneOf('symbol', 'https')),
  invalidSystemConfig: boolean(),
  freePoolSpaceAsString: text(),
  hotSpareSizeAsString: text(),
  unconfiguredSpaceAsStrings: text(),
  usedPoolSpaceAsString: text(),
});
