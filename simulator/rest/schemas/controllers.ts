import Type from 'typebox';
import { RegionIdName } from './enums.js';
import { DateTime, nullable, oneOf } from './types.js';

/** What the array answers about controllers: the vendor's definitions, property by property. */

export const ControllerGBIC = Type.Object({
  controllerGBICType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  parentController: Type.String(),
  channel: Type.Integer(),
  reserved1: Type.String(),
  reserved2: Type.String(),
});

export const ControllerNvsramRegionData = Type.Object({
  regionId: RegionIdName,
  regionData: Type.String(),
});

export const ControllerNvsramRegionDataResponse = Type.Object({
  nvsramRegionData: Type.Array(ControllerNvsramRegionData),
});

export const StorageSystemController = Type.Object({
  controllerId: Type.String(),
  controllerSerialNumber: Type.String(),
  arrayID: Type.String(),
  arrayLabel: Type.String(),
  arrayWWN: Type.String(),
});

export const RelativeDistinguishedNameAttribute = Type.Object({
  name: Type.String(),
  value: Type.String(),
});

export const RelativeDistinguishedName = Type.Object({
  attributes: Type.Array(RelativeDistinguishedNameAttribute),
});

export const X509CertInfo = Type.Object({
  alias: Type.String(),
  shaFingerprint: Type.String(),
  sha256Fingerprint: Type.String(),
  subjectDN: Type.String(),
  subjectRdns: Type.Array(RelativeDistinguishedName),
  issuerDN: Type.String(),
  issuerRdns: Type.Array(RelativeDistinguishedName),
  start: DateTime,
  expire: DateTime,
  status: oneOf('trusted', 'selfSigned', 'expired', 'incompleteTrustChain', 'commonNameMismatch', 'unknown'),
  truststore: Type.Boolean(),
  isUserInstalled: Type.Boolean(),
  isKeyEntry: Type.Boolean(),
  type: oneOf('selfSigned', 'caSigned', 'certificateAuthority'),
});

export const ManagementCertificates = Type.Object({
  storageArrayAssociation: Type.Boolean(),
  associatedIP: Type.String(),
  controller: nullable(StorageSystemController),
  certificate: nullable(X509CertInfo),
});
