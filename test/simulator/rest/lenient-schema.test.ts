import { beforeEach, describe, expect, it } from 'vitest';
import { basic, newServer, type TestServer } from '../servers.js';

describe('requests as clients really send them', () => {
  let server: TestServer;
  let poolId: string;

  beforeEach(async () => {
    server = await newServer();
    poolId = (await server.ask('GET', 'storage-pools')).body[0].id;
  });

  it.each([
    ['kilobytes as text', { size: '1048576', sizeUnit: 'kb' }],
    ['bytes as a number', { size: 2 ** 30, sizeUnit: 'bytes' }],
    ['gigabytes, binary', { size: 1, sizeUnit: 'gb' }],
    [
      'unknown properties and nulls',
      { size: '1', sizeUnit: 'gb', segSize: 0, owningControllerId: null, nonsense: { a: 1 } },
    ],
  ])('takes a size in %s', async (_what, sizes) => {
    const answer = await server.ask('POST', 'volumes', { poolId, name: 'lax', segSize: 128, ...sizes });
    expect([answer.status, answer.body.capacity]).toEqual([200, String(2 ** 30)]);
  });

  it('does not mind null bodies on GET and DELETE, double and trailing slashes', async () => {
    const { body } = await server.ask('POST', 'volumes', { poolId, name: 'v', size: '1', sizeUnit: 'gb' });
    expect((await server.ask('GET', '/devmgr//v2//storage-systems/1//volumes/', 'null')).body).toHaveLength(1);
    expect((await server.ask('DELETE', `volumes/${body.id}/`, 'null')).status).toBe(204);
  });

  it('takes raw text with a JSON content type where the body is text', async () => {
    const key = 'ansible|snapshot|x';
    const answer = await server.ask('POST', `/devmgr/v2/key-values/${key}`, 'ts|name|desc');
    expect(answer).toMatchObject({ status: 200, body: { key, value: 'ts|name|desc' } });
    expect((await server.ask('GET', '/devmgr/v2/key-values')).body).toEqual([{ key, value: 'ts|name|desc' }]);
    for (const raw of [poolId, JSON.stringify(poolId)]) {
      expect((await server.ask('POST', 'symbol/getDiskPoolExpansionCandidates', raw)).body.returnCode).toBe('ok');
    }
  });

  it('answers XPath filters with unescaped brackets and quotes as a list', async () => {
    const answer = await server.ask(
      'GET',
      "graph/xpath-filter?query=/controller/codeVersions[codeModule='bundleDisplay']",
    );
    expect(answer.body).toEqual([
      { codeModule: 'bundleDisplay', versionString: '11.90R2' },
      { codeModule: 'bundleDisplay', versionString: '11.90R2' },
    ]);
  });

  it.each([
    ['malformed JSON', '{"name":', 400, 'malformedJson', []],
    ['a missing property', { name: 'x', size: '1' }, 422, 'missingField', ['poolId']],
    ['a wrong type', { poolId: 5, name: 'x', size: '1' }, 422, 'invalidField', ['poolId']],
    ['an unknown word', { poolId: 'P', name: 'x', size: '1', sizeUnit: 'furlong' }, 422, 'invalidField', ['sizeUnit']],
    ['a list for an object', [], 422, 'invalidField', []],
    ['nothing', undefined, 422, 'invalidField', []],
    ['a size beyond all numbers', { poolId: 'P', name: 'x', size: '99999999999999999' }, 422, 'invalidField', ['size']],
  ])('refuses %s and says which property', async (_what, payload, status, retcode, fields) => {
    const before = server.array.version;
    const answer = await server.ask('POST', 'volumes', payload);
    expect(answer.body).toMatchObject({ retcode, invalidFieldsIfKnown: fields });
    expect(answer.status).toBe(status);
    expect(server.array.version).toBe(before);
  });

  it('answers 405 to another method, and 404 to another path with the nearest one', async () => {
    const wrongMethod = await server.ask('PUT', 'volumes');
    expect([wrongMethod.status, wrongMethod.headers.allow]).toEqual([405, 'GET, POST']);
    const unknown = await server.ask('GET', 'volumse');
    expect(unknown.status).toBe(404);
    expect(unknown.body.errorMessage).toContain('/volumes');
    expect((await server.ask('GET', '/devmgr/v2/storage-systems/9/volumes')).body.retcode).toBe('unknownSystem');
    expect((await server.ask('GET', 'volumes/%E0%A4%A')).status).toBe(400);
  });

  it('forwards to the same web services', async () => {
    expect((await server.ask('GET', 'forward/devmgr/v2/storage-systems/1/storage-pools')).body).toHaveLength(3);
    expect(
      (await server.ask('GET', 'forward/devmgr/v2/storage-systems/1/storage-pools', undefined, basic('admin', 'x')))
        .status,
    ).toBe(401);
  });
});
