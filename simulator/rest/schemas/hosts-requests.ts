import Type from 'typebox';
import { TypeName4 } from './enums.js';
import { oneOf } from './types.js';

/** What clients send about hosts: the vendor's definitions, property by property. */

export const HostTypeByIndex = Type.Object({
  index: Type.Integer(),
});

export const HostPortCreateRequest = Type.Object({
  type: TypeName4,
  port: Type.String(),
  label: Type.String(),
  iscsiChapSecret: Type.Optional(Type.String()),
});

export const HostCreateRequest = Type.Object({
  name: Type.String(),
  hostType: Type.Optional(HostTypeByIndex),
  groupId: Type.Optional(Type.String()),
  ports: Type.Optional(Type.Array(HostPortCreateRequest)),
});

export const HostGroupCreateRequest = Type.Object({
  name: Type.String(),
  hosts: Type.Optional(Type.Array(Type.String())),
});

export const HostGroupUpdateRequest = Type.Object({
  name: Type.Optional(Type.String()),
  hosts: Type.Optional(Type.Array(Type.String())),
});

export const HostIoProtocolsRequest = Type.Object({
  protocolType: oneOf('fc', 'iscsi', 'iserIb', 'nvmeIb', 'nvmeFc', 'nvmeRoce', 'sas', 'srpIb'),
});

export const HostMoveRequest = Type.Object({
  groupId: Type.Optional(Type.String()),
});

export const HostPortUpdateRequest = Type.Object({
  portRef: Type.String(),
  hostRef: Type.Optional(Type.String()),
  port: Type.Optional(Type.String()),
  label: Type.Optional(Type.String()),
  iscsiChapSecret: Type.Optional(Type.String()),
});

export const HostUpdateRequest = Type.Object({
  name: Type.Optional(Type.String()),
  groupId: Type.Optional(Type.String()),
  ports: Type.Optional(Type.Array(HostPortCreateRequest)),
  portsToUpdate: Type.Optional(Type.Array(HostPortUpdateRequest)),
  portsToRemove: Type.Optional(Type.Array(Type.String())),
  hostType: Type.Optional(HostTypeByIndex),
});

export const IscsiInitiatorChapSecretValidationRequest = Type.Object({
  initiatorRef: Type.String(),
  testValue: Type.String(),
});

export const VolumeMappingCreateRequest = Type.Object({
  mappableObjectId: Type.String(),
  targetId: Type.Optional(Type.String()),
  lun: Type.Optional(Type.Integer()),
});

export const VolumeMappingMoveRequest = Type.Object({
  targetId: Type.Optional(Type.String()),
  lun: Type.Optional(Type.Integer()),
});
