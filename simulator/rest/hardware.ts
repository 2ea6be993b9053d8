import type { ComponentKind } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { managementPortRoutes } from './management-ports.js';
import { Controller, controllerView } from './objects/controllers.js';
import { driveView, locationIn } from './objects/drives.js';
import { iscsiInterfaceView } from './objects/interfaces.js';
import { ethernetView, managementRef } from './objects/management-ports.js';
import { trayView } from './objects/trays.js';
import { apiRoot, readers } from './operations.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { HardwareInventoryResponse } from './schemas/graph.js';
import { EthernetInterfacePort } from './schemas/ports.js';
import { BatteryEx, Fan, PowerSupply, ThermalSensor } from './schemas/trays.js';
import { list, unknown } from './schemas/types.js';

import { cachedWhole } from './view-cache.js';

const componentPrefixes: Readonly<Record<ComponentKind, string>> = {
  fan: '10',
  powerSupply: '11',
  battery: '13',
  temperatureSensor: '14',
};

/** The reference of a part of the first tray. */
export function componentRef(array: StorageArray, kind: ComponentKind, slot: number): string {
  const [tray] = array.tables.trays.values();
  const trayRef = tray?.ref ?? nullRef;
  return `${componentPrefixes[kind]}00${trayRef.slice(4, 32)}${String(slot).padStart(8, '0')}`;
}

/** What cools, powers and backs up the first tray: two of each. */
export function crus(array: StorageArray) {
  const [tray] = array.tables.trays.values();
  const trayRef = tray?.ref ?? nullRef;
  const pair = [1, 2] as const;
  const ref = (kind: ComponentKind, slot: number) => componentRef(array, kind, slot);
  const rtrAttributes = {
    cruType: 'dedicated',
    parentCru: null,
    rtrAttributeData: { hasReadyToRemoveIndicator: false, readyToRemove: false },
  };
  const common = (kind: ComponentKind, slot: 1 | 2) => ({ status: array.components.status(kind, slot), rtrAttributes });
  return {
    fans: pair.map((number) => ({
      ...blank(Fan),
      ...common('fan', number),
      fanRef: ref('fan', number),
      physicalLocation: locationIn(trayRef, number, String(number)),
      id: ref('fan', number),
    })),
    powerSupplies: pair.map((number) => ({
      ...blank(PowerSupply),
      ...common('powerSupply', number),
      powerSupplyRef: ref('powerSupply', number),
      physicalLocation: locationIn(trayRef, number, String(number)),
      partNumber: '114-00148+A0',
      serialNumber: `PSU${number}`,
      vendorName: 'NETAPP  ',
      manufacturerDate: '1474675200',
      id: ref('powerSupply', number),
    })),
    batteries: array.controllers.list().map((controller) => ({
      ...blank(BatteryEx),
      ...common('battery', controller.slot),
      batteryRef: ref('battery', controller.slot),
      physicalLocation: locationIn(trayRef, controller.slot, controller.label),
      automaticAgeReset: true,
      id: ref('battery', controller.slot),
    })),
    thermalSensors: pair.map((number) => ({
      ...blank(ThermalSensor),
      ...common('temperatureSensor', number),
      thermalSensorRef: ref('temperatureSensor', number),
      physicalLocation: locationIn(trayRef, number, String(number)),
      id: ref('temperatureSensor', number),
    })),
  };
}

function hardwareView(array: StorageArray): object {
  return {
    ...blank(HardwareInventoryResponse),
    ...crus(array),
    drives: array.tables.drives.toJSON().map(driveView),
    iscsiPorts: array.iscsiTarget.ports().map((port) => iscsiInterfaceView(array, port)),
    ethernetPorts: array.controllers.list().map((controller) => ({
      ...blank(EthernetInterfacePort),
      ...ethernetView(array, controller),
      controllerId: controller.ref,
      addressId: controller.managementMac,
      niceAddressId: controller.managementMac,
      interfaceId: managementRef(controller),
    })),
    trays: array.tables.trays.toJSON().map(trayView),
    controllers: array.controllers.list().map((controller) => controllerView(array, controller)),
    nvsramVersion: array.system.firmware.nvsram,
  };
}

/** Every attach of a driver asks for the inventory, and it hardly ever changes. */
const hardwareJson = cachedWhole(
  ({ system, iscsiTarget, controllers, tables }) => [
    system,
    iscsiTarget.record,
    ...iscsiTarget.ports(),
    ...controllers.list(),
    ...tables.trays.values(),
    ...tables.components.values(),
    ...tables.drives.values(),
  ],
  hardwareView,
);

export function hardwareRoutes(routes: Routes): void {
  routes.onArray('getControllers', { response: list(Controller) }, ({ array }) =>
    array.controllers.list().map((controller) => controllerView(array, controller)),
  );
  routes.onArray('getController', { response: Controller }, ({ array, id }) =>
    controllerView(array, array.controllers.require(id)),
  );
  routes.onArray('get-HardwareInformation', { response: HardwareInventoryResponse }, ({ array }) =>
    hardwareJson(array),
  );
  managementPortRoutes(routes);
  routes.on(
    {
      id: 'getAllTrays',
      method: 'GET',
      path: `${apiRoot}/hardware-inventory/trays`,
      mode: 'both',
      roles: readers,
      tag: 'Hardware',
      status: 200,
    },
    { response: list(unknown()) },
    ({ systems }) => systems.list().flatMap(({ array }) => array?.tables.trays.toJSON().map(trayView) ?? []),
  );
}
