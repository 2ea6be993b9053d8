import { describe, expect, it } from 'vitest';
import { cutLines } from '../../../conformance/subjects/lines.js';

function cut(limitBytes: number, ...pieces: readonly (string | Buffer)[]) {
  const seen: string[] = [];
  const take = cutLines(
    limitBytes,
    (line) => seen.push(line),
    () => seen.push('(too long)'),
  );
  for (const piece of pieces) take(Buffer.from(piece));
  return seen;
}

describe('lines out of pieces', () => {
  it('come when they are whole', () => {
    expect(cut(100, 'a', 'b\nc\n\nd', 'e', '\n', 'rest')).toEqual(['ab', 'c', '', 'de']);
  });

  it('keep letters that were cut in two', () => {
    const euro = Buffer.from('€\n');
    expect(cut(100, euro.subarray(0, 1), euro.subarray(1))).toEqual(['€']);
  });

  it('end with one that is too long, whether it has an end or not', () => {
    expect(cut(4, 'abcd\n', 'abc', 'de', 'f\n', 'g\n')).toEqual(['abcd', '(too long)']);
    expect(cut(4, 'abcdef\ng\n', 'h\n')).toEqual(['(too long)']);
  });
});
