import { expect } from 'vitest';
import { type ManualClock, manualClock } from '../../simulator/array/clock.js';
import { parseProgression } from '../../simulator/array/jobs.js';
import type { ArrayPreset } from '../../simulator/array/preset.js';
import { StorageArray } from '../../simulator/array/storage-array.js';
import { demo } from '../../simulator/presets/models.js';

export const gib = 2 ** 30;

export interface TestArray {
  readonly array: StorageArray;
  readonly clock: ManualClock;
  readonly poolRef: string;
  readonly groupRef: string;
}

/** A demo array whose clock stands still and whose jobs proceed as told: at once by default. */
export function newArray(overrides: Partial<ArrayPreset> & { jobs?: string; seed?: number } = {}): TestArray {
  const { jobs, seed, ...preset } = overrides;
  const clock = manualClock();
  const array = new StorageArray({ preset: { ...demo, ...preset }, seed: seed ?? 1, clock });
  if (jobs !== undefined) array.jobs.setProgression(parseProgression(jobs));
  return {
    array,
    clock,
    poolRef: array.pools.find('DDP_1')?.ref ?? '',
    groupRef: array.pools.find('SSD_R6')?.ref ?? '',
  };
}

/** What an operation throws that the array refuses: its return code and the field that is wrong. */
export function refusal(returnCode: string, field?: string): unknown {
  return expect.objectContaining(field === undefined ? { returnCode } : { returnCode, field });
}
