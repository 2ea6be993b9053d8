import { scryptSync, timingSafeEqual } from 'node:crypto';

/** What a hash begins with. No password is as long as a hash, so that one cannot be taken for the other. */
const prefix = 'scrypt';
const hashBytes = 32;

/** The scrypt hash of a password, as text; `salt` is 16 random bytes. */
export function hashOf(password: string, salt: Buffer): string {
  return [prefix, salt.toString('hex'), scryptSync(password, salt, hashBytes).toString('hex')].join(':');
}

/** Whether what is kept of a password is a hash. */
export function isHash(kept: string): boolean {
  return /^scrypt:[0-9a-f]{32}:[0-9a-f]{64}$/.test(kept);
}

/** Whether a password is the one that is kept, as text or as its hash. Takes as long wherever texts differ. */
export function isPassword(kept: string, password: string): boolean {
  if (!isHash(kept)) return sameBytes(Buffer.from(kept), Buffer.from(password));
  const [, salt = '', hash = ''] = kept.split(':');
  return sameBytes(Buffer.from(hash, 'hex'), scryptSync(password, Buffer.from(salt, 'hex'), hashBytes));
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
