import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that only the seed and the concern decide: drawing more for one concern shifts nothing in another. */
export interface Chance {
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  /** A UUID of version 4. */
  uuid(): string;
}

export function chance(seed: number, concern: string): Chance {
  const generator = xoroshiro128plus(seed ^ hash(concern));
  const below = (count: number) => uniformInt(generator, 0, count - 1);
  return {
    below,
    uuid() {
      const digits = Array.from({ length: 32 }, () => below(16).toString(16));
      digits[12] = '4';
      digits[16] = (8 + below(4)).toString(16);
      return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    },
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
