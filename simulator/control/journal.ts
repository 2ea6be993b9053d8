import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Journal } from '../rest/journal.js';

export interface JournalEntry {
  readonly number: number;
  /** The array's time, in milliseconds since the epoch. */
  readonly timeMs: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly durationMs: number;
  /** The request's body with secrets masked; null when there was none. */
  readonly body: unknown;
}

export interface JournalFilter {
  readonly limit?: number;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly since?: number;
}

const secrets = /password|secret|pwd|token/i;

/** Bodies beyond this are not shown. */
const largestBodyCharacters = 16_384;

interface RawEntry {
  number: number;
  timeMs: number;
  method: string;
  url: string;
  status: number;
  durationMs: number;
  body: unknown;
}

/** The last requests to the web services, in a ring. Secrets are masked when it is read. */
export class RequestJournal implements Journal {
  private readonly ring: RawEntry[] = [];
  private next = 0;

  constructor(
    private readonly now: () => number,
    private readonly capacity = 1000,
  ) {}

  record(request: FastifyRequest, reply: FastifyReply): void {
    if (request.url.startsWith('/sim/')) return;
    const number = this.next++;
    this.ring[number % this.capacity] = {
      number,
      timeMs: this.now(),
      method: request.method,
      url: request.url,
      status: reply.statusCode,
      durationMs: reply.elapsedTime,
      body: request.body,
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
        (filter.since === undefined || entry.number >= filter.since),
    );
    const limited = filter.limit === undefined ? fitting : fitting.slice(Math.max(0, fitting.length - filter.limit));
    return limited.map((entry) => ({ ...entry, url: maskUrl(entry.url), body: maskBody(entry.body) }));
  }

  clear(): void {
    this.ring.length = 0;
    this.next = 0;
  }
}

function maskUrl(url: string): string {
  return url.replace(/([?&](?:pwd|password)=)[^&]*/gi, '$1****');
}

function maskBody(body: unknown): unknown {
  if (body === undefined) return null;
  const text = JSON.stringify(body, (key, value: unknown) =>
    secrets.test(key) && typeof value === 'string' ? '****' : value,
  );
  return text.length > largestBodyCharacters ? `(${text.length} characters)` : (JSON.parse(text) as unknown);
}
