import type { ItlNexus } from './nexuses.js';
import type { Opcode } from './opcodes.js';
import { goodWithin, invalidField } from './sense.js';
import type { Step } from './types.js';

/** A command timeouts descriptor that names no timeout. */
const timeouts = Buffer.from([0x00, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** REPORT SUPPORTED OPERATION CODES over a table of them (source: SPC-4, 6.35). */
export function reportSupportedOpcodes(table: () => readonly Opcode[]): (itl: ItlNexus, cdb: Buffer) => Step {
  return (itl, cdb) => {
    const supported = table().filter((opcode) => isSupported(itl, opcode));
    const withTimeouts = (cdb.readUInt8(2) & 0x80) !== 0;
    const option = cdb.readUInt8(2) & 0x07;
    const code = cdb.readUInt8(3);
    const action = cdb.readUInt16BE(4);
    const withCode = supported.filter((opcode) => opcode.code === code);
    const hasActions = table().some((opcode) => opcode.code === code && opcode.action !== undefined);
    const allocationBytes = cdb.readUInt32BE(6);
    switch (option) {
      case 0:
        return goodWithin(allOf(supported, withTimeouts), allocationBytes);
      case 1:
        if (hasActions) throw invalidField(2, 2);
        return goodWithin(oneOf(withCode[0], withTimeouts), allocationBytes);
      case 2:
        if (!hasActions) throw invalidField(2, 2);
        return goodWithin(
          oneOf(
            withCode.find((each) => each.action === action),
            withTimeouts,
          ),
          allocationBytes,
        );
      case 3:
        return goodWithin(
          oneOf(
            withCode.find((each) => (each.action ?? 0) === action),
            withTimeouts,
          ),
          allocationBytes,
        );
      default:
        throw invalidField(2, 2);
    }
  };
}

/** Whether a unit takes a command. */
export function isSupported({ unit }: ItlNexus, opcode: Opcode): boolean {
  if (unit.isAccessVolume && opcode.isForMedium) return false;
  return opcode.when === undefined || opcode.when(unit);
}

/** REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS: abort task (set), clear task set, unit and target reset. */
export function reportSupportedTaskManagement(_itl: ItlNexus, cdb: Buffer): Step {
  const allocationBytes = cdb.readUInt32BE(6);
  if (allocationBytes < 4) throw invalidField(6);
  const isExtended = (cdb.readUInt8(2) & 0x80) !== 0;
  const data = Buffer.alloc(isExtended ? 16 : 4);
  data[0] = 0x80 | 0x40 | 0x10 | 0x08 | 0x02;
  data[3] = data.length - 4;
  return goodWithin(data, allocationBytes);
}

function allOf(opcodes: readonly Opcode[], withTimeouts: boolean): Buffer {
  const descriptors = opcodes.flatMap((opcode) => {
    const descriptor = Buffer.alloc(8);
    descriptor[0] = opcode.code;
    descriptor.writeUInt16BE(opcode.action ?? 0, 2);
    descriptor[5] = (withTimeouts ? 0x02 : 0) | (opcode.action === undefined ? 0 : 0x01);
    descriptor.writeUInt16BE(opcode.usage.length, 6);
    return withTimeouts ? [descriptor, timeouts] : [descriptor];
  });
  const body = Buffer.concat(descriptors);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function oneOf(opcode: Opcode | undefined, withTimeouts: boolean): Buffer {
  if (opcode === undefined) return Buffer.from([0, 0x01, 0, 0]);
  const header = Buffer.from([0, (withTimeouts ? 0x80 : 0) | 0x03, 0, opcode.usage.length]);
  return Buffer.concat(withTimeouts ? [header, opcode.usage, timeouts] : [header, opcode.usage]);
}
