import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { Dispatcher } from 'undici';
import type { Chance } from '../runtime/chance.js';

/** Turns of the event loop after which callers that could go on have asked for what they need. */
const idleTurns = 3;

interface Waiting {
  readonly racer: number;
  /** What is asked for. */
  readonly text: string;
  readonly go: () => Promise<void>;
}

/**
 * Carries requests on, and while calls race, one at a time in an order that chance decides: so that a race has the same
 * outcome each time it is run with the same seed.
 */
export class RaceDispatcher extends Dispatcher {
  private readonly racers = new AsyncLocalStorage<number>();
  /** What the requests of each caller of the race made: the ids in the answers to them. */
  private readonly createdIds = new Map<number, Set<string>>();
  /** Requests that were carried so far. */
  carried = 0;
  private waiting: Waiting[] = [];
  /** What is awaited before each turn: requests of other processes have come when these have resolved. */
  private readonly idleWaits = new Set<() => Promise<void>>();
  /** The calls that race and have not ended, and the one that went on last. */
  private readonly running = new Set<number>();
  private last = 0;
  /** Whether the array is answering one of them. */
  private isGoing = false;

  constructor(public target: Dispatcher) {
    super();
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.carried++;
    const racer = this.racers.getStore() ?? this.racerElsewhere();
    if (racer === undefined) return this.target.dispatch(options, handler);
    this.waiting.push({
      racer,
      text: `${options.method} ${options.path} ${bodyText(options.body)}`,
      go: () =>
        new Promise((resolve) => {
          this.target.dispatch(options, endTold(this.idsNoted(racer, options, handler), resolve));
        }),
    });
    return true;
  }

  /** The ids of what the requests of this caller of a race made; undefined where the requests are not carried here. */
  idsCreatedHere(): ReadonlySet<string> | undefined {
    const racer = this.racers.getStore();
    return racer === undefined || this.carried === 0 ? undefined : (this.createdIds.get(racer) ?? new Set());
  }

  override async close(): Promise<void> {
    await Promise.resolve();
  }

  override async destroy(): Promise<void> {
    await Promise.resolve();
  }

  private idsNoted(
    racer: number,
    { method }: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): Dispatcher.DispatchHandler {
    if (method !== 'POST') return handler;
    const chunks: Buffer[] = [];
    return {
      onConnect: (abort) => handler.onConnect?.(abort),
      onHeaders: (...all) => handler.onHeaders?.(...all) ?? true,
      onData: (chunk) => {
        chunks.push(chunk);
        return handler.onData?.(chunk) ?? true;
      },
      onComplete: (trailers) => {
        const ids = this.createdIds.get(racer) ?? new Set();
        for (const id of idsIn(Buffer.concat(chunks).toString())) ids.add(id);
        this.createdIds.set(racer, ids);
        handler.onComplete?.(trailers);
      },
      onError: (error) => handler.onError?.(error),
    };
  }

  /** Requests that wait for their turn do not wait for time to pass. */
  get mayTimePass(): boolean {
    return this.waiting.length === 0 || this.isGoing;
  }

  /** Waits for this before one of the calls that race goes on; gives what takes it back. */
  beforeEachTurn(untilIdle: () => Promise<void>): () => void {
    this.idleWaits.add(untilIdle);
    return () => {
      this.idleWaits.delete(untilIdle);
    };
  }

  /** Runs calls beside each other. Rejects as the first of them does, after all have ended. */
  async run<T>(chance: Chance, calls: readonly (() => Promise<T>)[]): Promise<T[]> {
    const results: Promise<T>[] = [];
    for (const racer of calls.keys()) this.running.add(racer);
    for (const [racer, call] of calls.entries()) {
      this.last = racer;
      const result = this.racers.run(racer, async () => {
        try {
          return await call();
        } finally {
          this.running.delete(racer);
        }
      });
      result.catch(() => undefined);
      results.push(result);
      // What programs ask for can be told apart only when their calls begin one after the other.
      if (this.idleWaits.size > 0) await this.awaitIdle();
    }
    while (this.running.size > 0) {
      await this.awaitIdle();
      if (this.waiting.length === 0) continue;
      this.waiting.sort((one, other) => one.racer - other.racer || (one.text < other.text ? -1 : 1));
      const [next] = this.waiting.splice(chance.below(this.waiting.length), 1);
      this.last = next?.racer ?? 0;
      this.isGoing = true;
      await next?.go();
      this.isGoing = false;
    }
    await Promise.allSettled(results);
    this.createdIds.clear();
    // While it is enabled every promise of the process costs more.
    this.racers.disable();
    return Promise.all(results);
  }

  /** Waits until all that go on have asked for what they need. */
  private async awaitIdle(): Promise<void> {
    for (let turns = 0; turns < idleTurns; turns++) await turn();
    await Promise.all([...this.idleWaits].map((untilIdle) => untilIdle()));
  }

  /**
   * Whose request it is that comes from another process: as all others wait for an answer, it is of the call that went on
   * last. When that has ended, it has let another one go on.
   */
  private racerElsewhere(): number | undefined {
    if (this.running.has(this.last)) return this.last;
    const waiting = new Set(this.waiting.map(({ racer }) => racer));
    const [first] = this.running;
    return [...this.running].find((racer) => !waiting.has(racer)) ?? first;
  }
}

function bodyText(body: Dispatcher.DispatchOptions['body']): string {
  return typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : '';
}

/** The ids in an answer: of what was made, or of each of several. */
function idsIn(body: string): string[] {
  try {
    const answer = JSON.parse(body) as unknown;
    return [answer].flat().flatMap((each) => {
      const { id } = (each ?? {}) as { readonly id?: unknown };
      return typeof id === 'string' ? [id] : [];
    });
  } catch {
    return [];
  }
}

/** The same handler, and who waits for the end of the exchange is told of it. */
function endTold(handler: Dispatcher.DispatchHandler, ended: () => void): Dispatcher.DispatchHandler {
  return {
    onConnect: (abort) => handler.onConnect?.(abort),
    onHeaders: (...all) => handler.onHeaders?.(...all) ?? true,
    onData: (chunk) => handler.onData?.(chunk) ?? true,
    onComplete(trailers) {
      handler.onComplete?.(trailers);
      ended();
    },
    onError(error) {
      handler.onError?.(error);
      ended();
    },
  };
}
