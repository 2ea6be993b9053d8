/** `a` before `b` in 32-bit serial arithmetic (RFC 1982): sequence numbers wrap, so plain `<` would err once per 4 Gi. */
export function isBefore(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}

/** `number + steps`, wrapped to 32 bits, unsigned. */
export function plus(number: number, steps: number): number {
  return (number + steps) >>> 0;
}

/** The task and transfer tag that stands for "none". */
export const noTag = 0xffffffff;
