import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Runtime } from '../runtime.js';

/** What a conformance suite answers to this program: `initialize` lists it. */
type SuiteMethod = 'sleep' | 'now' | 'uuid';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Requests of this program to the suite that runs it: JSON-RPC 2.0 on the same two streams, with ids of its own. */
export class Suite {
  private readonly waiting = new Map<string, Waiting>();
  private readonly calls = new AsyncLocalStorage<string | number>();
  private nextId = 1;
  private isGone = false;

  constructor(private readonly write: (line: string) => void) {}

  /** Takes a message if it is an answer to one of the requests. */
  takes(message: unknown): boolean {
    if (typeof message !== 'object' || message === null || 'method' in message) return false;
    const { id, result, error } = message as { id?: unknown; result?: unknown; error?: { message?: unknown } };
    const waiting = typeof id === 'string' ? this.waiting.get(id) : undefined;
    if (waiting === undefined) return false;
    this.waiting.delete(id as string);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(`The suite refused a request: ${String(error.message)}`));
    return true;
  }

  /** Rejects when the suite refuses, or has gone. */
  ask(method: SuiteMethod, params: object): Promise<unknown> {
    if (this.isGone) return Promise.reject(new Error('The suite has ended the input.'));
    const id = `p${this.nextId++}`;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
    });
    this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return answer;
  }

  /** Runs what answers a request of the suite: waits in it are told to be that request's. */
  during<T>(request: string | number, body: () => Promise<T>): Promise<T> {
    return this.calls.run(request, body);
  }

  /** The request of the suite that is being answered. */
  get request(): string | number | undefined {
    return this.calls.getStore();
  }

  /** Nothing is answered any more. */
  end(): void {
    this.isGone = true;
    for (const { reject } of this.waiting.values()) reject(new Error('The suite has ended the input.'));
    this.waiting.clear();
  }
}

/** UUIDs that are asked for in advance, as they are needed at once. */
const uuidsAhead = 32;

/** Time and UUIDs of the suite, as far as it offers them. */
export interface SuiteRuntime {
  readonly runtime: Partial<Runtime>;
  /** What is asked of the suite. */
  readonly uses: readonly SuiteMethod[];
  /** Reads the time and has UUIDs at hand: to be called before each call. */
  prepare(): Promise<void>;
}

/** The runtime of a driver in the suite's virtual time; what the suite does not offer stays as it is. */
export function suiteRuntime(suite: Suite, offered: ReadonlySet<string>): SuiteRuntime {
  const hasTime = offered.has('sleep') && offered.has('now');
  const hasUuids = offered.has('uuid');
  const uuids: string[] = [];
  let nowMs = 0;
  const timeOf = (answer: unknown) => {
    nowMs = Math.max(nowMs, Math.round((answer as { readonly now: number }).now * 1000));
  };
  const readTime = async () => timeOf(await suite.ask('now', {}));
  const fetchUuids = async () => {
    const missing = Math.max(0, uuidsAhead - uuids.length);
    const answers = await Promise.all(Array.from({ length: missing }, () => suite.ask('uuid', {})));
    uuids.push(...answers.map((answer) => (answer as { readonly uuid: string }).uuid));
  };
  return {
    uses: [...(hasTime ? (['sleep', 'now'] as const) : []), ...(hasUuids ? (['uuid'] as const) : [])],
    runtime: {
      ...(hasTime
        ? {
            async sleep(milliseconds) {
              const call = suite.request;
              const params = { seconds: milliseconds / 1000, ...(call === undefined ? {} : { call }) };
              timeOf(await suite.ask('sleep', params));
            },
            now: () => nowMs,
            readTime,
          }
        : {}),
      ...(hasUuids ? { randomUuid: () => uuids.shift() ?? randomUUID() } : {}),
    },
    async prepare() {
      if (hasTime) await readTime();
      if (hasUuids) await fetchUuids();
    },
  };
}
