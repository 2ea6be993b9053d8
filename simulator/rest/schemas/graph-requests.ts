import { boolean, integer, list, object, optional, text } from './types.js';

/** What clients send about graph: the vendor's definitions, property by property. */

export const AuthenticationSettingsInput = object({
  disableBasicAuthentication: boolean(),
});

export const ChangeVolumeSegmentSizeRequest = object({
  newSegmentSize: integer(),
});

export const IomServiceUpdateRequest = object({
  enabled: optional(boolean()),
});

export const ResetSecurityKeyRequest = object({
  driveIds: list(text()),
});

export const SingleNumberValue = object({
  value: integer(),
});

export const SsdOptimizationCapacityInput = object({
  id: text(),
  ssdOptimizationCapacity: integer(),
});

export const StartFullProvisioningFormatRequest = object({
  disableDulbe: optional(boolean()),
});
