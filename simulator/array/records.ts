/**
 * The array's state as plain data: one interface per kind of object. All byte counts are safe integers, all times
 * milliseconds since the epoch of the array's clock, all references upper-case hex. What can be derived (mapped,
 * capacity left, action) is not stored but derived where it is shown.
 */

export * from './records/activity.js';
export * from './records/hardware.js';
export * from './records/hosts.js';
export * from './records/pools.js';
export * from './records/replication.js';
export * from './records/snapshots.js';
export * from './records/system.js';
export * from './records/volumes.js';
