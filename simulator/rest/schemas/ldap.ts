import { boolean, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about directory services: the vendor's definitions, property by property. */

const BindLookupUser = object({
  password: text(),
  user: text(),
});

const GroupMapping = object({
  groupRegex: optional(text()),
  ignorecase: optional(boolean()),
  name: oneOf('security.admin', 'none', 'support.admin', 'storage.monitor', 'storage.admin'),
});

export const LdapDomain = object({
  id: optional(text()),
  bindLookupUser: optional(BindLookupUser),
  groupAttributes: list(text()),
  ldapUrl: text(),
  names: list(text()),
  roleMapCollection: optional(list(GroupMapping)),
  searchBase: optional(text()),
  userAttribute: optional(text()),
});

export const LdapConfiguration = object({
  ldapDomains: list(LdapDomain),
});

export const LdapRequest = object({
  ldapDomains: list(LdapDomain),
});

const LdapDomainTestResponseResults = object({
  connectionTestResult: optional(oneOf('ok', 'failed', 'notRun')),
  authenticationTestResult: optional(oneOf('ok', 'failed', 'notRun')),
  searchTestResult: optional(oneOf('ok', 'failed', 'notRun')),
});

export const LdapDomainTestResponse = object({
  id: optional(text()),
  result: optional(LdapDomainTestResponseResults),
});

const RolePermissionData = object({
  httpMethod: text(),
  endpoint: text(),
  roles: list(text()),
});

export const RolesResponse = object({
  userRoles: list(text()),
  endpoints: list(RolePermissionData),
});
