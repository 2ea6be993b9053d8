/** A text that breaks the format; the login fails, a text request is rejected. */
export class TextError extends Error {
  override readonly name = 'TextError';
}

/** Longest key, in characters (source: RFC 7143, 6.1). */
const longestKey = 63;

/** The pairs of a text segment in their order. Throws TextError for a pair without '=' or a key that cannot be. */
export function parseText(segment: Buffer): [key: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const pair of segment.toString('utf8').split('\0')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    if (equals < 1 || equals > longestKey) throw new TextError(`'${pair.slice(0, 80)}' is not key=value`);
    pairs.push([pair.slice(0, equals), pair.slice(equals + 1)]);
  }
  return pairs;
}

export function formatText(pairs: readonly (readonly [string, string])[]): Buffer {
  return Buffer.from(pairs.map(([key, value]) => `${key}=${value}\0`).join(''), 'utf8');
}

/** A number as keys have it, decimal or 0x…; undefined when it is none. */
export function numberOf(value: string): number | undefined {
  if (!/^(\d{1,10}|0[xX][0-9a-fA-F]{1,8})$/.test(value)) return undefined;
  return Number(value);
}

/** A binary value, 0x… in hexadecimal or 0b… in base 64; undefined when it is neither. */
export function binaryOf(value: string): Buffer | undefined {
  const digits = value.slice(2);
  if (/^0x/i.test(value)) {
    if (!/^[0-9a-f]+$/i.test(digits)) return undefined;
    return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  }
  if (/^0b/i.test(value) && /^[0-9a-z+/]+={0,2}$/i.test(digits)) return Buffer.from(digits, 'base64');
  return undefined;
}

/** Initiators at large read hexadecimal only. */
export function hexOf(data: Uint8Array): string {
  return `0x${Buffer.from(data).toString('hex')}`;
}
