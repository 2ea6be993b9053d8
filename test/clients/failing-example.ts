import { expect } from 'vitest';
import { test } from '../../simulator/vitest.js';

/** Run by vitest-fixture.test.ts only: it fails, and what is told of its array is looked at. */
test('fails', async ({ array }) => {
  array.fault({ when: { request: 'GET hosts' }, what: { do: 'fail', status: 503 } });
  await array.request('GET', 'hosts').catch(() => undefined);
  expect(1).toBe(2);
});
