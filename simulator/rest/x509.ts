import { createHash, X509Certificate } from 'node:crypto';
import type { StorageArray } from '../array/storage-array.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import type { X509CertInfo } from './schemas/certificates.js';
import type { Static } from './schemas/types.js';

/** A certificate that the management software keeps. */
export interface KeptCertificate {
  readonly alias: string;
  readonly pem: string;
  readonly isUserInstalled: boolean;
  /** Whether the key to it is kept too: it is a server's own. */
  readonly isKeyEntry: boolean;
}

/** The certificates of a file: PEM, one or several, or DER. Throws RestError for a file that is none. */
export function certificatesIn(content: Buffer, field: string): X509Certificate[] {
  const texts = content.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  try {
    return texts === null ? [new X509Certificate(content)] : texts.map((text) => new X509Certificate(text));
  } catch {
    throw new RestError('unprocessable', `The file '${field}' holds no X.509 certificate, in PEM or DER.`, [field]);
  }
}

/** A name of a certificate, as its parts: the most specific last, as they stand there. */
function partsOf(name: string): { readonly name: string; readonly value: string }[] {
  return name
    .split('\n')
    .filter((line) => line.includes('='))
    .map((line) => ({ name: line.slice(0, line.indexOf('=')), value: line.slice(line.indexOf('=') + 1) }));
}

/** A distinguished name as text, the most specific part first (RFC 4514). */
export function distinguishedName(name: string): string {
  return partsOf(name)
    .reverse()
    .map((part) => `${part.name}=${part.value.replace(/[,+"\\<>;]/g, '\\$&')}`)
    .join(', ');
}

function isOwnIssuer(certificate: X509Certificate): boolean {
  return certificate.issuer === certificate.subject && certificate.verify(certificate.publicKey);
}

/** How far a certificate is trusted by the others that are kept, at the array's time. */
function statusOf(certificate: X509Certificate, others: readonly X509Certificate[], nowMs: number) {
  if (Date.parse(certificate.validTo) < nowMs) return 'expired' as const;
  if (isOwnIssuer(certificate)) return certificate.ca ? ('trusted' as const) : ('selfSigned' as const);
  const isIssued = others.some((other) => certificate.checkIssued(other) && certificate.verify(other.publicKey));
  return isIssued ? ('trusted' as const) : ('incompleteTrustChain' as const);
}

function typeOf(certificate: X509Certificate) {
  if (certificate.ca) return 'certificateAuthority' as const;
  return isOwnIssuer(certificate) ? ('selfSigned' as const) : ('caSigned' as const);
}

function fingerprint(certificate: X509Certificate, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(certificate.raw).digest('hex').toUpperCase();
}

/** SHA-1 of a certificate, as clients name it. */
export function shaOf(pem: string): string {
  return fingerprint(new X509Certificate(pem), 'sha1');
}

function rdns(name: string) {
  return partsOf(name).map((part) => ({ attributes: [part] }));
}

/** A certificate as clients see it, beside the others of its store. */
export function certificateView(
  array: StorageArray,
  { alias, pem, isUserInstalled, isKeyEntry }: KeptCertificate,
  others: readonly KeptCertificate[],
): Static<typeof X509CertInfo> {
  const certificate = new X509Certificate(pem);
  const { subject, issuer, validFrom, validTo } = certificate;
  return {
    alias,
    shaFingerprint: fingerprint(certificate, 'sha1'),
    sha256Fingerprint: fingerprint(certificate, 'sha256'),
    subjectDN: distinguishedName(subject),
    subjectRdns: rdns(subject),
    issuerDN: distinguishedName(issuer),
    issuerRdns: rdns(issuer),
    start: dateTime(array, Date.parse(validFrom)),
    expire: dateTime(array, Date.parse(validTo)),
    status: statusOf(
      certificate,
      others.filter((other) => other.pem !== pem).map((other) => new X509Certificate(other.pem)),
      array.now(),
    ),
    truststore: !isKeyEntry,
    isUserInstalled,
    isKeyEntry,
    type: typeOf(certificate),
  };
}
