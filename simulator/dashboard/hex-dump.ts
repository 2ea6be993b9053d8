const bytesPerLine = 16;

/** Bytes as lines of offset, hex and text; lines that repeat the one before are a single '*'. */
export function hexDump(bytes: Uint8Array, offset: number): string {
  const lines: string[] = [];
  let before = '';
  for (let start = 0; start < bytes.length; start += bytesPerLine) {
    const line = bytes.subarray(start, start + bytesPerLine);
    const hex = [...line].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const isLast = start + bytesPerLine >= bytes.length;
    if (hex === before && !isLast) {
      if (lines.at(-1) !== '*') lines.push('*');
      continue;
    }
    before = hex;
    const text = [...line].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${(offset + start).toString(16).padStart(10, '0')}  ${hex.padEnd(3 * bytesPerLine - 1)}  ${text}`);
  }
  return lines.join('\n');
}

const largestPeriod = 4096;

/** What bytes look like, in words: zeros, one byte or a longer pattern again and again, or how many different bytes. */
export function patternOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'no bytes';
  const different = new Set(bytes).size;
  if (different === 1) {
    const [byte = 0] = bytes;
    return byte === 0 ? 'all zeros' : `all 0x${byte.toString(16).padStart(2, '0')}`;
  }
  for (let period = 2; period <= Math.min(largestPeriod, bytes.length / 2); period++)
    if (repeats(bytes, period)) return `a pattern of ${period} bytes, again and again`;
  return `no pattern: ${different} different bytes`;
}

function repeats(bytes: Uint8Array, period: number): boolean {
  for (let index = period; index < bytes.length; index++) if (bytes[index] !== bytes[index - period]) return false;
  return true;
}
