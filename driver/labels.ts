import { base32nopad } from '@scure/base';
import { InvalidInput } from './errors.js';
import type { Runtime } from './runtime.js';

/** What reserved snapshot groups, those of clones in the making, end with; their labels have 30 characters. */
const reservedSuffix = 'SGCV';

/**
 * A UUID in any of its forms as a label of 26 characters: the 16 bytes in base 32 without padding. Throws InvalidInput
 * for anything else (source: the documented driver's label encoding).
 */
export function labelOf(uuid: string): string {
  const digits = uuid.replace(/^(urn:uuid:|\{)|\}$|-/gi, '');
  if (!/^[0-9a-f]{32}$/i.test(digits)) throw new InvalidInput({ reason: `'${uuid}' is no UUID.` });
  return base32nopad.encode(Buffer.from(digits, 'hex'));
}

/** The UUID that a label stands for; undefined for labels that stand for none. */
export function uuidOf(label: string): string | undefined {
  if (!/^[A-Z2-7]{26}$/.test(label)) return undefined;
  try {
    const digits = Buffer.from(base32nopad.decode(label)).toString('hex');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  } catch {
    return undefined;
  }
}

/** A label that no other client has. */
export function randomLabel(runtime: Pick<Runtime, 'randomUuid'>): string {
  return labelOf(runtime.randomUuid());
}

export function randomReservedLabel(runtime: Pick<Runtime, 'randomUuid'>): string {
  return randomLabel(runtime) + reservedSuffix;
}

/** Whether a snapshot group is a clone's: 30 characters of which the last four are the suffix. */
export function isReserved(label: string): boolean {
  return label.length === 30 && label.endsWith(reservedSuffix);
}
