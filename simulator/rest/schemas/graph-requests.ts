import Type from 'typebox';

/** What clients send about graph: the vendor's definitions, property by property. */

export const AuthenticationSettingsInput = Type.Object({
  disableBasicAuthentication: Type.Boolean(),
});

export const ChangeVolumeSegmentSizeRequest = Type.Object({
  newSegmentSize: Type.Integer(),
});

export const IomServiceUpdateRequest = Type.Object({
  enabled: Type.Optional(Type.Boolean()),
});

export const ResetSecurityKeyRequest = Type.Object({
  driveIds: Type.Array(Type.String()),
});

export const SingleNumberValue = Type.Object({
  value: Type.Integer(),
});

export const SsdOptimizationCapacityInput = Type.Object({
  id: Type.String(),
  ssdOptimizationCapacity: Type.Integer(),
});

export const StartFullProvisioningFormatRequest = Type.Object({
  disableDulbe: Type.Optional(Type.Boolean()),
});
