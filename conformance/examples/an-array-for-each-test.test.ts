/** Tests of a client of E-Series arrays: each test has an array of its own, and breaks it as it likes. */
import { type TestArray, test } from 'eseries-simulator/vitest';
import { expect } from 'vitest';

/** Makes a volume of 1 GiB in the first pool. */
async function create({ request }: TestArray, name: string) {
  const [pool] = await request<{ id: string }[]>('GET', 'storage-pools');
  return request('POST', 'volumes', { poolId: pool?.id, name, sizeUnit: 'gb', size: '1', segSize: 128 });
}

test('a volume is made', async ({ array }) => {
  expect(await create(array, 'one')).toMatchObject({ name: 'one' });
  expect(await array.request('GET', 'volumes')).toHaveLength(1);
});

test('a request that fails makes nothing, on an array that knows nothing of the other test', async ({ array }) => {
  array.fault({ when: { request: 'POST volumes' }, what: { do: 'fail', status: 503 } });
  await expect(create(array, 'one')).rejects.toThrow('503');
  expect(await array.request('GET', 'volumes')).toEqual([]);
  expect(array.state.check()).toEqual([]);
});
