export type { ConnectionInfo } from './attach/connection.js';
export { type Configuration, configurationFromIni, type GivenConfiguration, type ReplicationDevice } from './config.js';
export { type DriverOptions, NetAppEseriesISCSIDriver } from './driver.js';
export * from './errors.js';
export { callMethod, methods } from './methods.js';
export type {
  Connector,
  ExistingReference,
  Group,
  GroupSnapshot,
  ModelUpdate,
  ObjectUpdate,
  Snapshot,
  Volume,
  VolumeType,
} from './model.js';
export type { VolumeStats } from './provisioning/pools.js';
export type { Logger, Runtime } from './runtime.js';
