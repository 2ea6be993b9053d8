import type { ControllerRecord } from '../../array/records.js';
import type { StorageArray } from '../../array/storage-array.js';
import { seconds } from '../epoch-seconds.js';
import { RepairPolicy, RTRAttributes } from '../schemas/components.js';
import { StatusName } from '../schemas/enums.js';
import { Location } from '../schemas/locations.js';
import { ControllerNetworkSettings } from '../schemas/network-settings.js';
import { type Shown, showing } from '../schemas/shown.js';
import {
  ContainerServicesConfiguration,
  CtrlIOCDumpData,
  InventoryItem,
  VersionDescriptor,
} from '../schemas/software-versions.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from '../schemas/types.js';
import { IOInterfaceTypeData, interfaceTypeData } from './interfaces.js';
import { controllerLocation, ethernetView, NetInterfaceTypeData, networkSettings } from './management-ports.js';

function controllerFacts(array: StorageArray, controller: ControllerRecord) {
  const { firmware } = array.system;
  const ports = array.iscsiTarget.ports().filter((port) => port.controllerRef === controller.ref);
  return { array, controller, firmware, ports };
}

const controller = showing<ReturnType<typeof controllerFacts>>();

export const Controller = object({
  active: controller.shown(boolean(), ({ controller }) => controller.status === 'optimal'),
  quiesced: controller.always(boolean(), false),
  status: controller.shown(StatusName, ({ controller }) => controller.status),
  controllerRef: controller.shown(text(), ({ controller }) => controller.ref),
  physicalLocation: controller.shown(nullable(Location), ({ array, controller }) =>
    controllerLocation(array, controller),
  ),
  manufacturer: controller.always(text(), 'NETAPP  '),
  manufacturerDate: controller.always(Int64, '1474675200'),
  appVersion: controller.shown(text(), ({ firmware }) => firmware.bundle),
  bootVersion: controller.shown(text(), ({ firmware }) => firmware.bundle),
  productID: controller.always(text(), 'INF-01-00       '),
  productRevLevel: controller.shown(text(), ({ firmware }) => firmware.bundle.replaceAll('.', '').slice(0, 4)),
  serialNumber: controller.shown(text(), ({ controller }) => controller.serialNumber.padEnd(16)),
  boardID: controller.shown(text(), ({ controller }) => controller.boardId),
  cacheMemorySize: controller.shown(integer(), ({ controller }) => controller.cacheMemoryMib),
  processorMemorySize: controller.shown(integer(), ({ controller }) => controller.processorMemoryMib),
  hostInterfaces: controller.shown(list(IOInterfaceTypeData), ({ ports, array }) =>
    ports.map((port) => interfaceTypeData(array, port)),
  ),
  driveInterfaces: controller.always(list(IOInterfaceTypeData), []),
  netInterfaces: controller.shown(list(NetInterfaceTypeData), ({ array, controller }) => [
    { interfaceType: 'ethernet', ethernet: ethernetView(array, controller) },
  ]),
  inventory: list(InventoryItem),
  reserved1: text(),
  reserved2: text(),
  hostBoardID: controller.always(nullable(text()), null),
  physicalCacheMemorySize: controller.shown(integer(), ({ controller }) => controller.cacheMemoryMib + 1024),
  readyToRemove: boolean(),
  boardSubmodelID: text(),
  submodelSupported: controller.always(boolean(), true),
  oemPartNumber: text(),
  partNumber: controller.shown(text(), ({ controller }) => controller.partNumber.padEnd(15)),
  rtrAttributes: controller.always(nullable(RTRAttributes), {
    cruType: 'dedicated',
    parentCru: null,
    rtrAttributeData: { hasReadyToRemoveIndicator: true, readyToRemove: false },
  }),
  bootTime: controller.shown(Int64, ({ controller }) => seconds(controller.bootTimeMs)),
  modelName: controller.shown(text(), ({ controller }) => controller.modelName),
  networkSettings: controller.shown(nullable(ControllerNetworkSettings), ({ controller }) =>
    networkSettings(controller),
  ),
  repairPolicy: controller.always(nullable(RepairPolicy), {
    removalData: { removalMethod: '__UNDEFINED', rtrAttributes: null },
    replacementMethod: '__UNDEFINED',
  }),
  flashCacheMemorySize: controller.always(integer(), 419_430_400),
  ctrlIocDumpData: controller.always(nullable(CtrlIOCDumpData), {
    iocDumpNeedsRetrieved: false,
    iocDumpTag: 0,
    timeStamp: '0',
  }),
  locateInProgress: boolean(),
  hasTrayIdentityIndicator: controller.always(boolean(), false),
  controllerErrorMode: controller.always(
    oneOf('notInErrorMode', 'unknown', 't10PiServiceMode', 't10PiLockdown', '__UNDEFINED'),
    'notInErrorMode',
  ),
  codeVersions: controller.shown(list(VersionDescriptor), ({ firmware }) => [
    { codeModule: 'raid', versionString: firmware.bundle },
    { codeModule: 'hypervisor', versionString: firmware.bundle },
    { codeModule: 'management', versionString: firmware.management },
    { codeModule: 'bundle', versionString: firmware.bundle },
    { codeModule: 'bundleDisplay', versionString: firmware.display },
  ]),
  containerServicesConfiguration: nullable(ContainerServicesConfiguration),
  id: controller.shown(text(), ({ controller }) => controller.ref),
});

const controllerObject = controller.viewOf(Controller);

export function controllerView(array: StorageArray, controller: ControllerRecord): Shown<typeof Controller> {
  return controllerObject(controllerFacts(array, controller));
}
