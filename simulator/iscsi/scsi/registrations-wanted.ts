import type { RegistrationRecord } from '../../array/records.js';
import { placeOf } from '../../array/reservations.js';
import type { ItlNexus } from './nexuses.js';
import { CheckCondition, invalidParameter, invalidParameterLength, senseKeys } from './sense.js';
import { parseTransportId } from './transport-id.js';

/** A unit keeps so many registrations at most. */
const mostRegistrations = 256;

interface Wish {
  /** 16 hex digits. */
  readonly actionKey: string;
  /** SPEC_I_PT: the data names further initiator ports. */
  readonly namesPorts: boolean;
  /** ALL_TG_PT: at the ports of both controllers. */
  readonly allPorts: boolean;
}

/** The registrations that REGISTER parameter data asks for: the nexus' own, and those of the ports that it names. */
export function registrationsWanted(itl: ItlNexus, data: Buffer, wish: Wish): RegistrationRecord[] {
  const { unit, attached, logicalUnits } = itl;
  const { nexus } = attached;
  const initiators = [{ initiatorName: nexus.initiatorName, isid: nexus.isid }];
  if (wish.namesPorts) initiators.push(...namedPorts(itl, data));
  const groups = wish.allPorts
    ? groupsOf(itl)
    : [{ groupTag: nexus.port.groupTag, relativePortId: nexus.port.relativeId }];
  const wanted = initiators.flatMap((initiator) =>
    groups.map((group) => ({ ...initiator, ...group, key: wish.actionKey })),
  );
  const present = logicalUnits.array.reservations.of(unit.ref)?.registrations ?? [];
  const all = new Set([...present, ...wanted].map(placeOf));
  // Insufficient registration resources.
  if (all.size > mostRegistrations) throw new CheckCondition(senseKeys.illegalRequest, 0x5504);
  return wanted;
}

function groupsOf({ logicalUnits, attached }: ItlNexus): { groupTag: number; relativePortId: number }[] {
  const ports = [...logicalUnits.array.tables.iscsiPorts.values()];
  return logicalUnits.array.controllers.list().map((controller) => {
    const own = attached.nexus.port.controllerRef === controller.ref;
    const first = ports.findIndex((port) => port.controllerRef === controller.ref) + 1;
    return { groupTag: controller.slot, relativePortId: own ? attached.nexus.port.relativeId : first };
  });
}

/** The initiator ports in the list behind the basic parameters; a name alone stands for its ports that are logged in. */
function namedPorts({ logicalUnits }: ItlNexus, data: Buffer): { initiatorName: string; isid: string }[] {
  if (data.length < 28 || 28 + data.readUInt32BE(24) !== data.length) throw invalidParameterLength();
  const ports: { initiatorName: string; isid: string }[] = [];
  for (let at = 28; at < data.length; ) {
    const parsed = parseTransportId(data.subarray(at));
    if (parsed === undefined) throw invalidParameter(at);
    const { initiatorName, isid } = parsed.name;
    if (isid !== undefined) {
      ports.push({ initiatorName, isid });
    } else {
      const known = [...logicalUnits.nexuses.keys()].filter((nexus) => nexus.initiatorName === initiatorName);
      if (known.length === 0) throw invalidParameter(at);
      ports.push(...known.map((nexus) => ({ initiatorName, isid: nexus.isid })));
    }
    at += parsed.bytes;
  }
  return ports;
}
