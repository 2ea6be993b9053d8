import { digestOf } from './crc32c.js';
import { ProtocolViolation, type Rule } from './errors.js';
import { decodePdu, encodeHeader, headerBytes, type Pdu } from './pdu.js';

/** Which digests are on. */
export interface Digests {
  readonly header: boolean;
  readonly data: boolean;
}

export const noDigests: Digests = { header: false, data: false };

/** What to spoil in a PDU on its way out. */
export interface ResponseCorruption {
  readonly headerDigest?: boolean;
  readonly dataDigest?: boolean;
  /** What the padding bytes are. Zero by default. */
  readonly padding?: number;
}

/** The bytes of a PDU on the wire: header, additional headers, digest, data, padding, digest. */
export function encodeFrame(
  pdu: Pdu,
  digests: Digests = noDigests,
  corruptResponse: ResponseCorruption = {},
): Buffer[] {
  const header = encodeHeader(pdu);
  const parts = [header];
  if (pdu.ahs.length > 0) parts.push(pdu.ahs);
  if (digests.header) parts.push(spoil(digestOf(header, pdu.ahs), corruptResponse.headerDigest));
  if (pdu.data.length === 0) return parts;
  const padding = Buffer.alloc(paddingOf(pdu.data.length), corruptResponse.padding ?? 0);
  parts.push(pdu.data);
  if (padding.length > 0) parts.push(padding);
  if (digests.data) parts.push(spoil(digestOf(pdu.data, padding), corruptResponse.dataDigest));
  return parts;
}

/** A PDU as it came. */
export interface Frame {
  readonly header: Buffer;
  readonly pdu: Pdu;
}

/** Turns a stream of bytes into PDUs, however it is cut into pieces. */
export interface FrameReader {
  push(chunk: Buffer): void;
  /**
   * The next whole PDU, or undefined while bytes are missing. What to expect is said at each call, as digests start
   * between two PDUs. Throws ProtocolViolation for a wrong digest, padding other than zeros or too much data.
   */
  next(digests: Digests, maxDataBytes: number): Frame | undefined;
  /** Bytes that have come and belong to no whole PDU yet. */
  readonly pendingBytes: number;
}

/** A reader; what it finds wrong goes to `breach`, which throws unless the caller tolerates the rule. */
export function newFrameReader(breach: (rule: Rule, words: string) => void = throwBreach): FrameReader {
  let chunks: Buffer[] = [];
  let length = 0;

  function peek(bytes: number): Buffer {
    const [first] = chunks;
    if (first !== undefined && first.length >= bytes) return first.subarray(0, bytes);
    const whole = Buffer.concat(chunks);
    chunks = [whole];
    return whole.subarray(0, bytes);
  }

  function drop(bytes: number): void {
    const [first = Buffer.alloc(0), ...rest] = chunks;
    chunks = first.length > bytes ? [first.subarray(bytes), ...rest] : rest;
    length -= bytes;
  }

  return {
    push(chunk) {
      chunks.push(chunk);
      length += chunk.length;
    },
    next(digests, maxDataBytes) {
      if (length < headerBytes) return undefined;
      const start = peek(headerBytes);
      const ahsBytes = start.readUInt8(4) * 4;
      const dataBytes = start.readUIntBE(5, 3);
      if (dataBytes > maxDataBytes)
        breach('data length', `${dataBytes} bytes of data where ${maxDataBytes} are allowed`);
      const headersBytes = headerBytes + ahsBytes + (digests.header ? 4 : 0);
      const padBytes = paddingOf(dataBytes);
      const segmentBytes = dataBytes + padBytes;
      const total = headersBytes + segmentBytes + (digests.data && dataBytes > 0 ? 4 : 0);
      if (length < total) return undefined;
      const frame = peek(total);
      drop(total);
      const headers = frame.subarray(0, headerBytes + ahsBytes);
      if (digests.header && !digestOf(headers).equals(frame.subarray(headers.length, headersBytes))) {
        breach('header digest', `the header digest of a PDU of opcode ${(start[0] ?? 0) & 0x3f} is wrong`);
      }
      const segment = frame.subarray(headersBytes, headersBytes + segmentBytes);
      if (segment.subarray(dataBytes).some((byte) => byte !== 0)) {
        breach('padding', 'the padding of a data segment is not zero');
      }
      if (digests.data && dataBytes > 0 && !digestOf(segment).equals(frame.subarray(headersBytes + segmentBytes))) {
        breach('data digest', `the data digest of a PDU of opcode ${(start[0] ?? 0) & 0x3f} is wrong`);
      }
      const header = frame.subarray(0, headerBytes);
      return { header, pdu: decodePdu(header, headers.subarray(headerBytes), segment.subarray(0, dataBytes)) };
    },
    get pendingBytes() {
      return length;
    },
  };
}

/** Bytes of padding behind a data segment of that length. */
function paddingOf(dataBytes: number): number {
  return -dataBytes & 3;
}

function throwBreach(rule: Rule, words: string): never {
  throw new ProtocolViolation(rule, words);
}

function spoil(digest: Buffer, damaged: boolean | undefined): Buffer {
  if (damaged) digest[0] = (digest[0] ?? 0) ^ 0xff;
  return digest;
}
