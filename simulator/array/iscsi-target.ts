import type { StorageArray } from './storage-array.js';

export class IscsiTarget {
  constructor(private readonly array: StorageArray) {}

  problems(): string[] {
    return this.array === undefined ? ['stub'] : [];
  }
}
