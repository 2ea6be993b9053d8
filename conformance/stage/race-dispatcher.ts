import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { Dispatcher } from 'undici';
import type { Chance } from './chance.js';

/** Turns of the event loop after which callers that could go on have asked for what they need. */
const settlingTurns = 3;

/**
 * Carries requests on, and while calls race, one at a time in an order that chance decides: so that a race has the same
 * outcome each time it is run with the same seed.
 */
export class RaceDispatcher extends Dispatcher {
  private readonly racers = new AsyncLocalStorage<number>();
  /** What the requests of each caller of the race made: the ids in the answers to them. */
  private readonly made = new Map<number, Set<string>>();
  /** Requests that were carried so far. */
  carried = 0;
  private waiting: { readonly racer: number; readonly go: () => Promise<void> }[] = [];

  constructor(public target: Dispatcher) {
    super();
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.carried++;
    const racer = this.racers.getStore();
    if (racer === undefined) return this.target.dispatch(options, handler);
    this.waiting.push({
      racer,
      go: () =>
        new Promise((resolve) => {
          this.target.dispatch(options, endTold(this.idsNoted(racer, options, handler), resolve));
        }),
    });
    return true;
  }

  /** The ids of what the requests of this caller of a race made; undefined where the requests are not carried here. */
  madeHere(): ReadonlySet<string> | undefined {
    const racer = this.racers.getStore();
    return racer === undefined || this.carried === 0 ? undefined : (this.made.get(racer) ?? new Set());
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
        const ids = this.made.get(racer) ?? new Set();
        for (const id of idsIn(Buffer.concat(chunks).toString())) ids.add(id);
        this.made.set(racer, ids);
        handler.onComplete?.(trailers);
      },
      onError: (error) => handler.onError?.(error),
    };
  }

  /** Runs calls beside each other. Rejects as the first of them does, after all have ended. */
  async run<T>(chance: Chance, calls: readonly (() => Promise<T>)[]): Promise<T[]> {
    let running = calls.length;
    const results = calls.map((call, racer) =>
      this.racers.run(racer, async () => {
        try {
          return await call();
        } finally {
          running--;
        }
      }),
    );
    const settled = Promise.allSettled(results);
    while (running > 0) {
      for (let turns = 0; turns < settlingTurns; turns++) await turn();
      if (this.waiting.length === 0) continue;
      this.waiting.sort((one, other) => one.racer - other.racer);
      const [next] = this.waiting.splice(chance.below(this.waiting.length), 1);
      await next?.go();
    }
    await settled;
    this.made.clear();
    // While it is enabled every promise of the process costs more.
    this.racers.disable();
    return Promise.all(results);
  }
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
