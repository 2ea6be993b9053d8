/** Epoch seconds as text, as the wire has times. */
export function seconds(timeMs: number): string {
  return String(Math.floor(timeMs / 1000));
}
