/** Castagnoli's polynomial, least significant bit first. */
const polynomial = 0x82f63b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
  return value >>> 0;
});

/** CRC32C over the parts in order, as an unsigned number (RFC 7143, 13.1: digests). */
export function crc32c(...parts: readonly Uint8Array[]): number {
  let crc = 0xffffffff;
  for (const part of parts) for (const byte of part) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The digest as it stands on the wire: the CRC's least significant byte first. */
export function digestOf(...parts: readonly Uint8Array[]): Buffer {
  const digest = Buffer.alloc(4);
  digest.writeUInt32LE(crc32c(...parts));
  return digest;
}
