import { ArrayError } from '../array/errors.js';
import { type IscsiPortChanges, supportedSpeeds } from '../array/iscsi-target.js';
import type { StorageArray } from '../array/storage-array.js';
import type { Routes } from './route.js';
import { boolean, integer, list, object, optional, text } from './schemas/types.js';
import { onSymbol } from './symbol.js';

/** An IPv6 address as settings carry it. */
const Ipv6Address = object({ address: optional(text()) });

/** Settings are lists of one value; what is not to change is left out. */
const IscsiInterfaceProperties = object({
  iscsiInterface: text(),
  settings: optional(
    object({
      tcpListenPort: optional(list(integer())),
      ipv4Enabled: optional(list(boolean())),
      ipv4Address: optional(list(text())),
      ipv4SubnetMask: optional(list(text())),
      ipv4GatewayAddress: optional(list(text())),
      ipv4AddressConfigMethod: optional(list(text())),
      maximumFramePayloadSize: optional(list(integer())),
      ipv6Enabled: optional(list(boolean())),
      ipv6LocalAddresses: optional(list(Ipv6Address)),
      ipv6RoutableAddresses: optional(list(Ipv6Address)),
      maximumInterfaceSpeed: optional(list(text())),
    }),
  ),
});

const HostPortsAttributes = object({
  settings: object({ maximumInterfaceSpeed: optional(list(text())) }),
  portsRef: object({
    portRefType: optional(text()),
    hicRef: optional(text()),
    baseBoardRef: optional(text()),
  }),
});

export function symbolInterfaceRoutes(routes: Routes): void {
  onSymbol(routes, 'setIscsiInterfaceProperties', { body: IscsiInterfaceProperties }, ({ array, body }) => {
    const { settings = {} } = body;
    const [ipv6LocalAddress] = settings.ipv6LocalAddresses ?? [];
    const [ipv6RoutableAddress] = settings.ipv6RoutableAddresses ?? [];
    const changes: IscsiPortChanges = {
      tcpListenPort: settings.tcpListenPort?.[0],
      ipv4Enabled: settings.ipv4Enabled?.[0],
      ipv4Address: settings.ipv4Address?.[0],
      ipv4SubnetMask: settings.ipv4SubnetMask?.[0],
      ipv4GatewayAddress: settings.ipv4GatewayAddress?.[0],
      ipv4ConfigMethod: configMethod(settings.ipv4AddressConfigMethod?.[0]),
      maximumFramePayloadBytes: settings.maximumFramePayloadSize?.[0],
      ipv6Enabled: settings.ipv6Enabled?.[0],
      ipv6LocalAddress: ipv6LocalAddress?.address,
      ipv6RoutableAddress: ipv6RoutableAddress?.address,
    };
    array.transact(() => {
      array.iscsiTarget.setPort(body.iscsiInterface, changes);
      const [speed] = settings.maximumInterfaceSpeed ?? [];
      if (speed !== undefined) setSpeed(array, [body.iscsiInterface], speed);
    });
  });
  // Ports of one board share their speed: it is set for all of them at once.
  onSymbol(routes, 'setHostPortsAttributes', { body: HostPortsAttributes }, ({ array, body }) => {
    const [speed] = body.settings.maximumInterfaceSpeed ?? [];
    if (speed === undefined) return;
    const ref = body.portsRef.baseBoardRef || body.portsRef.hicRef || '';
    const { controllerRef } = array.iscsiTarget.port(ref);
    const ports = array.iscsiTarget.ports().filter((port) => port.controllerRef === controllerRef);
    array.transact(() =>
      setSpeed(
        array,
        ports.map((port) => port.ref),
        speed,
      ),
    );
  });
}

function configMethod(word: string | undefined): 'configStatic' | 'configDhcp' | undefined {
  if (word === undefined || word === 'configStatic' || word === 'configDhcp') return word;
  throw new ArrayError(
    'invalidIscsiConfiguration',
    `The ipv4AddressConfigMethod is '${word}': allowed are configStatic and configDhcp.`,
    'ipv4AddressConfigMethod',
  );
}

function setSpeed(array: StorageArray, portRefs: readonly string[], wanted: string): void {
  for (const ref of portRefs) {
    const allowed = supportedSpeeds(array.iscsiTarget.port(ref).speed);
    const speed = allowed.find((each) => each === wanted);
    if (speed === undefined) {
      throw new ArrayError(
        'portSpeedConflict',
        `The maximumInterfaceSpeed is '${wanted}': allowed are ${allowed.join(', ')}.`,
        'maximumInterfaceSpeed',
      );
    }
    array.iscsiTarget.setPort(ref, { speed });
  }
}
