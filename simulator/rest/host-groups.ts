import { hostTypes } from '../array/host-types.js';
import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import { HostGroup, hostGroupView } from './objects/hosts.js';
import type { Routes } from './route.js';
import { SingleNumberValue } from './schemas/graph-requests.js';
import { HostType, UnassociatedHostPort } from './schemas/hosts.js';
import { HostGroupCreateRequest, HostGroupUpdateRequest } from './schemas/hosts-requests.js';
import { list } from './schemas/types.js';

function hostTypeViews(array: StorageArray): object[] {
  const used = new Set(array.tables.hosts.toJSON().map((host) => host.hostTypeIndex));
  const { defaultHostTypeIndex } = array.system.settings;
  return hostTypes.map(({ index, code, name }) => ({
    name,
    index,
    code,
    used: used.has(index),
    default: index === defaultHostTypeIndex,
    nvmeSupported: index === 28,
  }));
}

function hostTypeView(array: StorageArray, id: string): object {
  const view = hostTypeViews(array)[hostTypes.findIndex((type) => String(type.index) === id)];
  if (view !== undefined) return view;
  const known = hostTypes.map((type) => type.index).join(', ');
  throw new RestError('notFound', `There is no host type ${id}: known are ${known}.`);
}

export function hostGroupRoutes(routes: Routes): void {
  routes.onArray('get-AllHostGroups', { response: list(HostGroup) }, ({ array }) =>
    array.tables.hostGroups.toJSON().map(hostGroupView),
  );
  routes.onArray('get-HostGroup', { response: HostGroup }, ({ array, id }) =>
    hostGroupView(array.hostGroups.require(id)),
  );
  routes.onArray('createHostGroup', { body: HostGroupCreateRequest, response: HostGroup }, ({ array, body }) =>
    hostGroupView(array.hostGroups.create(body.name, body.hosts)),
  );
  routes.onArray('updateHostGroup', { body: HostGroupUpdateRequest, response: HostGroup }, ({ array, id, body }) =>
    hostGroupView(array.hostGroups.update(id, { label: body.name, addHostRefs: body.hosts })),
  );
  routes.onArray('deleteHostGroup', {}, ({ array, id }) => array.hostGroups.delete(id));

  routes.onArray('getAllHostTypes', { response: list(HostType) }, ({ array }) => hostTypeViews(array));
  routes.onArray('getHostType', { response: HostType }, ({ array, id }) => hostTypeView(array, id));
  routes.onArray('setDefaultHostType', { body: SingleNumberValue, response: HostType }, ({ array, body }) => {
    const id = String(body.value);
    hostTypeView(array, id);
    array.hosts.setDefaultType(body.value);
    return hostTypeView(array, id);
  });
  routes.onArray('get-UnassociatedHostPorts', { response: list(UnassociatedHostPort) }, ({ array }) =>
    array.tables.unassociatedPorts
      .toJSON()
      .map((port) => ({ type: port.type, id: port.ref, address: port.address, mediaTransportProtocolType: port.type })),
  );
}
