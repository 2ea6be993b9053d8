import type { RegistrationRecord, ReservationRecord } from '../../array/records.js';
import { placeOf } from '../../array/reservations.js';
import type { ItlNexus } from './nexuses.js';
import { goodWithin } from './sense.js';
import { transportIdOf } from './transport-id.js';
import type { Step } from './types.js';

/** READ KEYS (source: SPC-4, 6.16.2): one key for each registration; its length is told whole even when cut. */
export function readKeys(itl: ItlNexus, cdb: Buffer): Step {
  const record = recordOf(itl);
  const keys = record.registrations.map((each) => Buffer.from(each.key, 'hex'));
  return answer(record, Buffer.concat(keys), cdb);
}

/** READ RESERVATION: nothing, or the one that there is; all registrants hold it without a key. */
export function readReservation(itl: ItlNexus, cdb: Buffer): Step {
  const record = recordOf(itl);
  const { reservation } = record;
  if (reservation === null) return answer(record, Buffer.alloc(0), cdb);
  const holder = record.registrations.find((each) => placeOf(each) === reservation.holder);
  const body = Buffer.alloc(16);
  if (holder !== undefined) body.write(holder.key, 0, 'hex');
  body[13] = reservation.type;
  return answer(record, body, cdb);
}

/** REPORT CAPABILITIES: ports can be named, all at once; reservations outlive a loss of power; all six types. */
export function reportCapabilities({ unit, logicalUnits }: ItlNexus, cdb: Buffer): Step {
  const persists = logicalUnits.array.reservations.of(unit.ref)?.persistsThroughPowerLoss ?? false;
  const data = Buffer.from([0, 8, 0x08 | 0x04 | 0x01, 0x80 | (persists ? 1 : 0), 0xea, 0x01, 0, 0]);
  return goodWithin(data, cdb.readUInt16BE(7));
}

/** READ FULL STATUS: who registered which key where, and who holds the reservation. */
export function readFullStatus(itl: ItlNexus, cdb: Buffer): Step {
  const record = recordOf(itl);
  return answer(record, Buffer.concat(record.registrations.map((each) => statusOf(record, each))), cdb);
}

function statusOf({ reservation }: ReservationRecord, registration: RegistrationRecord): Buffer {
  const holds = reservation !== null && (reservation.holder ?? placeOf(registration)) === placeOf(registration);
  const transportId = transportIdOf(registration);
  const header = Buffer.alloc(24);
  header.write(registration.key, 0, 'hex');
  header[12] = holds ? 0x01 : 0;
  header[13] = holds ? reservation.type : 0;
  header.writeUInt16BE(registration.relativePortId, 18);
  header.writeUInt32BE(transportId.length, 20);
  return Buffer.concat([header, transportId]);
}

function answer(record: ReservationRecord, body: Buffer, cdb: Buffer): Step {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(record.generation, 0);
  header.writeUInt32BE(body.length, 4);
  return goodWithin(Buffer.concat([header, body]), cdb.readUInt16BE(7));
}

function recordOf({ unit, logicalUnits }: ItlNexus): ReservationRecord {
  const none = { ref: unit.ref, generation: 0, registrations: [], reservation: null, persistsThroughPowerLoss: false };
  return logicalUnits.array.reservations.of(unit.ref) ?? none;
}
