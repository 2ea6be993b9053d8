import { ObjectNotFound } from '../array/errors.js';
import { supportedSpeeds } from '../array/iscsi-target.js';
import type { ControllerRecord, IscsiPortRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { EthernetInterfaceData, IScsiInterfacePort } from './schemas/hosts.js';
import { IscsiInterfaceUpdateRequest } from './schemas/iscsi-requests.js';
import { IOInterfaceTypeData, IoInterface, SasInterface } from './schemas/ports.js';
import { list, object, optional, text } from './schemas/types.js';
import { symbolInterfaceRoutes } from './symbol-interfaces.js';

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
};
const off = { isEnabled: false, value: 1 };
const noIpv6 = '0'.repeat(32);

function ipv6Interface(address: string): object {
  const interfaceAddressState = address === noIpv6 ? 'unconfigured' : 'configured';
  return {
    address,
    addressState: { addressType: 'typeInterface', interfaceAddressState, routerAddressState: '__UNDEFINED' },
  };
}

function ethernetView(port: IscsiPortRecord): object {
  return {
    ...blank(EthernetInterfaceData),
    partData: {
      vendorName: 'QLogic Corporation',
      partNumber: '83xx',
      revisionNumber: '5.5.31.511',
      serialNumber: port.macAddress.toLowerCase(),
    },
    macAddress: port.macAddress,
    fullDuplex: true,
    maximumFramePayloadSize: port.maximumFramePayloadBytes,
    currentInterfaceSpeed: port.speed,
    maximumInterfaceSpeed: port.speed,
    linkStatus: port.linkStatus,
    supportedInterfaceSpeeds: supportedSpeeds(port.speed),
    operationalInterfaceSpeed: port.speed,
  };
}

/** An iSCSI host port of a controller, as the graph's host interfaces and the interfaces show it. */
export function iscsiInterfaceView(array: StorageArray, port: IscsiPortRecord): object {
  const { iqn } = array.iscsiTarget.record;
  const rate = rates[port.speed];
  return {
    ...blank(IScsiInterfacePort),
    channel: port.channel,
    channelPortRef: channelPortRef(array, port),
    tcpListenPort: port.tcpListenPort,
    ipv4Enabled: port.ipv4Enabled,
    ipv4Data: {
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
    },
    interfaceData: { type: 'ethernet', ethernetData: ethernetView(port), infinibandData: null },
    interfaceRef: port.ref,
    ipv6Enabled: port.ipv6Enabled,
    ipv6Data: {
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
    },
    physicalLocation: nowhere,
    protectionInformationCapable: true,
    isIPv6Capable: true,
    oneWayMaxRate: rate.oneWay,
    bidirectionalMaxRate: rate.bothWays,
    iqn,
    controllerId: port.controllerRef,
    interfaceId: port.ref,
    niceAddressId: iqn,
    addressId: iqn,
    id: port.ref,
  };
}

function channelPortRef(array: StorageArray, port: IscsiPortRecord): string {
  const { slot } = array.controllers.require(port.controllerRef);
  return `1F000${slot}00010${port.channel}${nullRef.slice(12)}`;
}

/** The interface by its kind: one member is filled, the others are null. */
export function interfaceTypeData(array: StorageArray, port: IscsiPortRecord): object {
  return { ...blank(IOInterfaceTypeData), interfaceType: 'iscsi', iscsi: iscsiInterfaceView(array, port) };
}

export function ioInterfaceView(array: StorageArray, port: IscsiPortRecord): object {
  return {
    ...blank(IoInterface),
    interfaceRef: port.ref,
    channelType: 'hostside',
    ioInterfaceTypeData: interfaceTypeData(array, port),
    controllerRef: port.controllerRef,
    commandProtocolPropertiesList: {
      commandProtocolProperties: [
        {
          commandProtocol: 'scsi',
          nvmeProperties: null,
          scsiProperties: { scsiProtocolType: 'iscsi', iserProperties: null },
        },
      ],
    },
    channelPortRef: channelPortRef(array, port),
    channelPortRefs: [channelPortRef(array, port)],
    id: port.ref,
  };
}

/** The SAS interface by which a controller reaches the drives; the graph shows it as a drive interface. */
function driveInterfaceView(controller: ControllerRecord): object {
  const interfaceRef = driveInterfaceRef(controller);
  return {
    ...blank(SasInterface),
    channel: 1,
    currentInterfaceSpeed: 'speed12gig',
    maximumInterfaceSpeed: 'speed12gig',
    part: 'LSISAS3008',
    revision: 172_688_896,
    interfaceRef,
    physicalLocation: nowhere,
    protectionInformationCapable: true,
    oneWayMaxRate: '4400000000',
    bidirectionalMaxRate: '8400000000',
    id: interfaceRef,
  };
}

function driveInterfaceRef(controller: ControllerRecord): string {
  return `220${controller.slot}${nullRef.slice(4)}`;
}

function driveSide(controller: ControllerRecord): object {
  const interfaceRef = driveInterfaceRef(controller);
  const channelPort = `1F010${controller.slot}0001${nullRef.slice(10)}`;
  return {
    ...blank(IoInterface),
    interfaceRef,
    channelType: 'driveside',
    ioInterfaceTypeData: {
      ...blank(IOInterfaceTypeData),
      interfaceType: 'sas',
      sas: driveInterfaceView(controller),
    },
    controllerRef: controller.ref,
    commandProtocolPropertiesList: {
      commandProtocolProperties: [
        {
          commandProtocol: 'scsi',
          nvmeProperties: null,
          scsiProperties: { scsiProtocolType: 'sas', iserProperties: null },
        },
      ],
    },
    channelPortRef: channelPort,
    channelPortRefs: [channelPort],
    id: interfaceRef,
  };
}

/** All interfaces of the controllers, towards hosts and towards drives. */
function ioInterfaceViews(array: StorageArray, channelType?: string, interfaceType?: string): object[] {
  const wants = (channel: string, kind: string) =>
    (channelType === undefined || channelType === channel) && (interfaceType === undefined || interfaceType === kind);
  return [
    ...(wants('hostside', 'iscsi') ? array.iscsiTarget.ports().map((port) => ioInterfaceView(array, port)) : []),
    ...(wants('driveside', 'sas') ? array.controllers.list().map(driveSide) : []),
  ];
}

function findInterface(array: StorageArray, id: string): object {
  const ref = id.toUpperCase();
  const port = array.tables.iscsiPorts.get(ref);
  if (port !== undefined) return ioInterfaceView(array, port);
  const controller = array.controllers.list().find((each) => driveInterfaceRef(each) === ref);
  if (controller === undefined) throw new ObjectNotFound('invalidInterfaceref', 'I/O interface', id);
  return driveSide(controller);
}

const filters = object({ channelType: optional(text()), interfaceType: optional(text()) });

export function interfaceRoutes(routes: Routes): void {
  routes.onArray('get-IoInterfaces', { query: filters, response: list(IoInterface) }, ({ array, query }) =>
    ioInterfaceViews(array, query.channelType, query.interfaceType),
  );
  routes.onArray('get-IoInterface', { response: IoInterface }, ({ array, id }) => findInterface(array, id));
  routes.onArray(
    'updateIscsiInterface',
    { body: IscsiInterfaceUpdateRequest, bodyOptional: true, response: IoInterface },
    ({ array, id }) => ioInterfaceView(array, array.iscsiTarget.port(id)),
  );
  symbolInterfaceRoutes(routes);
}
