import type { ComponentKind, ControllerRecord, TrayRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { driveView, locationIn } from './drives.js';
import { interfaceTypeData, iscsiInterfaceView } from './interfaces.js';
import { apiRoot, readers } from './operations.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { HardwareInventoryResponse } from './schemas/graph.js';
import {
  Controller,
  ControllerNetworkSettings,
  EthernetInterface,
  EthernetInterfacePort,
  ManagementInterface,
} from './schemas/ports.js';
import { BatteryEx, Fan, PowerSupply, ThermalSensor, TrayEx } from './schemas/trays.js';
import { list, unknown } from './schemas/types.js';
import { seconds } from './snapshot-groups.js';
import { cachedWhole } from './view-cache.js';

const noIpv6 = {
  address: '0'.repeat(32),
  addressState: {
    addressType: 'typeInterface',
    interfaceAddressState: '__UNDEFINED',
    routerAddressState: '__UNDEFINED',
  },
};

export function trayView(tray: TrayRecord): object {
  return {
    ...blank(TrayEx),
    type: tray.type,
    orientation: 'horizontal',
    numControllerSlots: 2,
    numDriveSlots: tray.slots,
    trayId: tray.trayId,
    trayRef: tray.ref,
    partNumber: tray.partNumber,
    serialNumber: tray.serialNumber,
    vendorName: 'NETAPP  ',
    manufacturerDate: '1474675200',
    fruType: '',
    workingChannel: -1,
    maxSpeed: 'speed12gig',
    trayTechnologyType: 'unknown',
    frontEndInterfaceTechnology: 'iscsi',
    driveTechnologies: ['sas'],
    numDriveCompartments: tray.rows,
    numDriveSlotsPerCompartment: tray.columns,
    physicalLocation: locationIn(tray.ref, 0, ''),
    driveLayout: {
      driveOrientation: 'vertical',
      numRows: tray.rows,
      numColumns: tray.columns,
      primaryTraversal: 'leftToRight',
      secondaryTraversal: 'topToBottom',
    },
    factoryDefaultsData: { factoryDefaultsVersion: '', isSupported: false },
    hasConfigurableTrayId: true,
    hasTrayIdentityIndicator: true,
    oemPartNumber: '',
    trayPositionIndex: 0,
    id: tray.ref,
  };
}

function serverAddress(address: string): object {
  return { addressType: 'ipv4', ipv4Address: address, ipv6Address: null };
}

function dnsProperties(controller: ControllerRecord): object {
  return {
    acquisitionProperties: { dnsAcquisitionType: 'stat', dnsServers: controller.dnsServers.map(serverAddress) },
    dhcpAcquiredDnsServers: [],
  };
}

function ntpProperties(controller: ControllerRecord): object {
  const ntpServers = controller.ntpServers.map((address) => ({
    addrType: 'ipvx',
    domainName: null,
    ipvxAddress: serverAddress(address),
  }));
  return {
    acquisitionProperties: { ntpAcquisitionType: controller.ntpServers.length === 0 ? 'disabled' : 'stat', ntpServers },
    dhcpAcquiredNtpServers: [],
  };
}

function controllerLocation(array: StorageArray, controller: ControllerRecord): object {
  const [tray] = array.tables.trays.values();
  return {
    trayRef: tray?.ref ?? nullRef,
    slot: controller.slot,
    locationParent: { refType: 'generic', controllerRef: null, symbolRef: nullRef, typedReference: null },
    locationPosition: controller.slot,
    label: controller.label,
  };
}

function managementRef(controller: ControllerRecord): string {
  return `28000${controller.ref.slice(1, 2)}${'0'.repeat(17)}${controller.slot}0001${'0'.repeat(12)}`
    .slice(0, 40)
    .padEnd(40, '0');
}

function toInteger(ipv4: string): number {
  return ipv4.split('.').reduce((value, part) => (value << 8) | Number(part), 0);
}

/** A management port of a controller, as part of the controller. */
function ethernetView(array: StorageArray, controller: ControllerRecord): object {
  const gateway = '10.113.1.1';
  return {
    ...blank(EthernetInterface),
    interfaceName: 'wan0',
    channel: 1,
    speed: 1000,
    ip: toInteger(controller.managementAddress),
    alias: controller.managementAlias,
    macAddr: controller.managementMac,
    gatewayIp: toInteger(gateway),
    subnetMask: -256,
    rloginEnabled: true,
    reserved1: '0'.repeat(16),
    interfaceRef: managementRef(controller),
    linkStatus: 'up',
    ipv4Enabled: true,
    ipv4Address: controller.managementAddress,
    ipv4SubnetMask: '255.255.255.0',
    ipv4AddressConfigMethod: 'configStatic',
    ipv6LocalAddress: noIpv6,
    ipv6PortStaticRoutableAddress: noIpv6,
    ipv6AddressConfigMethod: 'configStatic',
    fullDuplex: true,
    supportedSpeedSettings: ['speedAutoNegotiated', 'speed1000MbitFullDuplex'],
    configuredSpeedSetting: 'speedAutoNegotiated',
    currentSpeed: 'speed1gig',
    physicalLocation: { ...controllerLocation(array, controller), label: 'P1' },
    isNetworkTraceCapable: false,
    ipv4GatewayAddress: gateway,
    controllerRef: controller.ref,
    controllerSlot: controller.slot,
    dnsProperties: dnsProperties(controller),
    ntpProperties: ntpProperties(controller),
    id: managementRef(controller),
  };
}

export function controllerView(array: StorageArray, controller: ControllerRecord): object {
  const { firmware } = array.system;
  const ports = array.iscsiTarget.ports().filter((port) => port.controllerRef === controller.ref);
  return {
    ...blank(Controller),
    active: controller.status === 'optimal',
    quiesced: false,
    status: controller.status,
    controllerRef: controller.ref,
    physicalLocation: controllerLocation(array, controller),
    manufacturer: 'NETAPP  ',
    manufacturerDate: '1474675200',
    appVersion: firmware.bundle,
    bootVersion: firmware.bundle,
    productID: 'INF-01-00       ',
    productRevLevel: firmware.bundle.replaceAll('.', '').slice(0, 4),
    serialNumber: controller.serialNumber.padEnd(16),
    boardID: controller.boardId,
    cacheMemorySize: controller.cacheMemoryMib,
    processorMemorySize: controller.processorMemoryMib,
    hostInterfaces: ports.map((port) => interfaceTypeData(array, port)),
    driveInterfaces: [],
    netInterfaces: [{ interfaceType: 'ethernet', ethernet: ethernetView(array, controller) }],
    hostBoardID: 'None',
    physicalCacheMemorySize: controller.cacheMemoryMib + 1024,
    submodelSupported: true,
    partNumber: controller.partNumber.padEnd(18),
    rtrAttributes: {
      cruType: 'dedicated',
      parentCru: null,
      rtrAttributeData: { hasReadyToRemoveIndicator: true, readyToRemove: false },
    },
    bootTime: seconds(controller.bootTimeMs),
    modelName: controller.modelName,
    networkSettings: {
      ...blank(ControllerNetworkSettings),
      ipv4DefaultRouterAddress: '10.113.1.1',
      ipv6DefaultRouterAddress: noIpv6,
      ipv6CandidateDefaultRouterAddresses: [],
      remoteAccessEnabled: true,
      dnsProperties: dnsProperties(controller),
      ntpProperties: ntpProperties(controller),
    },
    repairPolicy: {
      removalData: { removalMethod: 'self', rtrAttributes: { hasReadyToRemoveIndicator: true, readyToRemove: false } },
      replacementMethod: 'self',
    },
    flashCacheMemorySize: 419_430_400,
    ctrlIocDumpData: { iocDumpNeedsRetrieved: false, iocDumpTag: 0, timeStamp: '0' },
    hasTrayIdentityIndicator: false,
    controllerErrorMode: 'notInErrorMode',
    codeVersions: [
      { codeModule: 'raid', versionString: firmware.bundle },
      { codeModule: 'hypervisor', versionString: firmware.bundle },
      { codeModule: 'management', versionString: firmware.management },
      { codeModule: 'bundle', versionString: firmware.bundle },
      { codeModule: 'bundleDisplay', versionString: firmware.display },
    ],
    id: controller.ref,
  };
}

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
  routes.onArray('getStorageSystemEthernetConfiguration', { response: list(ManagementInterface) }, ({ array }) =>
    array.controllers.list().map((controller) => ethernetView(array, controller)),
  );
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
