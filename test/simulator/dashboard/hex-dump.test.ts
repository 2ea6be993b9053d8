import { describe, expect, it } from 'vitest';
import { hexDump, patternOf } from '../../../simulator/dashboard/hex-dump.js';

describe('hexDump', () => {
  it('shows offset, hex and text, and one star for lines that repeat', () => {
    const bytes = Buffer.concat([Buffer.from('eseries\n'), Buffer.alloc(72)]);
    expect(hexDump(bytes, 4096).split('\n')).toEqual([
      '0000001000  65 73 65 72 69 65 73 0a 00 00 00 00 00 00 00 00  eseries.........',
      '0000001010  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................',
      '*',
      '0000001040  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................',
    ]);
  });

  it('shows a line that is not full', () => {
    expect(hexDump(Buffer.from('ab'), 0)).toBe(`0000000000  61 62${' '.repeat(42)}  ab`);
  });
});

describe('patternOf', () => {
  it.each([
    [Buffer.alloc(0), 'no bytes'],
    [Buffer.alloc(64), 'all zeros'],
    [Buffer.alloc(64, 0x5a), 'all 0x5a'],
    [Buffer.alloc(64, 'abc'), 'a pattern of 3 bytes, again and again'],
    [Buffer.from('abcabd'), 'no pattern: 4 different bytes'],
  ])('%#: says what the bytes look like', (bytes, words) => {
    expect(patternOf(bytes)).toBe(words);
  });
});
