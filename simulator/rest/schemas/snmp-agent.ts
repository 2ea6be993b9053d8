import { IpVxAddress } from './drives.js';
import { boolean, list, nullable, object, oneOf, text } from './types.js';

/** The SNMP agent, as the object graph shows it. */

const SNMPCommunity = object({
  communityRef: text(),
  communityName: text(),
  communityPermissions: oneOf('unknown', 'readOnly', 'readWrite', '__UNDEFINED'),
});

const SNMPPrincipalTypeData = object({
  principal: oneOf('none', 'community', 'usmUser', '__UNDEFINED'),
  communityRef: text(),
  usmUserRef: text(),
});

const SNMPTrapDestination = object({
  trapDestinationRef: text(),
  trapReceiverIpAddress: nullable(IpVxAddress),
  communityRef: text(),
  sendAuthenticationFailureTraps: boolean(),
  principal: nullable(SNMPPrincipalTypeData),
});

const SNMPSystemVariables = object({
  sysName: text(),
  sysContact: text(),
  sysLocation: text(),
});

const SNMPUsmUser = object({
  usmUserRef: text(),
  engineIdType: oneOf('none', 'local', 'custom', '__UNDEFINED'),
  engineId: text(),
  userName: text(),
  userPermissions: oneOf('unknown', 'readOnly', 'readWrite', '__UNDEFINED'),
  securityLevel: oneOf('noauthNopriv', 'authNopriv', 'authPriv', '__UNDEFINED'),
  authProtocol: oneOf('none', 'hmacSha', 'hmacSha256', 'hmacSha512', '__UNDEFINED'),
  privProtocol: oneOf('none', 'aes128', '__UNDEFINED'),
});

export const SNMPAgentBundle = object({
  community: list(SNMPCommunity),
  trapDestination: list(SNMPTrapDestination),
  systemVariables: nullable(SNMPSystemVariables),
  usmUser: list(SNMPUsmUser),
});
