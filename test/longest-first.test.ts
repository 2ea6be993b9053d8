import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { longest } from './longest-first.js';

it('the test files that begin first are all there', () => {
  expect(longest.filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)))).toEqual([]);
});
