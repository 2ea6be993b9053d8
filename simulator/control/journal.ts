import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Journal } from '../rest/journal.js';
import { MalformedBody } from '../rest/route.js';
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

/** When a request came, and as which one. */
interface Arrival {
  readonly number: number;
  readonly timeMs: number;
}

interface RawEntry extends Arrival {
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
export class RequestJournal implements Journal {
  private readonly ring: RawEntry[] = [];
  private readonly arrivals = new WeakMap<FastifyRequest, Arrival>();
  private next = 0;

  constructor(
    private readonly now: () => number,
    /** The id of the storage system with that id or WWN; undefined for an unknown one. */
    private readonly systemId: (idOrWwn: string) => string | undefined = () => undefined,
    private readonly capacity = 1000,
  ) {}

  /** A request came that may be answered late: it keeps its place among the others. */
  arrived(request: FastifyRequest): void {
    this.arrivals.set(request, { number: this.next++, timeMs: this.now() });
  }

  record(request: FastifyRequest, reply: FastifyReply, answer: unknown): void {
    this.keep(request, reply, reply.statusCode, answer);
  }

  /** The connection was ended before the answer was there, or while it was sent. */
  cutOff(request: FastifyRequest, reply: FastifyReply): void {
    this.keep(request, reply, 0, undefined);
  }

  private keep(request: FastifyRequest, reply: FastifyReply, status: number, answer: unknown): void {
    const { url } = request;
    if (url.startsWith('/sim/')) return;
    const nowMs = this.now();
    const { number, timeMs } = this.arrivals.get(request) ?? { number: this.next++, timeMs: nowMs };
    this.ring[number % this.capacity] = {
      number,
      timeMs,
      answeredMs: nowMs,
      method: request.method,
      url,
      body: request.body,
      status,
      answer: typeof answer !== 'string' ? undefined : answer.length > largestBodyCharacters ? answer.length : answer,
      durationMs: reply.elapsedTime,
    };
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

  private shown({ answeredMs, answer, body, ...entry }: RawEntry): JournalEntry {
    const url = maskUrl(entry.url);
    return {
      ...entry,
      url,
      path: pathOf(url),
      tookMs: answeredMs - entry.timeMs,
      array: this.arrayOf(entry.url),
      body: shownBody(body, entry.url),
      answer: shownAnswer(answer),
    };
  }

  private arrayOf(url: string): string | null {
    const named = /\/storage-systems\/([^/]+)/.exec(pathOf(url))?.[1];
    return named === undefined ? null : (this.systemId(named) ?? named);
  }
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
