import { type EventRecord, eventDefaults } from './records.js';
import { hex } from './refs.js';
import type { StorageArray } from './storage-array.js';

/** How many events the major event log keeps (source: clients ask for 8192 at once). */
const capacity = 8192;

export type NewEvent = Pick<EventRecord, 'description'> &
  Partial<Omit<EventRecord, 'ref' | 'sequence' | 'timeMs' | 'description'>>;

/** The major event log (MEL): a ring of what happened, numbered from the preset's first number on. */
export class Events {
  constructor(private readonly array: StorageArray) {}

  /** Adds an event; the oldest goes when the log is full. */
  record(event: NewEvent): EventRecord {
    const { events } = this.array.tables;
    const sequence = this.array.takeCounter('event');
    if (events.size >= capacity) {
      const oldest = events.values().next().value;
      if (oldest !== undefined) events.delete(oldest.ref);
    }
    return events.put({
      ...eventDefaults,
      ...event,
      ref: hex(sequence, 40),
      sequence,
      timeMs: this.array.now(),
    });
  }

  /** Empties the log; numbering goes on. */
  clear(): void {
    this.array.transact(() => {
      for (const event of this.array.tables.events.toJSON()) this.array.tables.events.delete(event.ref);
    });
  }
}
