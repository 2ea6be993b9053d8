import { messageOf, NoAnswer } from '../errors.js';
import type { Runtime } from '../runtime.js';
import { ignoreMissing, tidied } from './undo.js';

/**
 * What could not be removed when its time had come, as the array was away or the object busy. Only for what the driver
 * made for a while and nothing else uses, by reference: the array never gives a reference twice.
 */
export class Leftovers {
  private readonly left = new Map<string, () => Promise<unknown>>();

  constructor(private readonly runtime: Runtime) {}

  /** To be removed later. */
  add(what: string, remove: () => Promise<unknown>): void {
    this.left.set(what, remove);
  }

  /** Removes it now; what stays is tried again later. Fails nothing. */
  async remove(what: string, remove: () => Promise<unknown>): Promise<void> {
    if (!(await tidied(this.runtime, what, remove))) this.add(what, remove);
  }

  /** Tries once more what has stayed, the earliest first; not while the array gives no answer. Fails nothing. */
  async removeAll(): Promise<void> {
    for (const [what, remove] of this.left) {
      try {
        await ignoreMissing(remove());
        this.left.delete(what);
      } catch (error) {
        this.runtime.logger.warn(`${what} is still on the array: ${messageOf(error)}`);
        if (error instanceof NoAnswer) return;
      }
    }
  }
}
