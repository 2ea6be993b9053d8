import type { SuccessRequest } from './success-request.js';
import { configuration, firmware, systems } from './success-requests-firmware.js';
import { asup, certificates, keys, saml } from './success-requests-security.js';
import { administration, auditLog, counters, files, ldap, snmp } from './success-requests-settings.js';

/** Requests that are made one after the other on one server, and all succeed. */
export const successRequests: readonly SuccessRequest[] = [
  ...administration,
  ...files,
  ...counters,
  ...snmp,
  ...ldap('', 'remove-LdapConfiguration'),
  ...ldap('Proxy', 'delete-LdapConfiguration'),
  ...auditLog(''),
  ...auditLog('Proxy'),
  ...certificates,
  ...saml,
  ...keys,
  ...asup,
  ...firmware,
  ...systems,
  ...configuration,
];
