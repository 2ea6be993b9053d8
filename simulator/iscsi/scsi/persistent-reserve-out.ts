import type { RegistrationRecord, ReservationRecord, ReservationType } from '../../array/records.js';
import { isHeldByAll, placeOf, type ReservationLoss } from '../../array/reservations.js';
import type { ItlNexus } from './nexuses.js';
import { registrationsWanted } from './registrations-wanted.js';
import { good, invalidField, invalidParameter, invalidParameterLength, ReservationConflict } from './sense.js';
import { parseTransportId } from './transport-id.js';
import type { Outcome, Step } from './types.js';
import { attentions } from './unit.js';

/** Parameter data longer than this names more ports than can be. */
const mostParameterBytes = 8192;

/** What the parameter data of every service action begins with (source: SPC-4, 6.17.3). */
interface Parameters {
  readonly data: Buffer;
  /** 16 hex digits. */
  readonly key: string;
  readonly actionKey: string;
  readonly namesPorts: boolean;
  readonly allPorts: boolean;
  readonly persistsThroughPowerLoss: boolean;
  readonly type: number;
}

const noKey = '0'.repeat(16);

/** What a service action does, once its parameters are there. */
type Action = (itl: ItlNexus, parameters: Parameters) => void;

/** PERSISTENT RESERVE OUT with one service action. `usesType`: it reserves, so that scope and type must be right. */
function persistentReserveOut(action: Action, options: { usesType?: boolean; longer?: boolean } = {}) {
  return (itl: ItlNexus, cdb: Buffer): Step => {
    const dataOutBytes = cdb.readUInt32BE(5);
    const type = cdb.readUInt8(2) & 0x0f;
    if (options.usesType && cdb.readUInt8(2) >> 4 !== 0) throw invalidField(2, 7);
    if (options.usesType && ![1, 3, 5, 6, 7, 8].includes(type)) throw invalidField(2, 3);
    if (dataOutBytes < 24 || dataOutBytes > mostParameterBytes) throw invalidParameterLength();
    if (itl.unit.reservedBy !== undefined) throw new ReservationConflict();
    const finish = (data: Buffer): Outcome | Promise<Outcome> => {
      const parameters = parametersOf(data, type);
      if (data.length !== 24 && !parameters.namesPorts && !options.longer) throw invalidParameterLength();
      action(itl, parameters);
      return parameters.persistsThroughPowerLoss ? itl.logicalUnits.persist() : good;
    };
    return { dataOutBytes, exact: true, finish };
  };
}

export const register = persistentReserveOut((itl, parameters) => {
  const own = ownRegistration(itl);
  if (parameters.key !== (own?.key ?? noKey)) throw new ReservationConflict();
  if (own !== undefined && parameters.namesPorts) throw invalidField(1);
  setRegistration(itl, parameters);
});

export const registerAndIgnoreExistingKey = persistentReserveOut((itl, parameters) => {
  if (parameters.namesPorts) throw invalidParameter(20);
  setRegistration(itl, parameters);
});

export const reserve = persistentReserveOut(
  (itl, parameters) => {
    checkKey(itl, parameters);
    const { unit, attached, logicalUnits } = itl;
    const reservation = recordOf(itl)?.reservation ?? null;
    if (reservation !== null) {
      if (holds(itl) && reservation.type === parameters.type) return;
      throw new ReservationConflict();
    }
    logicalUnits.array.reservations.reserve(unit.ref, attached.place, parameters.type as ReservationType);
  },
  { usesType: true },
);

export const release = persistentReserveOut(
  (itl, parameters) => {
    checkKey(itl, parameters);
    const { unit, logicalUnits } = itl;
    const reservation = recordOf(itl)?.reservation ?? null;
    if (reservation === null || !holds(itl)) return;
    // Invalid release of a persistent reservation.
    if (reservation.type !== parameters.type) throw invalidParameter(0, 0x2604);
    tellReleased(itl, logicalUnits.array.reservations.release(unit.ref));
  },
  { usesType: true },
);

export const clear = persistentReserveOut((itl, parameters) => {
  checkKey(itl, parameters);
  const { removed } = itl.logicalUnits.array.reservations.clear(itl.unit.ref);
  tell(itl, removed, attentions.reservationsPreempted);
});

export const preempt = persistentReserveOut((itl, parameters) => void preemptOthers(itl, parameters), {
  usesType: true,
});

export const preemptAndAbort = persistentReserveOut(
  (itl, parameters) => {
    const { unit, logicalUnits, attached } = itl;
    for (const place of preemptOthers(itl, parameters)) {
      for (const other of unit.itlNexuses) {
        if (other.attached.place === place && other.attached !== attached)
          logicalUnits.tasks.abort({
            unitRef: unit.ref,
            nexusId: other.attached.nexus.id,
            answeredExcept: unit.pages.answersAborted ? attached.nexus.id : undefined,
          });
      }
    }
  },
  { usesType: true },
);

export const registerAndMove = persistentReserveOut(
  (itl, parameters) => {
    const { data, actionKey } = parameters;
    const { unit, attached, logicalUnits } = itl;
    checkKey(itl, parameters);
    if (actionKey === noKey) throw invalidParameter(8);
    const idBytes = data.readUInt32BE(20);
    if (24 + idBytes !== data.length) throw invalidParameterLength();
    const reservation = recordOf(itl)?.reservation ?? null;
    if (reservation === null || reservation.holder !== attached.place) throw new ReservationConflict();
    const parsed = parseTransportId(data.subarray(24));
    const ports = [...logicalUnits.array.tables.iscsiPorts.values()];
    const relativePortId = data.readUInt16BE(18);
    const port = ports[relativePortId - 1];
    const controller = logicalUnits.array.tables.controllers.get(port?.controllerRef ?? '');
    if (controller === undefined) throw invalidParameter(18);
    if (parsed === undefined || parsed.name.isid === undefined) throw invalidParameter(24);
    const { initiatorName, isid } = parsed.name;
    const to = { initiatorName, isid, groupTag: controller.slot, relativePortId, key: actionKey };
    if (placeOf(to) === attached.place) throw invalidParameter(24);
    const unregister = (data.readUInt8(17) & 0x02) !== 0;
    const persistsThroughPowerLoss = (data.readUInt8(17) & 0x01) !== 0;
    logicalUnits.array.reservations.move(unit.ref, attached.place, to, { unregister, persistsThroughPowerLoss });
  },
  { longer: true },
);

function parametersOf(data: Buffer, type: number): Parameters {
  const flags = data.readUInt8(20);
  return {
    data,
    key: data.toString('hex', 0, 8).toUpperCase(),
    actionKey: data.toString('hex', 8, 16).toUpperCase(),
    namesPorts: (flags & 0x08) !== 0,
    allPorts: (flags & 0x04) !== 0,
    persistsThroughPowerLoss: (flags & 0x01) !== 0,
    type,
  };
}

/** Registers the key for the nexus and whom it names, or takes the nexus' registration away when there is no key. */
function setRegistration(itl: ItlNexus, parameters: Parameters): void {
  const { unit, attached, logicalUnits } = itl;
  const { actionKey, persistsThroughPowerLoss } = parameters;
  const wanted = registrationsWanted(itl, parameters.data, parameters);
  if (actionKey !== noKey) {
    logicalUnits.array.reservations.register(unit.ref, wanted, persistsThroughPowerLoss);
    return;
  }
  if (ownRegistration(itl) === undefined) return;
  const places = [attached.place];
  tellReleased(itl, logicalUnits.array.reservations.unregister(unit.ref, places, persistsThroughPowerLoss));
}

/**
 * Takes the registrations with the action key away, and with them the reservation when they held it (source: SPC-4,
 * 5.12.11.2). Returns the places that lost theirs.
 */
function preemptOthers(itl: ItlNexus, parameters: Parameters): readonly string[] {
  checkKey(itl, parameters);
  const { unit, attached, logicalUnits } = itl;
  const { actionKey } = parameters;
  const record = recordOf(itl);
  if (record === undefined) throw new ReservationConflict();
  const { reservation, registrations } = record;
  const byAll = reservation !== null && isHeldByAll(reservation.type);
  if (actionKey === noKey && !byAll) throw invalidParameter(8);
  const withKey = registrations.filter((each) => actionKey === noKey || each.key === actionKey).map(placeOf);
  const takesOver = reservation !== null && (byAll ? actionKey === noKey : withKey.includes(reservation.holder ?? ''));
  if (withKey.length === 0) throw new ReservationConflict();
  const gone = takesOver ? withKey.filter((place) => place !== attached.place) : withKey;
  const type = takesOver ? (parameters.type as ReservationType) : undefined;
  const loss = logicalUnits.array.reservations.preempt(unit.ref, attached.place, gone, type);
  tell(itl, loss.removed, attentions.registrationsPreempted);
  // A reservation of the same type that only changes hands is none that ended for those who share in it.
  if (!takesOver) tellReleased(itl, loss);
  else if (reservation.type !== parameters.type) tell(itl, placesOf(recordOf(itl)), attentions.reservationsReleased);
  return loss.removed;
}

/** Those who shared in a reservation are told that it ended (source: SPC-4, 5.12.11.1.2). */
function tellReleased(itl: ItlNexus, { ended }: ReservationLoss): void {
  if (ended !== null && ended >= 5) tell(itl, placesOf(recordOf(itl)), attentions.reservationsReleased);
}

function tell({ unit, attached }: ItlNexus, places: readonly string[], attention: number): void {
  for (const other of unit.itlNexuses) {
    if (other.attached !== attached && places.includes(other.attached.place)) other.tell(attention);
  }
}

function placesOf(record: ReservationRecord | undefined): string[] {
  return record?.registrations.map(placeOf) ?? [];
}

function checkKey(itl: ItlNexus, { key }: Parameters): void {
  if (ownRegistration(itl)?.key !== key) throw new ReservationConflict();
}

function holds(itl: ItlNexus): boolean {
  const reservation = recordOf(itl)?.reservation ?? null;
  if (reservation === null) return false;
  return reservation.holder === null ? ownRegistration(itl) !== undefined : reservation.holder === itl.attached.place;
}

function ownRegistration(itl: ItlNexus): RegistrationRecord | undefined {
  return recordOf(itl)?.registrations.find((each) => placeOf(each) === itl.attached.place);
}

function recordOf({ unit, logicalUnits }: ItlNexus): ReservationRecord | undefined {
  return logicalUnits.array.reservations.of(unit.ref);
}
