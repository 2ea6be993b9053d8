/** One field of a 48-byte basic header segment: how it is read, written, and which bits are its own. */
export interface Field<Value> {
  readonly blank: () => Value;
  read(header: Buffer): Value;
  write(header: Buffer, value: Value): void;
}

/** One flag: bit 7 is the most significant one. */
export function flag(byte: number, bit: number): Field<boolean> {
  return {
    blank: () => false,
    read: (header) => ((header[byte] ?? 0) & (1 << bit)) !== 0,
    write(header, value) {
      if (value) header[byte] = (header[byte] ?? 0) | (1 << bit);
    },
  };
}

/** A number of `width` bits within one byte, its lowest bit being `shift`. */
export function bits(byte: number, shift: number, width: number): Field<number> {
  const mask = (1 << width) - 1;
  return {
    blank: () => 0,
    read: (header) => ((header[byte] ?? 0) >> shift) & mask,
    write(header, value) {
      header[byte] = (header[byte] ?? 0) | ((value & mask) << shift);
    },
  };
}

/** A big-endian number of 1 to 4 bytes. */
export function number(offset: number, bytes: number): Field<number> {
  return {
    blank: () => 0,
    read: (header) => header.readUIntBE(offset, bytes),
    write(header, value) {
      header.writeUIntBE(value, offset, bytes);
    },
  };
}

/** Bytes as they stand: ISID, LUN, CDB. A shorter value is filled with zeros, a longer one is a RangeError. */
export function bytes(offset: number, length: number): Field<Buffer> {
  return {
    blank: () => Buffer.alloc(length),
    read: (header) => Buffer.from(header.subarray(offset, offset + length)),
    write(header, value) {
      if (value.length > length) throw new RangeError(`${value.length} bytes where ${length} are allowed`);
      header.set(value, offset);
    },
  };
}
