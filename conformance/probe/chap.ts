import { createHash, timingSafeEqual } from 'node:crypto';

/** Digest algorithms of CHAP by their registered numbers. */
export const chapAlgorithms = { md5: 5, sha1: 6, sha256: 7, 'sha3-256': 8 } as const;
export type ChapAlgorithm = keyof typeof chapAlgorithms;

/** The algorithm of a number; undefined when it has none. */
export function chapAlgorithmOf(number: number): ChapAlgorithm | undefined {
  return (Object.keys(chapAlgorithms) as ChapAlgorithm[]).find((name) => chapAlgorithms[name] === number);
}

/** What answers a challenge (RFC 1994, 4.1): the digest over identifier, secret and challenge. */
export function chapResponse(
  algorithm: ChapAlgorithm,
  identifier: number,
  secret: string,
  challenge: Uint8Array,
): Buffer {
  return createHash(algorithm)
    .update(Buffer.from([identifier]))
    .update(secret, 'utf8')
    .update(challenge)
    .digest();
}

/** Whether two responses are the same, without telling by time where they differ. */
export function sameResponse(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
