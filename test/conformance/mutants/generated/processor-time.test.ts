import { expect, it } from 'vitest';
import { millisecondsOf, processorMs } from './processor-time.js';

it.each([
  ['00:00:07', 7_000],
  ['  01:02:03\n', 3_723_000],
  ['2-00:00:01', 172_801_000],
  ['  0:01.25', 1_250],
])('reads %s', (text, milliseconds) => {
  expect(millisecondsOf(text)).toBe(milliseconds);
});

it('refuses what is not a time', () => {
  expect(() => millisecondsOf('soon')).toThrow("'soon' is not a time as ps tells it");
});

it('tells of a process what it has used, and of one that is gone nothing', () => {
  const { user, system } = process.cpuUsage();
  expect(processorMs(process.pid)).toBeGreaterThanOrEqual(Math.floor((user + system) / 1e6) * 1000 - 1000);
  expect(processorMs(undefined)).toBe(0);
});
