import type { Runtime } from '../runtime.js';

/** How old what the web services show may be. */
const staleMs = 1000;

/** Looks twice: a list can be older than what was made last, and what is not in it is not gone for sure. */
export async function foundIfThere<T>(
  runtime: Pick<Runtime, 'sleep'>,
  find: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const found = await find();
  if (found !== undefined) return found;
  await runtime.sleep(staleMs);
  return find();
}
