/**
 * A LUN as the 8 bytes of SAM: peripheral device addressing below 256, flat space addressing below 16384.
 * Throws RangeError for others.
 */
export function encodeLun(lun: number): Buffer {
  if (!Number.isInteger(lun) || lun < 0 || lun >= 16384) throw new RangeError(`LUN ${lun}: allowed is 0 to 16383`);
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16BE(lun < 256 ? lun : 0x4000 | lun);
  return bytes;
}

/** The number in a single-level LUN of peripheral or flat form; undefined for any other form. */
export function decodeLun(bytes: Uint8Array): number | undefined {
  const [first = 0, second = 0, ...rest] = bytes;
  if (rest.some((byte) => byte !== 0)) return undefined;
  if (first === 0) return second;
  return first >> 6 === 1 ? ((first & 0x3f) << 8) | second : undefined;
}
