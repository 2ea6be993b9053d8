import type { TableName } from './tables.js';

/** Something that happened to an array. Events come in the order of what happened, after the operation is done. */
export type DomainEvent =
  /** An object is there, is another one, or is gone. */
  | { readonly kind: 'created' | 'changed' | 'deleted'; readonly table: TableName; readonly ref: string }
  /** A job began, moved on by an operation, or ended. Jobs that only time moves on do not tell each percent. */
  | { readonly kind: 'jobProgressed'; readonly ref: string; readonly change: ObjectChange }
  /** The array wrote an event into its major event log. */
  | { readonly kind: 'eventLogged'; readonly ref: string }
  /** Bytes on a volume changed. */
  | { readonly kind: 'bytesChanged' }
  /** The whole state was replaced. */
  | { readonly kind: 'replaced'; readonly by: 'reset' | 'restore' };

export type ObjectChange = 'created' | 'changed' | 'deleted';

/** Is told of the events of one operation at a time. Must not change the array. */
export type DomainEventListener = (events: readonly DomainEvent[]) => void;

/** A change of one record, as a table notes it. */
export interface RecordChange {
  readonly table: string;
  readonly ref: string;
  readonly change: ObjectChange;
}

/** Those who listen to an array: any number, each told in the order in which they came. */
export class DomainEventListeners {
  private readonly listeners = new Set<DomainEventListener>();

  get size(): number {
    return this.listeners.size;
  }

  /** Gives what ends the subscription. */
  add(listener: DomainEventListener): () => void {
    // One function may be handed in twice: each subscription is one of its own.
    const own: DomainEventListener = (events) => listener(events);
    this.listeners.add(own);
    return () => this.listeners.delete(own);
  }

  publish(events: readonly DomainEvent[]): void {
    for (const listener of this.listeners) listener(events);
  }
}

/** The events of an operation: one for each record that is another one than before it. */
export function eventsOf(changes: readonly RecordChange[]): DomainEvent[] {
  const net = new Map<string, RecordChange | undefined>();
  for (const next of changes) {
    const key = `${next.table} ${next.ref}`;
    const known = net.get(key);
    net.set(key, known === undefined ? next : together(known, next));
  }
  const events = [...net.values()].flatMap((each) => (each === undefined ? [] : [eventOf(each)]));
  return events.length > 0 ? events : [{ kind: 'bytesChanged' }];
}

/** What two changes of a record come to; undefined when nothing is left of them. */
function together(first: RecordChange, second: RecordChange): RecordChange | undefined {
  if (first.change === 'created') return second.change === 'deleted' ? undefined : first;
  if (first.change === 'deleted') return { ...second, change: 'changed' };
  return second;
}

function eventOf({ table, ref, change }: RecordChange): DomainEvent {
  if (table === 'jobs') return { kind: 'jobProgressed', ref, change };
  if (table === 'events' && change === 'created') return { kind: 'eventLogged', ref };
  return { kind: change, table: table as TableName, ref };
}
