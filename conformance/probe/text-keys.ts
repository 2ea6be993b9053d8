/** One `key=value`, in the order in which it was sent. */
export type Pair = readonly [key: string, value: string];

/** The data segment of login and text PDUs: each pair ends with a NUL (RFC 7143, 6.1). */
export function encodePairs(pairs: readonly Pair[]): Buffer {
  return Buffer.from(pairs.map(([key, value]) => `${key}=${value}\0`).join(''), 'utf8');
}

/** The pairs in a text. Throws SyntaxError when the text doesn't end with a NUL or a part has no `=`. */
export function decodePairs(text: Uint8Array): Pair[] {
  if (text.length === 0) return [];
  const parts = Buffer.from(text).toString('utf8').split('\0');
  if (parts.pop() !== '') throw new SyntaxError('text does not end with a NUL');
  return parts.map((part) => {
    const at = part.indexOf('=');
    if (at < 1) throw new SyntaxError(`${JSON.stringify(part)} is not key=value`);
    if (at > 63) throw new SyntaxError(`the key ${part.slice(0, at)} is longer than 63 characters`);
    return [part.slice(0, at), part.slice(at + 1)];
  });
}

/** The value of a key; undefined when the key isn't there. */
export function valueUnder(pairs: readonly Pair[], key: string): string | undefined {
  return pairs.find(([name]) => name === key)?.[1];
}

/** Cuts a text into pieces of at most `bytes` bytes: a pair may straddle them, and all but the last continue. */
export function cutText(text: Buffer, bytes: number): Buffer[] {
  const pieces = [];
  for (let at = 0; at < text.length; at += bytes) pieces.push(text.subarray(at, at + bytes));
  return pieces.length > 0 ? pieces : [Buffer.alloc(0)];
}

export type BinaryCoding = 'hex' | 'base64';

/** A large binary value as text: `0x…` or `0b…`. */
export function encodeBinary(value: Uint8Array, coding: BinaryCoding): string {
  return `${coding === 'hex' ? '0x' : '0b'}${Buffer.from(value).toString(coding)}`;
}

/** The bytes of a large binary value. Throws SyntaxError when it is neither `0x` hex nor `0b` base64. */
export function decodeBinary(text: string): Buffer {
  const digits = text.slice(2);
  if (/^0x[0-9a-f]+$/i.test(text)) return Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex');
  if (/^0b[0-9a-z+/]+={0,2}$/i.test(text)) return Buffer.from(digits, 'base64');
  throw new SyntaxError(`${JSON.stringify(text.slice(0, 40))} is not a binary value`);
}

/** A number of a numerical value, decimal or `0x`. Throws SyntaxError for anything else. */
export function decodeNumber(text: string): number {
  if (!/^(0x[0-9a-f]{1,12}|[0-9]{1,15})$/i.test(text)) throw new SyntaxError(`${JSON.stringify(text)} is not a number`);
  return Number(text);
}
