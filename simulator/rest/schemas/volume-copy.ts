import Type from 'typebox';
import { Int64, oneOf } from './types.js';

/** What the array answers about volume copy: the vendor's definitions, property by property. */

export const VolumeCopy = Type.Object({
  worldWideName: Type.String(),
  volcopyHandle: Type.Integer(),
  volcopyRef: Type.String(),
  status: oneOf('inProgress', 'complete', 'halted', 'failed', 'pending', '__UNDEFINED'),
  sourceVolume: Type.String(),
  targetVolume: Type.String(),
  currentManager: Type.String(),
  idleTargetWriteProt: Type.Boolean(),
  copyCompleteTime: Int64,
  copyStartTime: Int64,
  copyPriority: oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED'),
  reserved1: Type.String(),
  cloneCopy: Type.Boolean(),
  pgRef: Type.String(),
  type: oneOf('unknown', 'offline', 'online', '__UNDEFINED'),
  autoClearOnCompletion: Type.Boolean(),
  id: Type.String(),
});

export const VolumeCopyPair = Type.Object({
  worldWideName: Type.String(),
  volcopyHandle: Type.Integer(),
  volcopyRef: Type.String(),
  status: oneOf('inProgress', 'complete', 'halted', 'failed', 'pending', '__UNDEFINED'),
  sourceVolume: Type.String(),
  targetVolume: Type.String(),
  currentManager: Type.String(),
  idleTargetWriteProt: Type.Boolean(),
  copyCompleteTime: Int64,
  copyStartTime: Int64,
  copyPriority: oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED'),
  reserved1: Type.String(),
  cloneCopy: Type.Boolean(),
  pgRef: Type.String(),
  type: oneOf('unknown', 'offline', 'online', '__UNDEFINED'),
  autoClearOnCompletion: Type.Boolean(),
  baseSourceVolumeId: Type.String(),
  id: Type.String(),
  onlineCopy: Type.Boolean(),
});

export const VolumeCopyProgress = Type.Object({
  percentComplete: Type.Integer(),
  timeToCompletion: Type.Integer(),
  fractionalPercentComplete: Type.Integer(),
  volumeCopyId: Type.String(),
});
