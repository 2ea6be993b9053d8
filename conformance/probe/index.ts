export { type Patience, Timeout } from '../runtime/patience.js';
export { type AttachOptions, attach, type ConnectionInfo, NotDiscovered, type Path, pathsOf } from './attach.js';
export type { Authentication } from './authentication.js';
export { type ChapAlgorithm, chapAlgorithms, chapResponse } from './chap.js';
export { type ConnectOptions, connect } from './connect.js';
export { type Connection, openConnection } from './connection.js';
export { type DiscoveredTarget, type DiscoverOptions, discover, parseTargets } from './discover.js';
export { openDisk, type ProbeDisk } from './disk.js';
export {
  CheckCondition,
  CommandFailed,
  ConnectionClosed,
  LoginRefused,
  ProtocolViolation,
  Rejected,
  type Rule,
  TargetFailure,
  TargetNotAuthentic,
  TaskAborted,
} from './errors.js';
export { type Digests, encodeFrame, newFrameReader, type ResponseCorruption } from './framing.js';
export { type LoginOptions, type LoginResult, login } from './login.js';
export type { LoginStep } from './login-conversation.js';
export { decodeLun, encodeLun } from './lun.js';
export { type Observation, observe } from './observation.js';
export type { Offer, Parameters } from './parameters.js';
export { decodeAhs, encodeAhs, makePdu, type Pdu, type PduKind, type PduOf } from './pdu.js';
export { formatPortal, type Portal, parsePortal } from './portal.js';
export type { RawAccess, Watch } from './raw-access.js';
export * from './scsi.js';
export {
  type CommandOptions,
  demandGood,
  type ScsiCommand,
  type ScsiResult,
  type ScsiTask,
} from './scsi-command.js';
export { ProbeSession, type SessionOptions } from './session.js';
export { type TaskFunction, taskFunctions, taskResponses } from './task-management.js';
export { decodeBinary, decodePairs, encodeBinary, encodePairs, type Pair } from './text-keys.js';
