/** Sense data of either format (SPC-4, 4.5). */
export interface Sense {
  readonly format: 'fixed' | 'descriptor';
  /** Whether it tells of an earlier command. */
  readonly deferred: boolean;
  readonly key: number;
  readonly asc: number;
  readonly ascq: number;
  /** INFORMATION where it is valid: an LBA, or the offset of a miscompare. */
  readonly information?: bigint;
  /** Where the bad field is: in the CDB or in the parameter list, which byte, which bit. */
  readonly field?: { readonly inCdb: boolean; readonly byte: number; readonly bit?: number };
  readonly bytes: Buffer;
}

export const senseKeys = {
  noSense: 0x0,
  recoveredError: 0x1,
  notReady: 0x2,
  mediumError: 0x3,
  hardwareError: 0x4,
  illegalRequest: 0x5,
  unitAttention: 0x6,
  dataProtect: 0x7,
  copyAborted: 0xa,
  abortedCommand: 0xb,
  miscompare: 0xe,
} as const;

/** Reads sense data. Throws RangeError for an unknown response code or too few bytes. */
export function parseSense(bytes: Buffer): Sense {
  const code = (bytes[0] ?? 0) & 0x7f;
  if (code === 0x70 || code === 0x71) return fixedSense(bytes, code === 0x71);
  if (code === 0x72 || code === 0x73) return descriptorSense(bytes, code === 0x73);
  throw new RangeError(`${bytes.length} bytes of sense data with the response code ${code.toString(16)}`);
}

/** Whether sense data is this key and these codes, for instance `isSense(sense, 0x05, 0x25, 0x00)`. */
export function isSense(sense: Sense | undefined, key: number, asc: number, ascq: number): boolean {
  return sense?.key === key && sense.asc === asc && sense.ascq === ascq;
}

function fixedSense(bytes: Buffer, deferred: boolean): Sense {
  if (bytes.length < 8) throw new RangeError(`fixed sense data of ${bytes.length} bytes`);
  const whole = Buffer.alloc(18);
  // Bytes beyond what the additional length covers say nothing.
  bytes.copy(whole, 0, 0, Math.min(bytes.length, 8 + bytes.readUInt8(7)));
  const isValid = (whole.readUInt8(0) & 0x80) !== 0;
  const field = fieldPointer(whole.subarray(15, 18));
  return {
    format: 'fixed',
    deferred,
    key: whole.readUInt8(2) & 0x0f,
    asc: whole.readUInt8(12),
    ascq: whole.readUInt8(13),
    ...(isValid && { information: BigInt(whole.readUInt32BE(3)) }),
    ...(field && { field }),
    bytes,
  };
}

function descriptorSense(bytes: Buffer, deferred: boolean): Sense {
  if (bytes.length < 8) throw new RangeError(`descriptor sense data of ${bytes.length} bytes`);
  let information: bigint | undefined;
  let field: Sense['field'];
  const end = Math.min(bytes.length, 8 + bytes.readUInt8(7));
  for (let at = 8; at + 2 <= end; ) {
    const next = at + 2 + bytes.readUInt8(at + 1);
    if (next > end) throw new RangeError(`a sense descriptor at ${at} ends at ${next} of ${end}`);
    const type = bytes.readUInt8(at);
    if (type === 0x00 && next - at >= 12 && bytes.readUInt8(at + 2) & 0x80) information = bytes.readBigUInt64BE(at + 4);
    if (type === 0x02 && next - at >= 7) field = fieldPointer(bytes.subarray(at + 4, at + 7));
    at = next;
  }
  return {
    format: 'descriptor',
    deferred,
    key: bytes.readUInt8(1) & 0x0f,
    asc: bytes.readUInt8(2),
    ascq: bytes.readUInt8(3),
    ...(information !== undefined && { information }),
    ...(field && { field }),
    bytes,
  };
}

function fieldPointer(specific: Buffer): Sense['field'] {
  const [flags = 0] = specific;
  if ((flags & 0x80) === 0) return undefined;
  return {
    inCdb: (flags & 0x40) !== 0,
    byte: specific.readUInt16BE(1),
    ...((flags & 0x08) !== 0 && { bit: flags & 0x07 }),
  };
}
