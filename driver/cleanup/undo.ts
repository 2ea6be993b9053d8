import { CinderException, isMissing, isNameTaken, messageOf, NoAnswer, WebServiceException } from '../errors.js';
import type { Runtime } from '../runtime.js';

interface UndoStep {
  readonly what: string;
  readonly take: () => Promise<unknown>;
  readonly later: Later | undefined;
}

/** Keeps what could not be taken back, to try it again. */
interface Later {
  add(what: string, take: () => Promise<unknown>): void;
}

/** What has been done so far in an operation of several steps, and how to take it back. */
export class Undo {
  private readonly steps: UndoStep[] = [];

  constructor(private readonly runtime: Runtime) {}

  /** `later` is for what may be taken back at any time, as nothing else will ever use it. */
  add(what: string, take: () => Promise<unknown>, later?: Later): void {
    this.steps.push({ what, take, later });
  }

  /** Takes everything back, the last first. What cannot be taken back is logged: the first failure is the one to tell. */
  async back(): Promise<void> {
    for (const { what, take, later } of this.steps.splice(0).reverse())
      if (!(await tidied(this.runtime, what, take))) later?.add(what, take);
  }
}

/** Runs steps that are taken back when one of them fails. */
export async function undoing<T>(runtime: Runtime, steps: (undo: Undo) => Promise<T>): Promise<T> {
  const undo = new Undo(runtime);
  try {
    return await steps(undo);
  } catch (error) {
    await undo.back();
    throw error;
  }
}

/** Pauses between the attempts to tidy up. */
const tidyingPausesMs = [1000, 2000];

/**
 * Removes what must not stay; what is gone already is fine. Tries more than once, then logs: tidying up fails nothing.
 * Resolves to whether it is gone.
 */
export async function tidied(runtime: Runtime, what: string, remove: () => Promise<unknown>): Promise<boolean> {
  for (let attempt = 0; ; attempt++) {
    try {
      await ignoreMissing(remove());
      return true;
    } catch (error) {
      const pause = tidyingPausesMs[attempt];
      if (pause === undefined) {
        runtime.logger.error(`${what} could not be removed and is left on the array: ${messageOf(error)}`);
        return false;
      }
      await runtime.sleep(pause);
    }
  }
}

/** What is gone already counts as deleted. */
export async function ignoreMissing(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Whether it is unknown if the array did what it was asked: no answer came, or the server itself failed. */
export function isUncertain(error: unknown): boolean {
  return error instanceof NoAnswer || (error instanceof WebServiceException && error.statusCode >= 500);
}

/** Whether something may have been made under a name that others can have too: not when the name was taken before. */
export function isInDoubt(error: unknown): boolean {
  return !isNameTaken(error);
}

/**
 * Makes an object on the array. When that fails, looks for it: what is there is taken as made, so that a lost reply, or a
 * refusal after the fact as the web services are known for, neither leaks an object nor fails the operation. `doubt` says
 * which failures leave it open; without it all do, as for objects under a name that was made up for them.
 */
export async function made<T>(
  create: () => Promise<T>,
  find: () => Promise<T | undefined>,
  doubt: (error: unknown) => boolean = () => true,
): Promise<T> {
  try {
    const created = await create();
    // An answer that lost its body says that something was made, not what.
    if (created === undefined || created === null) throw new NoAnswer('The answer to what was to be made is empty.');
    return created;
  } catch (error) {
    if (!doubt(error)) throw error;
    const present = await find().catch(() => undefined);
    if (present === undefined) throw error;
    return present;
  }
}

/** What leaves the driver is one of Cinder's classes, whatever went wrong inside. */
export function asCinderException(error: unknown): CinderException {
  if (error instanceof CinderException) return error;
  return new CinderException(`The driver failed: ${messageOf(error)}`, { cause: error });
}
