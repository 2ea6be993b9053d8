import Type from 'typebox';
import { CurrentSpeedName } from './enums.js';
import { oneOf } from './types.js';

/** What clients send about iscsi: the vendor's definitions, property by property. */

export const IbNetworkSettings = Type.Object({
  ipv4Address: Type.Optional(Type.String()),
});

export const IbSettings = Type.Object({
  networkSettings: Type.Optional(IbNetworkSettings),
});

export const IscsiEntityUpdateRequest = Type.Object({
  icmpPingResponseEnabled: Type.Optional(Type.Boolean()),
  unnamedDiscoverySessionsEnabled: Type.Optional(Type.Boolean()),
  isnsServerTcpListenPort: Type.Optional(Type.Integer()),
  ipv4IsnsServerAddressConfigMethod: Type.Optional(oneOf('configDhcp', 'configStatic', '__UNDEFINED')),
  ipv4IsnsServerAddress: Type.Optional(Type.String()),
  ipv6IsnsServerAddress: Type.Optional(Type.String()),
  isnsServerRegistrationEnabled: Type.Optional(Type.Boolean()),
});

export const IscsiInterfaceUpdateRequest = Type.Object({
  fecMode: Type.Optional(oneOf('none', 'fireCode', 'reedSolomon', 'auto')),
});

export const IscsiTargetChapSecretValidationRequest = Type.Object({
  testValue: Type.String(),
});

export const IscsiTargetUpdateRequest = Type.Object({
  alias: Type.Optional(Type.String()),
  enableChapAuthentication: Type.Optional(Type.Boolean()),
  chapSecret: Type.Optional(Type.String()),
});

export const RoceV2Ipv4Settings = Type.Object({
  configurationMethod: Type.Optional(oneOf('configDhcp', 'configStatic', '__UNDEFINED')),
  address: Type.Optional(Type.String()),
  subnetMask: Type.Optional(Type.String()),
  gatewayAddress: Type.Optional(Type.String()),
});

export const RoceV2Ipv6Settings = Type.Object({
  configurationMethod: Type.Optional(oneOf('configStatic', 'configStateless', '__UNDEFINED')),
  localAddresses: Type.Optional(Type.Array(Type.String())),
  routableAddresses: Type.Optional(Type.Array(Type.String())),
  routerAddress: Type.Optional(Type.String()),
});

export const RoceV2NetworkSettings = Type.Object({
  interfaceSpeed: Type.Optional(CurrentSpeedName),
  interfaceMtu: Type.Optional(Type.Integer()),
  ipv4Enabled: Type.Optional(Type.Boolean()),
  ipv4Settings: Type.Optional(RoceV2Ipv4Settings),
  ipv6Enabled: Type.Optional(Type.Boolean()),
  ipv6Settings: Type.Optional(RoceV2Ipv6Settings),
});

export const RoceV2Settings = Type.Object({
  networkSettings: Type.Optional(RoceV2NetworkSettings),
});

export const NvmeofInterfaceSettings = Type.Object({
  ibSettings: Type.Optional(IbSettings),
  roceV2Settings: Type.Optional(RoceV2Settings),
});

export const NvmeofInterfaceSettingsUpdateRequest = Type.Object({
  settings: NvmeofInterfaceSettings,
});
