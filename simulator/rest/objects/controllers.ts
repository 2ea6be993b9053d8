import type { ControllerRecord } from '../../array/records.js';
import { nullRef } from '../../array/refs.js';
import type { StorageArray } from '../../array/storage-array.js';
import { seconds } from '../epoch-seconds.js';
import { blank } from '../schemas/blank.js';
import { type IpVxAddress, Location, RepairPolicy, RTRAttributes } from '../schemas/drives.js';
import { CurrentSpeedName, StatusName, SupportedSpeedSettingsName } from '../schemas/enums.js';
import { IpV6AddressData } from '../schemas/hosts.js';
import {
  ContainerServicesConfiguration,
  ControllerDNSProperties,
  ControllerNetworkSettings,
  ControllerNTPProperties,
  CtrlIOCDumpData,
  InventoryItem,
  VersionDescriptor,
} from '../schemas/ports.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text, without } from '../schemas/types.js';
import { IOInterfaceTypeData, interfaceTypeData } from './interfaces.js';

const noIpv6 = {
  address: '0'.repeat(32),
  addressState: {
    addressType: 'typeInterface',
    interfaceAddressState: '__UNDEFINED',
    routerAddressState: '__UNDEFINED',
  },
} as const;

function serverAddress(address: string): Shown<typeof IpVxAddress> {
  return { addressType: 'ipv4', ipv4Address: address, ipv6Address: null };
}

function dnsProperties(controller: ControllerRecord): Shown<typeof ControllerDNSProperties> {
  return {
    acquisitionProperties: { dnsAcquisitionType: 'stat', dnsServers: controller.dnsServers.map(serverAddress) },
    dhcpAcquiredDnsServers: [],
  };
}

function ntpProperties(controller: ControllerRecord): Shown<typeof ControllerNTPProperties> {
  const ntpServers = controller.ntpServers.map((address) => ({
    addrType: 'ipvx' as const,
    domainName: null,
    ipvxAddress: serverAddress(address),
  }));
  return {
    acquisitionProperties: { ntpAcquisitionType: controller.ntpServers.length === 0 ? 'disabled' : 'stat', ntpServers },
    dhcpAcquiredNtpServers: [],
  };
}

function controllerLocation(array: StorageArray, controller: ControllerRecord): Shown<typeof Location> {
  const [tray] = array.tables.trays.values();
  return {
    trayRef: tray?.ref ?? nullRef,
    slot: controller.slot,
    locationParent: { refType: 'generic', controllerRef: null, symbolRef: nullRef, typedReference: null },
    locationPosition: controller.slot,
    label: controller.label,
  };
}

export function managementRef(controller: ControllerRecord): string {
  return `28000${controller.ref.slice(1, 2)}${'0'.repeat(17)}${controller.slot}0001${'0'.repeat(12)}`
    .slice(0, 40)
    .padEnd(40, '0');
}

function toInteger(ipv4: string): number {
  return ipv4.split('.').reduce((value, part) => (value << 8) | Number(part), 0);
}

function managementPortFacts(array: StorageArray, controller: ControllerRecord) {
  const gateway = '10.113.1.1';
  return { array, controller, gateway };
}

const managementPort = showing<ReturnType<typeof managementPortFacts>>();

export const ManagementInterface = object({
  interfaceName: managementPort.always(text(), 'wan0'),
  channel: managementPort.always(integer(), 1),
  speed: managementPort.always(integer(), 1000),
  ip: managementPort.shown(integer(), ({ controller }) => toInteger(controller.managementAddress)),
  alias: managementPort.shown(text(), ({ controller }) => controller.managementAlias),
  macAddr: managementPort.shown(text(), ({ controller }) => controller.managementMac),
  gatewayIp: managementPort.shown(integer(), ({ gateway }) => toInteger(gateway)),
  subnetMask: managementPort.always(integer(), -256),
  bootpUsed: boolean(),
  rloginEnabled: managementPort.always(boolean(), true),
  reserved1: managementPort.shown(text(), () => '0'.repeat(16)),
  setupError: boolean(),
  reserved2: text(),
  interfaceRef: managementPort.shown(text(), ({ controller }) => managementRef(controller)),
  linkStatus: managementPort.always(oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'), 'up'),
  ipv4Enabled: managementPort.always(boolean(), true),
  ipv4Address: managementPort.shown(text(), ({ controller }) => controller.managementAddress),
  ipv4SubnetMask: managementPort.always(text(), '255.255.255.0'),
  ipv4AddressConfigMethod: managementPort.always(oneOf('configDhcp', 'configStatic', '__UNDEFINED'), 'configStatic'),
  ipv6Enabled: boolean(),
  ipv6LocalAddress: managementPort.always(nullable(IpV6AddressData), noIpv6),
  ipv6PortStaticRoutableAddress: managementPort.always(nullable(IpV6AddressData), noIpv6),
  ipv6PortRoutableAddresses: list(IpV6AddressData),
  ipv6AddressConfigMethod: managementPort.always(
    oneOf('configStatic', 'configStateless', '__UNDEFINED'),
    'configStatic',
  ),
  fullDuplex: managementPort.always(boolean(), true),
  supportedSpeedSettings: managementPort.always(list(SupportedSpeedSettingsName), [
    'speedAutoNegotiated',
    'speed1000MbitFullDuplex',
  ]),
  configuredSpeedSetting: managementPort.always(SupportedSpeedSettingsName, 'speedAutoNegotiated'),
  currentSpeed: managementPort.always(CurrentSpeedName, 'speed1gig'),
  physicalLocation: managementPort.shown(nullable(Location), ({ array, controller }) => ({
    ...controllerLocation(array, controller),
    label: 'P1',
  })),
  isNetworkTraceCapable: managementPort.always(boolean(), false),
  ipv4GatewayAddress: managementPort.shown(text(), ({ gateway }) => gateway),
  controllerRef: managementPort.shown(text(), ({ controller }) => controller.ref),
  controllerSlot: managementPort.shown(integer(), ({ controller }) => controller.slot),
  dnsProperties: managementPort.shown(nullable(ControllerDNSProperties), ({ controller }) => dnsProperties(controller)),
  ntpProperties: managementPort.shown(nullable(ControllerNTPProperties), ({ controller }) => ntpProperties(controller)),
  id: managementPort.shown(text(), ({ controller }) => managementRef(controller)),
});

const EthernetInterface = without(
  ManagementInterface,
  'ipv4GatewayAddress',
  'controllerRef',
  'controllerSlot',
  'dnsProperties',
  'ntpProperties',
  'id',
);

const NetInterfaceTypeData = object({
  interfaceType: oneOf('ethernet', '__UNDEFINED'),
  ethernet: nullable(EthernetInterface),
});

export const NetworkInterface = object({
  interfaceRef: text(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  netInterfaceTypeData: nullable(NetInterfaceTypeData),
});

const managementPortObject = managementPort.viewOf(ManagementInterface);

/** A management port of a controller, as part of the controller. */
export function ethernetView(array: StorageArray, controller: ControllerRecord): Shown<typeof ManagementInterface> {
  return managementPortObject(managementPortFacts(array, controller));
}

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
  hostBoardID: controller.always(text(), 'None'),
  physicalCacheMemorySize: controller.shown(integer(), ({ controller }) => controller.cacheMemoryMib + 1024),
  readyToRemove: boolean(),
  boardSubmodelID: text(),
  submodelSupported: controller.always(boolean(), true),
  oemPartNumber: text(),
  partNumber: controller.shown(text(), ({ controller }) => controller.partNumber.padEnd(18)),
  rtrAttributes: controller.always(nullable(RTRAttributes), {
    cruType: 'dedicated',
    parentCru: null,
    rtrAttributeData: { hasReadyToRemoveIndicator: true, readyToRemove: false },
  }),
  bootTime: controller.shown(Int64, ({ controller }) => seconds(controller.bootTimeMs)),
  modelName: controller.shown(text(), ({ controller }) => controller.modelName),
  networkSettings: controller.shown(nullable(ControllerNetworkSettings), ({ controller }) => ({
    ...blank(ControllerNetworkSettings),
    ipv4DefaultRouterAddress: '10.113.1.1',
    ipv6DefaultRouterAddress: noIpv6,
    ipv6CandidateDefaultRouterAddresses: [],
    remoteAccessEnabled: true,
    dnsProperties: dnsProperties(controller),
    ntpProperties: ntpProperties(controller),
  })),
  repairPolicy: controller.always(nullable(RepairPolicy), {
    removalData: { removalMethod: 'self', rtrAttributes: { hasReadyToRemoveIndicator: true, readyToRemove: false } },
    replacementMethod: 'self',
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
