import { webcrypto } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Subject {
  /** Parts of the distinguished name, the most general first. */
  readonly parts: readonly { readonly name: string; readonly value: string }[];
  readonly altNames: readonly { readonly type: 'ip' | 'dns'; readonly value: string }[];
}

const dayMs = 86_400_000;

/** A self-signed certificate, in PEM: valid for two years from the given time. */
export async function selfSigned({ parts, altNames }: Subject, nowMs: number): Promise<string> {
  const extensions = altNames.map(({ type, value }) =>
    type === 'ip' ? ({ type: 7, ip: value } as const) : ({ type: 2, value } as const),
  );
  const { cert } = await generate(
    parts.map(({ name, value }) => ({ shortName: name, value })),
    {
      keyType: 'ec',
      algorithm: 'sha256',
      notBeforeDate: new Date(nowMs - dayMs),
      notAfterDate: new Date(nowMs + 730 * dayMs),
      ...(extensions.length === 0 ? {} : { extensions: [{ name: 'subjectAltName', altNames: extensions }] }),
    },
  );
  return cert;
}

/** A certificate signing request (PKCS #10), in PEM, with a key made for it. The private key is not kept: nothing is served with it. */
export async function signingRequest({ parts, altNames }: Subject, bits: number): Promise<string> {
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto as never);
  const signingAlgorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const keys = (await webcrypto.subtle.generateKey(
    { ...signingAlgorithm, modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  )) as webcrypto.CryptoKeyPair;
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: parts.map(({ name, value }) => ({ [name]: [value] })),
    keys,
    signingAlgorithm,
    extensions: altNames.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension([...altNames])],
  });
  return request.toString('pem');
}
