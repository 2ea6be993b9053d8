import { EventReader, type ReaderFilter } from './event-reader.js';
import type { EventContent, LiveEvent } from './live-event.js';

export interface EventBusOptions {
  /** The arrays' time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Names each recording, so that a number of an earlier one, or of another process, is not taken for one of this. */
  readonly newRecording: () => string;
  /** How many events are kept for readers that come again. */
  readonly capacity?: number;
}

/** Begins to publish what it watches; the answer ends that. */
export type EventSource = () => () => void;

const defaultCapacity = 4096;

/**
 * The events of the process, in a ring. It records while there are readers, and for so long after the last one left as
 * that one could still resume: until as many events as the ring holds have come. Otherwise no source is attached.
 */
export class EventBus {
  readonly capacity: number;
  private readonly ring: LiveEvent[] = [];
  private readonly readers = new Set<EventReader>();
  private readonly listeners = new Set<(content: EventContent) => void>();
  private readonly sources: EventSource[] = [];
  private detach: (() => void)[] | undefined;
  private nextNumber = 1;
  private unread = 0;
  /** The name of the recording; '' before the first. */
  recording = '';

  constructor(private readonly options: EventBusOptions) {
    this.capacity = options.capacity ?? defaultCapacity;
  }

  /** Whether events are recorded: sources need not make any otherwise. */
  get isRecording(): boolean {
    return this.detach !== undefined;
  }

  get readerCount(): number {
    return this.readers.size;
  }

  /** Whether anything reads or listens now. */
  get isFollowed(): boolean {
    return this.readers.size + this.listeners.size > 0;
  }

  /** Attached while the bus records. */
  addSource(source: EventSource): void {
    this.sources.push(source);
    this.detach?.push(source());
  }

  publish(content: EventContent): void {
    if (!this.isRecording) return;
    const number = this.nextNumber++;
    this.ring[number % this.capacity] = { number, timeMs: this.options.now(), ...content };
    for (const reader of this.readers) reader.wake();
    for (const listener of this.listeners) listener(content);
    if (this.isFollowed) return;
    this.unread++;
    if (this.unread >= this.capacity) this.sleep();
  }

  /** A reader of what comes from now on, or after the event that `lastId` names: `<recording>-<number>`. */
  open(lastId: string | undefined, filter: ReaderFilter = {}): EventReader {
    this.awake();
    const reader: EventReader = new EventReader(this, lastId, filter, () => {
      this.readers.delete(reader);
      this.unread = 0;
    });
    this.readers.add(reader);
    return reader;
  }

  /** Calls back with what comes from now on, until the answer is called. */
  listen(listener: (content: EventContent) => void): () => void {
    this.awake();
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      this.unread = 0;
    };
  }

  /** The number of the last event. */
  get last(): number {
    return this.nextNumber - 1;
  }

  /** The number of the oldest event that is kept; one more than `last` when none is. */
  get oldest(): number {
    return Math.max(1, this.nextNumber - this.capacity);
  }

  event(number: number): LiveEvent | undefined {
    const found = this.ring[number % this.capacity];
    return found?.number === number ? found : undefined;
  }

  /** Stops recording and forgets what was recorded; the next reader begins a new recording. */
  sleep(): void {
    for (const end of this.detach ?? []) end();
    this.detach = undefined;
    this.ring.length = 0;
  }

  private awake(): void {
    if (this.isRecording) return;
    this.recording = this.options.newRecording();
    this.nextNumber = 1;
    this.unread = 0;
    this.detach = [];
    for (const source of this.sources) this.detach.push(source());
  }
}
