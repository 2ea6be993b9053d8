import { within } from '../runtime/patience.js';
import { type Deferred, newDeferred } from './deferred.js';

/** What has come and was not taken yet, in order. */
export interface Mailbox<Letter> {
  /** The next letter, waiting for it while the signal lasts. Rejects with Timeout, or why there will be no more. */
  take(signal?: AbortSignal): Promise<Letter>;
  readonly size: number;
}

/** A mailbox with its other side. */
export interface OpenMailbox<Letter> extends Mailbox<Letter> {
  put(letter: Letter): void;
  /** No letter comes any more; those that have come can still be taken. */
  close(cause: Error): void;
}

export function newMailbox<Letter>(): OpenMailbox<Letter> {
  const letters: Letter[] = [];
  const takers = new Set<Deferred<Letter>>();
  let end: Error | undefined;

  return {
    take(signal) {
      const taker = newDeferred<Letter>();
      const [letter] = letters.splice(0, 1);
      if (letter !== undefined) taker.resolve(letter);
      else if (end !== undefined) taker.reject(end);
      else takers.add(taker);
      return within(taker.promise, signal, 'a PDU of the target').finally(() => takers.delete(taker));
    },
    put(letter) {
      const [taker] = takers;
      if (taker === undefined) letters.push(letter);
      else {
        takers.delete(taker);
        taker.resolve(letter);
      }
    },
    close(cause) {
      end = cause;
      for (const taker of takers) taker.reject(cause);
      takers.clear();
    },
    get size() {
      return letters.length;
    },
  };
}
