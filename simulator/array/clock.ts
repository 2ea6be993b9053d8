/** Where the array gets the time from: milliseconds since the Unix epoch, never running backwards. */
export interface Clock {
  /** How the clock moves: with the host, faster or slower than it, or only when told. */
  readonly mode: 'real' | 'scaled' | 'manual';
  now(): number;
  /** Resolves when so much of this clock's time has passed: a manual one must be advanced. Milliseconds, 0 or more. */
  wait(durationMs: number): Promise<void>;
  /** When the next wait ends, by this clock; infinite when no one waits, undefined when that is not known. */
  nextMs?(): number;
}

/** A clock that moves only by `advance`. */
export interface ManualClock extends Clock {
  readonly mode: 'manual';
  /** Moves the clock forward. Throws RangeError for a negative or non-finite duration. */
  advance(durationMs: number): void;
}

/** The time a manual clock starts at: 2026-01-01T00:00:00Z. */
const defaultStartMs = Date.UTC(2026, 0, 1);

/** The host's wall clock, kept from running backwards. */
export function realClock(): Clock {
  let latestMs = 0;
  return {
    mode: 'real',
    now() {
      latestMs = Math.max(latestMs, Date.now());
      return latestMs;
    },
    wait: (durationMs) => hostWait(durationMs),
  };
}

/** A clock that runs `factor` times as fast as the host's, from the host's time onwards. */
export function scaledClock(factor: number): Clock {
  if (!(factor > 0) || !Number.isFinite(factor)) throw new RangeError(`clock factor is ${factor}: allowed is > 0`);
  const host = realClock();
  const startMs = host.now();
  return {
    mode: 'scaled',
    now: () => startMs + Math.floor((host.now() - startMs) * factor),
    wait: (durationMs) => hostWait(durationMs / factor),
  };
}

/** A clock for tests and scenarios: it stands still until `advance` is called. */
export function manualClock(startMs: number = defaultStartMs): ManualClock {
  let nowMs = startMs;
  let waiting: { readonly untilMs: number; readonly resolve: () => void }[] = [];
  return {
    mode: 'manual',
    now: () => nowMs,
    wait: (durationMs) =>
      durationMs <= 0
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ untilMs: nowMs + durationMs, resolve })),
    nextMs: () => Math.min(...waiting.map(({ untilMs }) => untilMs)),
    advance(durationMs) {
      if (!(durationMs >= 0) || !Number.isFinite(durationMs)) {
        throw new RangeError(`cannot advance by ${durationMs} ms: allowed is a finite number >= 0`);
      }
      nowMs += Math.round(durationMs);
      const due = waiting.filter(({ untilMs }) => untilMs <= nowMs).sort((a, b) => a.untilMs - b.untilMs);
      waiting = waiting.filter(({ untilMs }) => untilMs > nowMs);
      for (const { resolve } of due) resolve();
    },
  };
}

/** Waits in the host's time. It does not keep the process alive. */
function hostWait(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, durationMs)).unref());
}

/** The host's time in milliseconds from some moment on: for durations that only people read. */
export function hostNowMs(): number {
  return performance.now();
}
