import type { IscsiPortRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { IScsiInterfacePort } from './schemas/hosts.js';
import { IOInterfaceTypeData, IoInterface } from './schemas/ports.js';
import { boolean, integer, list, object, optional, text, unknown } from './schemas/types.js';
import { onSymbol } from './symbol.js';

const unnamedLocation = {
  trayRef: nullRef,
  slot: 0,
  locationParent: { refType: 'generic', controllerRef: null, symbolRef: nullRef, typedReference: null },
  locationPosition: 0,
  label: '',
};

function ipv6Address(address: string, configured: boolean): object {
  return {
    address,
    addressState: {
      addressType: 'typeInterface',
      interfaceAddressState: configured ? 'configured' : 'unconfigured',
      routerAddressState: '__UNDEFINED',
    },
  };
}

function channelPortRef(port: IscsiPortRecord): string {
  const controller = port.controllerRef.slice(-1);
  return `1F000${controller}000${controller}0${port.channel}${nullRef.slice(12)}`;
}

/** An iSCSI host port as controllers, interfaces and the hardware inventory show it. */
export function iscsiInterfaceView(array: StorageArray, port: IscsiPortRecord): object {
  const { iqn } = array.iscsiTarget.record;
  const setting = { isEnabled: false, value: 1 };
  return {
    ...blank(IScsiInterfacePort),
    channel: port.channel,
    channelPortRef: channelPortRef(port),
    tcpListenPort: port.tcpListenPort,
    ipv4Enabled: port.ipv4Enabled,
    ipv4Data: {
      ipv4Address: '0.0.0.0',
      ipv4AddressConfigMethod: port.ipv4ConfigMethod,
      ipv4OutboundPacketPriority: setting,
      ipv4VlanId: setting,
      ipv4AddressData: {
        configState: 'configured',
        ipv4Address: port.ipv4Address,
        ipv4SubnetMask: port.ipv4SubnetMask,
        ipv4GatewayAddress: port.ipv4GatewayAddress,
      },
    },
    interfaceData: {
      type: 'ethernet',
      ethernetData: {
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
        supportedInterfaceSpeeds: ['speed1gig', port.speed],
        autoconfigSupport: false,
        copperCableDiagnosticsSupport: false,
      },
      infinibandData: null,
    },
    interfaceRef: port.ref,
    ipv6Enabled: port.ipv6Enabled,
    ipv6Data: {
      ipv6LocalAddresses: [ipv6Address(port.ipv6LocalAddress, true)],
      ipv6RoutableAddresses: [
        ipv6Address(port.ipv6RoutableAddress ?? '0'.repeat(32), port.ipv6RoutableAddress !== null),
      ],
      ipv6PortRouterAddress: {
        address: '0'.repeat(32),
        addressState: {
          addressType: 'typeRouter',
          interfaceAddressState: '__UNDEFINED',
          routerAddressState: 'unknown',
        },
      },
      ipv6AddressConfigMethod: 'configStateless',
      ipv6OutboundPacketPriority: setting,
      ipv6VlanId: setting,
      ipv6HopLimit: 64,
      ipv6NdReachableTime: 30_000,
      ipv6NdRetransmitTime: 1000,
      ipv6NdStaleTimeout: 30_000,
      ipv6DuplicateAddressDetectionAttempts: 1,
    },
    physicalLocation: unnamedLocation,
    protectionInformationCapable: true,
    isIPv6Capable: true,
    oneWayMaxRate: '1230000000',
    bidirectionalMaxRate: '2120000000',
    iqn,
    controllerId: port.controllerRef,
    addressId: iqn,
    niceAddressId: iqn,
    interfaceId: port.ref,
    id: port.ref,
  };
}

/** A host port among the interfaces of all technologies. */
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
    channelPortRef: channelPortRef(port),
    channelPortRefs: [channelPortRef(port)],
    id: port.ref,
  };
}

const Settings = object({
  tcpListenPort: optional(list(integer())),
  ipv4Address: optional(list(text())),
  ipv4SubnetMask: optional(list(text())),
  ipv4GatewayAddress: optional(list(text())),
  ipv4AddressConfigMethod: optional(list(text())),
  maximumFramePayloadSize: optional(list(integer())),
  ipv4Enabled: optional(list(boolean())),
  ipv6Enabled: optional(list(boolean())),
});

export function interfaceRoutes(routes: Routes): void {
  routes.onArray('get-IoInterfaces', { response: list(IoInterface) }, ({ array, query }) => {
    const { channelType, interfaceType } = query;
    if ((channelType ?? 'hostside') !== 'hostside' || (interfaceType ?? 'iscsi') !== 'iscsi') return [];
    return array.iscsiTarget.ports().map((port) => ioInterfaceView(array, port));
  });
  routes.onArray('get-IoInterface', { response: IoInterface }, ({ array, id }) =>
    ioInterfaceView(array, array.iscsiTarget.port(id)),
  );

  onSymbol(
    routes,
    'setIscsiInterfaceProperties',
    { body: object({ iscsiInterface: text(), settings: Settings }) },
    ({ array, body }) => {
      const { settings } = body;
      const method = settings.ipv4AddressConfigMethod?.[0];
      if (method !== undefined && method !== 'configStatic' && method !== 'configDhcp') {
        throw new RestError(
          'invalidField',
          `The ipv4AddressConfigMethod is ${method}: allowed are configStatic and configDhcp.`,
          ['ipv4AddressConfigMethod'],
        );
      }
      const changes = {
        tcpListenPort: settings.tcpListenPort?.[0],
        ipv4Address: settings.ipv4Address?.[0],
        ipv4SubnetMask: settings.ipv4SubnetMask?.[0],
        ipv4GatewayAddress: settings.ipv4GatewayAddress?.[0],
        ipv4ConfigMethod: method,
        maximumFramePayloadBytes: settings.maximumFramePayloadSize?.[0],
        ipv4Enabled: settings.ipv4Enabled?.[0],
        ipv6Enabled: settings.ipv6Enabled?.[0],
      };
      array.iscsiTarget.setPort(
        body.iscsiInterface,
        Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
      );
    },
  );
  onSymbol(
    routes,
    'setHostPortsAttributes',
    { body: object({ portAttributes: optional(unknown()) }), bodyOptional: true },
    () => undefined,
  );
}
