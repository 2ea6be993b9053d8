import { randomBytes } from 'node:crypto';

/** What the target needs of the host: timers for idle and login timeouts, and random bytes for CHAP challenges. */
export interface TargetRuntime {
  /** Does something again and again, that many milliseconds apart, until the answer is called. */
  every(milliseconds: number, action: () => void): () => void;
  /** Does something once, that many milliseconds from now. */
  after(milliseconds: number, action: () => void): void;
  random(bytes: number): Buffer;
}

export const realTargetRuntime: TargetRuntime = {
  every(milliseconds, action) {
    const timer = setInterval(action, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
  after(milliseconds, action) {
    setTimeout(action, milliseconds).unref();
  },
  random: (bytes) => randomBytes(bytes),
};
