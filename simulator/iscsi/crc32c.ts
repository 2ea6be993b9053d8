import { createRequire } from 'node:module';

/** CRC32C (Castagnoli): what digests are. `seed` goes on from an earlier piece. */
export type Crc32c = (data: Uint8Array, seed?: number) => number;

const slices = 16;

/** Sixteen tables of 256, one after the other: that many bytes are looked up at a time. */
const table = makeTable();

function makeTable(): Uint32Array {
  const all = new Uint32Array(slices * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
    all[byte] = value;
  }
  for (let index = 256; index < all.length; index++) {
    const previous = all[index - 256] as number;
    all[index] = (previous >>> 8) ^ (all[previous & 0xff] as number);
  }
  return all;
}

/** In plain JavaScript: fastest for headers, as no call leaves the engine. */
export function crc32cOfShort(data: Uint8Array, seed = 0): number {
  const whole = data.length - (data.length % slices);
  let crc = ~seed;
  let at = 0;
  while (at < whole) {
    // The first four bytes meet the sum so far; the other twelve only their tables.
    let sum = 0;
    for (let slice = slices - 1; slice >= 0; slice--, at++) {
      const mixed = slice > 11 ? (data[at] as number) ^ (crc & 0xff) : (data[at] as number);
      if (slice > 11) crc >>>= 8;
      sum ^= table[slice * 256 + mixed] as number;
    }
    crc = sum;
  }
  for (; at < data.length; at++) crc = (table[(crc ^ (data[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** By the processor's own instruction where the package has a binary for this machine, otherwise as for short data. */
export const crc32c: Crc32c = native() ?? crc32cOfShort;

function native(): Crc32c | undefined {
  try {
    const require = createRequire(import.meta.url);
    const module = require('@node-rs/crc32') as { crc32c: Crc32c };
    // The call out of the engine pays off from some hundred bytes on.
    return (data, seed = 0) => (data.length < 256 ? crc32cOfShort(data, seed) : module.crc32c(data, seed) >>> 0);
  } catch {
    return undefined;
  }
}
