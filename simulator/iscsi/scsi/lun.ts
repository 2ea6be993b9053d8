/**
 * The logical unit number in an 8-byte LUN field (source: SAM-5, 4.7): peripheral addressing on bus 0 and flat space
 * addressing, both on the first level only. Undefined for any other form: no unit of the array answers to it.
 */
export function decodeLun(buffer: Buffer, offset: number): number | undefined {
  for (let index = 2; index < 8; index++) if (buffer[offset + index] !== 0) return undefined;
  const first = buffer.readUInt8(offset);
  const second = buffer.readUInt8(offset + 1);
  if (first === 0) return second;
  if (first >> 6 === 1) return ((first & 0x3f) << 8) | second;
  return undefined;
}

/** The 8 bytes that address a logical unit: the peripheral form below 256, the flat form from there on. */
export function encodeLun(lun: number): Buffer {
  const field = Buffer.alloc(8);
  field.writeUInt16BE(lun < 256 ? lun : 0x4000 | lun, 0);
  return field;
}
