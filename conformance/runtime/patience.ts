/** The caller's patience ended before what it waited for. */
export class Timeout extends Error {
  override readonly name = 'Timeout';
}

/**
 * How long to wait: called once for each thing waited for, and what it gives ends the wait when it aborts. For instance
 * `() => AbortSignal.timeout(10_000)`. Without it a wait ends with the answer or the connection only.
 */
export type Patience = () => AbortSignal;

/** The promise, or a rejection with Timeout when the signal aborts first. `words` say what was waited for. */
export function within<Value>(promise: Promise<Value>, signal: AbortSignal | undefined, words: string): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const give = () => reject(new Timeout(`no patience left for ${words}`));
    if (signal.aborted) give();
    signal.addEventListener('abort', give, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}
