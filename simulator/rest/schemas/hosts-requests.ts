import { TypeName4 } from './enums.js';
import { integer, list, object, optional, text } from './types.js';

/** What clients send about hosts: the vendor's definitions, property by property. */

const HostTypeByIndex = object({
  index: integer(),
});

export const HostPortCreateRequest = object({
  type: TypeName4,
  port: text(),
  label: text(),
  iscsiChapSecret: optional(text()),
});

export const HostCreateRequest = object({
  name: text(),
  hostType: optional(HostTypeByIndex),
  groupId: optional(text()),
  ports: optional(list(HostPortCreateRequest)),
});

export const HostGroupCreateRequest = object({
  name: text(),
  hosts: optional(list(text())),
});

export const HostGroupUpdateRequest = object({
  name: optional(text()),
  hosts: optional(list(text())),
});

export const HostMoveRequest = object({
  groupId: optional(text()),
});

const HostPortUpdateRequest = object({
  portRef: text(),
  hostRef: optional(text()),
  port: optional(text()),
  label: optional(text()),
  iscsiChapSecret: optional(text()),
});

export const HostUpdateRequest = object({
  name: optional(text()),
  groupId: optional(text()),
  ports: optional(list(HostPortCreateRequest)),
  portsToUpdate: optional(list(HostPortUpdateRequest)),
  portsToRemove: optional(list(text())),
  hostType: optional(HostTypeByIndex),
});

export const IscsiInitiatorChapSecretValidationRequest = object({
  initiatorRef: text(),
  testValue: text(),
});

export const VolumeMappingCreateRequest = object({
  mappableObjectId: text(),
  targetId: optional(text()),
  lun: optional(integer()),
});

export const VolumeMappingMoveRequest = object({
  targetId: optional(text()),
  lun: optional(integer()),
});
