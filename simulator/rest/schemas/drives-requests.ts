import { SizeUnitName } from './enums.js';
import { boolean, Int64, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send about drives: the vendor's definitions, property by property. */

export const ProtectionInformationCapabilitiesInput = object({
  protectionInformationCapable: optional(boolean()),
  protectionType: optional(
    oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  ),
});

export const IpVxAddressInput = object({
  addressType: optional(oneOf('ipv4', 'ipv6', '__UNDEFINED')),
  ipv4Address: optional(text()),
  ipv6Address: optional(text()),
});

export const DriveEraseEstimateRequest = object({
  driveRefs: list(text()),
});

export const DriveEraseStartRequest = object({
  driveRefs: list(text()),
});

export const DriveFirmwareUpdateEntry = object({
  filename: text(),
  compatibilityCheckEnabled: boolean(),
  driveRefList: list(text()),
});

export const DriveSecuritySettingsRequest = object({
  physicalSecurityId: text(),
});

export const DriveSelectionRequest = object({
  driveCapacityMin: optional(Int64),
  driveCount: integer(),
  driveType: optional(oneOf('hdd', 'ssd')),
  fdeCapableOnly: optional(boolean()),
  fdeDisabledOnly: optional(boolean()),
  interfaceType: optional(oneOf('fibre', 'sas', 'sata', 'scsi', 'nvmeDirectPcie')),
  protectionInformationCapable: optional(boolean()),
  raidLevel: optional(oneOf('raid0', 'raid1', 'raid3', 'raid5', 'raid6', 'raidDiskPool')),
  selectedSpindleSpeeds: optional(list(integer())),
  sizeUnit: optional(SizeUnitName),
  targetUsableCapacity: optional(integer()),
});

export const ReplaceDriveRequest = object({
  replacementDriveId: text(),
});

export const SsdCacheUpdateDrivesRequest = object({
  action: oneOf('addDrives', 'removeDrives'),
  driveIds: list(text()),
});
