import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystems } from '../array/storage-systems.js';
import type { RequestJournal } from '../control/journal.js';
import type { FaultRules } from '../faults/fault-rules.js';
import { maskUrl } from '../http/secrets.js';
import type { WireContent } from './moment.js';
import { Timeline } from './timeline.js';

export interface Watched {
  readonly systems: StorageSystems;
  readonly journal: RequestJournal;
  readonly faults: FaultRules;
  /** Calls back with what initiators do, until the answer is called. */
  readonly onWire: (listener: (event: WireContent & { readonly array: string }) => void) => () => void;
}

/** The timelines of the arrays of a process. While there is none, nothing is watched. */
export class Timelines {
  private readonly byArray = new Map<StorageArray, Timeline>();
  private detach: (() => void)[] = [];

  constructor(private readonly watched: Watched) {}

  of(array: StorageArray): Timeline | undefined {
    return this.byArray.get(array);
  }

  /** Begins to record an array, anew when it was recorded already. */
  begin(array: StorageArray, memoryBytes: number): Timeline {
    this.end(array);
    const timeline = new Timeline(array, memoryBytes);
    this.byArray.set(array, timeline);
    if (this.byArray.size === 1) this.attach();
    return timeline;
  }

  /** Ends the recording of an array and forgets it. */
  end(array: StorageArray): void {
    this.byArray.get(array)?.end();
    if (!this.byArray.delete(array) || this.byArray.size > 0) return;
    for (const detach of this.detach) detach();
    this.detach = [];
  }

  private attach(): void {
    const { systems, journal, faults, onWire } = this.watched;
    const timelineOf = (id: string | null) => {
      const array = id === null ? undefined : systems.find(id)?.array;
      return array == null ? undefined : this.byArray.get(array);
    };
    this.detach = [
      journal.subscribe(({ number: entry, array, method, url, status }) =>
        timelineOf(array)?.note({ kind: 'request', entry, method, url, status }),
      ),
      faults.subscribe(({ change, rule, array, what }) => {
        const content = { kind: 'fault', change, rule, what: maskUrl(what ?? '') } as const;
        if (array !== null) timelineOf(array)?.note(content);
        else for (const timeline of this.byArray.values()) timeline.note(content);
      }),
      onWire(({ array, ...content }) => timelineOf(array)?.note(content)),
      systems.subscribe(() => {
        const present = new Set(systems.list().map(({ array }) => array));
        for (const array of this.byArray.keys()) if (!present.has(array)) this.end(array);
      }),
    ];
  }
}
