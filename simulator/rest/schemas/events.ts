import { ObjectTypeName, PriorityName } from './enums.js';
import { RecoveryFailureTypeName } from './recovery-failures.js';
import { boolean, Int64, nullable, object, oneOf, text } from './types.js';

/** What the array answers about events: the vendor's definitions, property by property. */

export const EventControl = object({
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

export const MelExtent = object({
  startingSeqNum: Int64,
  endingSeqNum: Int64,
});
