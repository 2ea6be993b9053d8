import type { IscsiPortRecord, IscsiTargetRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { mask } from '../http/secrets.js';
import { authenticationView } from './objects/hosts.js';
import { IscsiEntityData, iscsiEntityView } from './objects/iscsi-entity.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { IscsiInitiatorChapSecretValidationRequest } from './schemas/hosts-requests.js';
import { IscsiChapSecretValidationResponse, IscsiTargetResponse } from './schemas/iscsi.js';
import {
  IscsiEntityUpdateRequest,
  IscsiTargetChapSecretValidationRequest,
  IscsiTargetUpdateRequest,
} from './schemas/iscsi-requests.js';
import { Target } from './schemas/pools.js';

/** The portals of a port: the target portal group of its controller, by IPv4 and IPv6 as enabled. */
function portalsOf(array: StorageArray, port: IscsiPortRecord): object[] {
  const groupTag = array.controllers.require(port.controllerRef).slot;
  const tcpListenPort = port.tcpListenPort;
  const portals: object[] = [];
  if (port.ipv4Enabled) {
    const ipAddress = { addressType: 'ipv4', ipv4Address: port.ipv4Address, ipv6Address: null };
    portals.push({ groupTag, ipAddress, tcpListenPort });
  }
  if (port.ipv6Enabled) {
    for (const ipv6Address of [port.ipv6LocalAddress, port.ipv6RoutableAddress]) {
      if (ipv6Address === null) continue;
      portals.push({ groupTag, ipAddress: { addressType: 'ipv6', ipv4Address: null, ipv6Address }, tcpListenPort });
    }
  }
  return portals;
}

export function targetView(array: StorageArray): object {
  const target = array.iscsiTarget.record;
  return {
    targetRef: target.ref,
    nodeName: { ioInterfaceType: 'iscsi', iscsiNodeName: target.iqn, remoteNodeWWN: null, nvmeNodeName: null },
    alias: { ioInterfaceType: 'iscsi', iscsiAlias: target.alias },
    configuredAuthMethods: authenticationView(target.chapEnabled),
    portals: array.iscsiTarget.ports().flatMap((port) => portalsOf(array, port)),
  };
}

/** The target as NVMe hosts would see it; an iSCSI array has no NVMe portals. */
function nvmeTargetView(array: StorageArray): object {
  const { boardId = '' } = array.controllers.list()[0] ?? {};
  const nvmeNodeName = `nqn.1992-08.com.netapp:${boardId}.${array.system.wwn.toLowerCase()}`;
  return {
    ...blank(Target),
    targetRef: array.iscsiTarget.record.ref,
    nodeName: { ioInterfaceType: 'nvmeof', iscsiNodeName: null, remoteNodeWWN: null, nvmeNodeName },
    alias: { ioInterfaceType: 'nvmeof', iscsiAlias: '' },
    configuredAuthMethods: authenticationView(false),
    portals: [],
  };
}

/** The secret is shown only where the array has just made it, as nothing else tells it. */
function targetAnswer(target: IscsiTargetRecord, isNewSecret: boolean): object {
  return {
    authMethod: target.chapEnabled ? 'chap' : 'none',
    chapSecret: target.chapSecret === null ? '' : isNewSecret ? target.chapSecret : mask,
    iqn: target.iqn,
    alias: target.alias,
  };
}

export function iscsiRoutes(routes: Routes): void {
  routes.onArray('get-ISCSITarget', { response: Target }, ({ array }) => targetView(array));
  routes.onArray(
    'update-ISCSITarget',
    { body: IscsiTargetUpdateRequest, bodyOptional: true, response: IscsiTargetResponse },
    ({ array, body }) => {
      const { chapSecret: before } = array.iscsiTarget.record;
      const chapSecret = body.chapSecret || undefined;
      const chapEnabled = body.enableChapAuthentication ?? false;
      const target = array.iscsiTarget.update({ alias: body.alias, chapEnabled, chapSecret });
      return targetAnswer(target, before === null && chapSecret === undefined);
    },
  );
  routes.onArray('get-ISCSIData', { response: IscsiEntityData }, ({ array }) => iscsiEntityView(array));
  routes.onArray(
    'update-ISCSIData',
    { body: IscsiEntityUpdateRequest, bodyOptional: true, response: IscsiEntityData },
    ({ array, body }) => {
      array.iscsiTarget.updateEntity({
        icmpPingResponseEnabled: body.icmpPingResponseEnabled,
        unnamedDiscoverySessionsEnabled: body.unnamedDiscoverySessionsEnabled,
        isnsServer: {
          tcpListenPort: body.isnsServerTcpListenPort,
          ipv4ConfigMethod: body.ipv4IsnsServerAddressConfigMethod === 'configStatic' ? 'configStatic' : dhcpOf(body),
          ipv4Address: body.ipv4IsnsServerAddress,
          ipv6Address: body.ipv6IsnsServerAddress,
          registrationEnabled: body.isnsServerRegistrationEnabled,
        },
      });
      return iscsiEntityView(array);
    },
  );
  routes.onArray(
    'validateIscsiTargetChapSecret',
    { body: IscsiTargetChapSecretValidationRequest, response: IscsiChapSecretValidationResponse },
    ({ array, body }) => ({ isValid: array.iscsiTarget.record.chapSecret === body.testValue }),
  );
  routes.onArray(
    'validateIscsiInitiatorChapSecret',
    { body: IscsiInitiatorChapSecretValidationRequest, response: IscsiChapSecretValidationResponse },
    ({ array, body }) => ({ isValid: array.hosts.port(body.initiatorRef).chapSecret === body.testValue }),
  );
  routes.onArray('getNvmeofInitiatorSettings', { response: Target }, ({ array }) => nvmeTargetView(array));
}

function dhcpOf(body: { readonly ipv4IsnsServerAddressConfigMethod?: string }): 'configDhcp' | undefined {
  return body.ipv4IsnsServerAddressConfigMethod === 'configDhcp' ? 'configDhcp' : undefined;
}
