import type { StorageArray } from '../array/storage-array.js';
import { crus } from './crus.js';
import { managementPortRoutes } from './management-ports.js';
import { Controller, controllerView } from './objects/controllers.js';
import { driveView } from './objects/drives.js';
import { iscsiInterfaceView } from './objects/interfaces.js';
import { ethernetView, managementRef } from './objects/management-ports.js';
import { trayView } from './objects/trays.js';
import { apiRoot, readers } from './operations.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { HardwareInventoryResponse } from './schemas/graph.js';
import { EthernetInterfacePort } from './schemas/interfaces.js';
import { list, unknown } from './schemas/types.js';

import { cachedWhole } from './view-cache.js';

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
