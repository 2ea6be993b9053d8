import { boolean, DateTime, Int64, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about security keys and key servers: the vendor's definitions, property by property. */

export const SecurityKeyFileRequest = object({
  fileName: text(),
  passPhrase: text(),
});

export const SecureVolumeKeyRequest = object({
  lockKeyId: optional(text()),
  passPhrase: text(),
  setLockKey: optional(boolean()),
});

export const SecureVolumeKeyResponse = object({
  lockKeyId: text(),
  fileSize: Int64,
  fileName: text(),
});

const KmsData = object({
  kmsAddress: text(),
  kmsPort: integer(),
});

export const KmsCertificateResponse = object({
  clientExpire: optional(DateTime),
  clientIssuerDN: optional(text()),
  clientKmsType: optional(oneOf('certificateFileTypeUnknown', 'clientCertificate', 'serverCertificate', '__UNDEFINED')),
  clientStart: optional(DateTime),
  clientSubjectDN: optional(text()),
  isClientCertificateAvailable: optional(boolean()),
  isServerCertificateAvailable: optional(boolean()),
  keyServers: optional(list(KmsData)),
  serverExpire: optional(DateTime),
  serverIssuerDN: optional(text()),
  serverKmsType: optional(oneOf('certificateFileTypeUnknown', 'clientCertificate', 'serverCertificate', '__UNDEFINED')),
  serverStart: optional(DateTime),
  serverSubjectDN: optional(text()),
});

export const KmsUpdateRequest = object({
  keyServers: list(KmsData),
});

const KmsTestCommunicationKmsData = object({
  kmsAddress: optional(text()),
  kmsPort: optional(integer()),
  statusAlternateController: optional(text()),
  statusClientCertificate: optional(oneOf('unknown', 'ok', 'nearingExpiration', 'expired', '__UNDEFINED')),
  statusLocalController: optional(text()),
  statusServerCertificate: optional(oneOf('unknown', 'ok', 'nearingExpiration', 'expired', '__UNDEFINED')),
});

export const KmsTestCommunicationResponse = object({
  keyServers: optional(list(KmsTestCommunicationKmsData)),
  successful: optional(boolean()),
  returnCode: optional(text()),
});

export const KmsUpdateSecurityKeyRequest = object({
  ekmsOption: oneOf('enable', 'disable', 'changeKey', 'changeKeyAndDelete'),
  passPhrase: text(),
  skipBackup: optional(boolean()),
});

export const KmsUpdateSecurityKeyResponse = object({
  fileID: optional(text()),
  fileSize: optional(Int64),
  fileURL: optional(text()),
  lockKeyId: optional(text()),
  oldLockKeyId: optional(text()),
});

export const KmsGenerateCsrRequest = object({
  commonName: text(),
  countryName: text(),
  localityName: text(),
  organizationName: text(),
  organizationalUnitName: optional(text()),
  stateProvinceName: optional(text()),
});

export const KmsGenerateCsrResponse = object({
  fileID: optional(text()),
  fileSize: optional(Int64),
  fileURL: optional(text()),
});
