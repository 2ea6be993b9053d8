/** Bytes of a basic header segment (source: RFC 7143, 11.2). All numbers are big-endian. */
export const headerBytes = 48;

/** Kinds of PDUs, the low six bits of the first byte. */
export const opcodes = {
  nopOut: 0x00,
  scsiCommand: 0x01,
  taskManagement: 0x02,
  login: 0x03,
  text: 0x04,
  dataOut: 0x05,
  logout: 0x06,
  snack: 0x10,
  nopIn: 0x20,
  scsiResponse: 0x21,
  taskManagementResponse: 0x22,
  loginResponse: 0x23,
  textResponse: 0x24,
  dataIn: 0x25,
  logoutResponse: 0x26,
  readyToTransfer: 0x31,
  asyncMessage: 0x32,
  reject: 0x3f,
} as const;

/** What a tag is when there is none. */
export const noTag = 0xffffffff;

/** Flags of the second byte. */
export const flags = {
  final: 0x80,
  /** Of a login or text PDU: the text goes on in the next one. */
  continues: 0x40,
  read: 0x40,
  write: 0x20,
  overflow: 0x04,
  underflow: 0x02,
  /** Of Data-In: it carries the status. */
  status: 0x01,
} as const;

export const rejectReasons = {
  dataDigest: 0x02,
  snack: 0x03,
  protocolError: 0x04,
  notSupported: 0x05,
  tooManyImmediate: 0x06,
  invalidField: 0x09,
} as const;

/** The length of the data segment that a header announces, without padding. */
export function dataBytesOf(header: Buffer, at = 0): number {
  return header.readUInt32BE(at + 4) & 0xffffff;
}

export function opcodeOf(header: Buffer): number {
  return (header[0] ?? 0) & 0x3f;
}

/** Immediate delivery: the PDU takes no place in the order of commands. */
export function isImmediate(header: Buffer): boolean {
  return ((header[0] ?? 0) & 0x40) !== 0;
}

/** Rounds up to whole words of four bytes. */
export function padded(bytes: number): number {
  return (bytes + 3) & ~3;
}

/** An empty header of the target: everything is zero but what is said here. */
export function newHeader(opcode: number, flagByte: number, initiatorTaskTag: number, dataBytes = 0): Buffer {
  const header = Buffer.allocUnsafe(headerBytes).fill(0);
  header[0] = opcode;
  header[1] = flagByte;
  if (dataBytes !== 0) header.writeUInt32BE(dataBytes, 4);
  header.writeUInt32BE(initiatorTaskTag, 16);
  return header;
}

/** 32-bit serial numbers: the next one. */
export function next(serial: number, by = 1): number {
  return (serial + by) >>> 0;
}

/** Whether a comes before b, as 32-bit serial numbers do (source: RFC 1982). */
export function before(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}
