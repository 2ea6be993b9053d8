import Type from 'typebox';
import { ComponentLocation, ExtendedComponentLocation } from './drives.js';
import { ComponentTypeName, EventTypeName, ObjectTypeName, PriorityName, RecoveryFailureTypeName } from './enums.js';
import { DateTime, Int64, nullable, oneOf } from './types.js';

/** What the array answers about events: the vendor's definitions, property by property. */

export const Event = Type.Object({
  timestamp: DateTime,
  eventNumber: Int64,
  eventType: EventTypeName,
});

export const EventControl = Type.Object({
  oemPriority: PriorityName,
  defaultNeedsAttention: Type.Boolean(),
  defaultSendAlert: Type.Boolean(),
  defaultVisibility: Type.Boolean(),
  oemNeedsAttention: oneOf('unknown', 'acceptDefault', 'overrideToTrue', 'overrideToFalse', '__UNDEFINED'),
  oemSendAlert: oneOf('unknown', 'acceptDefault', 'overrideToTrue', 'overrideToFalse', '__UNDEFINED'),
  oemVisibility: oneOf('unknown', 'acceptDefault', 'overrideToTrue', 'overrideToFalse', '__UNDEFINED'),
  collectSupportBundle: Type.Boolean(),
  priorityCaseCreationTrigger: Type.Boolean(),
});

export const Serializable = Type.Object({

});

export const FailureData = Type.Object({
  failureType: RecoveryFailureTypeName,
  objectRef: Type.String(),
  objectType: ObjectTypeName,
  objectData: nullable(Serializable),
  extraData: nullable(Serializable),
});

export const MelEntryEx = Type.Object({
  sequenceNumber: Int64,
  eventType: Type.Integer(),
  timeStamp: Int64,
  category: oneOf('error', 'failure', 'command', 'notification', 'stateChange', 'hostEntry', 'general', '__UNDEFINED'),
  componentType: ComponentTypeName,
  componentLocation: nullable(ComponentLocation),
  locationValid: Type.Boolean(),
  priority: PriorityName,
  eventSourceController: Type.Integer(),
  senseKey: Type.Integer(),
  rawData: Type.String(),
  extComponentLocation: nullable(ExtendedComponentLocation),
  controlParams: nullable(EventControl),
  description: Type.String(),
  location: Type.String(),
  id: Type.String(),
  critical: Type.Boolean(),
  asc: Type.Integer(),
  ascq: Type.Integer(),
});

export const MelExtent = Type.Object({
  startingSeqNum: Int64,
  endingSeqNum: Int64,
});
