import { placeOf } from '../../array/reservations.js';
import type { ItlNexus } from './nexuses.js';
import { good, invalidField, ReservationConflict } from './sense.js';
import type { Step } from './types.js';

/** What a command does to a unit, for those who reserved it. */
export type Access = 'always' | 'release' | 'open' | 'read' | 'write';

/** Whether a reservation, old or persistent, keeps a nexus from a command (sources: SPC-2, table 10; SPC-4, table 62). */
export function conflicts({ unit, attached, logicalUnits }: ItlNexus, access: Access): boolean {
  if (access === 'always') return false;
  if (unit.reservedBy !== undefined && unit.reservedBy !== attached && access !== 'release') return true;
  if (access !== 'read' && access !== 'write') return false;
  const { reservations } = logicalUnits.array.tables;
  if (reservations.size === 0) return false;
  const record = reservations.get(unit.ref);
  if (record === undefined || record.reservation === null) return false;
  const { type, holder } = record.reservation;
  if (holder === attached.place) return false;
  const opensToRegistrants = type >= 5;
  if (opensToRegistrants && record.registrations.some((each) => placeOf(each) === attached.place)) return false;
  const isWriteExclusive = type === 1 || type === 5 || type === 7;
  return access === 'write' || !isWriteExclusive;
}

/** RESERVE(6) and (10): for the nexus, until it releases the unit, logs out or is lost (source: SPC-2, 7.21). */
export function reserve(itl: ItlNexus, cdb: Buffer): Step {
  if ((cdb.readUInt8(1) & 0x1f) !== 0) throw invalidField(1, 4);
  refuseBesidePersistent(itl);
  itl.unit.reservedBy = itl.attached;
  return good;
}

/** RELEASE(6) and (10): of no effect for who holds nothing. */
export function release(itl: ItlNexus, cdb: Buffer): Step {
  if ((cdb.readUInt8(1) & 0x1f) !== 0) throw invalidField(1, 4);
  refuseBesidePersistent(itl);
  if (itl.unit.reservedBy === itl.attached) itl.unit.reservedBy = undefined;
  return good;
}

function refuseBesidePersistent({ unit, logicalUnits }: ItlNexus): void {
  const record = logicalUnits.array.reservations.of(unit.ref);
  if (record !== undefined && record.registrations.length > 0) throw new ReservationConflict();
}
