import { ArrayError, ObjectNotFound } from './errors.js';
import type { DocumentRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** How many records of one kind there may be. */
const mostOfAKind = 1000;

/**
 * What the management software keeps on the array as plain data, by kind and key. It is part of the array's state: saved
 * with it, undone by a reset. `event` is what the event log says of a change; nothing without it.
 */
export class Documents {
  constructor(private readonly array: StorageArray) {}

  /** The values of a kind, in order of creation. */
  list<T>(kind: string): T[] {
    return this.records(kind).map((record) => record.value as T);
  }

  find<T>(kind: string, key: string): T | undefined {
    return this.array.tables.documents.get(refOf(kind, key))?.value as T | undefined;
  }

  /** Throws ObjectNotFound; `what` is how an error calls the kind. */
  require<T>(kind: string, key: string, what: string): T {
    const found = this.find<T>(kind, key);
    if (found === undefined) throw new ObjectNotFound('keyDoesNotExist', what, key);
    return found;
  }

  /** Adds a value or replaces the one with the same key. Throws ArrayError when there are too many of the kind. */
  put<T>(kind: string, key: string, value: T, event?: string): T {
    return this.array.transact(() => {
      const ref = refOf(kind, key);
      if (!this.array.tables.documents.has(ref) && this.records(kind).length >= mostOfAKind)
        throw new ArrayError('illegalParam', `There are ${mostOfAKind} of '${kind}' already: that is the most.`);
      this.array.tables.documents.put({ ref, kind, key, value });
      this.log(event);
      return value;
    });
  }

  /** Takes a value away; without one, nothing happens. */
  delete(kind: string, key: string, event?: string): void {
    this.array.transact(() => {
      const ref = refOf(kind, key);
      if (!this.array.tables.documents.has(ref)) return;
      this.array.tables.documents.delete(ref);
      this.log(event);
    });
  }

  private records(kind: string): DocumentRecord[] {
    return this.array.tables.documents.toJSON().filter((record) => record.kind === kind);
  }

  private log(description: string | undefined): void {
    if (description !== undefined) this.array.events.record({ eventType: 0x7500, description });
  }
}

function refOf(kind: string, key: string): string {
  return `${kind}:${key}`;
}
