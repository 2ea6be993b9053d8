import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adjustableClock } from '../../../simulator/control/adjustable-clock.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Notes the time when each wait is over. */
function noting(clock: ReturnType<typeof adjustableClock>, ...durationsMs: readonly number[]): number[] {
  const ended: number[] = [];
  for (const durationMs of durationsMs) void clock.wait(durationMs).then(() => ended.push(durationMs));
  return ended;
}

describe('an adjustable clock', () => {
  it('goes on from where it is when its pace changes, and never back', async () => {
    const clock = adjustableClock({ mode: 'real' });
    await vi.advanceTimersByTimeAsync(500);
    expect([clock.mode, clock.now()]).toEqual(['real', 1_000_500]);
    clock.setPace({ mode: 'manual' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect([clock.mode, clock.now()]).toEqual(['manual', 1_000_500]);
    clock.advance(60_000);
    clock.setPace({ mode: 'scaled', scale: 60 });
    await vi.advanceTimersByTimeAsync(1000);
    expect([clock.mode, clock.scale, clock.now()]).toEqual(['scaled', 60, 1_120_500]);
    clock.setPace({ mode: 'real' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(clock.now()).toBe(1_121_500);
  });

  it('wakes up who waits in its time, whatever the pace was when the wait began', async () => {
    const clock = adjustableClock({ mode: 'real' });
    const ended = noting(clock, 90_000, 1000, 60_000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ended).toEqual([1000]);
    clock.setPace({ mode: 'scaled', scale: 59 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(ended).toEqual([1000, 60_000]);
    clock.setPace({ mode: 'manual' });
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(ended).toEqual([1000, 60_000]);
    clock.advance(30_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toEqual([1000, 60_000, 90_000]);
  });

  it('waits longer than the host can at a time', async () => {
    const clock = adjustableClock({ mode: 'real' });
    const year = 365 * 86_400_000;
    const ended = noting(clock, year);
    await vi.advanceTimersByTimeAsync(year - 1);
    expect(ended).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toEqual([year]);
  });

  it('begins when it is told to', () => {
    expect(adjustableClock({ mode: 'manual' }, 5).now()).toBe(5);
    expect(adjustableClock({ mode: 'manual' }).now()).toBe(1_000_000);
  });

  it('refuses what is no pace and no duration', () => {
    const clock = adjustableClock({ mode: 'manual' });
    for (const scale of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => clock.setPace({ mode: 'scaled', scale })).toThrow(RangeError);
    for (const duration of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => clock.advance(duration)).toThrow(RangeError);
    expect(clock.mode).toBe('manual');
    clock.setPace({ mode: 'real' });
    expect(() => clock.advance(1)).toThrow('only a manual one can be advanced');
  });
});
