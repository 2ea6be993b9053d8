import { boolean, Int64, integer, object, oneOf, text } from './types.js';

/** What the array answers about volume copy: the vendor's definitions, property by property. */

export const VolumeCopy = object({
  worldWideName: text(),
  volcopyHandle: integer(),
  volcopyRef: text(),
  status: oneOf('inProgress', 'complete', 'halted', 'failed', 'pending', '__UNDEFINED'),
  sourceVolume: text(),
  targetVolume: text(),
  currentManager: text(),
  idleTargetWriteProt: boolean(),
  copyCompleteTime: Int64,
  copyStartTime: Int64,
  copyPriority: oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED'),
  reserved1: text(),
  cloneCopy: boolean(),
  pgRef: text(),
  type: oneOf('unknown', 'offline', 'online', '__UNDEFINED'),
  autoClearOnCompletion: boolean(),
  id: text(),
});

export const VolumeCopyPair = object({
  worldWideName: text(),
  volcopyHandle: integer(),
  volcopyRef: text(),
  status: oneOf('inProgress', 'complete', 'halted', 'failed', 'pending', '__UNDEFINED'),
  sourceVolume: text(),
  targetVolume: text(),
  currentManager: text(),
  idleTargetWriteProt: boolean(),
  copyCompleteTime: Int64,
  copyStartTime: Int64,
  copyPriority: oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED'),
  reserved1: text(),
  cloneCopy: boolean(),
  pgRef: text(),
  type: oneOf('unknown', 'offline', 'online', '__UNDEFINED'),
  autoClearOnCompletion: boolean(),
  baseSourceVolumeId: text(),
  id: text(),
  onlineCopy: boolean(),
});

export const VolumeCopyProgress = object({
  percentComplete: integer(),
  timeToCompletion: integer(),
  fractionalPercentComplete: integer(),
  volumeCopyId: text(),
});
