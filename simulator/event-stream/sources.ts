import type { DomainEvent } from '../array/domain-events.js';
import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystems } from '../array/storage-systems.js';
import type { RequestJournal } from '../control/journal.js';
import type { FaultRules } from '../faults/fault-rules.js';
import { maskUrl } from '../http/secrets.js';
import type { EventBus } from './event-bus.js';
import type { EventContent } from './live-event.js';

export interface Watched {
  readonly systems: StorageSystems;
  readonly journal: RequestJournal;
  readonly faults: FaultRules;
}

/** Lets a bus tell of the arrays, the requests and the fault rules of a process. */
export function addSources(bus: EventBus, { systems, journal, faults }: Watched): void {
  bus.addSource(() => watchArrays(bus, systems));
  bus.addSource(() =>
    journal.subscribe(({ number, method, url, status, array, tookMs, durationMs }) =>
      bus.publish({ kind: 'request', array, entry: number, method, url, status, tookMs, durationMs }),
    ),
  );
  bus.addSource(() =>
    faults.subscribe(({ change, rule, array, what }) =>
      bus.publish({ kind: 'fault', array, change, rule, ...(what === undefined ? {} : { what: maskUrl(what) }) }),
    ),
  );
}

/** Follows every array of the process: those there are, and those that come. */
function watchArrays(bus: EventBus, systems: StorageSystems): () => void {
  const watched = new Map<StorageArray, () => void>();
  const follow = () => {
    const present = new Map(systems.list().flatMap(({ id, array }) => (array === null ? [] : [[array, id] as const])));
    for (const [array, end] of watched) {
      if (present.has(array)) continue;
      end();
      watched.delete(array);
    }
    for (const [array, id] of present) {
      if (watched.has(array)) continue;
      watched.set(
        array,
        array.subscribe((events) => {
          for (const event of events) {
            const content = contentOf(id, array, event);
            if (content !== undefined) bus.publish(content);
          }
        }),
      );
    }
  };
  follow();
  const unsubscribe = systems.subscribe(() => {
    follow();
    bus.publish({ kind: 'arrays', arrays: systems.list().map(({ id }) => id) });
  });
  return () => {
    unsubscribe();
    for (const end of watched.values()) end();
  };
}

/** Undefined for changed bytes: the summaries of commands tell of those. */
function contentOf(id: string, array: StorageArray, event: DomainEvent): EventContent | undefined {
  switch (event.kind) {
    case 'bytesChanged':
      return undefined;
    case 'replaced':
      return { kind: 'replaced', array: id, by: event.by };
    case 'jobProgressed':
      return jobContent(id, array, event);
    case 'eventLogged': {
      const logged = array.tables.events.get(event.ref);
      if (logged === undefined) return undefined;
      const { sequence, priority, description } = logged;
      return { kind: 'log', array: id, sequence, priority, description };
    }
    default: {
      const { kind: change, table, ref } = event;
      const label = labelOf(array.tables[table].get(ref));
      return { kind: 'state', array: id, change, table, ref, ...(label === undefined ? {} : { label }) };
    }
  }
}

function jobContent(
  id: string,
  array: StorageArray,
  { ref, change }: Extract<DomainEvent, { readonly kind: 'jobProgressed' }>,
): EventContent {
  const job = array.tables.jobs.get(ref);
  const details =
    job === undefined ? {} : { job: job.kind, objectRef: job.objectRef, percent: array.jobs.percent(job) };
  return { kind: 'job', array: id, change, ref, ...details };
}

function labelOf(record: object | undefined): string | undefined {
  return record !== undefined && 'label' in record && typeof record.label === 'string' ? record.label : undefined;
}
