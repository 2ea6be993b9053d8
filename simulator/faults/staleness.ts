import { manualClock } from '../array/clock.js';
import type { SavedArray } from '../array/saved-array.js';
import { StorageArray } from '../array/storage-array.js';
import type { RuleState } from './rule-state.js';

interface Past {
  /** The state before the last change that a request made, and when that was. */
  readonly saved: SavedArray;
  readonly timeMs: number;
  readonly change: number;
  shown: StorageArray | undefined;
}

/** What arrays were before the last change that a request made: looked after only while a rule may ask for it. */
export class Staleness {
  private pasts = new WeakMap<StorageArray, Past>();
  private served = new WeakMap<RuleState, { readonly change: number; left: number }>();
  private changes = 0;

  /** Does what may change an array, and keeps what that was before. */
  remember<T>(array: StorageArray, body: () => T): T {
    array.completeDueJobs();
    const [saved, { version }, timeMs] = [array.save(), { version: array.version }, array.now()];
    const keep = () => {
      if (array.version === version) return;
      this.pasts.set(array, { saved, timeMs, change: ++this.changes, shown: undefined });
    };
    const result = body();
    if (!(result instanceof Promise)) {
      keep();
      return result;
    }
    // Most changes are made at once, and others may read before this one is answered.
    keep();
    return result.finally(() => {
      if (this.pasts.get(array)?.saved !== saved) keep();
    }) as T;
  }

  /**
   * The array as it was, when a rule wants a GET to see that: `polls` GETs after each change, of which the first counts
   * as a hit of the rule (`fires`). Undefined when the GET is to see the present.
   */
  past(array: StorageArray, rule: RuleState, polls: number, fires: () => boolean): StorageArray | undefined {
    const past = this.pasts.get(array);
    if (past === undefined) return undefined;
    const served = this.served.get(rule);
    if (served?.change !== past.change) {
      if (!fires()) return undefined;
      this.served.set(rule, { change: past.change, left: polls - 1 });
    } else if (served.left > 0) {
      served.left--;
    } else {
      return undefined;
    }
    past.shown ??= StorageArray.from(past.saved, manualClock(past.timeMs));
    return past.shown;
  }

  /** Forgets all kept states: no rule asks for them. */
  forget(): void {
    this.pasts = new WeakMap();
    this.served = new WeakMap();
  }
}
