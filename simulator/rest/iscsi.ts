import { controllerRefs } from '../array/refs.js';
import { defined } from '../array/volumes.js';
import type { StorageArray } from '../array/storage-array.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { IscsiEntityResponse, IscsiTargetResponse } from './schemas/iscsi.js';
import { IscsiEntityUpdateRequest, IscsiTargetUpdateRequest } from './schemas/iscsi-requests.js';
import { Target } from './schemas/pools.js';

/** The target with a portal for each address of each host port; the group tag is the controller's number. */
export function targetView(array: StorageArray): object {
  const target = array.iscsiTarget.record;
  const portals = array.iscsiTarget.ports().flatMap((port) => {
    const groupTag = port.controllerRef === controllerRefs.A ? 1 : 2;
    const { tcpListenPort } = port;
    const ipv4 = {
      groupTag,
      ipAddress: { addressType: 'ipv4', ipv4Address: port.ipv4Address, ipv6Address: null },
      tcpListenPort,
    };
    const ipv6 = {
      groupTag,
      ipAddress: { addressType: 'ipv6', ipv4Address: null, ipv6Address: port.ipv6LocalAddress },
      tcpListenPort,
    };
    return [...(port.ipv4Enabled ? [ipv4] : []), ...(port.ipv6Enabled ? [ipv6] : [])];
  });
  return {
    ...blank(Target),
    targetRef: target.ref,
    nodeName: { ioInterfaceType: 'iscsi', iscsiNodeName: target.iqn, remoteNodeWWN: null, nvmeNodeName: null },
    alias: { ioInterfaceType: 'iscsi', iscsiAlias: target.alias },
    configuredAuthMethods: { authMethodData: [{ authMethod: target.chapEnabled ? 'chap' : 'none', chapSecret: null }] },
    portals,
  };
}

export function iscsiEntityView(array: StorageArray): object {
  const { icmpPingResponseEnabled, unnamedDiscoverySessionsEnabled, isnsServer } = array.iscsiTarget.record;
  return {
    ...blank(IscsiEntityResponse),
    icmpPingResponseEnabled,
    unnamedDiscoverySessionsEnabled,
    isnsServerTcpListenPort: isnsServer.registrationEnabled ? isnsServer.tcpListenPort : 0,
    ipv4IsnsServerAddressConfigMethod: isnsServer.ipv4ConfigMethod,
    ipv4IsnsServerAddress: isnsServer.ipv4Address,
    ipv6IsnsServerAddressConfigMethod: isnsServer.ipv6ConfigMethod,
    ipv6IsnsServerAddress: isnsServer.ipv6Address,
    isnsRegistrationState: 'disabled',
    isnsServerRegistrationEnabled: isnsServer.registrationEnabled,
    hostPortsConfiguredDHCP: false,
  };
}

export function iscsiRoutes(routes: Routes): void {
  routes.onArray('get-ISCSITarget', { response: Target }, ({ array }) => targetView(array));
  routes.onArray(
    'update-ISCSITarget',
    { body: IscsiTargetUpdateRequest, response: IscsiTargetResponse },
    ({ array, body }) => {
      const { chapSecret } = body;
      const target = array.iscsiTarget.update({
        alias: body.alias,
        chapEnabled: body.enableChapAuthentication ?? false,
        chapSecret: chapSecret === '' ? undefined : chapSecret,
      });
      return {
        authMethod: target.chapEnabled ? 'chap' : 'none',
        chapSecret: target.chapSecret ?? '',
        iqn: target.iqn,
        alias: target.alias,
      };
    },
  );
  routes.onArray('get-ISCSIData', { response: IscsiEntityResponse }, ({ array }) => iscsiEntityView(array));
  routes.onArray(
    'update-ISCSIData',
    { body: IscsiEntityUpdateRequest, response: IscsiEntityResponse },
    ({ array, body }) => {
      const method = body.ipv4IsnsServerAddressConfigMethod;
    const isnsServer = defined({
      registrationEnabled: body.isnsServerRegistrationEnabled,
      ipv4ConfigMethod: method === '__UNDEFINED' ? undefined : method,
      ipv4Address: body.ipv4IsnsServerAddress,
      ipv6Address: body.ipv6IsnsServerAddress,
      tcpListenPort: body.isnsServerTcpListenPort,
    });
    array.iscsiTarget.updateEntity({
      icmpPingResponseEnabled: body.icmpPingResponseEnabled,
      unnamedDiscoverySessionsEnabled: body.unnamedDiscoverySessionsEnabled,
      isnsServer,
    });
    return iscsiEntityView(array);
    },
  );
  routes.onArray('getNvmeofInitiatorSettings', { response: Target }, ({ array }) => ({
    ...targetView(array),
    nodeName: {
      ioInterfaceType: 'nvmeof',
      iscsiNodeName: null,
      remoteNodeWWN: null,
      nvmeNodeName: `nqn.1992-08.com.netapp:${array.system.model}.${array.system.wwn.toLowerCase()}`,
    },
    alias: { ioInterfaceType: 'nvmeof', iscsiAlias: '' },
    portals: [],
  }));
}
