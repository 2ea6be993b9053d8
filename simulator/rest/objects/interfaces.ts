import type { ControllerRecord, IscsiPortRecord } from '../../array/records.js';
import { nullRef } from '../../array/refs.js';
import type { StorageArray } from '../../array/storage-array.js';
import { blank } from '../schemas/blank.js';
import { CurrentSpeedName, IoInterfaceTypeName } from '../schemas/enums.js';
import {
  InternetProtocolV4Data,
  InternetProtocolV6Data,
  type IpV6AddressData,
  PhysicalInterfaceTypeData,
} from '../schemas/hosts.js';
import {
  EthernetIoInterface,
  FibreInterface,
  IbInterface,
  PCIeInterface,
  SATAInterface,
  SCSIInterface,
} from '../schemas/interfaces.js';
import { CouplingDriverNVMeInterface, IscsiInterface } from '../schemas/iscsi.js';
import { Location } from '../schemas/locations.js';
import { CommandProtocolPropertiesList } from '../schemas/ports.js';
import { SasPort } from '../schemas/sas.js';

import { type Shown, showing } from '../schemas/shown.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from '../schemas/types.js';
import { ethernetView } from './ethernet.js';

/** Bytes per second one way and both ways, by speed (source: interfaces of real arrays). */
const rates = {
  speed1gig: { oneWay: '123000000', bothWays: '212000000' },
  speed10gig: { oneWay: '1230000000', bothWays: '2120000000' },
  speed25gig: { oneWay: '3075000000', bothWays: '5300000000' },
} as const;

const nowhere = {
  trayRef: nullRef,
  slot: 0,
  locationParent: { refType: 'generic', controllerRef: null, symbolRef: nullRef, typedReference: null },
  locationPosition: 0,
  label: '',
} as const;

const off = { isEnabled: false, value: 1 };

const noIpv6 = '0'.repeat(32);

function ipv6Interface(address: string): Shown<typeof IpV6AddressData> {
  const interfaceAddressState = address === noIpv6 ? 'unconfigured' : 'configured';
  return {
    address,
    addressState: { addressType: 'typeInterface', interfaceAddressState, routerAddressState: '__UNDEFINED' },
  };
}

export function channelPortRef(array: StorageArray, port: IscsiPortRecord): string {
  const { slot } = array.controllers.require(port.controllerRef);
  return `1F000${slot}00010${port.channel}${nullRef.slice(12)}`;
}

function iscsiPortFacts(array: StorageArray, port: IscsiPortRecord) {
  const { iqn } = array.iscsiTarget.record;
  const rate = rates[port.speed];
  return { array, port, iqn, rate };
}

const iscsiPort = showing<ReturnType<typeof iscsiPortFacts>>();

export const IScsiInterfacePort = object({
  channel: iscsiPort.shown(integer(), ({ port }) => port.channel),
  channelPortRef: iscsiPort.shown(text(), ({ array, port }) => channelPortRef(array, port)),
  tcpListenPort: iscsiPort.shown(integer(), ({ port }) => port.tcpListenPort),
  ipv4Enabled: iscsiPort.shown(boolean(), ({ port }) => port.ipv4Enabled),
  ipv4Data: iscsiPort.shown(nullable(InternetProtocolV4Data), ({ port }) => ({
    ipv4Address: '0.0.0.0',
    ipv4AddressConfigMethod: port.ipv4ConfigMethod,
    ipv4OutboundPacketPriority: off,
    ipv4VlanId: off,
    ipv4AddressData: {
      configState: port.ipv4Address === '0.0.0.0' ? 'unconfigured' : 'configured',
      ipv4Address: port.ipv4Address,
      ipv4SubnetMask: port.ipv4SubnetMask,
      ipv4GatewayAddress: port.ipv4GatewayAddress,
    },
  })),
  interfaceData: iscsiPort.shown(nullable(PhysicalInterfaceTypeData), ({ port }) => ({
    type: 'ethernet',
    ethernetData: ethernetView(port),
    infinibandData: null,
  })),
  interfaceRef: iscsiPort.shown(text(), ({ port }) => port.ref),
  ipv6Enabled: iscsiPort.shown(boolean(), ({ port }) => port.ipv6Enabled),
  ipv6Data: iscsiPort.shown(nullable(InternetProtocolV6Data), ({ port }) => ({
    ipv6LocalAddresses: [ipv6Interface(port.ipv6LocalAddress)],
    ipv6RoutableAddresses: [ipv6Interface(port.ipv6RoutableAddress ?? noIpv6), ipv6Interface(noIpv6)],
    ipv6PortRouterAddress: {
      address: noIpv6,
      addressState: {
        addressType: 'typeRouter',
        interfaceAddressState: '__UNDEFINED',
        routerAddressState: 'unknown',
      },
    },
    ipv6AddressConfigMethod: 'configStateless',
    ipv6OutboundPacketPriority: off,
    ipv6VlanId: off,
    ipv6HopLimit: 64,
    ipv6NdReachableTime: 30_000,
    ipv6NdRetransmitTime: 1000,
    ipv6NdStaleTimeout: 30_000,
    ipv6DuplicateAddressDetectionAttempts: 1,
  })),
  physicalLocation: iscsiPort.always(nullable(Location), nowhere),
  protectionInformationCapable: iscsiPort.always(boolean(), true),
  isIPv6Capable: iscsiPort.always(boolean(), true),
  oneWayMaxRate: iscsiPort.shown(Int64, ({ rate }) => rate.oneWay),
  bidirectionalMaxRate: iscsiPort.shown(Int64, ({ rate }) => rate.bothWays),
  isNetworkTraceCapable: boolean(),
  isRemoteStorageVolumeCapable: boolean(),
  iqn: iscsiPort.shown(text(), ({ iqn }) => iqn),
  controllerId: iscsiPort.shown(text(), ({ port }) => port.controllerRef),
  interfaceId: iscsiPort.shown(text(), ({ port }) => port.ref),
  niceAddressId: iscsiPort.shown(text(), ({ iqn }) => iqn),
  addressId: iscsiPort.shown(text(), ({ iqn }) => iqn),
  id: iscsiPort.shown(text(), ({ port }) => port.ref),
});

const iscsiPortObject = iscsiPort.viewOf(IScsiInterfacePort);

/** An iSCSI host port of a controller, as the graph's host interfaces and the interfaces show it. */
export function iscsiInterfaceView(array: StorageArray, port: IscsiPortRecord): Shown<typeof IScsiInterfacePort> {
  return iscsiPortObject(iscsiPortFacts(array, port));
}

export function driveInterfaceRef(controller: ControllerRecord): string {
  return `220${controller.slot}${nullRef.slice(4)}`;
}

function driveInterfaceFacts(controller: ControllerRecord) {
  const interfaceRef = driveInterfaceRef(controller);
  return { interfaceRef };
}

const driveInterface = showing<ReturnType<typeof driveInterfaceFacts>>();

export const SasInterface = object({
  channel: driveInterface.always(integer(), 1),
  currentInterfaceSpeed: driveInterface.always(CurrentSpeedName, 'speed12gig'),
  maximumInterfaceSpeed: driveInterface.always(CurrentSpeedName, 'speed12gig'),
  part: driveInterface.always(text(), 'LSISAS3008'),
  revision: driveInterface.always(integer(), 172_688_896),
  isDegraded: boolean(),
  iocPort: nullable(SasPort),
  interfaceRef: driveInterface.shown(text(), ({ interfaceRef }) => interfaceRef),
  physicalLocation: driveInterface.always(nullable(Location), nowhere),
  protectionInformationCapable: driveInterface.always(boolean(), true),
  oneWayMaxRate: driveInterface.always(Int64, '4400000000'),
  bidirectionalMaxRate: driveInterface.always(Int64, '8400000000'),
  id: driveInterface.shown(text(), ({ interfaceRef }) => interfaceRef),
});

const driveInterfaceObject = driveInterface.viewOf(SasInterface);

/** The SAS interface by which a controller reaches the drives; the graph shows it as a drive interface. */
export function driveInterfaceView(controller: ControllerRecord): Shown<typeof SasInterface> {
  return driveInterfaceObject(driveInterfaceFacts(controller));
}

/** The interface by its kind: one member is filled, the others are null. */
export function interfaceTypeData(array: StorageArray, port: IscsiPortRecord): Shown<typeof IOInterfaceTypeData> {
  return { ...blank(IOInterfaceTypeData), interfaceType: 'iscsi', iscsi: iscsiInterfaceView(array, port) };
}

export const IOInterfaceTypeData = object({
  interfaceType: IoInterfaceTypeName,
  fibre: nullable(FibreInterface),
  ib: nullable(IbInterface),
  iscsi: nullable(IscsiInterface),
  sas: nullable(SasInterface),
  sata: nullable(SATAInterface),
  scsi: nullable(SCSIInterface),
  couplingDriverNvme: nullable(CouplingDriverNVMeInterface),
  ethernet: nullable(EthernetIoInterface),
  pcie: nullable(PCIeInterface),
});

export const IoInterface = object({
  interfaceRef: text(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  ioInterfaceTypeData: nullable(IOInterfaceTypeData),
  controllerRef: text(),
  commandProtocolPropertiesList: nullable(CommandProtocolPropertiesList),
  channelPortRef: text(),
  channelPortRefs: list(text()),
});
