import { type ArrayParts, allParts, type PartName, partPaths, partsShowing } from './array-model.ts';
import { ControlApiError, control, read } from './control-api.ts';
import { type Connection, followEvents, type StreamEvent } from './event-stream.ts';

interface ArraySummary {
  readonly id: string;
  readonly label?: string;
  readonly online: boolean;
  readonly preset?: string;
  readonly seed?: number;
}

export interface RequestLine {
  readonly entry: number;
  readonly array: string | null;
  readonly timeMs: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly tookMs: number;
  readonly durationMs: number;
}

export interface FaultStatus {
  readonly id: string;
  readonly array: string;
  readonly why?: string;
  readonly when: Readonly<Record<string, unknown>>;
  readonly what: { readonly do: string } & Readonly<Record<string, unknown>>;
  readonly layer: string;
  readonly hits: number;
  readonly spent: boolean;
  readonly lastHits: readonly { readonly timeMs: number; readonly array: string | null; readonly what: string }[];
  readonly error?: string;
}

export interface ClockView {
  readonly mode: 'real' | 'manual' | 'scaled';
  readonly scale?: number;
  readonly nowMs: number;
  readonly nextMs: number | null;
}

/** All that the page shows. A new object whenever something of it changed. */
export interface PageState {
  readonly connection: Connection;
  readonly arrays: readonly ArraySummary[];
  /** The array that is shown; '' while none is known. */
  readonly arrayId: string;
  readonly parts: ArrayParts | undefined;
  readonly faults: readonly FaultStatus[];
  readonly clock: ClockView | undefined;
  /** The last requests, newest first. */
  readonly requests: readonly RequestLine[];
  /** What else happened, newest first. */
  readonly happenings: readonly StreamEvent[];
  /** Why the page could not read the simulator; '' when it could. */
  readonly problem: string;
}

const keptRequests = 500;
const keptHappenings = 40;

/** The shortest time between two readings of the array; a slow one is given twice the time that it takes. */
const restMs = 150;

type Dirty = PartName | 'jobs' | 'faults' | 'clock' | 'arrays';

/** Reads the simulator, and reads what changed again as the event stream tells it. */
export class ArrayStore {
  state: PageState = {
    connection: 'connecting',
    arrays: [],
    arrayId: '',
    parts: undefined,
    faults: [],
    clock: undefined,
    requests: [],
    happenings: [],
    problem: '',
  };
  private readonly listeners = new Set<() => void>();
  private readonly eventListeners = new Set<(events: readonly StreamEvent[]) => void>();
  private readonly dirty = new Set<Dirty>();
  private isReading = false;

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls back with the events of the stream as they come, until the answer is called. */
  onEvents(listener: (events: readonly StreamEvent[]) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  /** Begins to read. */
  start(): void {
    this.readAll();
    void followEvents({
      events: (events) => this.take(events),
      connection: (connection) => {
        // What happened while the stream was away is not known: all is read again.
        if (connection === 'live') this.readAll();
        this.change({ connection });
      },
    });
  }

  choose(arrayId: string): void {
    this.change({ arrayId, parts: undefined });
    this.readAgain(...allParts, 'jobs');
  }

  /** Reads parts again, soon. */
  readAgain(...parts: readonly Dirty[]): void {
    for (const part of parts) this.dirty.add(part);
    if (!this.isReading) void this.readDirty();
  }

  private readAll(): void {
    this.readAgain('arrays', ...allParts, 'jobs', 'faults', 'clock');
    void read<readonly (Omit<RequestLine, 'entry'> & { readonly number: number })[]>('/journal?limit=100').then(
      (entries) => {
        const lines = entries.map(({ number, ...line }) => ({ ...line, entry: number }));
        this.change({ requests: lines.reverse() });
      },
      () => undefined,
    );
  }

  private take(events: readonly StreamEvent[]): void {
    for (const listener of this.eventListeners) listener(events);
    const requests = events.filter(({ kind }) => kind === 'request').map(({ data }) => data as unknown as RequestLine);
    const others = events.filter(({ kind }) => kind !== 'request' && kind !== 'start');
    // Numbers begin again when the journal is cleared.
    const taken = new Set(requests.map(({ entry }) => entry));
    const earlier = this.state.requests.filter(({ entry }) => !taken.has(entry));
    this.change({
      requests: [...requests.toReversed(), ...earlier].slice(0, keptRequests),
      happenings: [...others.toReversed(), ...this.state.happenings].slice(0, keptHappenings),
    });
    const dirty = new Set<Dirty>();
    for (const event of others) for (const part of this.dirtyBy(event)) dirty.add(part);
    if (dirty.size > 0) this.readAgain(...dirty);
  }

  private dirtyBy({ kind, data }: StreamEvent): readonly Dirty[] {
    if (kind === 'missed') return [...allParts, 'jobs', 'faults', 'clock', 'arrays'];
    if (kind === 'fault') return ['faults', 'failures', 'hardware', 'clock'];
    if (kind === 'clock') return ['clock', 'jobs', ...allParts];
    if (kind === 'arrays') return ['arrays'];
    if (data.array !== this.state.arrayId) return [];
    if (kind === 'job') return data.change === 'changed' ? ['jobs'] : ['jobs', 'clock', ...allParts];
    if (kind === 'state') return data.table === 'system' ? [...allParts, 'arrays'] : partsShowing(String(data.table));
    return kind === 'replaced' ? [...allParts, 'jobs', 'faults', 'arrays'] : [];
  }

  private async readDirty(): Promise<void> {
    this.isReading = true;
    while (this.dirty.size > 0) {
      const dirty = new Set(this.dirty);
      this.dirty.clear();
      const startMs = performance.now();
      try {
        await this.readThese(dirty);
        if (this.state.problem !== '') this.change({ problem: '' });
      } catch (error) {
        this.change({ problem: problemOf(error) });
      }
      const tookMs = performance.now() - startMs;
      await new Promise((resolve) => setTimeout(resolve, Math.max(restMs, 2 * tookMs)));
    }
    this.isReading = false;
  }

  private async readThese(dirty: ReadonlySet<Dirty>): Promise<void> {
    if (dirty.has('arrays')) {
      const arrays = await read<readonly ArraySummary[]>('/arrays');
      const isKnown = arrays.some(({ id }) => id === this.state.arrayId);
      this.change({ arrays, arrayId: isKnown ? this.state.arrayId : (arrays[0]?.id ?? '') });
    }
    const { arrayId } = this.state;
    if (arrayId === '') return;
    const at = `/arrays/${encodeURIComponent(arrayId)}`;
    const names = this.state.parts === undefined ? allParts : allParts.filter((name) => dirty.has(name));
    const [looks, jobs, faults, clock] = await Promise.all([
      names.length === 0
        ? []
        : control<readonly { readonly status: number; readonly body: unknown }[]>('POST', `${at}/looks`, {
            paths: names.map((name) => partPaths[name]),
            asMonitor: true,
          }),
      dirty.has('jobs') || this.state.parts === undefined ? read<ArrayParts['jobs']>(`${at}/jobs`) : undefined,
      dirty.has('faults') ? read<readonly FaultStatus[]>('/faults') : this.state.faults,
      dirty.has('clock') ? read<ClockView>('/clock') : this.state.clock,
    ]);
    if (this.state.arrayId !== arrayId) return;
    const fresh = Object.fromEntries(names.map((name, index) => [name, looks[index]?.body]));
    const parts = { ...this.state.parts, ...fresh, ...(jobs === undefined ? {} : { jobs }) } as ArrayParts;
    this.change({ parts, faults, clock });
  }

  private change(change: Partial<PageState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

function problemOf(error: unknown): string {
  if (error instanceof ControlApiError) return error.message;
  return 'The simulator does not answer.';
}
