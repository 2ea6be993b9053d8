import { ObjectNotFound } from '../array/errors.js';
import type { ControllerRecord, IscsiPortRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import {
  channelPortRef,
  driveInterfaceRef,
  driveInterfaceView,
  IOInterfaceTypeData,
  IoInterface,
  interfaceTypeData,
} from './objects/interfaces.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';

import { IscsiInterfaceUpdateRequest } from './schemas/iscsi-requests.js';

import { list, object, optional, text } from './schemas/types.js';
import { symbolInterfaceRoutes } from './symbol-interfaces.js';

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
