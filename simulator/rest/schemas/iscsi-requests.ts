import { boolean, integer, object, oneOf, optional, text } from './types.js';

/** What clients send about iscsi: the vendor's definitions, property by property. */

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
