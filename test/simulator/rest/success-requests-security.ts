import { authorityPem, providerMetadata } from './foreign-files.js';
import type { Answers, SuccessRequest } from './success-request.js';

const key = 'Abcdef1!';

export const certificates: SuccessRequest[] = [
  { operation: 'getSSLCertConfiguration' },
  { operation: 'setSSLCertConfiguration', body: { dn: 'CN=array.example.com,O=Example,C=DE' } },
  { operation: 'getX509CertificateSigningRequest', query: { filename: 'array.csr' } },
  { operation: 'getServerCertificates' },
  { operation: 'getSingleServerCertificate', params: () => ({ alias: 'jetty' }) },
  { operation: 'exportServerCertificate', params: () => ({ alias: 'jetty' }), body: { filename: 'jetty.pem' } },
  { operation: 'uploadServerCertificate', query: { alias: 'ca' }, files: { file: ['ca.pem', authorityPem] } },
  { operation: 'removeServerCertificate', params: () => ({ alias: 'ca' }) },
  { operation: 'uploadTrustChain', files: { file: ['chain.pem', authorityPem] } },
  { operation: 'uploadRemoteServerCertificate', query: { alias: 'syslog' }, files: { file: ['ca.pem', authorityPem] } },
  { operation: 'getRemoteServerCertificates' },
  { operation: 'getSingleRemoteServerCertificate', params: () => ({ alias: 'syslog' }) },
  { operation: 'exportRemoteServerCertificate', params: () => ({ alias: 'syslog' }) },
  { operation: 'removeRemoteServerCertificate', params: () => ({ alias: 'syslog' }) },
  { operation: 'getAllCertificates', query: { filterType: 'untrusted' } },
  {
    operation: 'getCertificateFromSha',
    params: ({ getAllCertificates: [first] }) => ({ shaFingerprint: first.certificate.shaFingerprint }),
  },
  { operation: 'configureCertificateSettings', body: { revocationChecking: true } },
  { operation: 'getRevocationSettings' },
  { operation: 'testOCSPURL', query: { ocspUrlString: 'http://ocsp.example.com' } },
  { operation: 'reloadSsl' },
  { operation: 'resetSSLConfiguration' },
];

const provider = { id: '1' };

export const saml: SuccessRequest[] = [
  { operation: 'uploadSamlImportFile', files: { idpMetadata: ['idp.xml', providerMetadata] } },
  { operation: 'getSamlConfiguration', params: () => provider },
  {
    operation: 'updateSamlRoles',
    params: () => provider,
    body: { roles: [{ attribute: 'memberOf', match: 'admins', roles: ['security.admin'] }] },
  },
  { operation: 'getSamlRoles', params: () => provider },
  { operation: 'getSamlExportFile', body: { domainName: 'array.example.com', controllerPosition: 1 } },
  { operation: 'startSamlTest', params: () => provider, query: { redirect: 'false' } },
  { operation: 'getSamlTest', params: () => provider },
  { operation: 'samlEnable' },
  { operation: 'performSamlLogin', query: { redirect: 'false' }, body: { redirectUrl: 'https://array.example.com' } },
  { operation: 'getSamlData' },
  { operation: 'deleteSamlTestResults', params: () => provider },
  { operation: 'deleteSamlConfiguration', params: () => provider },
];

const keyFile = ({ exportFDEKeyFile: { fileID } }: Answers) => fileID as string;

export const keys: SuccessRequest[] = [
  { operation: 'new-FDEKey', body: { passPhrase: key, lockKeyId: 'lock-' } },
  { operation: 'exportFDEKeyFile', body: { fileName: 'lock.slk', passPhrase: key } },
  { operation: 'get-PrivateFile', params: (answers) => ({ id: keyFile(answers) }) },
  {
    operation: 'validate-FDEKey',
    query: { passPhrase: key },
    files: (answers) => ({ keyfile: ['lock.slk', JSON.stringify(answers['get-PrivateFile'])] }),
  },
  {
    operation: 'import-FDEKey',
    query: { passPhrase: key },
    files: (answers) => ({ keyfile: ['lock.slk', JSON.stringify(answers['get-PrivateFile'])] }),
  },
  { operation: 'updateKmsParameters', body: { keyServers: [{ kmsAddress: 'keys.example.com', kmsPort: 5696 }] } },
  ...(['clientCertificate', 'serverCertificate'] as const).map((certificateType) => ({
    operation: 'uploadKmsSignedCertificate',
    query: { certificateType },
    files: { file: ['kms.pem', authorityPem] as const },
  })),
  { operation: 'getKmsCertificateDetails' },
  { operation: 'getCertificateByType', query: { certificateType: 'clientCertificate' } },
  { operation: 'testKmsCommunication' },
  { operation: 'updateKmsSecurityKey', body: { ekmsOption: 'enable', passPhrase: key } },
  {
    operation: 'generateCsrForKms',
    body: { commonName: 'array', countryName: 'DE', localityName: 'Munich', organizationName: 'Example' },
  },
  { operation: 'removeCertificateFileByType', query: { certificateType: 'clientCertificate' } },
];

const delivery = { method: 'https', routingType: 'direct' };
const schedule = { dailyMinTime: 0, dailyMaxTime: 60, weeklyMinTime: 0, weeklyMaxTime: 60, daysOfWeek: ['monday'] };

export const asup: SuccessRequest[] = [
  { operation: 'updateASUPConfiguration', body: { asupEnabled: true, delivery, schedule } },
  { operation: 'getASUPConfiguration' },
  { operation: 'getASUPInformation' },
  { operation: 'verifyASUPConfiguration', body: { delivery } },
  {
    operation: 'setAsupMaintenanceWindow',
    body: { maintenanceWindowEnabled: true, duration: 2, emailAddresses: ['a@example.com'] },
  },
  { operation: 'requestSupportBundle' },
  { operation: 'getAllASUPTransmissionLogFiles' },
  {
    operation: 'getASUPTransmissionLogFile',
    params: ({ getAllASUPTransmissionLogFiles: [file] }) => ({ filename: file.fileName }),
  },
  { operation: 'getAllSupportArtifacts' },
  {
    operation: 'getSupportArtifacts',
    params: ({ getAllSupportArtifacts: [{ artifacts }] }) => ({ identifier: artifacts[0].fileName }),
  },
  {
    operation: 'removeSupportArtifact',
    params: ({ getAllSupportArtifacts: [{ artifacts }] }) => ({ identifier: artifacts[0].fileName }),
  },
  { operation: 'update-AutoSupportConfiguration', body: { scheduleType: 'daily' } },
  { operation: 'get-AutoSupportConfiguration' },
  {
    operation: 'post-triggerAutoSupportBundle',
    body: { operationType: 'collectAndDispatch', dispatchType: 'manual' },
  },
  { operation: 'get-AutoSupportBundleStatuses' },
  {
    operation: 'get-AutoSupportBundleStatus',
    params: (answers) => ({ id: answers['post-triggerAutoSupportBundle'].jobId }),
  },
];
