import type { SuccessRequest } from './success-request.js';

const domain = {
  names: ['example.com'],
  ldapUrl: 'ldaps://ldap.example.com:636',
  groupAttributes: ['memberOf'],
  roleMapCollection: [{ groupRegex: '.*admins', ignorecase: true, name: 'storage.admin' }],
  bindLookupUser: { user: 'cn=reader', password: 'reader-secret' },
};

export function ldap(kind: '' | 'Proxy', remove: string): SuccessRequest[] {
  const { get, id } = { get: `get-${kind}LdapConfiguration`, id: '7' };
  return [
    { operation: `set-${kind}LdapConfiguration`, body: { ldapDomains: [domain] } },
    { operation: get },
    {
      operation: `new-${kind}LdapDomain`,
      body: { ...domain, id, names: ['b.example.com'] },
      query: { skipTest: 'true' },
    },
    { operation: `get-${kind}LdapDomain`, params: () => ({ id }) },
    { operation: `update-${kind}LdapDomain`, params: () => ({ id }), body: { ...domain, names: ['c.example.com'] } },
    { operation: `test-${kind}Ldap` },
    { operation: `get-${kind}RolePermissions`, query: { allUsers: 'true' } },
    { operation: `remove-${kind}LdapDomain`, params: () => ({ id }) },
    { operation: remove },
  ];
}

export function auditLog(kind: '' | 'Proxy'): SuccessRequest[] {
  return [
    { operation: `update-${kind}AuditLogConfig`, body: { auditLogLevel: 'all' } },
    { operation: `get-${kind}AuditLogConfig` },
    { operation: `get-${kind}AuditLogInfo` },
    { operation: `get-${kind}AuditLogMessages`, query: { startRecordOrdinal: '1' } },
    { operation: `get-${kind}AuditLogMessagesFile`, body: {} },
    { operation: `delete-${kind}AuditLogMessages`, query: { clearAll: 'true' } },
  ];
}

export const administration: SuccessRequest[] = [
  { operation: 'get-ClientToken' },
  { operation: 'getSettings' },
  { operation: 'setSettings', body: { serverSettings: { rateLimit: { enabled: true, maxRequestsPerSec: 100 } } } },
  { operation: 'getTlsParams' },
  { operation: 'getMfaEnabled' },
  { operation: 'setMfaEnabled', body: { authorizedKeys: 'ssh-ed25519 AAAA' } },
  { operation: 'regenerateServerKeys' },
  { operation: 'get-SymbolPortEnabled' },
  { operation: 'set-SymbolPortEnabled', body: { enable: false } },
  { operation: 'get-embeddedAuthenticationSettings' },
  { operation: 'set-embeddedAuthenticationSettings', body: { disableBasicAuthentication: false } },
  { operation: 'get-proxyAuthenticationSettings' },
  { operation: 'set-proxyAuthenticationSettings', body: { disableBasicAuthentication: false } },
  { operation: 'getAccessTokenSettings' },
  { operation: 'updateAccessTokenSettings', body: { maxDuration: 600 } },
  { operation: 'get-SoftwareVersions' },
  { operation: 'start-SoftwareDownload' },
  { operation: 'start-SoftwareReload' },
  { operation: 'restart' },
  {
    operation: 'downgradeConfigFile',
    body: { currentAdminPassword: 'admin', configType: 'ldapConfig' },
  },
];

export const files: SuccessRequest[] = [
  { operation: 'upload-PrivateFile', files: { file: ['notes.txt', 'hello'] } },
  { operation: 'get-PrivateFile', params: (answers) => ({ id: answers['upload-PrivateFile'].fileID }) },
  { operation: 'remove-PrivateFile', params: (answers) => ({ id: answers['upload-PrivateFile'].fileID }) },
  { operation: 'get-ScratchFile' },
  { operation: 'get-FileFromScratchDir', params: () => ({ filename: 'ldapConfig.json' }) },
  { operation: 'remove-ScratchFile', params: () => ({ filename: 'ldapConfig.json' }) },
];

export const counters: SuccessRequest[] = [
  { operation: 'incrementCounterByKey', params: () => ({ key: 'k' }) },
  { operation: 'decrementCounterByKey', params: () => ({ key: 'k' }) },
  { operation: 'getCounterByKey', params: () => ({ key: 'k' }) },
  { operation: 'getCounters' },
  { operation: 'deleteCounterByKey', params: () => ({ key: 'k' }) },
];

export const snmp: SuccessRequest[] = [
  {
    operation: 'updateSnmpConfiguration',
    body: { communities: [{ name: 'public', trapDestinations: [{ receiverAddress: '10.0.0.9' }] }] },
  },
  { operation: 'getSnmpConfiguration' },
  { operation: 'testSnmpTrapDestination', body: { receiverAddress: '10.0.0.9' } },
];
