import { isIpv4 } from '../../array/ip-addresses.js';
import { type ControllerRecord, managementSpeeds } from '../../array/records.js';
import { nullRef } from '../../array/refs.js';
import type { StorageArray } from '../../array/storage-array.js';
import { blank } from '../schemas/blank.js';
import type { IpVxAddress } from '../schemas/drives.js';
import { CurrentSpeedName, SupportedSpeedSettingsName } from '../schemas/enums.js';
import { IpV6AddressData } from '../schemas/hosts.js';
import { Location } from '../schemas/locations.js';
import {
  ControllerDNSProperties,
  ControllerNetworkSettings,
  ControllerNTPProperties,
} from '../schemas/network-settings.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, integer, list, nullable, object, oneOf, text, without } from '../schemas/types.js';

function ipv6(address: string | null): Shown<typeof IpV6AddressData> {
  return {
    address: address ?? '0'.repeat(32),
    addressState: {
      addressType: 'typeInterface',
      interfaceAddressState: address === null ? '__UNDEFINED' : 'configured',
      routerAddressState: '__UNDEFINED',
    },
  };
}

function serverAddress(address: string): Shown<typeof IpVxAddress> {
  return isIpv4(address)
    ? { addressType: 'ipv4', ipv4Address: address, ipv6Address: null }
    : { addressType: 'ipv6', ipv4Address: null, ipv6Address: address };
}

function dnsProperties({ dnsAcquisition, dnsServers }: ControllerRecord): Shown<typeof ControllerDNSProperties> {
  return {
    acquisitionProperties: {
      dnsAcquisitionType: dnsAcquisition,
      dnsServers: dnsAcquisition === 'stat' ? dnsServers.map(serverAddress) : null,
    },
    dhcpAcquiredDnsServers: [],
  };
}

function ntpProperties({ ntpAcquisition, ntpServers }: ControllerRecord): Shown<typeof ControllerNTPProperties> {
  const shown = (server: string) =>
    isIpv4(server) || /^[0-9A-F]{32}$/.test(server)
      ? ({ addrType: 'ipvx', domainName: null, ipvxAddress: serverAddress(server) } as const)
      : ({ addrType: 'domainName', domainName: server, ipvxAddress: null } as const);
  return {
    acquisitionProperties: {
      ntpAcquisitionType: ntpAcquisition,
      ntpServers: ntpAcquisition === 'stat' ? ntpServers.map(shown) : null,
    },
    dhcpAcquiredNtpServers: [],
  };
}

export function networkSettings(controller: ControllerRecord): Shown<typeof ControllerNetworkSettings> {
  const { managementPort } = controller;
  return {
    ...blank(ControllerNetworkSettings),
    ipv4DefaultRouterAddress: managementPort.ipv4GatewayAddress,
    ipv6DefaultRouterAddress: ipv6(managementPort.ipv6GatewayAddress),
    ipv6CandidateDefaultRouterAddresses: [],
    remoteAccessEnabled: controller.remoteAccessEnabled,
    dnsProperties: dnsProperties(controller),
    ntpProperties: ntpProperties(controller),
  };
}

/** Where a controller is. */
export function controllerLocation(array: StorageArray, controller: ControllerRecord): Shown<typeof Location> {
  const [tray] = array.tables.trays.values();
  return {
    trayRef: tray?.ref ?? nullRef,
    slot: controller.slot,
    locationParent: { refType: 'generic', controllerRef: null, symbolRef: nullRef, typedReference: null },
    locationPosition: controller.slot,
    label: controller.label,
  };
}

/** The reference of a controller's management port: 28, the number of the port, the controller's 24 digits, zeros. */
export function managementRef({ ref }: ControllerRecord): string {
  return `2800${ref}`.padEnd(40, '0');
}

function toInteger(ipv4: string): number {
  return ipv4.split('.').reduce((value, part) => (value << 8) | Number(part), 0);
}

function managementPortFacts(array: StorageArray, controller: ControllerRecord) {
  return { array, controller, port: controller.managementPort };
}

const managementPort = showing<ReturnType<typeof managementPortFacts>>();

export const ManagementInterface = object({
  interfaceName: managementPort.always(text(), 'wan0'),
  channel: managementPort.always(integer(), 1),
  speed: managementPort.always(integer(), 1000),
  ip: managementPort.shown(integer(), ({ controller }) => toInteger(controller.managementAddress)),
  alias: managementPort.shown(text(), ({ controller }) => controller.managementAlias),
  macAddr: managementPort.shown(text(), ({ controller }) => controller.managementMac),
  gatewayIp: managementPort.shown(integer(), ({ port }) => toInteger(port.ipv4GatewayAddress)),
  subnetMask: managementPort.shown(integer(), ({ port }) => toInteger(port.ipv4SubnetMask)),
  bootpUsed: boolean(),
  rloginEnabled: managementPort.shown(boolean(), ({ controller }) => controller.remoteAccessEnabled),
  reserved1: managementPort.shown(text(), () => '0'.repeat(16)),
  setupError: boolean(),
  reserved2: text(),
  interfaceRef: managementPort.shown(text(), ({ controller }) => managementRef(controller)),
  linkStatus: managementPort.always(oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'), 'up'),
  ipv4Enabled: managementPort.shown(boolean(), ({ port }) => port.ipv4Enabled),
  ipv4Address: managementPort.shown(text(), ({ controller }) => controller.managementAddress),
  ipv4SubnetMask: managementPort.shown(text(), ({ port }) => port.ipv4SubnetMask),
  ipv4AddressConfigMethod: managementPort.shown(
    oneOf('configDhcp', 'configStatic', '__UNDEFINED'),
    ({ port }) => port.ipv4ConfigMethod,
  ),
  ipv6Enabled: managementPort.shown(boolean(), ({ port }) => port.ipv6Enabled),
  ipv6LocalAddress: managementPort.shown(nullable(IpV6AddressData), ({ port }) => ipv6(port.ipv6LocalAddress)),
  ipv6PortStaticRoutableAddress: managementPort.shown(nullable(IpV6AddressData), ({ port }) =>
    ipv6(port.ipv6RoutableAddress),
  ),
  ipv6PortRoutableAddresses: list(IpV6AddressData),
  ipv6AddressConfigMethod: managementPort.shown(
    oneOf('configStatic', 'configStateless', '__UNDEFINED'),
    ({ port }) => port.ipv6ConfigMethod,
  ),
  fullDuplex: managementPort.always(boolean(), true),
  supportedSpeedSettings: managementPort.always(list(SupportedSpeedSettingsName), managementSpeeds),
  configuredSpeedSetting: managementPort.shown(SupportedSpeedSettingsName, ({ port }) => port.speedSetting),
  currentSpeed: managementPort.always(CurrentSpeedName, 'speed1gig'),
  physicalLocation: managementPort.shown(nullable(Location), ({ array, controller }) => ({
    ...controllerLocation(array, controller),
    locationParent: { refType: 'controller', controllerRef: controller.ref, symbolRef: null, typedReference: null },
    locationPosition: 1,
    label: 'P1',
  })),
  isNetworkTraceCapable: managementPort.always(boolean(), false),
  ipv4GatewayAddress: managementPort.shown(text(), ({ port }) => port.ipv4GatewayAddress),
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

export const NetInterfaceTypeData = object({
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
