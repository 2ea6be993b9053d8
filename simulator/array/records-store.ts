import { ArrayError, ObjectNotFound } from './errors.js';
import type { KeyValueRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

type Store = KeyValueRecord['store'];

/** Text that clients keep on the array: persistent records, key-values and counters. */
export class Records {
  constructor(private readonly array: StorageArray) {}

  list(store: Store): KeyValueRecord[] {
    return this.array.tables.keyValues.toJSON().filter((record) => record.store === store);
  }

  require(store: Store, key: string): KeyValueRecord {
    const record = this.array.tables.keyValues.get(refOf(store, key));
    if (record === undefined)
      throw new ObjectNotFound('keyDoesNotExist', store === 'counter' ? 'counter' : 'record', key);
    return record;
  }

  set(store: Store, key: string, value: string): KeyValueRecord {
    return this.array.transact(() => {
      if (key === '' || key.length > 1024)
        throw new ArrayError('illegalParam', `A key has 1 to 1024 characters, not ${key.length}.`, 'key');
      return this.array.tables.keyValues.put({ ref: refOf(store, key), store, key, value });
    });
  }

  delete(store: Store, key: string): void {
    this.array.transact(() => this.array.tables.keyValues.delete(this.require(store, key).ref));
  }
}

function refOf(store: Store, key: string): string {
  return `${store}:${key}`;
}
