import { CinderException, messageOf, NoAnswer, WebServiceException } from './errors.js';
import type { Logger } from './runtime.js';

/** What has been done so far in an operation of several steps, and how to take it back. */
export class Undo {
  private readonly steps: { readonly what: string; readonly take: () => Promise<unknown> }[] = [];

  constructor(private readonly logger: Logger) {}

  add(what: string, take: () => Promise<unknown>): void {
    this.steps.push({ what, take });
  }

  /** Takes everything back, the last first. What cannot be taken back is logged: the first failure is the one to tell. */
  async back(): Promise<void> {
    for (const { what, take } of this.steps.splice(0).reverse()) {
      try {
        await take();
      } catch (error) {
        this.logger.error(`After a failure, ${what} could not be taken back: ${messageOf(error)}`);
      }
    }
  }
}

/** Runs steps that are taken back when one of them fails. */
export async function undoing<T>(logger: Logger, steps: (undo: Undo) => Promise<T>): Promise<T> {
  const undo = new Undo(logger);
  try {
    return await steps(undo);
  } catch (error) {
    await undo.back();
    throw error;
  }
}

/** Whether it is unknown if the array did what it was asked: no answer came, or the server itself failed. */
export function isUncertain(error: unknown): boolean {
  return error instanceof NoAnswer || (error instanceof WebServiceException && error.statusCode >= 500);
}

/**
 * Makes an object on the array. When it is unknown whether it was made, looks for it: what is there is taken as made,
 * so that a lost reply neither leaks an object nor fails the operation.
 */
export async function made<T>(create: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (!isUncertain(error)) throw error;
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
