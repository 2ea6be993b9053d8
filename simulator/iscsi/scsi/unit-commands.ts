import { encodeLun } from './lun.js';
import type { ItlNexus } from './nexuses.js';
import { good, goodWithin, invalidField, senseKeys, senseOf } from './sense.js';
import type { Outcome, Step } from './types.js';

/** TEST UNIT READY. */
export function testUnitReady({ unit }: ItlNexus): Step {
  unit.checkReady();
  return good;
}

/** REQUEST SENSE (source: SPC-4, 6.39): the oldest attention, which is told thereby, or how a sanitize goes. */
export function requestSense(itl: ItlNexus, cdb: Buffer): Step {
  const descriptorFormat = (cdb.readUInt8(1) & 0x01) !== 0;
  const attention = itl.waiting.shift();
  const sense =
    attention !== undefined
      ? senseOf(senseKeys.unitAttention, attention, {}, descriptorFormat)
      : itl.unit.sanitizing !== undefined
        ? senseOf(senseKeys.notReady, 0x041b, { progress: itl.unit.sanitizing.look() }, descriptorFormat)
        : senseOf(senseKeys.noSense, 0, {}, descriptorFormat);
  return goodWithin(sense, cdb.readUInt8(4));
}

/** REQUEST SENSE to a number with no unit behind it. */
export function requestSenseOfNothing(cdb: Buffer): Outcome {
  const descriptorFormat = (cdb.readUInt8(1) & 0x01) !== 0;
  return goodWithin(senseOf(senseKeys.illegalRequest, 0x2500, {}, descriptorFormat), cdb.readUInt8(4));
}

/** REPORT LUNS (source: SPC-4, 6.33): all that the nexus sees, in order; there are no well-known units. */
export function reportLuns(luns: readonly number[], cdb: Buffer): Outcome {
  const select = cdb.readUInt8(2);
  if (select > 2) throw invalidField(2);
  const allocationBytes = cdb.readUInt32BE(6);
  if (allocationBytes < 16) throw invalidField(6);
  const listed = select === 1 ? [] : [...luns].sort((a, b) => a - b);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 * listed.length, 0);
  return goodWithin(Buffer.concat([header, ...listed.map(encodeLun)]), allocationBytes);
}

/** START STOP UNIT (source: SBC-3, 5.20): nothing to do, and no medium to take out. */
export function startStopUnit({ unit }: ItlNexus, cdb: Buffer): Step {
  const flags = cdb.readUInt8(4);
  const powerCondition = flags >> 4;
  if (powerCondition === 0 && (flags & 0x02) !== 0) throw invalidField(4, 1);
  unit.checkReady();
  return good;
}

/** PREVENT ALLOW MEDIUM REMOVAL: the medium cannot be removed in any case. */
export function preventAllowMediumRemoval(_itl: ItlNexus, cdb: Buffer): Step {
  if ((cdb.readUInt8(4) & 0x03) > 1) throw invalidField(4, 1);
  return good;
}

/** SEND DIAGNOSTIC (source: SPC-4, 6.42): the self-test finds nothing; there are no diagnostic pages. */
export function sendDiagnostic(_itl: ItlNexus, cdb: Buffer): Step {
  if (cdb.readUInt16BE(3) !== 0) throw invalidField(3);
  return good;
}

const temperatureCelsius = 32;
const referenceCelsius = 60;

/** Log pages by code: each is a list of parameters of two bytes of code and their value (source: SPC-4, 7.3). */
const logPages: ReadonlyMap<number, readonly (readonly [code: number, value: readonly number[]])[]> = new Map([
  [0x0d, [[0, [0, temperatureCelsius]] as const, [1, [0, referenceCelsius]] as const]],
  [0x2f, [[0, [0, 0, temperatureCelsius, 0]] as const]],
]);

/** LOG SENSE (source: SPC-4, 6.8): temperature and informational exceptions. */
export function logSense(_itl: ItlNexus, cdb: Buffer): Step {
  const code = cdb.readUInt8(2) & 0x3f;
  const subpage = cdb.readUInt8(3);
  const firstParameter = cdb.readUInt16BE(5);
  if ((cdb.readUInt8(1) & 0x01) !== 0) throw invalidField(1, 0);
  if (subpage !== 0) throw invalidField(3);
  const parameters = logPages.get(code);
  if (parameters === undefined && code !== 0) throw invalidField(2, 5);
  const body = parameters
    ?.filter(([number]) => number >= firstParameter)
    .flatMap(([number, value]) => [0, number, 0x03, value.length, ...value]);
  const bytes = body ?? [0, ...logPages.keys()];
  return goodWithin(Buffer.from([code, 0, bytes.length >> 8, bytes.length & 0xff, ...bytes]), cdb.readUInt16BE(7));
}
