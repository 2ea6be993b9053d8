import type { StorageArray } from './storage-array.js';

/** Logs an event of a pool; a critical one is a failure that clients are alerted to. */
export function logPoolEvent(
  array: StorageArray,
  eventType: number,
  description: string,
  objectRef: string,
  critical = false,
): void {
  array.events.record({
    eventType,
    description,
    objectRef,
    componentType: 'volumeGrp',
    category: critical ? 'failure' : 'notification',
    priority: critical ? 'priorityCritical' : 'priorityInfo',
  });
}
