import { ArrayError } from './errors.js';
import { ipv6Digits, isIpv4, isIpv6, isNetmask } from './ip-addresses.js';
import type { ControllerRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** What a user may change of a controller's management port; what is not named stays. */
export interface ManagementPortChanges extends Partial<ControllerRecord['managementPort']> {
  readonly ipv4Address?: string;
  readonly remoteAccessEnabled?: boolean;
  readonly dns?: { readonly acquisition: ControllerRecord['dnsAcquisition']; readonly servers: readonly string[] };
  readonly ntp?: { readonly acquisition: ControllerRecord['ntpAcquisition']; readonly servers: readonly string[] };
}

/** Servers that a controller can have of a kind (source: what administrators' clients send). */
const maxServers = 2;

/**
 * Changes the management port of a controller with its DNS and NTP. Throws ArrayError for addresses that cannot be, for
 * static settings without an address, and notDualActive while the other controller, which does it, is down.
 */
export function configureManagementPort(
  array: StorageArray,
  controllerRef: string,
  changes: ManagementPortChanges,
): ControllerRecord {
  return array.transact(() => {
    const controller = array.controllers.require(controllerRef);
    const other = array.controllers.list().find((each) => each.ref !== controller.ref);
    if (other !== undefined && !array.controllers.isUp(other.ref))
      throw new ArrayError(
        'notDualActive',
        `Controller ${other.label} is ${other.status}: it is the one that configures controller ${controller.label}.`,
      );
    const { ipv4Address, remoteAccessEnabled, dns, ntp, ...port } = changes;
    checkAddresses(changes);
    const managementPort = { ...controller.managementPort, ...stored(port) };
    const managementAddress = ipv4Address ?? controller.managementAddress;
    if (!managementPort.ipv4Enabled && !managementPort.ipv6Enabled)
      throw invalid('ipv4Enabled', 'is false, as is ipv6Enabled: the port would have no address');
    if (managementPort.ipv4Enabled && managementPort.ipv4ConfigMethod === 'configStatic') {
      if (managementAddress === '0.0.0.0') throw invalid('ipv4Address', 'is 0.0.0.0: a static one is needed');
    }
    if (dns !== undefined) checkServers('dnsServers', dns, (server) => isIpv4(server) || isIpv6(server), 'an address');
    if (ntp !== undefined)
      checkServers('ntpServers', ntp, (server) => /^[\w.:-]{1,255}$/.test(server), 'an address or a name');
    array.tables.controllers.patch(controller.ref, {
      managementAddress,
      managementPort,
      remoteAccessEnabled: remoteAccessEnabled ?? controller.remoteAccessEnabled,
      ...(dns === undefined ? {} : { dnsAcquisition: dns.acquisition, dnsServers: storedServers(dns) }),
      ...(ntp === undefined ? {} : { ntpAcquisition: ntp.acquisition, ntpServers: storedServers(ntp) }),
    });
    array.events.record({
      eventType: 0x7500,
      componentType: 'controller',
      description: `Management port of controller ${controller.label} configured`,
      objectRef: controller.ref,
    });
    return array.controllers.require(controller.ref);
  });
}

function invalid(field: string, why: string): ArrayError {
  return new ArrayError('invalidIpAddress', `The ${field} ${why}.`, field);
}

function checkAddresses(changes: ManagementPortChanges): void {
  for (const field of ['ipv4Address', 'ipv4GatewayAddress'] as const) {
    const address = changes[field];
    if (address !== undefined && !isIpv4(address)) throw invalid(field, `is '${address}': not an IPv4 address`);
  }
  const { ipv4SubnetMask } = changes;
  if (ipv4SubnetMask !== undefined && !isNetmask(ipv4SubnetMask))
    throw invalid('ipv4SubnetMask', `is '${ipv4SubnetMask}': not a netmask such as 255.255.255.0`);
  for (const field of ['ipv6LocalAddress', 'ipv6RoutableAddress', 'ipv6GatewayAddress'] as const) {
    const address = changes[field] ?? undefined;
    if (address !== undefined && !isIpv6(address)) throw invalid(field, `is '${address}': not an IPv6 address`);
  }
}

function checkServers(
  field: string,
  { acquisition, servers }: { readonly acquisition: string; readonly servers: readonly string[] },
  fits: (server: string) => boolean,
  kind: string,
): void {
  if (acquisition !== 'stat') return;
  if (servers.length === 0 || servers.length > maxServers)
    throw invalid(field, `are ${servers.length}: static ones are 1 to ${maxServers}`);
  const wrong = servers.find((server) => !fits(server));
  if (wrong !== undefined) throw invalid(field, `name '${wrong}': not ${kind}`);
}

/** Servers as they are kept: only static ones are. */
function storedServers({
  acquisition,
  servers,
}: {
  readonly acquisition: string;
  readonly servers: readonly string[];
}) {
  return acquisition === 'stat' ? servers.map((server) => (server.includes(':') ? ipv6Digits(server) : server)) : [];
}

/** What is named, with IPv6 addresses as the array writes them. */
function stored(port: Partial<ControllerRecord['managementPort']>): Partial<ControllerRecord['managementPort']> {
  return Object.fromEntries(
    Object.entries(port)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        name.startsWith('ipv6') && String(value).includes(':') ? ipv6Digits(String(value)) : value,
      ]),
  );
}
