import { bits, bytes, type Field, flag, number } from './layout.js';

/** Length of a basic header segment. */
export const headerBytes = 48;

const answers = { statSn: number(24, 4), expCmdSn: number(28, 4), maxCmdSn: number(32, 4) };
const asks = { cmdSn: number(24, 4), expStatSn: number(28, 4) };
const lun = bytes(8, 8);
const itt = number(16, 4);
const ttt = number(20, 4);
const final = flag(1, 7);
const stages = { transit: flag(1, 7), more: flag(1, 6), currentStage: bits(1, 2, 2), nextStage: bits(1, 0, 2) };
const session = { isid: bytes(8, 6), tsih: number(14, 2) };
const residualFlags = { overflow: flag(1, 2), underflow: flag(1, 1) };

/**
 * Every kind of PDU: opcode and fields (RFC 7143, section 11). What no field covers is reserved. Opcode, the immediate
 * flag, the lengths, additional headers and data are common to all of them.
 */
const kinds = {
  'nop-out': { opcode: 0x00, fields: { final, lun, itt, ttt, ...asks } },
  'scsi-command': {
    opcode: 0x01,
    fields: {
      final,
      read: flag(1, 6),
      write: flag(1, 5),
      attribute: bits(1, 0, 3),
      lun,
      itt,
      expectedBytes: number(20, 4),
      ...asks,
      cdb: bytes(32, 16),
    },
  },
  'task-request': {
    opcode: 0x02,
    fields: {
      final,
      function: bits(1, 0, 7),
      lun,
      itt,
      referencedTag: number(20, 4),
      ...asks,
      refCmdSn: number(32, 4),
      expDataSn: number(36, 4),
    },
  },
  'login-request': {
    opcode: 0x03,
    fields: {
      ...stages,
      versionMax: number(2, 1),
      versionMin: number(3, 1),
      ...session,
      itt,
      cid: number(20, 2),
      ...asks,
    },
  },
  'text-request': { opcode: 0x04, fields: { final, more: flag(1, 6), lun, itt, ttt, ...asks } },
  'data-out': {
    opcode: 0x05,
    fields: { final, lun, itt, ttt, expStatSn: number(28, 4), dataSn: number(36, 4), offset: number(40, 4) },
  },
  'logout-request': { opcode: 0x06, fields: { final, reason: bits(1, 0, 7), itt, cid: number(20, 2), ...asks } },
  snack: {
    opcode: 0x10,
    fields: {
      final,
      type: bits(1, 0, 4),
      lun,
      itt,
      ttt,
      expStatSn: number(28, 4),
      begin: number(40, 4),
      runLength: number(44, 4),
    },
  },
  'nop-in': { opcode: 0x20, fields: { final, lun, itt, ttt, ...answers } },
  'scsi-response': {
    opcode: 0x21,
    fields: {
      final,
      readOverflow: flag(1, 4),
      readUnderflow: flag(1, 3),
      ...residualFlags,
      response: number(2, 1),
      status: number(3, 1),
      itt,
      snackTag: number(20, 4),
      ...answers,
      expDataSn: number(36, 4),
      readResidual: number(40, 4),
      residual: number(44, 4),
    },
  },
  'task-response': { opcode: 0x22, fields: { final, response: number(2, 1), itt, ...answers } },
  'login-response': {
    opcode: 0x23,
    fields: {
      ...stages,
      versionMax: number(2, 1),
      versionActive: number(3, 1),
      ...session,
      itt,
      ...answers,
      statusClass: number(36, 1),
      statusDetail: number(37, 1),
    },
  },
  'text-response': { opcode: 0x24, fields: { final, more: flag(1, 6), lun, itt, ttt, ...answers } },
  'data-in': {
    opcode: 0x25,
    fields: {
      final,
      acknowledge: flag(1, 6),
      ...residualFlags,
      hasStatus: flag(1, 0),
      status: number(3, 1),
      lun,
      itt,
      ttt,
      ...answers,
      dataSn: number(36, 4),
      offset: number(40, 4),
      residual: number(44, 4),
    },
  },
  'logout-response': {
    opcode: 0x26,
    fields: { final, response: number(2, 1), itt, ...answers, time2Wait: number(40, 2), time2Retain: number(42, 2) },
  },
  r2t: {
    opcode: 0x31,
    fields: {
      final,
      lun,
      itt,
      ttt,
      ...answers,
      r2tSn: number(36, 4),
      offset: number(40, 4),
      desiredBytes: number(44, 4),
    },
  },
  async: {
    opcode: 0x32,
    fields: {
      final,
      lun,
      itt,
      ...answers,
      event: number(36, 1),
      vendorCode: number(37, 1),
      parameter1: number(38, 2),
      parameter2: number(40, 2),
      parameter3: number(42, 2),
    },
  },
  reject: {
    opcode: 0x3f,
    fields: { final, reason: number(2, 1), itt, ...answers, dataSn: number(36, 4) },
  },
} as const;

type Kinds = typeof kinds;
export type PduKind = keyof Kinds;
type FieldsOf<Kind extends PduKind> = {
  -readonly [Name in keyof Kinds[Kind]['fields']]: Kinds[Kind]['fields'][Name] extends Field<infer Value>
    ? Value
    : never;
};

/** What every PDU has. */
interface Common {
  /** The I bit: deliver at once, outside of the command sequence. Initiators only. */
  readonly immediate: boolean;
  /** Additional header segments, with their own padding, as they stand: a multiple of 4 bytes. */
  readonly ahs: Buffer;
  /** The data segment without its padding. */
  readonly data: Buffer;
}

/** A PDU of one kind, by its fields' names. */
export type PduOf<Kind extends PduKind> = { readonly kind: Kind } & Common & Readonly<FieldsOf<Kind>>;

/** A PDU whose opcode no kind has: only its header is known. */
interface UnknownPdu extends Common {
  readonly kind: 'unknown';
  readonly opcode: number;
  readonly header: Buffer;
}

type KnownPdu = { [Kind in PduKind]: PduOf<Kind> }[PduKind];
export type Pdu = KnownPdu | UnknownPdu;

/** All kinds there are. */
export const pduKinds = Object.keys(kinds) as readonly PduKind[];

const kindOfOpcode = new Map<number, PduKind>(pduKinds.map((kind) => [kinds[kind].opcode, kind]));

function fieldsOf(kind: PduKind): [string, Field<unknown>][] {
  return Object.entries(kinds[kind].fields) as [string, Field<unknown>][];
}

/** Every field of a kind, set to nothing: what a caller may fill in. */
function blank(kind: PduKind): Record<string, unknown> {
  return Object.fromEntries(fieldsOf(kind).map(([name, field]) => [name, field.blank()]));
}

/** A PDU of that kind; fields not given are zero, false or empty. */
export function makePdu<Kind extends PduKind>(kind: Kind, fields: Partial<FieldsOf<Kind> & Common> = {}): PduOf<Kind> {
  const nothing = { kind, immediate: false, ahs: Buffer.alloc(0), data: Buffer.alloc(0), ...blank(kind) };
  return { ...nothing, ...fields } as PduOf<Kind>;
}

/** The basic header segment of a PDU, its lengths included. Throws RangeError when a value doesn't fit its field. */
export function encodeHeader(pdu: Pdu): Buffer {
  const header = Buffer.alloc(headerBytes);
  if (pdu.kind === 'unknown') {
    header.set(pdu.header.subarray(0, headerBytes));
  } else {
    header[0] = kinds[pdu.kind].opcode | (pdu.immediate ? 0x40 : 0);
    const values = pdu as unknown as Record<string, unknown>;
    for (const [name, field] of fieldsOf(pdu.kind)) field.write(header, values[name]);
  }
  header.writeUInt8(pdu.ahs.length / 4, 4);
  header.writeUIntBE(pdu.data.length, 5, 3);
  return header;
}

/** The PDU that a header with its additional headers and data says. An unknown opcode gives the kind `unknown`. */
export function decodePdu(header: Buffer, ahs: Buffer, data: Buffer): Pdu {
  const opcode = (header[0] ?? 0) & 0x3f;
  const common = { immediate: ((header[0] ?? 0) & 0x40) !== 0, ahs, data };
  const kind = kindOfOpcode.get(opcode);
  if (kind === undefined) return { kind: 'unknown', opcode, header, ...common };
  const values = Object.fromEntries(fieldsOf(kind).map(([name, field]) => [name, field.read(header)]));
  return { kind, ...common, ...values } as unknown as Pdu;
}

/** Offsets of header bytes in which a bit is set that belongs to no field of the PDU's kind. */
export function reservedBytesSet(header: Buffer, pdu: Pdu): number[] {
  if (pdu.kind === 'unknown') return [];
  const known = encodeHeader(pdu);
  return [...header.keys()].filter((offset) => ((header[offset] ?? 0) & ~(known[offset] ?? 0)) !== 0);
}

/** One additional header segment of a type, padded to 4 bytes: 1 extended CDB, 2 bidirectional read length. */
export function encodeAhs(type: number, specific: Uint8Array): Buffer {
  const segment = Buffer.alloc(Math.ceil((3 + specific.length) / 4) * 4);
  segment.writeUInt16BE(specific.length);
  segment.writeUInt8(type, 2);
  segment.set(specific, 3);
  return segment;
}

/** The additional header segments in `ahs`. Throws RangeError when one is longer than what there is. */
export function decodeAhs(ahs: Buffer): { readonly type: number; readonly specific: Buffer }[] {
  const segments = [];
  for (let at = 0; at < ahs.length; ) {
    const length = ahs.readUInt16BE(at);
    if (at + 3 + length > ahs.length) throw new RangeError(`additional header at ${at} says ${length} bytes`);
    segments.push({ type: ahs.readUInt8(at + 2), specific: Buffer.from(ahs.subarray(at + 3, at + 3 + length)) });
    at += Math.ceil((3 + length) / 4) * 4;
  }
  return segments;
}
