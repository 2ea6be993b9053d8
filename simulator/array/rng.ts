import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers that only the seed and the concern decide. */
export interface RandomStream {
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** `digits` upper-case hex digits. */
  hex(digits: number): string;
  /** `length` characters drawn from `alphabet`. */
  text(length: number, alphabet: string): string;
}

/**
 * The random stream of one concern. Concerns are independent: drawing more for one shifts nothing in another.
 * Callers that draw over the life of an array pass a counter of the array's state as part of the concern.
 */
export function randomStream(seed: number, concern: string): RandomStream {
  const generator = xoroshiro128plus(seed ^ hash(concern));
  const integer = (min: number, max: number) => uniformInt(generator, min, max);
  const text = (length: number, alphabet: string) => {
    let result = '';
    for (let i = 0; i < length; i++) result += alphabet[integer(0, alphabet.length - 1)];
    return result;
  };
  return { integer, text, hex: (digits) => text(digits, '0123456789ABCDEF') };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
