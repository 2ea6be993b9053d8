import { ObjectNotFound } from '../array/errors.js';
import { configureManagementPort, type ManagementPortChanges } from '../array/management-ports.js';
import { ethernetView, ManagementInterface, managementRef } from './objects/management-ports.js';
import type { Routes } from './route.js';
import { ManagementConfigurationRequest } from './schemas/management-ports-requests.js';
import { list, type Static } from './schemas/types.js';

type Request = Static<typeof ManagementConfigurationRequest>;

function addressOf(address: { readonly ipv4Address?: string | null; readonly ipv6Address?: string | null }): string {
  return address.ipv4Address ?? address.ipv6Address ?? '';
}

function changesOf(body: Request): ManagementPortChanges {
  const { dnsAcquisitionDescriptor: dns, ntpAcquisitionDescriptor: ntp } = body;
  const dnsAcquisition = dns?.dnsAcquisitionType;
  const ntpAcquisition = ntp?.ntpAcquisitionType;
  return {
    ipv4Enabled: body.ipv4Enabled,
    ipv4Address: body.ipv4Address,
    ipv4SubnetMask: body.ipv4SubnetMask,
    ipv4GatewayAddress: body.ipv4GatewayAddress,
    ipv4ConfigMethod: body.ipv4AddressConfigMethod,
    ipv6Enabled: body.ipv6Enabled,
    ipv6ConfigMethod: body.ipv6AddressConfigMethod,
    ipv6LocalAddress: body.ipv6LocalAddress,
    ipv6GatewayAddress: body.ipv6GatewayAddress,
    ipv6RoutableAddress: body.ipv6StaticRoutableAddress,
    speedSetting: body.speedSetting,
    remoteAccessEnabled: body.enableRemoteAccess,
    dns: dnsAcquisition && { acquisition: dnsAcquisition, servers: (dns?.dnsServers ?? []).map(addressOf) },
    ntp: ntpAcquisition && {
      acquisition: ntpAcquisition,
      servers: (ntp?.ntpServers ?? []).map(({ domainName, ipvxAddress }) => domainName ?? addressOf(ipvxAddress ?? {})),
    },
  };
}

/** The Ethernet ports that the controllers are managed by. */
export function managementPortRoutes(routes: Routes): void {
  routes.onArray('getStorageSystemEthernetConfiguration', { response: list(ManagementInterface) }, ({ array }) =>
    array.controllers.list().map((controller) => ethernetView(array, controller)),
  );
  routes.onArray(
    'updateStorageSystemEthernetConfiguration',
    { body: ManagementConfigurationRequest, response: ManagementInterface },
    ({ array, body }) => {
      const controller = array.controllers.require(body.controllerRef);
      if (body.interfaceRef.toUpperCase() !== managementRef(controller))
        throw new ObjectNotFound('invalidInterfaceref', 'management port of that controller', body.interfaceRef);
      return ethernetView(array, configureManagementPort(array, controller.ref, changesOf(body)));
    },
  );
}
