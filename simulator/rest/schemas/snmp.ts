import { boolean, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about SNMP: the vendor's definitions, property by property. */

const SnmpTrapDestination = object({
  id: optional(text()),
  receiverAddress: optional(text()),
  sendAuthenticationFailureTraps: optional(boolean()),
});

const SnmpCommunity = object({
  id: optional(text()),
  name: optional(text()),
  permissions: optional(oneOf('unknown', 'readOnly', 'readWrite')),
  trapDestinations: optional(list(SnmpTrapDestination)),
});

const SnmpUsmUser = object({
  id: optional(text()),
  name: optional(text()),
  permissions: optional(oneOf('unknown', 'readOnly', 'readWrite')),
  engineIdType: optional(oneOf('unknown', 'local', 'custom')),
  engineId: optional(text()),
  authProtocol: optional(oneOf('unknown', 'none', 'sha', 'sha256', 'sha512')),
  authPassword: optional(text()),
  privProtocol: optional(oneOf('unknown', 'none', 'aes128')),
  privPassword: optional(text()),
  trapDestinations: optional(list(SnmpTrapDestination)),
});

export const SnmpConfiguration = object({
  sysName: optional(text()),
  sysLocation: optional(text()),
  sysContact: optional(text()),
  communities: optional(list(SnmpCommunity)),
  usmUsers: optional(list(SnmpUsmUser)),
});

const SnmpTrapDestinationRequest = object({
  receiverAddress: text(),
  sendAuthenticationFailureTraps: optional(boolean()),
});

const SnmpCommunityRequest = object({
  name: text(),
  permissions: optional(oneOf('unknown', 'readOnly', 'readWrite')),
  trapDestinations: list(SnmpTrapDestinationRequest),
});

const SnmpUsmUserRequest = object({
  name: text(),
  permissions: optional(oneOf('unknown', 'readOnly', 'readWrite')),
  engineIdType: optional(oneOf('unknown', 'local', 'custom')),
  engineId: optional(text()),
  authProtocol: optional(oneOf('unknown', 'none', 'sha', 'sha256', 'sha512')),
  authPassword: optional(text()),
  privProtocol: optional(oneOf('unknown', 'none', 'aes128')),
  privPassword: optional(text()),
  trapDestinations: list(SnmpTrapDestinationRequest),
});

export const SnmpConfigurationRequest = object({
  sysName: optional(text()),
  sysLocation: optional(text()),
  sysContact: optional(text()),
  communities: list(SnmpCommunityRequest),
  usmUsers: optional(list(SnmpUsmUserRequest)),
});

export const SnmpTrapDestinationTest = object({
  receiverAddress: text(),
});
