import { boolean, DateTime, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about certificates: the vendor's definitions, property by property. */

const RelativeDistinguishedNameAttribute = object({
  name: optional(text()),
  value: optional(text()),
});

const RelativeDistinguishedName = object({
  attributes: optional(list(RelativeDistinguishedNameAttribute)),
});

export const X509CertInfo = object({
  alias: optional(text()),
  shaFingerprint: optional(text()),
  sha256Fingerprint: optional(text()),
  subjectDN: optional(text()),
  subjectRdns: optional(list(RelativeDistinguishedName)),
  issuerDN: optional(text()),
  issuerRdns: optional(list(RelativeDistinguishedName)),
  start: optional(DateTime),
  expire: optional(DateTime),
  status: optional(oneOf('trusted', 'selfSigned', 'expired', 'incompleteTrustChain', 'commonNameMismatch', 'unknown')),
  truststore: optional(boolean()),
  isUserInstalled: optional(boolean()),
  isKeyEntry: optional(boolean()),
  type: optional(oneOf('selfSigned', 'caSigned', 'certificateAuthority')),
});

export const CertRevocatSettings = object({
  revocationChecking: optional(boolean()),
  ocspResponderAddress: optional(text()),
  strictCertVerificationEnabled: optional(boolean()),
});

const StorageSystemController = object({
  controllerId: optional(text()),
  controllerSerialNumber: optional(text()),
  arrayID: optional(text()),
  arrayLabel: optional(text()),
  arrayWWN: optional(text()),
});

export const ManagementCertificates = object({
  storageArrayAssociation: boolean(),
  associatedIP: text(),
  controller: optional(StorageSystemController),
  certificate: X509CertInfo,
});

const SubjectAlternateName = object({
  sanType: oneOf('ip', 'dns'),
  sanValue: text(),
});

export const SSLCertConfiguration = object({
  dn: optional(text()),
  rdns: optional(list(RelativeDistinguishedName)),
  subjectAlternateNames: optional(list(SubjectAlternateName)),
  keySize: optional(oneOf('keySize2048', 'keySize3072', 'keySize4096')),
});
