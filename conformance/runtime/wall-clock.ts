import type { Patience } from './patience.js';

/** Today by UTC, YYYY-MM-DD: for what expires. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** The wall clock's time in milliseconds since the epoch: for how long a run may take. */
export function nowMs(): number {
  return Date.now();
}

/** Waits for each thing so long, by the wall clock: programs and sockets know no other time. */
export function patienceOf(milliseconds: number): Patience {
  return () => AbortSignal.timeout(milliseconds);
}

/** What a promise comes to. The process does not end while it is waited for, though the timer of a patience would let it. */
export async function keptAlive<Value>(promise: Promise<Value>): Promise<Value> {
  const timer = setInterval(() => undefined, 2 ** 30);
  try {
    return await promise;
  } finally {
    clearInterval(timer);
  }
}

/** Lets time pass by the wall clock: where an array has no other. */
export async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** Calls back after so long, unless the answer is called before. Does not keep the process alive. */
export function after(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds).unref();
  return () => clearTimeout(timer);
}

/** Calls back again and again, until the answer is called. Does not keep the process alive. */
export function every(milliseconds: number, callback: () => void): () => void {
  const timer = setInterval(callback, milliseconds).unref();
  return () => clearInterval(timer);
}
