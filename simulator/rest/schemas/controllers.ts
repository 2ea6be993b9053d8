import { RegionIdName } from './enums.js';
import { boolean, DateTime, integer, list, nullable, object, oneOf, text } from './types.js';

/** What the array answers about controllers: the vendor's definitions, property by property. */

export const ControllerGBIC = object({
  controllerGBICType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  parentController: text(),
  channel: integer(),
  reserved1: text(),
  reserved2: text(),
});

export const ControllerNvsramRegionData = object({
  regionId: RegionIdName,
  regionData: text(),
});

export const ControllerNvsramRegionDataResponse = object({
  nvsramRegionData: list(ControllerNvsramRegionData),
});

export const StorageSystemController = object({
  controllerId: text(),
  controllerSerialNumber: text(),
  arrayID: text(),
  arrayLabel: text(),
  arrayWWN: text(),
});

export const RelativeDistinguishedNameAttribute = object({
  name: text(),
  value: text(),
});

export const RelativeDistinguishedName = object({
  attributes: list(RelativeDistinguishedNameAttribute),
});

export const X509CertInfo = object({
  alias: text(),
  shaFingerprint: text(),
  sha256Fingerprint: text(),
  subjectDN: text(),
  subjectRdns: list(RelativeDistinguishedName),
  issuerDN: text(),
  issuerRdns: list(RelativeDistinguishedName),
  start: DateTime,
  expire: DateTime,
  status: oneOf('trusted', 'selfSigned', 'expired', 'incompleteTrustChain', 'commonNameMismatch', 'unknown'),
  truststore: boolean(),
  isUserInstalled: boolean(),
  isKeyEntry: boolean(),
  type: oneOf('selfSigned', 'caSigned', 'certificateAuthority'),
});

export const ManagementCertificates = object({
  storageArrayAssociation: boolean(),
  associatedIP: text(),
  controller: nullable(StorageSystemController),
  certificate: nullable(X509CertInfo),
});
