import type { StorageArray } from '../array/storage-array.js';

/** A time as the web services write it: whole seconds, with the offset from UTC as the array's firmware has it. */
export function dateTime(array: StorageArray, timeMs: number): string {
  const whole = new Date(Math.floor(timeMs / 1000) * 1000).toISOString();
  return whole.replace('Z', array.firmwareProfile.utcOffset);
}
