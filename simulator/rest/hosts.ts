import type { NewHostPort } from '../array/hosts.js';
import type { HostPortRecord, HostRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { authenticationView } from './iscsi.js';
import { apiRoot, writers } from './operations.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { HostEx, HostPort, Initiator, SCSIInitiatorPortId } from './schemas/hosts.js';
import {
  HostCreateRequest,
  HostMoveRequest,
  type HostPortCreateRequest,
  HostUpdateRequest,
} from './schemas/hosts-requests.js';
import { list, object, optional, type Static, text } from './schemas/types.js';

/** Port types of requests as the array keeps them. */
const portTypes: Readonly<Record<string, HostPortRecord['type']>> = {
  fc: 'fc',
  scsiFc: 'fc',
  fcp: 'fc',
  sas: 'sas',
  ib: 'ib',
  ibSrp: 'ib',
  ibIser: 'ib',
  iscsi: 'iscsi',
  ethernet: 'iscsi',
  nvmeof: 'nvmeof',
  nvmeRoce: 'nvmeof',
  nvmeIb: 'nvmeof',
  nvmeFc: 'nvmeof',
};

function newPort(port: Static<typeof HostPortCreateRequest>): NewHostPort {
  return {
    type: portTypes[port.type] ?? 'iscsi',
    address: port.port,
    label: port.label,
    chapSecret: port.iscsiChapSecret || undefined,
  };
}

/** The name of an initiator where its kind of name belongs; the others are null. */
function nodeName(port: HostPortRecord): object {
  const isIqn = /^(iqn|eui|naa)\./i.test(port.address);
  return {
    ioInterfaceType: port.type,
    iscsiNodeName: port.type === 'iscsi' || isIqn ? port.address : null,
    remoteNodeWWN: port.type === 'ib' && !isIqn ? port.address : null,
    nvmeNodeName: port.type === 'nvmeof' ? port.address : null,
  };
}

export function initiatorView(port: HostPortRecord): object {
  return {
    ...blank(Initiator),
    initiatorRef: port.ref,
    nodeName: nodeName(port),
    alias: { ioInterfaceType: port.type, iscsiAlias: '' },
    label: port.label,
    configuredAuthMethods: authenticationView(port.chapSecret !== null),
    hostRef: port.hostRef,
    initiatorNodeName: { nodeName: nodeName(port), interfaceType: port.type },
    id: port.ref,
  };
}

export function hostPortView(port: HostPortRecord): object {
  return {
    ...blank(HostPort),
    hostPortRef: port.ref,
    hostPortName: port.address,
    label: port.label,
    hostRef: port.hostRef,
    portId: {
      ...blank(SCSIInitiatorPortId),
      ioInterfaceType: port.type,
      portName: port.type === 'fc' ? port.address : '',
      sasPortName: port.type === 'sas' ? port.address : '',
    },
    id: port.ref,
  };
}

function isInitiator(port: HostPortRecord): boolean {
  return port.type !== 'fc' && port.type !== 'sas';
}

export function hostView(array: StorageArray, host: HostRecord): object {
  const ports = array.hosts.ports(host.ref);
  return {
    ...blank(HostEx),
    hostRef: host.ref,
    clusterRef: host.groupRef ?? nullRef,
    label: host.label,
    hostTypeIndex: host.hostTypeIndex,
    protectionInformationCapableAccessMethod: true,
    ports: ports.filter((port) => !isInitiator(port)).map(hostPortView),
    initiators: ports.filter(isInitiator).map(initiatorView),
    hostSidePorts: ports.map((port) => ({
      id: port.ref,
      type: port.type,
      address: port.address,
      label: port.label,
      mtpIoInterfaceType: port.type,
      name: port.label,
    })),
    id: host.ref,
    name: host.label,
  };
}

const InitiatorRequest = object({
  type: optional(text()),
  port: optional(text()),
  iqn: optional(text()),
  label: text(),
  iscsiChapSecret: optional(text()),
});

export function hostRoutes(routes: Routes): void {
  routes.onArray('getHosts', { response: list(HostEx) }, ({ array }) =>
    array.tables.hosts.toJSON().map((host) => hostView(array, host)),
  );
  routes.onArray('getHost', { response: HostEx }, ({ array, id }) => hostView(array, array.hosts.require(id)));
  routes.onArray('createHost', { body: HostCreateRequest, response: HostEx }, ({ array, body }) =>
    hostView(
      array,
      array.hosts.create({
        label: body.name,
        hostTypeIndex: body.hostType?.index ?? array.system.settings.defaultHostTypeIndex,
        groupRef: body.groupId ?? null,
        ports: (body.ports ?? []).map(newPort),
      }),
    ),
  );
  routes.onArray('updateHost', { body: HostUpdateRequest, response: HostEx }, ({ array, id, body }) =>
    hostView(
      array,
      array.hosts.update(id, {
        label: body.name,
        hostTypeIndex: body.hostType?.index,
        groupRef: body.groupId,
        addPorts: body.ports?.map(newPort),
        updatePorts: body.portsToUpdate?.map((port) => ({
          ref: port.portRef,
          hostRef: port.hostRef || undefined,
          address: port.port,
          label: port.label,
          chapSecret: port.iscsiChapSecret || undefined,
        })),
        removePortRefs: body.portsToRemove,
      }),
    ),
  );
  routes.onArray('removeHost', {}, ({ array, id }) => array.hosts.delete(id));
  routes.onArray('moveHost', { body: HostMoveRequest, bodyOptional: true, response: HostEx }, ({ array, id, body }) =>
    hostView(array, array.hosts.move(id, body.groupId ?? null)),
  );
  routes.onArray(
    {
      id: 'addHostInitiator',
      method: 'POST',
      path: `${apiRoot}/storage-systems/:systemId/hosts/:id/initiators`,
      mode: 'both',
      roles: writers,
      tag: 'Mapping',
      status: 200,
    },
    { body: InitiatorRequest, response: HostEx },
    ({ array, id, body }) => {
      const address = body.port ?? body.iqn ?? '';
      const port = {
        type: portTypes[body.type ?? 'iscsi'] ?? 'iscsi',
        address,
        label: body.label,
        chapSecret: body.iscsiChapSecret,
      };
      return hostView(array, array.hosts.update(id, { addPorts: [port] }));
    },
  );
}
