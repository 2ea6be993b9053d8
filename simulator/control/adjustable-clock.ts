import { type Clock, realClock } from '../array/clock.js';

/** How time passes: with the host's, so many times as fast, or only when told. */
export type Pace = { readonly mode: 'real' | 'manual' } | { readonly mode: 'scaled'; readonly scale: number };

/** A clock whose pace can be changed while it runs. It never runs backwards, and who waits goes on waiting. */
export interface AdjustableClock extends Clock {
  /** How many times as fast as the host's time; 0 while it stands still. */
  readonly scale: number;
  /** Changes the pace from now on. Throws RangeError for a scale that is none. */
  setPace(pace: Pace): void;
  /** Moves a manual clock forward. Throws RangeError for a negative or non-finite duration, and in another mode. */
  advance(durationMs: number): void;
}

/** The host does not wait for longer at a time, in milliseconds: timers overflow beyond twice as much. */
const longestHostWaitMs = 2 ** 30;

/** A clock that begins at the host's time, or at another one, with a pace. */
export function adjustableClock(pace: Pace, startMs?: number): AdjustableClock {
  const host = realClock();
  let { mode } = pace;
  let scale = scaleOf(pace);
  /** The time of the last change, by this clock and by the host's. */
  let originMs = startMs ?? host.now();
  let hostOriginMs = host.now();
  let waiting: { readonly untilMs: number; readonly resolve: () => void }[] = [];
  /** Which wait of the host counts: those before it woke up for a pace that is no longer. */
  let alarm = 0;

  const now = () => (scale === 0 ? originMs : originMs + Math.floor((host.now() - hostOriginMs) * scale));

  const nextMs = () => Math.min(...waiting.map(({ untilMs }) => untilMs));

  const wakeUp = () => {
    const nowMs = now();
    const due = waiting.filter(({ untilMs }) => untilMs <= nowMs).sort((a, b) => a.untilMs - b.untilMs);
    waiting = waiting.filter(({ untilMs }) => untilMs > nowMs);
    for (const { resolve } of due) resolve();
    setAlarm();
  };

  const setAlarm = () => {
    const mine = ++alarm;
    if (scale === 0 || waiting.length === 0) return;
    const hostMs = Math.min(longestHostWaitMs, Math.ceil((nextMs() - now()) / scale));
    void host.wait(hostMs).then(() => {
      if (mine === alarm) wakeUp();
    });
  };

  return {
    get mode() {
      return mode;
    },
    get scale() {
      return scale;
    },
    now,
    wait: (durationMs) =>
      durationMs <= 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push({ untilMs: now() + durationMs, resolve });
            setAlarm();
          }),
    nextMs,
    setPace(wanted) {
      const wantedScale = scaleOf(wanted);
      originMs = now();
      hostOriginMs = host.now();
      mode = wanted.mode;
      scale = wantedScale;
      setAlarm();
    },
    advance(durationMs) {
      checkAdvance(mode, durationMs);
      originMs += Math.round(durationMs);
      wakeUp();
    },
  };
}

function checkAdvance(mode: Pace['mode'], durationMs: number): void {
  if (mode !== 'manual') throw new RangeError(`the clock is ${mode}: only a manual one can be advanced`);
  if (!(durationMs >= 0) || !Number.isFinite(durationMs))
    throw new RangeError(`cannot advance by ${durationMs} ms: allowed is a finite number >= 0`);
}

function scaleOf(pace: Pace): number {
  if (pace.mode !== 'scaled') return pace.mode === 'real' ? 1 : 0;
  if (!(pace.scale > 0) || !Number.isFinite(pace.scale))
    throw new RangeError(`clock factor is ${pace.scale}: allowed is > 0`);
  return pace.scale;
}

/** Whether the pace of a clock can be changed: false for a clock that the caller handed in. */
export function isAdjustable(clock: Clock): clock is AdjustableClock {
  return 'setPace' in clock;
}
