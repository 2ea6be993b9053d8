import type { ComponentKind, ControllerRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { seconds } from './epoch-seconds.js';
import { locationIn } from './objects/drives.js';
import { blank } from './schemas/blank.js';
import { CacheMemoryDimm } from './schemas/cache-devices.js';
import type { RTRAttributes } from './schemas/components.js';
import type { Location } from './schemas/locations.js';
import { BatteryEx, Fan, PowerSupply, SmartBatteryData, ThermalSensor } from './schemas/power-and-cooling.js';
import type { Shown } from './schemas/shown.js';
import { SupportCRU } from './schemas/trays.js';

/** How the references of parts begin (source: recorded arrays). */
const prefixes = {
  fan: '08',
  battery: '09',
  powerSupply: '0A',
  temperatureSensor: '0B',
  supportCru: '1C',
  cacheMemoryDimm: '25',
} as const satisfies Record<ComponentKind | 'supportCru' | 'cacheMemoryDimm', string>;

/** Texts of fixed width, as the parts themselves store them (source: recorded arrays). */
const partNumberWidth = 15;
const vendorName = 'NETAPP'.padEnd(11);

/** Batteries learn their capacity once in so many weeks, beginning when their controller starts. */
const learnCycleWeeks = 8;
const weekMs = 7 * 24 * 3_600_000;

function partRef(array: StorageArray, kind: keyof typeof prefixes, slot: number): string {
  const [tray] = array.tables.trays.values();
  return `${prefixes[kind]}00${(tray?.ref ?? nullRef).slice(4, 32)}${String(slot).padStart(8, '0')}`;
}

/** The reference of a part of the first tray. */
export function componentRef(array: StorageArray, kind: ComponentKind, slot: number): string {
  return partRef(array, kind, slot);
}

const notReady = { hasReadyToRemoveIndicator: false, readyToRemove: false };

const noParent = {
  parentController: nullRef,
  parentEsm: nullRef,
  parentFan: nullRef,
  parentInterconnectCru: nullRef,
  parentSupportCru: nullRef,
  parentDrawer: nullRef,
};

/** What is replaced together with its support CRU or its controller. */
function inParent(type: 'supportCru' | 'controller', ref: string): Shown<typeof RTRAttributes> {
  const parent = type === 'controller' ? { parentController: ref } : { parentSupportCru: ref };
  return { cruType: 'aggregate', parentCru: { type, ...noParent, ...parent }, rtrAttributeData: null };
}

const repairedWithParent = {
  removalData: { removalMethod: 'parent', rtrAttributes: null },
  replacementMethod: 'parent',
} as const;

const repairedItself = {
  removalData: { removalMethod: 'self', rtrAttributes: notReady },
  replacementMethod: 'self',
} as const;

/** In a controller, and not only in its tray. */
function locationInController(trayRef: string, { ref, slot, label }: ControllerRecord): Shown<typeof Location> {
  return {
    ...locationIn(trayRef, slot, label),
    locationParent: { refType: 'controller', controllerRef: ref, symbolRef: null, typedReference: null },
  };
}

/** What cools, powers and backs up the first tray: two of each. */
export function crus(array: StorageArray) {
  const [tray] = array.tables.trays.values();
  const trayRef = tray?.ref ?? nullRef;
  const pair = [1, 2] as const;
  const placed = (slot: number) => ({ physicalLocation: locationIn(trayRef, slot, String(slot)) });
  const inCru = (slot: number) => ({
    rtrAttributes: inParent('supportCru', partRef(array, 'supportCru', slot)),
    repairPolicy: repairedWithParent,
  });
  const common = (kind: ComponentKind, slot: 1 | 2) => ({
    status: array.components.status(kind, slot),
    id: componentRef(array, kind, slot),
  });
  return {
    fans: pair.map((slot) => ({
      ...blank(Fan),
      ...common('fan', slot),
      ...placed(slot),
      ...inCru(slot),
      fanRef: componentRef(array, 'fan', slot),
    })),
    powerSupplies: pair.map((slot) => ({
      ...blank(PowerSupply),
      ...common('powerSupply', slot),
      ...placed(slot),
      ...inCru(slot),
      powerSupplyRef: componentRef(array, 'powerSupply', slot),
      partNumber: '114-00148+A0'.padEnd(partNumberWidth),
      serialNumber: `PSU${slot}`,
      vendorName,
      manufacturerDate: '1474675200',
    })),
    batteries: array.controllers.list().map((controller) => ({
      ...batteryOf(array, controller),
      ...common('battery', controller.slot),
      physicalLocation: locationInController(trayRef, controller),
    })),
    thermalSensors: pair.map((slot) => ({
      ...blank(ThermalSensor),
      ...common('temperatureSensor', slot),
      ...placed(slot),
      ...inCru(slot),
      thermalSensorRef: componentRef(array, 'temperatureSensor', slot),
    })),
    supportCRUs: pair.map((slot) => ({
      ...blank(SupportCRU),
      ...placed(slot),
      supportCRURef: partRef(array, 'supportCru', slot),
      status: array.components.status('powerSupply', slot) === 'optimal' ? 'optimal' : 'failed',
      manufacturerDate: '1474675200',
      vendorName,
      configuredComponents: ['fan', 'powerSupply', 'thermalSensor'],
      type: 'powerFan',
      repairPolicy: repairedItself,
      id: partRef(array, 'supportCru', slot),
    })),
    cacheMemoryDimms: array.controllers.list().map((controller) => ({
      ...blank(CacheMemoryDimm),
      cacheMemoryDimmRef: partRef(array, 'cacheMemoryDimm', controller.slot),
      status: controller.status === 'removed' ? 'empty' : 'optimal',
      capacityInMegabytes: controller.cacheMemoryMib,
      serialNumber: `DIMM${controller.serialNumber}`,
      physicalLocation: locationInController(trayRef, controller),
      repairPolicy: repairedWithParent,
    })),
  };
}

/** A battery backs the cache of its controller up, and is replaced with it. */
function batteryOf(array: StorageArray, controller: ControllerRecord) {
  const learnCycleData = {
    ...blank(SmartBatteryData),
    lastBatteryLearnCycle: seconds(controller.bootTimeMs),
    nextBatteryLearnCycle: seconds(controller.bootTimeMs + learnCycleWeeks * weekMs),
    batteryLearnCycleInterval: learnCycleWeeks,
  };
  return {
    ...blank(BatteryEx),
    batteryRef: componentRef(array, 'battery', controller.slot),
    batteryTypeData: {
      batteryType: 'dualIndividualFrus',
      cruParentController: nullRef,
      parentController: controller.ref,
    },
    vendorName,
    rtrAttributes: inParent('controller', controller.ref),
    repairPolicy: repairedItself,
    automaticAgeReset: true,
    learnCycleData,
    smartBatteryData: learnCycleData,
  } as const;
}
