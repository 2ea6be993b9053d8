import { hostNowMs } from '../array/clock.js';
import { MalformedBody } from '../http/body.js';
import type { Handler, HttpRequest, HttpResponse } from '../http/messages.js';
import { maskSecrets, maskUrl, speaksOfSecrets } from './secrets.js';

/** A request to the web services and its answer, as plain data without secrets. */
export interface JournalEntry {
  /** In the order in which the requests came. */
  readonly number: number;
  /** The array's time when the request came, in milliseconds since the epoch. */
  readonly timeMs: number;
  /** The array's time that its answer took: 0 unless a fault delayed it, or time runs by itself. */
  readonly tookMs: number;
  /** The array that it was for, by the id of the storage system; null for what is for none. */
  readonly array: string | null;
  readonly method: string;
  readonly url: string;
  /** The URL without its query. */
  readonly path: string;
  /** The request's body; null when there was none. */
  readonly body: unknown;
  /** HTTP status; 0 when the connection ended before the answer was there. */
  readonly status: number;
  /** The body of the answer; null when there was none. */
  readonly answer: unknown;
  /** What answering took of the host's time. */
  readonly durationMs: number;
}

/** An entry without its bodies. */
export type JournalLine = Omit<JournalEntry, 'body' | 'answer'>;

export interface JournalFilter {
  readonly limit?: number | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly status?: number | undefined;
  readonly since?: number | undefined;
  readonly array?: string | undefined;
}

/** Bodies beyond this are not shown, and those of answers not kept. */
const largestBodyCharacters = 16_384;

interface RawEntry {
  readonly number: number;
  readonly timeMs: number;
  readonly answeredMs: number;
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly status: number;
  /** Text, or how long a text was that is too long to be kept; undefined when there was none. */
  readonly answer: string | number | undefined;
  readonly durationMs: number;
}

/** The last requests to the web services, in a ring. Secrets are masked when it is read. */
export class RequestJournal {
  private readonly ring: RawEntry[] = [];
  private next = 0;
  private readonly listeners = new Set<(entry: JournalLine) => void>();

  constructor(
    private readonly now: () => number,
    /** The id of the storage system with that id or WWN; undefined for an unknown one. */
    private readonly systemId: (idOrWwn: string) => string | undefined = () => undefined,
    private readonly capacity = 1000,
  ) {}

  /** Calls back with each request that was answered, until the answer is called. */
  subscribe(listener: (entry: JournalLine) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Records each request with its answer. A request that is answered late keeps its place among the others. */
  readonly middleware = async <Request extends HttpRequest>(
    request: Request,
    next: Handler<Request>,
  ): Promise<HttpResponse> => {
    const number = this.next++;
    const timeMs = this.now();
    const startMs = hostNowMs();
    const response = await next(request);
    this.keep(request, response, { number, timeMs, durationMs: hostNowMs() - startMs });
    return response;
  };

  private keep(
    { method, url, body }: HttpRequest,
    { status, body: answer, interruption }: HttpResponse,
    arrival: Pick<RawEntry, 'number' | 'timeMs' | 'durationMs'>,
  ): void {
    // Requests from before the journal was cleared are forgotten with the others.
    if (arrival.number >= this.next) return;
    const entry: RawEntry = {
      ...arrival,
      answeredMs: this.now(),
      method,
      url,
      body,
      status: interruption === undefined ? status : 0,
      answer: interruption === undefined ? keptAnswer(answer) : undefined,
    };
    this.ring[arrival.number % this.capacity] = entry;
    if (this.listeners.size === 0) return;
    const line = this.lineOf(entry);
    for (const listener of this.listeners) listener(line);
  }

  /** The entries that fit a filter, oldest first. */
  entries(filter: JournalFilter = {}): JournalEntry[] {
    const ordered = this.ring.slice().sort((a, b) => a.number - b.number);
    const fitting = ordered.filter(
      (entry) =>
        (filter.method === undefined || entry.method === filter.method.toUpperCase()) &&
        (filter.path === undefined || entry.url.includes(filter.path)) &&
        (filter.status === undefined || entry.status === filter.status) &&
        (filter.since === undefined || entry.number >= filter.since) &&
        (filter.array === undefined || this.arrayOf(entry.url) === filter.array),
    );
    const limited = filter.limit === undefined ? fitting : fitting.slice(Math.max(0, fitting.length - filter.limit));
    return limited.map((entry) => this.shown(entry));
  }

  clear(): void {
    this.ring.length = 0;
    this.next = 0;
  }

  private shown(entry: RawEntry): JournalEntry {
    return { ...this.lineOf(entry), body: shownBody(entry.body, entry.url), answer: shownAnswer(entry.answer) };
  }

  private lineOf({ number, timeMs, answeredMs, method, url: asSent, status, durationMs }: RawEntry): JournalLine {
    const url = maskUrl(asSent);
    const [tookMs, array] = [answeredMs - timeMs, this.arrayOf(asSent)];
    return { number, timeMs, tookMs, array, method, url, path: pathOf(url), status, durationMs };
  }

  private arrayOf(url: string): string | null {
    const named = /\/storage-systems\/([^/]+)/.exec(pathOf(url))?.[1];
    return named === undefined ? null : (this.systemId(named) ?? named);
  }
}

function keptAnswer(answer: string | Buffer): RawEntry['answer'] {
  return typeof answer === 'string' && answer.length <= largestBodyCharacters ? answer : answer.length;
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

function shownBody(body: unknown, url: string): unknown {
  if (body === undefined) return null;
  if (body instanceof MalformedBody) return shownText(body.text);
  if (typeof body === 'string') return speaksOfSecrets(url) ? shownLength(body.length) : shownText(body);
  const shown = maskSecrets(body);
  const { length } = JSON.stringify(shown);
  return length > largestBodyCharacters ? shownLength(length) : shown;
}

function shownAnswer(answer: string | number | undefined): unknown {
  if (answer === undefined || answer === '') return null;
  if (typeof answer === 'number') return shownLength(answer);
  try {
    return maskSecrets(JSON.parse(answer));
  } catch {
    return shownText(answer);
  }
}

function shownText(text: string): string {
  return text.length > largestBodyCharacters || speaksOfSecrets(text) ? shownLength(text.length) : text;
}

function shownLength(characters: number): string {
  return `(${characters} characters)`;
}
