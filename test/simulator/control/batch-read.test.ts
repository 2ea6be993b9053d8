import { expect, it } from 'vitest';
import { newServer } from '../servers.js';

it('a batch read as monitor needs no login, and is not more than reading', async () => {
  const server = await newServer();
  const paths = ['storage-pools', '/devmgr/v2/storage-systems/1/volumes'];
  const { body: refused } = await server.control('POST', '/arrays/1/looks', { paths });
  expect(refused.map(({ status }: { status: number }) => status)).toEqual([401, 401]);
  const { body: read } = await server.control('POST', '/arrays/1/looks', { paths, asMonitor: true });
  expect(read.map(({ status }: { status: number }) => status)).toEqual([200, 200]);
  expect(read[0].body).toEqual((await server.ask('GET', 'storage-pools')).body);
});

it('a request of the journal is read by its number, and one that is not kept is unknown', async () => {
  const server = await newServer();
  await server.ask('GET', 'volumes');
  await server.ask('GET', 'hosts');
  expect((await server.control('GET', '/journal/1')).body).toMatchObject({ number: 1, method: 'GET', status: 200 });
  for (const number of ['2', '1001'])
    expect(await server.control('GET', `/journal/${number}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'unknownEntry' } },
    });
  expect((await server.control('GET', '/journal/one')).status).toBe(422);
});
