const millisecondsOf: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const powersOf: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 };

export const durationPattern = String.raw`^\s*\d+(\.\d+)?\s*(ms|s|m|h|d)\s*$`;

export const sizePattern = String.raw`^\s*\d+(\.\d+)?\s*([kKmMgGtT]i?)?B?\s*$`;

/** Milliseconds of a duration such as `250ms`, `30s`, `5m`, `2h`, `1d`. */
export function durationMs(written: string): number {
  const [, number = '', unit = ''] = /^\s*([\d.]+)\s*(ms|s|m|h|d)\s*$/.exec(written) ?? [];
  return Number(number) * (millisecondsOf[unit] ?? Number.NaN);
}

/** Bytes of a size such as `512`, `64 KiB`, `1 GiB`; `1 GB` means GiB, as everywhere on these arrays. */
export function sizeBytes(written: string | number): number {
  if (typeof written === 'number') return written;
  const [, number = '', letter = ''] = /^\s*([\d.]+)\s*([kmgt]?)i?b?\s*$/i.exec(written) ?? [];
  return Number(number) * 1024 ** (powersOf[letter.toLowerCase()] ?? Number.NaN);
}

const gib = 1024 ** 3;

/** GiB of a size: Cinder's volumes have whole ones. A bare number is GiB. Throws RangeError for what is no whole GiB. */
export function sizeGib(written: string | number): number {
  const size = typeof written === 'number' ? written : sizeBytes(written) / gib;
  if (!Number.isSafeInteger(size) || size < 1)
    throw new RangeError(`${written} is no whole number of GiB: Cinder's volumes are measured in GiB`);
  return size;
}
