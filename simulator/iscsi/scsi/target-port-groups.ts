import type { ControllerRecord } from '../../array/records.js';
import { accessStates, stateOf } from './access-states.js';
import type { ItlNexus } from './nexuses.js';
import {
  CheckCondition,
  good,
  goodWithin,
  invalidField,
  invalidParameter,
  invalidParameterLength,
  senseKeys,
} from './sense.js';
import type { Outcome, Step } from './types.js';

/** What states a group can have: unavailable, non-optimized, optimized, offline, and it tells transitions. */
const supportedStates = 0x80 | 0x40 | 0x08 | 0x02 | 0x01;

/** REPORT TARGET PORT GROUPS (source: SPC-4, 6.37): a group for each controller, in the order of their slots. */
export function reportTargetPortGroups(itl: ItlNexus, cdb: Buffer): Step {
  const format = cdb.readUInt8(1) >> 5;
  if (format > 1) throw invalidField(1, 7);
  const groups = itl.logicalUnits.array.controllers.list().map((controller) => groupOf(itl, controller));
  const body = Buffer.concat(format === 1 ? [Buffer.from([0x10, 0, 0, 0]), ...groups] : groups);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return goodWithin(Buffer.concat([length, body]), cdb.readUInt32BE(6));
}

function groupOf({ unit, logicalUnits }: ItlNexus, controller: ControllerRecord): Buffer {
  const ports = [...logicalUnits.array.tables.iscsiPorts.values()];
  const own = ports
    .map((port, index) => ({ port, relativeId: index + 1 }))
    .filter(({ port }) => port.controllerRef === controller.ref);
  const group = Buffer.alloc(8 + 4 * own.length);
  group[0] = (unit.preferred === controller.ref ? 0x80 : 0) | stateOf(unit, controller);
  group[1] = supportedStates;
  group.writeUInt16BE(controller.slot, 2);
  group[5] = 2;
  group[6] = controller.status === 'optimal' ? 1 : 2;
  group[7] = own.length;
  for (const [index, { relativeId }] of own.entries()) group.writeUInt16BE(relativeId, 8 + 4 * index + 2);
  return group;
}

/** SET TARGET PORT GROUPS (source: SPC-4, 6.45): the group that is to be optimized becomes the owner. */
export function setTargetPortGroups(itl: ItlNexus, cdb: Buffer): Step {
  const dataOutBytes = cdb.readUInt32BE(6);
  if (dataOutBytes === 0) return good;
  if (dataOutBytes < 4 || dataOutBytes > 4 + 4 * 64 || dataOutBytes % 4 !== 0) throw invalidParameterLength();
  return { dataOutBytes, finish: (data) => moveOwner(itl, data) };
}

function moveOwner(itl: ItlNexus, data: Buffer): Outcome {
  const { unit, logicalUnits, attached } = itl;
  const controllers = logicalUnits.array.controllers.list();
  let owner: ControllerRecord | undefined;
  for (let at = 4; at < data.length; at += 4) {
    const state = data.readUInt8(at) & 0x0f;
    const controller = controllers.find((each) => each.slot === data.readUInt16BE(at + 2));
    if (controller === undefined) throw invalidParameter(at + 2);
    if (state === accessStates.optimized) owner = controller;
    else if (state !== accessStates.nonOptimized) throw invalidParameter(at);
    else owner ??= controllers.find((each) => each !== controller && unit.owner === controller.ref);
  }
  if (owner === undefined || owner.ref === unit.owner || unit.isAccessVolume) return good;
  // Set target port groups command failed.
  if (owner.status !== 'optimal') throw new CheckCondition(senseKeys.hardwareError, 0x670a);
  const { ref } = owner;
  logicalUnits.act(attached, () => logicalUnits.array.controllers.takeOver(unit.ref, ref));
  return good;
}
