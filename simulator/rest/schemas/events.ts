import { ComponentLocation, ExtendedComponentLocation } from './drives.js';
import { ComponentTypeName, ObjectTypeName, PriorityName, RecoveryFailureTypeName } from './enums.js';
import { boolean, Int64, integer, nullable, object, oneOf, text } from './types.js';

/** What the array answers about events: the vendor's definitions, property by property. */

const EventControl = object({
  oemPriority: PriorityName,
  defaultNeedsAttention: boolean(),
  defaultSendAlert: boolean(),
  defaultVisibility: boolean(),
  oemNeedsAttention: oneOf('unknown', 'acceptDefault', 'overrideToTrue', 'overrideToFalse', '__UNDEFINED'),
  oemSendAlert: oneOf('unknown', 'acceptDefault', 'overrideToTrue', 'overrideToFalse', '__UNDEFINED'),
  oemVisibility: oneOf('unknown', 'acceptDefault', 'overrideToTrue', 'overrideToFalse', '__UNDEFINED'),
  collectSupportBundle: boolean(),
  priorityCaseCreationTrigger: boolean(),
});

const Serializable = object({});

export const FailureData = object({
  failureType: RecoveryFailureTypeName,
  objectRef: text(),
  objectType: ObjectTypeName,
  objectData: nullable(Serializable),
  extraData: nullable(Serializable),
});

export const MelEntryEx = object({
  sequenceNumber: Int64,
  eventType: integer(),
  timeStamp: Int64,
  category: oneOf('error', 'failure', 'command', 'notification', 'stateChange', 'hostEntry', 'general', '__UNDEFINED'),
  componentType: ComponentTypeName,
  componentLocation: nullable(ComponentLocation),
  locationValid: boolean(),
  priority: PriorityName,
  eventSourceController: integer(),
  senseKey: integer(),
  rawData: text(),
  extComponentLocation: nullable(ExtendedComponentLocation),
  controlParams: nullable(EventControl),
  description: text(),
  location: text(),
  id: text(),
  critical: boolean(),
  asc: integer(),
  ascq: integer(),
});

export const MelExtent = object({
  startingSeqNum: Int64,
  endingSeqNum: Int64,
});
