import type { Outcome } from './types.js';

/** SAM status codes. */
export const status = {
  good: 0x00,
  checkCondition: 0x02,
  reservationConflict: 0x18,
  taskSetFull: 0x28,
  taskAborted: 0x40,
} as const;

export const senseKeys = {
  noSense: 0x0,
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

export interface SenseDetails {
  /** The INFORMATION field: an LBA, or the offset of the first byte that differs. */
  readonly information?: number;
  /** The byte that is wrong, in the CDB or (`inData`) in the parameter data. */
  readonly field?: number;
  /** The most significant bit of the wrong field in that byte. */
  readonly bit?: number;
  readonly inData?: boolean;
  /** How far an operation has come: 0 to 65535. */
  readonly progress?: number;
}

export const good: Outcome = { status: status.good };
export const reservationConflict: Outcome = { status: status.reservationConflict };

/** Good, with data for the initiator. */
export function goodWith(data: Buffer): Outcome {
  return { status: status.good, dataIn: [data], dataInBytes: data.length };
}

/** Good, with as much of the data as the initiator has room for: cutting is no error. */
export function goodWithin(data: Buffer, allocationBytes: number): Outcome {
  return goodWith(data.length > allocationBytes ? data.subarray(0, allocationBytes) : data);
}

/**
 * Sense data (source: SPC-4, 4.5): 18 bytes in fixed format, or descriptors. `code` is asc and ascq in one number:
 * 0x2400 is invalid field in CDB.
 */
export function senseOf(key: number, code: number, details: SenseDetails, descriptorFormat: boolean): Buffer {
  return descriptorFormat ? descriptorSense(key, code, details) : fixedSense(key, code, details);
}

/** A command that ends with CHECK CONDITION. Thrown where the rule is broken; becomes sense data in `scsi-target.ts`. */
export class CheckCondition extends Error {
  constructor(
    readonly key: number,
    /** asc and ascq in one number. */
    readonly code: number,
    readonly details: SenseDetails = {},
  ) {
    super(`check condition ${key.toString(16)}/${code.toString(16).padStart(4, '0')}`);
  }
}

/** A command that ends with RESERVATION CONFLICT. */
export class ReservationConflict extends Error {}

/** The CDB has a wrong value in a byte. */
export function invalidField(field: number, bit?: number): CheckCondition {
  return new CheckCondition(senseKeys.illegalRequest, 0x2400, bit === undefined ? { field } : { field, bit });
}

/** The parameter data has a wrong value in a byte. */
export function invalidParameter(field: number, code = 0x2600): CheckCondition {
  return new CheckCondition(senseKeys.illegalRequest, code, { field, inData: true });
}

/** The CDB says that the parameter data is longer or shorter than it can be. */
export function invalidParameterLength(): CheckCondition {
  return new CheckCondition(senseKeys.illegalRequest, 0x1a00);
}

export function unsupportedCommand(): CheckCondition {
  return new CheckCondition(senseKeys.illegalRequest, 0x2000, { field: 0 });
}

function fixedSense(key: number, code: number, details: SenseDetails): Buffer {
  const sense = Buffer.alloc(18);
  sense[0] = 0x70;
  sense[2] = key;
  sense[7] = 10;
  sense.writeUInt16BE(code, 12);
  if (details.information !== undefined && details.information < 2 ** 32) {
    sense[0] |= 0x80;
    sense.writeUInt32BE(details.information, 3);
  }
  writeSpecific(sense, 15, details);
  return sense;
}

function descriptorSense(key: number, code: number, details: SenseDetails): Buffer {
  const descriptors: Buffer[] = [];
  if (details.information !== undefined) {
    const descriptor = Buffer.from([0x00, 10, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const whole = details.information < 2 ** 64 ? BigInt(Math.floor(details.information)) : 2n ** 64n - 1n;
    descriptor.writeBigUInt64BE(whole, 4);
    descriptors.push(descriptor);
  }
  const specific = Buffer.alloc(8);
  if (writeSpecific(specific, 4, details)) {
    specific.set([0x02, 6]);
    descriptors.push(specific);
  }
  const body = Buffer.concat(descriptors);
  return Buffer.concat([Buffer.from([0x72, key, code >> 8, code & 0xff, 0, 0, 0, body.length]), body]);
}

/** Field pointer or progress indication in three bytes; false when there is nothing to say. */
function writeSpecific(target: Buffer, at: number, { field, bit, inData, progress }: SenseDetails): boolean {
  if (progress !== undefined) {
    target[at] = 0x80;
    target.writeUInt16BE(progress, at + 1);
    return true;
  }
  if (field === undefined) return false;
  target[at] = 0x80 | (inData ? 0 : 0x40) | (bit === undefined ? 0 : 0x08 | bit);
  target.writeUInt16BE(Math.min(field, 0xffff), at + 1);
  return true;
}
