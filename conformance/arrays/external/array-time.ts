import type { ArrayAdminClient } from '../array-admin-client.js';

/** An array's time, and how it passes. */
export interface ArrayTime {
  /** Whether it passes only when it is advanced. */
  readonly isManual: boolean;
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Lets so much of it pass. */
  pass(milliseconds: number): Promise<void>;
}

interface WallClock {
  nowMs(): number;
  pause(milliseconds: number): Promise<void>;
}

/** The wall clock's time; of a simulator whose clock is manual, that one's, which is advanced by the program that waits. */
export function timeOf(
  admin: ArrayAdminClient,
  clock: { readonly mode: string; readonly nowMs: number } | undefined,
  wall: WallClock,
): ArrayTime {
  if (clock?.mode !== 'manual') return { isManual: false, nowMs: wall.nowMs, pass: wall.pause };
  let known = clock.nowMs;
  return {
    isManual: true,
    nowMs: () => known,
    async pass(milliseconds) {
      const advance = `${Math.round(milliseconds)}ms`;
      ({ nowMs: known } = await admin.control<{ nowMs: number }>('POST', 'clock', { advance }));
    },
  };
}
