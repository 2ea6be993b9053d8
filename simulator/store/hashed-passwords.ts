import { randomBytes } from 'node:crypto';
import { hashOf, isHash } from '../array/password-hash.js';
import type { SystemRecord } from '../array/records.js';

/** Hashes by user and password: a password that stays is hashed once, as this takes tens of milliseconds. */
const hashes = new Map<string, string>();
const mostHashes = 256;

/** What a new array has: no secret. */
const publicPassword = 'admin';

/** The record of a system as it is written to a file: with hashes of its passwords, but for the public one. */
export function withHashedPasswords(system: SystemRecord): SystemRecord {
  const passwords = Object.fromEntries(
    Object.entries(system.passwords).map(([user, password]) => [user, hashed(user, password)]),
  );
  const { storedPassword } = system;
  return { ...system, passwords, storedPassword: storedPassword === null ? null : hashed('admin', storedPassword) };
}

function hashed(user: string, password: string): string {
  if (password === '' || password === publicPassword || isHash(password)) return password;
  const key = JSON.stringify([user, password]);
  const known = hashes.get(key);
  if (known !== undefined) return known;
  if (hashes.size >= mostHashes) hashes.clear();
  const hash = hashOf(password, randomBytes(16));
  hashes.set(key, hash);
  return hash;
}
