import {
  type RegistrationRecord,
  type ReservationRecord,
  type ReservationType,
  reservationDefaults,
} from './records.js';
import type { StorageArray } from './storage-array.js';

/** An initiator port at a target port group, as one text: what tells registrations apart. */
export function placeOf(port: Pick<RegistrationRecord, 'initiatorName' | 'isid' | 'groupTag'>): string {
  return `${port.initiatorName},i,0x${port.isid},t,${port.groupTag}`;
}

/** Whether all registrants hold a reservation of that type. */
export function isHeldByAll(type: ReservationType): boolean {
  return type === 7 || type === 8;
}

/** What a change took away, for those who have to be told. */
export interface ReservationLoss {
  /** The places whose registrations were removed. */
  readonly removed: readonly string[];
  /** The type of the reservation that ended; null when it goes on, or there was none. */
  readonly ended: ReservationType | null;
}

const nothingLost: ReservationLoss = { removed: [], ended: null };

/**
 * SCSI persistent reservations on volumes and snapshot volumes (source: SPC-4, 5.12). Who may do what is the SCSI
 * layer's to decide; this keeps the outcome whole: a holder is registered, all zeros are no key, one place has one key.
 */
export class Reservations {
  constructor(private readonly array: StorageArray) {
    const drop = (ref: string) => array.tables.reservations.delete(ref);
    array.tables.volumes.onDelete(drop);
    array.tables.snapshotVolumes.onDelete(drop);
  }

  of(volumeRef: string): ReservationRecord | undefined {
    return this.array.tables.reservations.get(volumeRef);
  }

  /** Registers a key for each of some places, in place of those they had. */
  register(volumeRef: string, registrations: readonly RegistrationRecord[], persistsThroughPowerLoss: boolean): void {
    this.array.transact(() => {
      const present = this.present(volumeRef);
      const fresh = new Map(present.registrations.map((each) => [placeOf(each), each]));
      for (const each of registrations) fresh.set(placeOf(each), each);
      this.put({ ...next(present), registrations: [...fresh.values()], persistsThroughPowerLoss });
    });
  }

  /** Takes the registrations of some places away; a reservation ends with its last holder. */
  unregister(volumeRef: string, places: readonly string[], persistsThroughPowerLoss: boolean): ReservationLoss {
    return this.array.transact(() => {
      const present = this.present(volumeRef);
      const record = without(next(present), places);
      this.put({ ...record, persistsThroughPowerLoss });
      return lossOf(present, record);
    });
  }

  /** Reserves for a place, or for all registrants when the type says so. The generation stays. */
  reserve(volumeRef: string, place: string, type: ReservationType): void {
    this.array.transact(() => {
      const holder = isHeldByAll(type) ? null : place;
      this.put({ ...this.present(volumeRef), reservation: { type, holder } });
    });
  }

  /** Ends the reservation; the registrations stay. */
  release(volumeRef: string): ReservationLoss {
    return this.array.transact(() => {
      const present = this.present(volumeRef);
      if (present.reservation === null) return nothingLost;
      this.put({ ...present, reservation: null });
      return { removed: [], ended: present.reservation.type };
    });
  }

  /** Takes every registration and the reservation away. */
  clear(volumeRef: string): ReservationLoss {
    return this.unregister(volumeRef, this.present(volumeRef).registrations.map(placeOf), false);
  }

  /** Takes the registrations of some places away and, with a type, reserves for `place` in place of who held it. */
  preempt(
    volumeRef: string,
    place: string,
    removed: readonly string[],
    type: ReservationType | undefined,
  ): ReservationLoss {
    return this.array.transact(() => {
      const present = this.present(volumeRef);
      const record = without(next(present), removed);
      const reserved = type === undefined ? {} : { reservation: { type, holder: isHeldByAll(type) ? null : place } };
      this.put({ ...record, ...reserved });
      return lossOf(present, record);
    });
  }

  /** Hands registration and reservation over from one place to another. */
  move(
    volumeRef: string,
    from: string,
    to: RegistrationRecord,
    options: { readonly unregister: boolean; readonly persistsThroughPowerLoss: boolean },
  ): void {
    this.array.transact(() => {
      const present = this.present(volumeRef);
      const kept = present.registrations.filter(
        (each) => placeOf(each) !== placeOf(to) && !(options.unregister && placeOf(each) === from),
      );
      const { reservation } = present;
      this.put({
        ...next(present),
        registrations: [...kept, to],
        reservation: reservation === null ? null : { ...reservation, holder: placeOf(to) },
        persistsThroughPowerLoss: options.persistsThroughPowerLoss,
      });
    });
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const { ref, registrations, reservation } of this.array.tables.reservations.values()) {
      if (!this.array.tables.volumes.has(ref) && !this.array.tables.snapshotVolumes.has(ref))
        problems.push(`there are reservations of ${ref}, which does not exist`);
      const places = registrations.map(placeOf);
      if (new Set(places).size !== places.length) problems.push(`${ref} has two registrations for one place`);
      if (registrations.some((each) => !/^(?!0{16})[0-9A-F]{16}$/.test(each.key)))
        problems.push(`${ref} has a registration without a key`);
      if (reservation === null) continue;
      if (registrations.length === 0) problems.push(`${ref} is reserved, but has no registration`);
      if (isHeldByAll(reservation.type) !== (reservation.holder === null))
        problems.push(`${ref} has a reservation of type ${reservation.type} held by ${reservation.holder}`);
      if (reservation.holder !== null && !places.includes(reservation.holder))
        problems.push(`${ref} is reserved by ${reservation.holder}, who is not registered`);
    }
    return problems;
  }

  private present(volumeRef: string): ReservationRecord {
    const none = {
      ref: volumeRef,
      ...reservationDefaults,
    };
    return this.of(volumeRef) ?? none;
  }

  private put(record: ReservationRecord): void {
    this.array.tables.reservations.put(record);
  }
}

function next(record: ReservationRecord): ReservationRecord {
  return { ...record, generation: (record.generation + 1) % 2 ** 32 };
}

function without(record: ReservationRecord, places: readonly string[]): ReservationRecord {
  const registrations = record.registrations.filter((each) => !places.includes(placeOf(each)));
  const { reservation } = record;
  const ends =
    reservation !== null &&
    (reservation.holder === null ? registrations.length === 0 : places.includes(reservation.holder));
  return { ...record, registrations, reservation: ends ? null : reservation };
}

function lossOf(before: ReservationRecord, after: ReservationRecord): ReservationLoss {
  const left = new Set(after.registrations.map(placeOf));
  return {
    removed: before.registrations.map(placeOf).filter((place) => !left.has(place)),
    ended: before.reservation !== null && after.reservation === null ? before.reservation.type : null,
  };
}
