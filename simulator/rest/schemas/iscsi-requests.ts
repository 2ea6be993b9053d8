import { CurrentSpeedName } from './enums.js';
import { boolean, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send about iscsi: the vendor's definitions, property by property. */

export const IbNetworkSettings = object({
  ipv4Address: optional(text()),
});

export const IbSettings = object({
  networkSettings: optional(IbNetworkSettings),
});

export const IscsiEntityUpdateRequest = object({
  icmpPingResponseEnabled: optional(boolean()),
  unnamedDiscoverySessionsEnabled: optional(boolean()),
  isnsServerTcpListenPort: optional(integer()),
  ipv4IsnsServerAddressConfigMethod: optional(oneOf('configDhcp', 'configStatic', '__UNDEFINED')),
  ipv4IsnsServerAddress: optional(text()),
  ipv6IsnsServerAddress: optional(text()),
  isnsServerRegistrationEnabled: optional(boolean()),
});

export const IscsiInterfaceUpdateRequest = object({
  fecMode: optional(oneOf('none', 'fireCode', 'reedSolomon', 'auto')),
});

export const IscsiTargetChapSecretValidationRequest = object({
  testValue: text(),
});

export const IscsiTargetUpdateRequest = object({
  alias: optional(text()),
  enableChapAuthentication: optional(boolean()),
  chapSecret: optional(text()),
});

export const RoceV2Ipv4Settings = object({
  configurationMethod: optional(oneOf('configDhcp', 'configStatic', '__UNDEFINED')),
  address: optional(text()),
  subnetMask: optional(text()),
  gatewayAddress: optional(text()),
});

export const RoceV2Ipv6Settings = object({
  configurationMethod: optional(oneOf('configStatic', 'configStateless', '__UNDEFINED')),
  localAddresses: optional(list(text())),
  routableAddresses: optional(list(text())),
  routerAddress: optional(text()),
});

export const RoceV2NetworkSettings = object({
  interfaceSpeed: optional(CurrentSpeedName),
  interfaceMtu: optional(integer()),
  ipv4Enabled: optional(boolean()),
  ipv4Settings: optional(RoceV2Ipv4Settings),
  ipv6Enabled: optional(boolean()),
  ipv6Settings: optional(RoceV2Ipv6Settings),
});

export const RoceV2Settings = object({
  networkSettings: optional(RoceV2NetworkSettings),
});

export const NvmeofInterfaceSettings = object({
  ibSettings: optional(IbSettings),
  roceV2Settings: optional(RoceV2Settings),
});

export const NvmeofInterfaceSettingsUpdateRequest = object({
  settings: NvmeofInterfaceSettings,
});
