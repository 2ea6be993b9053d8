import type { HostGroupRecord, HostPortRecord, HostRecord } from '../../array/records.js';
import { nullRef } from '../../array/refs.js';
import type { StorageArray } from '../../array/storage-array.js';
import { blank } from '../schemas/blank.js';
import {
  AuthenticationBundle,
  HostSidePort,
  InitiatorNodeName,
  SCSIInitiatorPortId,
  ScsiAlias,
  ScsiNodeName,
} from '../schemas/hosts.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, integer, list, nullable, object, text, without } from '../schemas/types.js';

/** How an initiator or target must prove who it is; the secret itself never shows. */
export function authenticationView(chap: boolean): Shown<typeof AuthenticationBundle> {
  return {
    authMethodData: [{ authMethod: chap ? 'chap' : 'none', chapSecret: null }],
  };
}

/** The name of an initiator where its kind of name belongs; the others are null. */
function nodeName(port: HostPortRecord): Shown<typeof ScsiNodeName> {
  const isIqn = /^(iqn|eui|naa)\./i.test(port.address);
  return {
    ioInterfaceType: port.type,
    iscsiNodeName: port.type === 'iscsi' || isIqn ? port.address : null,
    remoteNodeWWN: port.type === 'ib' && !isIqn ? port.address : null,
    nvmeNodeName: port.type === 'nvmeof' ? port.address : null,
  };
}

const initiator = showing<{ port: HostPortRecord }>();

export const Initiator = object({
  initiatorRef: initiator.shown(text(), ({ port }) => port.ref),
  nodeName: initiator.shown(nullable(ScsiNodeName), ({ port }) => nodeName(port)),
  alias: initiator.shown(nullable(ScsiAlias), ({ port }) => ({ ioInterfaceType: port.type, iscsiAlias: '' })),
  label: initiator.shown(text(), ({ port }) => port.label),
  configuredAuthMethods: initiator.shown(nullable(AuthenticationBundle), ({ port }) =>
    authenticationView(port.chapSecret !== null),
  ),
  hostRef: initiator.shown(text(), ({ port }) => port.hostRef),
  initiatorInactive: boolean(),
  initiatorNodeName: initiator.shown(nullable(InitiatorNodeName), ({ port }) => ({
    nodeName: nodeName(port),
    interfaceType: port.type,
  })),
  id: initiator.shown(text(), ({ port }) => port.ref),
});

const initiatorObject = initiator.viewOf(Initiator);

export function initiatorView(port: HostPortRecord): Shown<typeof Initiator> {
  return initiatorObject({ port });
}

const hostPort = showing<{ port: HostPortRecord }>();

export const HostPort = object({
  hostPortRef: hostPort.shown(text(), ({ port }) => port.ref),
  hostPortName: hostPort.shown(text(), ({ port }) => port.address),
  label: hostPort.shown(text(), ({ port }) => port.label),
  hostRef: hostPort.shown(text(), ({ port }) => port.hostRef),
  hostPortTypeIndex: integer(),
  isSAControlled: boolean(),
  confirmLUNMappingCreation: boolean(),
  portId: hostPort.shown(nullable(SCSIInitiatorPortId), ({ port }) => ({
    ...blank(SCSIInitiatorPortId),
    ioInterfaceType: port.type,
    portName: port.type === 'fc' ? port.address : '',
    sasPortName: port.type === 'sas' ? port.address : '',
  })),
  portInactive: boolean(),
  id: hostPort.shown(text(), ({ port }) => port.ref),
});

const hostPortObject = hostPort.viewOf(HostPort);

export function hostPortView(port: HostPortRecord): Shown<typeof HostPort> {
  return hostPortObject({ port });
}

function isInitiator(port: HostPortRecord): boolean {
  return port.type !== 'fc' && port.type !== 'sas';
}

function hostFacts(array: StorageArray, host: HostRecord) {
  const ports = array.hosts.ports(host.ref);
  return { host, ports };
}

const host = showing<ReturnType<typeof hostFacts>>();

export const HostEx = object({
  hostRef: host.shown(text(), ({ host }) => host.ref),
  clusterRef: host.shown(text(), ({ host }) => host.groupRef ?? nullRef),
  label: host.shown(text(), ({ host }) => host.label),
  isSAControlled: boolean(),
  confirmLUNMappingCreation: boolean(),
  hostTypeIndex: host.shown(integer(), ({ host }) => host.hostTypeIndex),
  protectionInformationCapableAccessMethod: host.always(boolean(), true),
  isLargeBlockFormatHost: boolean(),
  isLun0Restricted: boolean(),
  ports: host.shown(list(HostPort), ({ ports }) => ports.filter((port) => !isInitiator(port)).map(hostPortView)),
  initiators: host.shown(list(Initiator), ({ ports }) => ports.filter(isInitiator).map(initiatorView)),
  hostSidePorts: host.shown(list(HostSidePort), ({ ports }) =>
    ports.map((port) => ({
      id: port.ref,
      type: port.type,
      address: port.address,
      label: port.label,
      mtpIoInterfaceType: port.type,
      name: port.label,
    })),
  ),
  id: host.shown(text(), ({ host }) => host.ref),
  name: host.shown(text(), ({ host }) => host.label),
});

export const Host = without(HostEx, 'ports', 'initiators', 'hostSidePorts');

const hostObject = host.viewOf(HostEx);

export function hostView(array: StorageArray, host: HostRecord): Shown<typeof HostEx> {
  return hostObject(hostFacts(array, host));
}

const hostGroup = showing<{ group: HostGroupRecord }>();

export const HostGroup = object({
  clusterRef: hostGroup.shown(text(), ({ group }) => group.ref),
  label: hostGroup.shown(text(), ({ group }) => group.label),
  isSAControlled: boolean(),
  confirmLUNMappingCreation: boolean(),
  protectionInformationCapableAccessMethod: hostGroup.always(boolean(), true),
  isLun0Restricted: boolean(),
  id: hostGroup.shown(text(), ({ group }) => group.ref),
  name: hostGroup.shown(text(), ({ group }) => group.label),
});

const hostGroupObject = hostGroup.viewOf(HostGroup);

export function hostGroupView(group: HostGroupRecord): Shown<typeof HostGroup> {
  return hostGroupObject({ group });
}
