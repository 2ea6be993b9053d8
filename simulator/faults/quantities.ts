import type { Clock, ManualClock } from '../array/clock.js';

const millisecondsOf: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const powersOf: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5 };

/** The longest duration that is allowed: dates end, and a clock that went past their end would never come back. */
const longestMs = 36_525 * 86_400_000;

/**
 * Milliseconds of a duration as people write it: a number, or text with ms, s, m, h or d. Undefined for anything else, and
 * for more than a hundred years.
 */
export function durationMs(written: unknown): number | undefined {
  if (typeof written === 'number') return written >= 0 && written <= longestMs ? written : undefined;
  if (typeof written !== 'string') return undefined;
  const [, number, unit = 'ms'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(written.trim()) ?? [];
  return number === undefined ? undefined : durationMs(Number(number) * (millisecondsOf[unit] ?? 1));
}

/**
 * Bytes of a size as people write it: a number, or text with B, KiB, MiB, GiB, TiB or PiB; `10 G` and `10 GB` mean GiB,
 * as everywhere on this array. Undefined for anything else, and for what is no whole number of bytes.
 */
export function sizeBytes(written: unknown): number | undefined {
  const [, number, letter] =
    typeof written === 'string'
      ? (/^(\d+(?:\.\d+)?)\s*(?:([kmgtp])(?:i?b)?|b|bytes)?$/i.exec(written.trim()) ?? [])
      : [];
  const bytes =
    typeof written === 'number' ? written : Number(number) * 1024 ** (powersOf[letter?.toLowerCase() ?? ''] ?? 0);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined;
}

/**
 * The milliseconds since the epoch of a point of time: a duration counts from `originMs`, an ISO date is that date.
 * Undefined for anything else.
 */
export function instantMs(written: unknown, originMs: number): number | undefined {
  const duration = durationMs(written);
  if (duration !== undefined) return originMs + duration;
  if (typeof written !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(written)) return undefined;
  const date = Date.parse(written);
  return Number.isNaN(date) ? undefined : date;
}

/** Whether a clock moves only when told. */
export function isManual(clock: Clock): clock is ManualClock {
  return clock.mode === 'manual';
}
