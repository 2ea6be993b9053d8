import type { ObjectChange } from './domain-events.js';
import type { UndoLog } from './undo-log.js';

/** What every object of the array has: a reference, unique within its table. */
export interface ArrayRecord {
  readonly ref: string;
}

interface Index<T> {
  readonly keyOf: (record: T) => string | undefined;
  readonly refs: Map<string, Set<string>>;
  /** The reference that was added last, for each key. */
  readonly newest: Map<string, string>;
}

/** References by a key, in order of creation. */
export interface Lookup {
  (key: string): ReadonlySet<string>;
  /** The one created last, however many there are. */
  newest(key: string): string | undefined;
}

const noRefs: ReadonlySet<string> = new Set();

/**
 * All objects of one kind, by reference, in order of creation. Records are immutable: a change puts a new record in
 * place of the old one, so that a cache of something derived from a record can tell by identity that it is stale.
 */
export class Table<T extends ArrayRecord> {
  private readonly records = new Map<string, { record: T; ordinal: number }>();
  private readonly indexes: Index<T>[] = [];
  private readonly deletionListeners: ((ref: string) => void)[] = [];
  private nextOrdinal = 0;
  /** What its changes are told as. */
  name = '';
  /** Counts the changes, undone ones and restores included: equal numbers mean the same records. */
  revision = 0;

  constructor(private readonly undo: UndoLog) {}

  get size(): number {
    return this.records.size;
  }

  get(ref: string): T | undefined {
    return this.records.get(ref)?.record;
  }

  has(ref: string): boolean {
    return this.records.has(ref);
  }

  *values(): IterableIterator<T> {
    for (const entry of this.records.values()) yield entry.record;
  }

  /** Adds a record or replaces the one with the same reference (which keeps its place in the order). */
  put(record: T): T {
    const entry = this.records.get(record.ref);
    if (entry === undefined) {
      this.note(() => this.remove(record.ref), record.ref, 'created');
      this.insert(record);
    } else {
      const previous = entry.record;
      this.note(() => this.replace(entry, previous), record.ref, 'changed');
      this.replace(entry, record);
    }
    return record;
  }

  /** Changes some properties of a record. Throws when there is none with that reference. */
  patch(ref: string, changes: Partial<T>): T {
    const record = this.get(ref);
    if (record === undefined) throw new Error(`no record ${ref} to change`);
    return this.put({ ...record, ...changes });
  }

  /** Replaces a record by its copy, so that what was derived from it is derived anew. Does nothing without one. */
  touch(ref: string): void {
    const record = this.get(ref);
    if (record !== undefined) this.put({ ...record });
  }

  delete(ref: string): void {
    const entry = this.records.get(ref);
    if (entry === undefined) return;
    this.note(() => this.reinsert(entry), ref, 'deleted');
    this.remove(ref);
    for (const listener of this.deletionListeners) listener(ref);
  }

  /** Calls back within the operation that deletes a record, for what hangs on it in other tables. */
  onDelete(listener: (ref: string) => void): void {
    this.deletionListeners.push(listener);
  }

  /**
   * Keeps a lookup by the given key up to date. Keys may be shared and may be undefined (not indexed).
   * Returns the lookup: the references with that key, in order of creation.
   */
  index(keyOf: (record: T) => string | undefined): Lookup {
    const index: Index<T> = { keyOf, refs: new Map(), newest: new Map() };
    this.indexes.push(index);
    for (const { record } of this.records.values()) link(index, record);
    return Object.assign((key: string) => index.refs.get(key) ?? noRefs, {
      newest: (key: string) => index.newest.get(key),
    });
  }

  /** The records as plain data, in order of creation. */
  toJSON(): T[] {
    return [...this.values()];
  }

  /** Replaces everything by the given records; for restoring a saved state, never inside an operation. */
  load(records: Iterable<T>): void {
    this.records.clear();
    for (const index of this.indexes) {
      index.refs.clear();
      index.newest.clear();
    }
    this.nextOrdinal = 0;
    this.revision++;
    for (const record of records) this.insert(record);
  }

  private note(undo: () => void, ref: string, change: ObjectChange): void {
    this.undo.note(undo, this.undo.gathers ? { table: this.name, ref, change } : undefined);
  }

  private insert(record: T): void {
    this.revision++;
    this.records.set(record.ref, { record, ordinal: this.nextOrdinal++ });
    for (const index of this.indexes) link(index, record);
  }

  private remove(ref: string): void {
    const entry = this.records.get(ref);
    if (entry === undefined) return;
    this.revision++;
    this.records.delete(ref);
    for (const index of this.indexes) unlink(index, entry.record);
  }

  private replace(entry: { record: T }, record: T): void {
    this.revision++;
    for (const index of this.indexes) {
      const before = index.keyOf(entry.record);
      const after = index.keyOf(record);
      if (before !== after) {
        unlink(index, entry.record);
        link(index, record);
      }
    }
    entry.record = record;
  }

  /** Puts a deleted record back to its old place: only a failed operation pays for the sorting. */
  private reinsert(entry: { record: T; ordinal: number }): void {
    this.revision++;
    this.records.set(entry.record.ref, entry);
    const ordered = [...this.records].sort(([, a], [, b]) => a.ordinal - b.ordinal);
    this.records.clear();
    for (const [ref, each] of ordered) this.records.set(ref, each);
    for (const index of this.indexes) this.relink(index, entry.record);
  }

  /** Puts a record back to its old place among those with the same key. */
  private relink(index: Index<T>, record: T): void {
    const key = index.keyOf(record);
    if (key === undefined) return;
    const refs = [...(index.refs.get(key) ?? []), record.ref];
    const ordinalOf = (ref: string) => this.records.get(ref)?.ordinal ?? 0;
    refs.sort((a, b) => ordinalOf(a) - ordinalOf(b));
    index.refs.set(key, new Set(refs));
    index.newest.set(key, refs.at(-1) ?? record.ref);
  }
}

function link<T extends ArrayRecord>(index: Index<T>, record: T): void {
  const key = index.keyOf(record);
  if (key === undefined) return;
  const refs = index.refs.get(key);
  if (refs === undefined) index.refs.set(key, new Set([record.ref]));
  else refs.add(record.ref);
  index.newest.set(key, record.ref);
}

function unlink<T extends ArrayRecord>(index: Index<T>, record: T): void {
  const key = index.keyOf(record);
  if (key === undefined) return;
  const refs = index.refs.get(key);
  if (refs === undefined) return;
  refs.delete(record.ref);
  if (refs.size === 0) {
    index.refs.delete(key);
    index.newest.delete(key);
  } else if (index.newest.get(key) === record.ref) {
    index.newest.set(key, [...refs].at(-1) ?? '');
  }
}
