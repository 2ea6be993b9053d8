import type { StorageArray } from './storage-array.js';

export interface ArrayPreset {
  readonly name: string;
}
export function furnish(_array: StorageArray, _preset: ArrayPreset): void {}
