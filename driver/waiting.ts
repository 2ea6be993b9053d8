import { VolumeBackendAPIException } from './errors.js';
import type { Runtime } from './runtime.js';

/** Seconds between looks at work that takes its time. */
const pollSeconds = 5;

/** How long the driver waits, in seconds. */
export interface Limits {
  /** For the array to be reachable at start. */
  readonly contact: number;
  /** For a copy, an expansion or a rollback: so long, and so much more for each GiB. */
  readonly work: number;
  readonly workPerGib: number;
}

export const defaultLimits: Limits = { contact: 30, work: 3600, workPerGib: 60 };

/** How long work on so many GiB may take, in seconds. */
export function workSeconds(limits: Limits, sizeGib: number): number {
  return limits.work + limits.workPerGib * sizeGib;
}

/** Looks every few seconds until `done` gives something. Throws VolumeBackendAPIException when that takes too long. */
export async function waitFor<T>(
  runtime: Runtime,
  what: string,
  seconds: number,
  done: () => Promise<T | undefined>,
): Promise<T> {
  const start = runtime.now();
  for (;;) {
    const result = await done();
    if (result !== undefined) return result;
    if (runtime.now() - start >= seconds * 1000)
      throw new VolumeBackendAPIException({ data: `${what} took longer than ${seconds} seconds.` });
    await runtime.sleep(pollSeconds * 1000);
  }
}
