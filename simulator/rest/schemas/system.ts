import Type from 'typebox';
import { KeyValueTagObjectReference } from './drives.js';
import { CurrentHostIoProtocolName, LockdownTypeName } from './enums.js';
import { VersionDescriptor } from './ports.js';
import { DeviceAsupSchedule } from './snapshots.js';
import { DateTime, Int64, nullable, oneOf } from './types.js';
import { AccessVolumeEx } from './volumes.js';

/** What the array answers about system: the vendor's definitions, property by property. */

export const AccessTokenSettings = Type.Object({
  maxDuration: Type.Number(),
});

export const AccessVolume = Type.Object({
  enabled: Type.Boolean(),
  volumeHandle: Type.Integer(),
  capacity: Int64,
  accessVolumeRef: Type.String(),
  reserved1: Type.String(),
});

export const AddStorageSystemResponse = Type.Object({
  id: Type.String(),
  alreadyExists: Type.Boolean(),
});

export const KeyValueTag = Type.Object({
  keyValueTagRef: Type.String(),
  key: Type.String(),
  value: Type.String(),
});

export const KeyValueTagMapping = Type.Object({
  keyValueTagRef: Type.String(),
  associatedObject: nullable(KeyValueTagObjectReference),
  mappingRef: Type.String(),
});

export const AuditLogConfiguration = Type.Object({
  auditLogMaxRecords: Type.Integer(),
  auditLogLevel: oneOf('all', 'writeOnly'),
  auditLogFullPolicy: oneOf('overWrite', 'preventSystemAccess'),
  auditLogWarningThresholdPct: Type.Integer(),
});

export const CallResponse = Type.Object({
  errorMessage: Type.String(),
  developerMessage: Type.String(),
  localizedMessage: Type.String(),
  retcode: Type.String(),
  codeType: oneOf('symbol', 'systemerror', 'devicemgrerror'),
  invalidFieldsIfKnown: Type.Array(Type.String()),
});

export const CompatibleFirmware = Type.Object({
  fwVersion: Type.String(),
  compatible: Type.Boolean(),
});

export const CurrentFirmwareResponse = Type.Object({
  codeVersions: Type.Array(VersionDescriptor),
});

export const MailAddressDetails = Type.Object({
  destinationAddress: Type.String(),
  mailRelayServer: Type.String(),
  mailSenderAddress: Type.String(),
});

export const DeviceAsupDelivery = Type.Object({
  method: oneOf('https', 'smtp'),
  emailServerEncryption: oneOf('none', 'smtps', 'starttls'),
  emailServerPort: Type.Integer(),
  emailServerUsername: Type.String(),
  emailServerPassword: Type.String(),
  routingType: oneOf('none', 'direct', 'proxyServer', 'proxyScript'),
  proxyHost: Type.String(),
  proxyPort: Type.Integer(),
  proxyUserName: Type.String(),
  proxyPassword: Type.String(),
  proxyScript: Type.String(),
  mailRelayServer: Type.String(),
  mailSenderAddress: Type.String(),
  destinationAddressList: Type.Array(MailAddressDetails),
  maxSizeLimitHttps: Type.Integer(),
  maxSizeLimitSmtp: Type.Integer(),
});

export const DeviceAsupResponse = Type.Object({
  asupCapable: Type.Boolean(),
  onDemandCapable: Type.Boolean(),
  asupEnabled: Type.Boolean(),
  onDemandEnabled: Type.Boolean(),
  remoteDiagsEnabled: Type.Boolean(),
  delivery: nullable(DeviceAsupDelivery),
  destinationAddress: Type.String(),
  schedule: nullable(DeviceAsupSchedule),
});

export const DiscoveredController = Type.Object({
  controllerId: Type.String(),
  ipAddresses: Type.Array(Type.String()),
  certificateStatus: oneOf('trusted', 'selfSigned', 'expired', 'incompleteTrustChain', 'commonNameMismatch', 'unknown'),
});

export const DiscoveredStorageSystem = Type.Object({
  serialNumber: Type.String(),
  wwn: Type.String(),
  label: Type.String(),
  firmware: Type.String(),
  nvsram: Type.String(),
  ipAddresses: Type.Array(Type.String()),
  needsAttention: Type.Boolean(),
  controllers: Type.Array(DiscoveredController),
  supportedManagementPorts: Type.Array(oneOf('symbol', 'https')),
});

export const DiscoverResponse = Type.Object({
  requestId: Int64,
  currentCount: Type.Integer(),
  total: Type.Integer(),
  lastStart: DateTime,
  discoverProcessRunning: Type.Boolean(),
  storageSystems: Type.Array(DiscoveredStorageSystem),
});

export const Rule = Type.Object({
  ruleType: oneOf('attribute', 'metadata'),
  key: Type.String(),
  value: Type.String(),
});

export const Folder = Type.Object({
  folderId: Type.String(),
  parentFolderId: Type.String(),
  name: Type.String(),
  reserved: Type.Boolean(),
  rules: Type.Array(Rule),
  storageSystemIds: Type.Array(Type.String()),
});

export const GenerateAccessTokenResponse = Type.Object({
  accessToken: Type.String(),
  duration: Type.Number(),
});

export const KeyValue = Type.Object({
  key: Type.String(),
  valueList: Type.Array(Type.String()),
});

export const KeyValuePairResponse = Type.Object({
  key: Type.String(),
  value: Type.String(),
});

export const LocalUserInfoResponse = Type.Object({
  adminPasswordSet: Type.Boolean(),
  minimumPasswordLength: Type.Integer(),
});

export const LocalUserResponse = Type.Object({
  userName: Type.String(),
  roles: Type.Array(Type.String()),
  passwordSet: Type.Boolean(),
});

export const LockdownStatusResponse = Type.Object({
  isLockdown: Type.Boolean(),
  storageSystemLabel: Type.String(),
  lockdownType: LockdownTypeName,
  sevenSegmentCodes: Type.String(),
  hasDrives: Type.Boolean(),
  limitedAccessState: oneOf('drivesSecurityKeyError', 'drivesUnavailable', 'none', 'unknown'),
  lockdownClearable: Type.Boolean(),
});

export const LockoutSettings = Type.Object({
  lockoutMode: oneOf('ip', 'user'),
  lockoutTime: Type.Integer(),
  maximumLoginAttempts: Type.Integer(),
});

export const StagedFirmware = Type.Object({
  stagedFwValid: Type.Boolean(),
  fwVersion: Type.String(),
  appVersion: Type.String(),
  bootVersion: Type.String(),
  nvsramVersion: Type.String(),
  timeStamp: Int64,
  nvsramVersionString: Type.String(),
  codeVersions: Type.Array(VersionDescriptor),
});

export const PasswordStatusResponse = Type.Object({
  adminPasswordSet: Type.Boolean(),
  readOnlyPasswordSet: Type.Boolean(),
});

export const SessionSettingsResponse = Type.Object({
  minimumSessionInactivePeriod: Type.Integer(),
  sessionInactivePeriod: Type.Integer(),
});

export const StagedFirmwareResponse = Type.Object({
  timeStamp: Int64,
  codeVersions: Type.Array(VersionDescriptor),
});

export const StorageSystemConfigResponse = Type.Object({
  name: Type.String(),
});

export const StorageSystemHostIoProtocolsUpdateResponse = Type.Object({
  autoRebootPending: Type.Boolean(),
  currentHostIoProtocol: CurrentHostIoProtocolName,
  newHostIoProtocol: CurrentHostIoProtocolName,
});

export const StorageSystemIdentificationResponse = Type.Object({
  name: Type.String(),
  wwn: Type.String(),
  serialNumber: Type.String(),
  controllerPosition: Type.Integer(),
});

export const StorageSystemResponse = Type.Object({
  id: Type.String(),
  name: Type.String(),
  wwn: Type.String(),
  passwordStatus: oneOf('unknown', 'invalid', 'valid', 'securityLockout'),
  passwordSet: Type.Boolean(),
  status: oneOf('neverContacted', 'offline', 'optimal', 'needsAttn', 'removed', 'newDevice', 'lockDown'),
  certificateStatus: oneOf('trusted', 'partiallyTrusted', 'untrusted', 'unknown'),
  ip1: Type.String(),
  ip2: Type.String(),
  managementPaths: Type.Array(Type.String()),
  controllers: Type.Array(DiscoveredController),
  driveCount: Type.Integer(),
  trayCount: Type.Integer(),
  traceEnabled: Type.Boolean(),
  types: Type.String(),
  model: Type.String(),
  metaTags: Type.Array(KeyValue),
  hotSpareSize: Int64,
  usedPoolSpace: Int64,
  freePoolSpace: Int64,
  unconfiguredSpace: Int64,
  driveTypes: Type.Array(oneOf('scsi', 'fibre', 'unknown', 'sas', 'sata', 'nvmeDirectPcie', '__UNDEFINED')),
  hostSpareCountInStandby: Type.Integer(),
  hotSpareCount: Type.Integer(),
  hostSparesUsed: Type.Integer(),
  resourceProvisionedVolumesEnabled: Type.Boolean(),
  fwVersion: Type.String(),
  appVersion: Type.String(),
  bootVersion: Type.String(),
  nvsramVersion: Type.String(),
  chassisSerialNumber: Type.String(),
  accessVolume: nullable(AccessVolumeEx),
  unconfiguredSpaceByDriveType: Type.Record(Type.String(), Type.Unknown()),
  mediaScanPeriod: Type.Integer(),
  driveChannelPortDisabled: Type.Boolean(),
  recoveryModeEnabled: Type.Boolean(),
  autoLoadBalancingEnabled: Type.Boolean(),
  hostConnectivityReportingEnabled: Type.Boolean(),
  remoteMirroringEnabled: Type.Boolean(),
  fcRemoteMirroringState: oneOf('unknown', 'disabled', 'enabledLegacyRvm', 'enabledArvm', 'enabledAll', '__UNDEFINED'),
  asupEnabled: Type.Boolean(),
  securityKeyEnabled: Type.Boolean(),
  externalKeyEnabled: Type.Boolean(),
  lastContacted: DateTime,
  definedPartitionCount: Type.Integer(),
  simplexModeEnabled: Type.Boolean(),
  supportedManagementPorts: Type.Array(oneOf('symbol', 'https')),
  invalidSystemConfig: Type.Boolean(),
  freePoolSpaceAsString: Type.String(),
  hotSpareSizeAsString: Type.String(),
  unconfiguredSpaceAsStrings: Type.String(),
  usedPoolSpaceAsString: Type.String(),
});

export const StoredPasswordValidationResponse = Type.Object({
  isValidPassword: Type.Boolean(),
});
