import { describe, expect, it } from 'vitest';
import { differences, type SoakMeasure } from './soak.js';

const measure: SoakMeasure = {
  heapBytes: 50_000_000,
  residentBytes: 150_000_000,
  resources: { Timeout: 3, TCPServerWrap: 5 },
  openFiles: 30,
  journalEntries: 1000,
};

describe('the comparison of two measures of a process', () => {
  it('finds nothing where things are as before, or fewer', () => {
    expect(differences(measure, measure)).toEqual([]);
    expect(differences(measure, { ...measure, resources: { Timeout: 1 }, openFiles: 20, heapBytes: 1 })).toEqual([]);
  });

  it.each([
    ['a timer more', { resources: { Timeout: 4, TCPServerWrap: 5 } }, 'Timeout: 3 at the start, 4 at the end'],
    [
      'a kind of its own',
      { resources: { Timeout: 3, TCPSocketWrap: 1 } },
      'TCPSocketWrap: 0 at the start, 1 at the end',
    ],
    ['an open file more', { openFiles: 31 }, 'open files: 30 at the start, 31 at the end'],
    ['a larger heap', { heapBytes: 60_000_000 }, 'heap: 50000000 bytes at the start, 60000000 at the end'],
    ['more memory', { residentBytes: 3e8 }, 'resident: 150000000 bytes at the start, 300000000 at the end'],
    ['a longer journal', { journalEntries: 1001 }, 'the journal has 1001 requests'],
  ])('finds %s', (_, changes, problem) => {
    expect(differences(measure, { ...measure, ...changes })).toEqual([problem]);
  });
});
