import type { EventBus } from './event-bus.js';
import type { LiveEvent } from './live-event.js';

export interface ReaderFilter {
  /** Events of this array, and of none. */
  readonly array?: string | undefined;
  readonly kinds?: ReadonlySet<string> | undefined;
}

/** How many events one piece of text holds at most: a reader that is slow holds no more of them than that. */
const eventsPerPiece = 256;

/**
 * One reader of the bus: pieces of text in the format of server-sent events, made when they are asked for. One that asks
 * too seldom finds that the ring went on, and is told by `missed` how many events it did not get.
 */
export class EventReader implements AsyncIterableIterator<string> {
  private cursor: number;
  private greeting: string;
  private hasEnded = false;
  private waiting: ((woken: boolean) => void) | undefined;

  constructor(
    private readonly bus: EventBus,
    lastId: string | undefined,
    private readonly filter: ReaderFilter,
    private readonly onEnd: () => void,
  ) {
    const [recording, number] = parseId(lastId);
    const isKnown = recording === bus.recording && number <= bus.last;
    this.cursor = isKnown ? number + 1 : bus.last + 1;
    const start = text('start', this.id(this.cursor - 1), { recording: bus.recording, number: this.cursor - 1 });
    // How many events came since an earlier recording is not known.
    const missed = lastId === undefined || isKnown ? '' : text('missed', this.id(this.cursor - 1), { count: null });
    this.greeting = `retry: 1000\n\n${start}${missed}`;
  }

  async next(): Promise<IteratorResult<string>> {
    while (!this.hasEnded) {
      const piece = this.take();
      if (piece !== '') return { done: false, value: piece };
      await new Promise<boolean>((resolve) => {
        this.waiting = resolve;
      });
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<string>> {
    if (!this.hasEnded) {
      this.hasEnded = true;
      this.onEnd();
      this.wake();
    }
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Something is there to read. What comes in the same turn of the loop is read together. */
  wake(): void {
    const { waiting } = this;
    if (waiting === undefined) return;
    this.waiting = undefined;
    setImmediate(waiting, true);
  }

  private take(): string {
    const { bus, greeting } = this;
    let piece = greeting;
    this.greeting = '';
    if (this.cursor < bus.oldest) {
      const count = bus.oldest - this.cursor;
      this.cursor = bus.oldest;
      piece += text('missed', this.id(this.cursor - 1), { count });
    }
    const end = Math.min(bus.last, this.cursor + eventsPerPiece - 1);
    for (; this.cursor <= end; this.cursor++) {
      const event = bus.event(this.cursor);
      if (event !== undefined && this.wants(event)) piece += text(event.kind, this.id(event.number), event);
    }
    return piece;
  }

  private wants(event: LiveEvent): boolean {
    const { array, kinds } = this.filter;
    if (kinds !== undefined && !kinds.has(event.kind)) return false;
    return array === undefined || !('array' in event) || event.array === null || event.array === array;
  }

  private id(number: number): string {
    return `${this.bus.recording}-${number}`;
  }
}

/** An event in the format of server-sent events. JSON has no line breaks, so its data is one line. */
function text(kind: string, id: string, data: object): string {
  return `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}

function parseId(id: string | undefined): [recording: string, number: number] {
  const [, recording = '', number = '0'] = /^(\w+)-(\d{1,15})$/.exec(id ?? '') ?? [];
  return [recording, Number(number)];
}
