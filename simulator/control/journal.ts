import { hostNowMs } from '../array/clock.js';
import { MalformedBody } from '../http/body.js';
import type { Handler, HttpRequest, HttpResponse } from '../http/messages.js';
import { maskSecrets, maskUrl, speaksOfSecrets } from '../http/secrets.js';
import type { RestRequest } from '../rest/route.js';

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
  /** A text, e.g. a reference: of the requests that name it, and of the changes whose answer does. */
  readonly about?: string | undefined;
}

/** Of larger bodies only the length is kept. */
const largestBodyCharacters = 16_384;

/** How many requests are kept, and how many characters in all. */
const defaultCapacity = { requests: 1000, characters: 2 ** 24 };

/** A body as text, or how long one was that is not kept; undefined when there was none. */
type KeptBody = string | number | undefined;

interface RawEntry {
  readonly number: number;
  readonly timeMs: number;
  readonly answeredMs: number;
  readonly method: string;
  readonly url: string;
  readonly body: KeptBody;
  /** Whether a text that is not JSON may be a secret as a whole. */
  readonly isSecret: () => boolean;
  readonly status: number;
  readonly answer: KeptBody;
  readonly durationMs: number;
}

/**
 * The last requests to the web services: so many, and no more than so many characters of them. Secrets are masked when it
 * is read.
 */
export class RequestJournal {
  private readonly kept = new Map<number, RawEntry>();
  private characters = 0;
  /** The oldest number that may be kept. */
  private first = 0;
  private next = 0;
  private readonly listeners = new Set<(entry: JournalLine) => void>();

  constructor(
    private readonly now: () => number,
    /** The id of the storage system with that id or WWN; undefined for an unknown one. */
    private readonly systemId: (idOrWwn: string) => string | undefined = () => undefined,
    private readonly capacity = defaultCapacity,
  ) {}

  /** Calls back with each request that was answered, until the answer is called. */
  subscribe(listener: (entry: JournalLine) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Records each request with its answer. A request that is answered late keeps its place among the others. */
  readonly middleware = async (request: RestRequest, next: Handler<RestRequest>): Promise<HttpResponse> => {
    const number = this.next++;
    const timeMs = this.now();
    const startMs = hostNowMs();
    const response = await next(request);
    this.keep(request, response, { number, timeMs, durationMs: hostNowMs() - startMs });
    return response;
  };

  private keep(
    request: RestRequest,
    { status, body: answer, interruption }: HttpResponse,
    arrival: Pick<RawEntry, 'number' | 'timeMs' | 'durationMs'>,
  ): void {
    const { number } = arrival;
    // Requests from before the journal was cleared are forgotten with the others.
    if (number >= this.next || number < this.first) return;
    const { method, url, route } = request;
    const entry: RawEntry = {
      ...arrival,
      answeredMs: this.now(),
      method,
      url,
      body: keptBody(request),
      isSecret: route?.takesSecrets ?? yes,
      status: interruption === undefined ? status : 0,
      answer: interruption === undefined ? keptText(answer) : undefined,
    };
    this.kept.set(number, entry);
    this.characters += charactersOf(entry);
    this.forgetBeyond();
    if (this.listeners.size === 0) return;
    const line = this.lineOf(entry);
    for (const listener of this.listeners) listener(line);
  }

  /** Forgets the oldest requests, until what is left is within the bounds. */
  private forgetBeyond(): void {
    const { requests, characters } = this.capacity;
    while (this.first < this.next - requests || this.characters > characters) {
      const oldest = this.kept.get(this.first);
      if (oldest !== undefined) this.characters -= charactersOf(oldest);
      this.kept.delete(this.first++);
    }
  }

  /** The entries that fit a filter, oldest first. */
  entries(filter: JournalFilter = {}): JournalEntry[] {
    const ordered = [...this.kept.values()].sort((a, b) => a.number - b.number);
    const fitting = ordered.filter(
      (entry) =>
        (filter.method === undefined || entry.method === filter.method.toUpperCase()) &&
        (filter.path === undefined || entry.url.includes(filter.path)) &&
        (filter.status === undefined || entry.status === filter.status) &&
        (filter.since === undefined || entry.number >= filter.since) &&
        (filter.array === undefined || this.arrayOf(entry.url) === filter.array) &&
        (filter.about === undefined || speaksOf(entry, filter.about)),
    );
    const limited = filter.limit === undefined ? fitting : fitting.slice(Math.max(0, fitting.length - filter.limit));
    return limited.map((entry) => this.shown(entry));
  }

  /** The entry of that number; undefined when it is not kept. */
  entry(number: number): JournalEntry | undefined {
    const found = this.kept.get(number);
    return found === undefined ? undefined : this.shown(found);
  }

  clear(): void {
    this.kept.clear();
    this.characters = 0;
    this.first = 0;
    this.next = 0;
  }

  private shown(entry: RawEntry): JournalEntry {
    const isSecret = () => entry.isSecret() || speaksOfSecrets(entry.url);
    return {
      ...this.lineOf(entry),
      body: shownBody(entry.body, isSecret),
      answer: shownBody(entry.answer, () => false),
    };
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

/** Lists name everything there is: the answer of a GET does not count. */
function speaksOf({ method, url, body, answer }: RawEntry, about: string): boolean {
  const texts = method === 'GET' ? [url, body] : [url, body, answer];
  return texts.some((each) => typeof each === 'string' && each.includes(about));
}

/** Of what no route takes, nothing is known. */
const yes = () => true;

function keptBody({ bodyText, body }: HttpRequest): KeptBody {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body.length;
  return keptText(bodyText ?? (body instanceof MalformedBody ? body.text : JSON.stringify(body)));
}

function keptText(text: string | Buffer): KeptBody {
  return typeof text === 'string' && text.length <= largestBodyCharacters ? text : text.length;
}

/** What an entry takes, with about what its objects take beside their texts. */
function charactersOf({ url, body, answer }: RawEntry): number {
  const textLength = (text: KeptBody) => (typeof text === 'string' ? text.length : 0);
  return 256 + url.length + textLength(body) + textLength(answer);
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

/** A body as JSON, or as text where it is none. What may be a secret as a whole is not shown. */
function shownBody(body: KeptBody, isSecret: () => boolean): unknown {
  if (body === undefined || body === '') return null;
  if (typeof body === 'number') return shownLength(body);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    value = body;
  }
  if (typeof value === 'object') return maskSecrets(value);
  return isSecret() || speaksOfSecrets(body) ? shownLength(body.length) : value;
}

function shownLength(characters: number): string {
  return `(${characters} characters)`;
}
