import type { NewHostPort } from '../array/hosts.js';
import type { HostPortRecord } from '../array/records.js';
import { HostEx, hostView } from './objects/hosts.js';
import { apiRoot, writers } from './operations.js';
import type { Routes } from './route.js';
import {
  HostCreateRequest,
  HostMoveRequest,
  type HostPortCreateRequest,
  HostUpdateRequest,
} from './schemas/hosts-requests.js';
import { list, object, optional, type Static, text } from './schemas/types.js';

/** Port types of requests as the array keeps them. */
const portTypes: ReadonlyMap<string, HostPortRecord['type']> = new Map([
  ['fc', 'fc'],
  ['scsiFc', 'fc'],
  ['fcp', 'fc'],
  ['sas', 'sas'],
  ['ib', 'ib'],
  ['ibSrp', 'ib'],
  ['ibIser', 'ib'],
  ['iscsi', 'iscsi'],
  ['ethernet', 'iscsi'],
  ['nvmeof', 'nvmeof'],
  ['nvmeRoce', 'nvmeof'],
  ['nvmeIb', 'nvmeof'],
  ['nvmeFc', 'nvmeof'],
]);

function newPort(port: Static<typeof HostPortCreateRequest>): NewHostPort {
  return {
    type: portTypes.get(port.type) ?? 'iscsi',
    address: port.port,
    label: port.label,
    chapSecret: port.iscsiChapSecret || undefined,
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
  addInitiatorRoute(routes);
}

function addInitiatorRoute(routes: Routes): void {
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
        type: portTypes.get(body.type ?? 'iscsi') ?? 'iscsi',
        address,
        label: body.label,
        chapSecret: body.iscsiChapSecret,
      };
      return hostView(array, array.hosts.update(id, { addPorts: [port] }));
    },
  );
}
