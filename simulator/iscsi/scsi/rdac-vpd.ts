import { accessVolumeLun } from '../../array/mappings.js';
import type { ControllerRecord } from '../../array/records.js';
import { accessStates, stateOf } from './access-states.js';
import { encodeLun } from './lun.js';
import type { ItlNexus } from './nexuses.js';

/**
 * The vendor's pages C0 to D0, which multipath tools know the array by (source: iSCSI facts, 11.3). Offsets here are
 * those of the whole page; the bodies begin at its fourth byte.
 */
export const rdacPages: readonly (readonly [code: number, body: (itl: ItlNexus) => Buffer])[] = [
  [0xc0, hardwareRevision],
  [0xc1, (itl) => firmwareRevision(itl, 'fwr4', 104)],
  [0xc2, softwareRevision],
  [0xc3, features],
  [0xc4, subsystem],
  [0xc8, identification],
  [0xc9, accessControl],
  [0xca, replicatedVolume],
  [0xd0, arrayName],
];

/** How much a controller is out of service, in the vendor's words. */
const vendorStates: Record<ControllerRecord['status'], number> = { optimal: 1, failed: 2, removed: 2, serviceMode: 7 };

class Page {
  private readonly bytes: Buffer;

  constructor(id: string, pageBytes: number) {
    this.bytes = Buffer.alloc(pageBytes);
    this.text(4, id, 4);
  }

  byte(at: number, value: number): this {
    this.bytes[at] = value;
    return this;
  }

  put(at: number, value: Buffer): this {
    this.bytes.set(value, at);
    return this;
  }

  text(at: number, value: string, length: number): this {
    this.bytes.write(value.slice(0, length).padEnd(length), at, length, 'latin1');
    return this;
  }

  /** Characters in two bytes each, the first of them zero. */
  wide(at: number, value: string, length: number): this {
    const characters = Buffer.from(value, 'utf16le').subarray(0, length).swap16();
    return this.put(at, characters);
  }

  body(): Buffer {
    return this.bytes.subarray(4);
  }
}

function hardwareRevision(itl: ItlNexus): Buffer {
  const own = ownController(itl);
  const { logicalUnits } = itl;
  const ports = [...logicalUnits.array.tables.iscsiPorts.values()].filter((port) => port.controllerRef === own?.ref);
  const memory = Buffer.alloc(2);
  memory.writeUInt16BE(Math.min(own?.cacheMemoryMib ?? 0, 0xffff));
  return new Page('hwr4', 158)
    .byte(8, ports.length)
    .put(10, memory)
    .text(16, own?.modelName ?? '', 64)
    .text(80, own?.partNumber ?? '', 16)
    .text(96, '', 12)
    .text(108, '', 4)
    .text(112, own?.serialNumber ?? '', 16)
    .text(154, own?.boardId ?? '', 4)
    .body();
}

function firmwareRevision(itl: ItlNexus, id: string, pageBytes: number): Buffer {
  return new Page(id, pageBytes).put(8, versionBytes(itl)).body();
}

function softwareRevision(itl: ItlNexus): Buffer {
  const dualActive = 0x01;
  const alua = 0x10;
  const mostLuns = Math.min(itl.logicalUnits.array.system.limits.lunsPerHost, 0xff);
  return new Page('swr4', 104)
    .put(8, versionBytes(itl))
    .byte(14, dualActive | alua)
    .byte(15, mostLuns)
    .body();
}

function features(itl: ItlNexus): Buffer {
  const { limits } = itl.logicalUnits.array.system;
  const perVolume = Math.min(limits.drives, 0xff);
  return new Page('prm4', 0x30)
    .byte(8, perVolume)
    .byte(9, 0xff)
    .byte(11, 0x80 | accessVolumeLun)
    .body();
}

function subsystem(itl: ItlNexus): Buffer {
  const { system } = itl.logicalUnits.array;
  return new Page('subs', 34)
    .text(8, system.chassisSerialNumber, 16)
    .text(24, '47.0', 4)
    .text(28, `0${ownController(itl)?.slot ?? 1}`, 2)
    .body();
}

function identification(itl: ItlNexus): Buffer {
  const { unit, logicalUnits, lun } = itl;
  const label = unit.record?.label ?? 'Access';
  const { system } = logicalUnits.array;
  return new Page('edid', 175)
    .byte(11, 16)
    .put(12, Buffer.from(unit.wwn, 'hex'))
    .byte(28, Math.min(2 * label.length, 60))
    .wide(29, label, 60)
    .byte(89, 16)
    .put(90, Buffer.from(system.wwn, 'hex'))
    .byte(106, Math.min(2 * system.label.length, 60))
    .wide(107, system.label, 60)
    .put(167, eightBytes(lun))
    .body();
}

/** Linux reads the number from the last of the eight bytes; the peripheral form has it in the second. */
function eightBytes(lun: number): Buffer {
  const field = encodeLun(lun);
  if (lun < 256) field.set([0, 0, 0, 0, 0, 0, 0, lun]);
  return field;
}

function accessControl(itl: ItlNexus): Buffer {
  const { unit } = itl;
  const own = ownController(itl);
  const other = itl.logicalUnits.array.controllers.list().find((controller) => controller.ref !== own?.ref);
  const owns = unit.owner === own?.ref;
  // Bits for transfer data, transfer at sector 0 and I/O shipping, which together mean ALUA; and that states follow.
  const aluaMode = 0xe0 | 0x10;
  return new Page('vac1', 0x30)
    .byte(8, aluaMode | (owns ? 1 : 0))
    .byte(9, unit.preferred === own?.ref ? 1 : 2)
    .byte(10, own === undefined ? accessStates.offline : stateOf(unit, own))
    .byte(11, own === undefined ? 0xff : vendorStates[own.status])
    .byte(12, other === undefined ? accessStates.offline : stateOf(unit, other))
    .byte(13, other === undefined ? 0xff : vendorStates[other.status])
    .body();
}

function replicatedVolume(itl: ItlNexus): Buffer {
  const { unit, logicalUnits } = itl;
  const { view } = unit;
  const copyTarget = logicalUnits.array.volumeCopies.isTarget(unit.ref);
  const base = view === undefined ? undefined : logicalUnits.array.tables.volumes.get(view.baseRef);
  return new Page('rvsi', 26)
    .byte(8, (view === undefined ? 0 : 1) | (copyTarget ? 2 : 0))
    .put(10, Buffer.from(base?.wwn ?? '', 'hex'))
    .body();
}

function arrayName(itl: ItlNexus): Buffer {
  return new Page('said', 24).put(8, Buffer.from(itl.logicalUnits.array.system.wwn, 'hex')).body();
}

function ownController(itl: ItlNexus): ControllerRecord | undefined {
  return itl.logicalUnits.array.tables.controllers.get(itl.attached.nexus.port.controllerRef);
}

/** Major, minor and patch, two decimal digits in a byte each. */
function versionBytes(itl: ItlNexus): Buffer {
  return Buffer.from(itl.logicalUnits.array.system.firmware.bundle.split('.').slice(0, 3).join(''), 'hex');
}
