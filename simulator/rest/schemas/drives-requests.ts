import Type from 'typebox';
import { SizeUnitName } from './enums.js';
import { Int64, oneOf } from './types.js';

/** What clients send about drives: the vendor's definitions, property by property. */

export const ProtectionInformationCapabilitiesInput = Type.Object({
  protectionInformationCapable: Type.Optional(Type.Boolean()),
  protectionType: Type.Optional(oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED')),
});

export const IpVxAddressInput = Type.Object({
  addressType: Type.Optional(oneOf('ipv4', 'ipv6', '__UNDEFINED')),
  ipv4Address: Type.Optional(Type.String()),
  ipv6Address: Type.Optional(Type.String()),
});

export const DriveEraseEstimateRequest = Type.Object({
  driveRefs: Type.Array(Type.String()),
});

export const DriveEraseStartRequest = Type.Object({
  driveRefs: Type.Array(Type.String()),
});

export const DriveFirmwareUpdateEntry = Type.Object({
  filename: Type.String(),
  compatibilityCheckEnabled: Type.Boolean(),
  driveRefList: Type.Array(Type.String()),
});

export const DriveSecuritySettingsRequest = Type.Object({
  physicalSecurityId: Type.String(),
});

export const DriveSelectionRequest = Type.Object({
  driveCapacityMin: Type.Optional(Int64),
  driveCount: Type.Integer(),
  driveType: Type.Optional(oneOf('hdd', 'ssd')),
  fdeCapableOnly: Type.Optional(Type.Boolean()),
  fdeDisabledOnly: Type.Optional(Type.Boolean()),
  interfaceType: Type.Optional(oneOf('fibre', 'sas', 'sata', 'scsi', 'nvmeDirectPcie')),
  protectionInformationCapable: Type.Optional(Type.Boolean()),
  raidLevel: Type.Optional(oneOf('raid0', 'raid1', 'raid3', 'raid5', 'raid6', 'raidDiskPool')),
  selectedSpindleSpeeds: Type.Optional(Type.Array(Type.Integer())),
  sizeUnit: Type.Optional(SizeUnitName),
  targetUsableCapacity: Type.Optional(Type.Integer()),
});

export const ReplaceDriveRequest = Type.Object({
  replacementDriveId: Type.String(),
});

export const SsdCacheUpdateDrivesRequest = Type.Object({
  action: oneOf('addDrives', 'removeDrives'),
  driveIds: Type.Array(Type.String()),
});
