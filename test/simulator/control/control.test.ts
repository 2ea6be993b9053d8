import { beforeEach, describe, expect, it } from 'vitest';
import { StorageArray } from '../../../simulator/index.js';
import { basic, newServer, type TestServer } from '../servers.js';

let server: TestServer;

beforeEach(async () => {
  server = await newServer();
});

async function newVolume(name = 'v', size = 1) {
  const [pool] = (await server.ask('GET', 'storage-pools')).body;
  return (await server.ask('POST', 'volumes', { poolId: pool.id, name, sizeUnit: 'gb', size, segSize: 0 })).body;
}

describe('/sim/v1', () => {
  it('says that it is up, before any login', async () => {
    const { status, body } = await server.control('GET', '/health');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ok', mode: 'embedded', arrays: 1, clock: { mode: 'manual' } });
  });

  it('tells which of the documented operations are implemented', async () => {
    const { body } = await server.control('GET', '/coverage');
    expect(body.documented).toBe(593);
    const implemented = body.operations.filter((each: { implemented: boolean }) => each.implemented);
    expect(implemented).toHaveLength(body.implemented + body.beyondDocuments);
    expect(implemented.map((each: { path: string }) => each.path)).toContain(
      '/devmgr/v2/storage-systems/:systemId/volumes',
    );
    expect(body.implemented).toBe(body.documented);
  });

  it('serves its own OpenAPI document, apart from the web services', async () => {
    const own = (await server.control('GET', '/openapi.json')).body;
    expect(own.openapi).toMatch(/^3\./);
    expect(Object.keys(own.paths)).toContain('/sim/v1/arrays/{id}/check');
    expect(Object.keys(own.paths).every((path) => path.startsWith('/sim/v1'))).toBe(true);
    const web = (await server.ask('GET', '/openapi.json')).body;
    expect(Object.keys(web.paths).every((path) => path.startsWith('/devmgr'))).toBe(true);
    expect((await server.ask('GET', '/sim/v1/docs/', undefined, {})).text).toContain('swagger');
  });

  it('refuses what it does not know, by name', async () => {
    for (const [path, payload, status, code, field] of [
      ['/clock', { advnce: '1s' }, 422, 'unknownField', 'advnce'],
      ['/clock', { advance: 'soon' }, 422, 'invalidField', 'advance'],
      ['/clock', {}, 422, 'missingField', 'advance'],
      ['/clock', '{"advance":', 400, 'malformedJson', undefined],
      ['/arrays', { preset: 'huge' }, 422, 'invalidField', 'preset'],
      ['/arrays', { id: '../../x' }, 422, 'invalidField', 'id'],
      ['/arrays', { volumes: 70_000 }, 422, 'invalidField', 'volumes'],
      ['/arrays', { id: '1' }, 409, 'arrayExists', 'id'],
      ['/arrays/7/reset', undefined, 404, 'unknownArray', undefined],
      ['/arrays/1/jobs/progression', { progression: 'never' }, 422, 'illegalParam', 'progression'],
      ['/arrays/1/jobs/progression', { progression: 'stuck', kinds: ['all'] }, 422, 'invalidField', 'kinds[0]'],
      ['/arrays/1/jobs/none/complete', undefined, 404, 'unknownJob', undefined],
      ['/arrays/1/states/none/restore', undefined, 404, 'unknownState', undefined],
      ['/arrays/1/drives/none/fail', undefined, 404, 'notFound', undefined],
      ['/arrays/1/controllers/C/fail', undefined, 404, 'notFound', undefined],
    ] as const) {
      const answer = await server.control('POST', path, payload);
      expect([path, payload, answer.status, answer.body.error?.code, answer.body.error?.field]).toEqual([
        path,
        payload,
        status,
        code,
        field,
      ]);
    }
  });

  it('takes no request of another page, and none without the token where one is set', async () => {
    const foreign = await server.ask('POST', '/sim/v1/arrays/1/reset', undefined, {
      origin: 'http://evil.example',
      host: '127.0.0.1:8080',
    });
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'foreignOrigin']);
    const garbled = await server.ask('POST', '/sim/v1/arrays/1/reset', undefined, { origin: 'evil', host: 'x' });
    expect(garbled.status).toBe(403);
    const guarded = await newServer({ controlToken: 'key' });
    expect((await guarded.control('GET', '/health')).status).toBe(200);
    expect((await guarded.control('GET', '/arrays')).body.error.code).toBe('tokenRequired');
    for (const [name, value] of [
      ['authorization', 'Bearer key'],
      ['x-control-token', 'key'],
    ] as const)
      expect((await guarded.ask('GET', '/sim/v1/arrays', undefined, { [name]: value })).status).toBe(200);
    expect((await guarded.ask('GET', '/sim/v1/arrays', undefined, { 'x-control-token': 'no' })).status).toBe(401);
  });
});

describe('the clock', () => {
  it('advances when it is manual', async () => {
    const before = (await server.control('GET', '/clock')).body;
    const after = (await server.control('POST', '/clock', { advance: '90s' })).body;
    expect(after).toMatchObject({ mode: 'manual', nowMs: before.nowMs + 90_000 });
    for (const [advance, ms] of [
      ['5', 5],
      ['1.5m', 90_000],
      ['2h', 7_200_000],
      ['1d', 86_400_000],
    ] as const) {
      const { nowMs } = (await server.control('GET', '/clock')).body;
      expect((await server.control('POST', '/clock', { advance })).body.nowMs).toBe(nowMs + ms);
    }
  });

  it('does not when it is real', async () => {
    const real = await newServer({ clock: 'real' });
    expect(await real.control('POST', '/clock', { advance: '1s' })).toMatchObject({
      status: 409,
      body: { error: { code: 'clockNotManual' } },
    });
  });

  it('runs as fast as told when it is scaled', async () => {
    const scaled = await newServer({ clock: { scale: 60 } });
    expect((await scaled.control('GET', '/clock')).body.mode).toBe('scaled');
  });
});

describe('arrays', () => {
  it('are made from a preset and seed, beside each other, and removed', async () => {
    const made = await server.control('POST', '/arrays', { preset: 'empty', seed: 7, label: 'second' });
    expect(made).toMatchObject({ status: 201, body: { id: '2', label: 'second', preset: 'empty', seed: 7, pools: 0 } });
    const inventory = await server.control('POST', '/arrays', { id: 'big', pools: 2, volumes: 10, hosts: 3 });
    expect(inventory.body).toMatchObject({ id: 'big', pools: 2, volumes: 10, hosts: 3 });
    expect((await server.control('GET', '/arrays')).body.map((each: { id: string }) => each.id)).toEqual([
      '1',
      '2',
      'big',
    ]);
    const volumes = await server.ask('GET', '/devmgr/v2/storage-systems/big/volumes');
    expect(volumes.body.map((each: { label: string }) => each.label).slice(0, 2)).toEqual([
      'volume_0001',
      'volume_0002',
    ]);
    expect((await server.control('DELETE', '/arrays/big')).status).toBe(204);
    expect((await server.ask('GET', '/devmgr/v2/storage-systems/big/volumes')).status).toBe(404);
  });

  it('with the same preset and seed are the same to the byte', async () => {
    const [one, two] = [
      await server.control('POST', '/arrays', { id: 'a', seed: 3 }),
      await server.control('POST', '/arrays', { id: 'b', seed: 3 }),
    ];
    expect(two.body.wwn).toBe(one.body.wwn);
    const saved = async (id: string) => {
      await server.control('PUT', `/arrays/${id}/states/s`);
      return (await server.control('GET', `/arrays/${id}/states/s`)).text;
    };
    expect((await saved('a')) === (await saved('b'))).toBe(true);
  });

  it('answer 424 while they are offline', async () => {
    expect((await server.control('POST', '/arrays/1/offline')).body.online).toBe(false);
    expect((await server.ask('GET', 'volumes')).status).toBe(424);
    expect((await server.control('POST', '/arrays/1/online')).body.online).toBe(true);
    expect((await server.ask('GET', 'volumes')).status).toBe(200);
  });

  it('are reset to the preset and cleared to drives only', async () => {
    await newVolume();
    expect((await server.control('POST', '/arrays/1/reset')).body).toMatchObject({ volumes: 0, pools: 3, hosts: 1 });
    expect((await server.control('POST', '/arrays/1/clear')).body).toMatchObject({ volumes: 0, pools: 0, hosts: 0 });
    expect((await server.control('POST', '/arrays/1/check')).body).toEqual({ ok: true, problems: [] });
  });

  it('tell which invariant is broken', async () => {
    const volume = await newVolume();
    const { tables } = server.array;
    server.array.transact(() => {
      tables.pools.patch(volume.volumeGroupRef, { usedBytes: 5 });
    });
    const check = (await server.control('POST', '/arrays/1/check')).body;
    expect(check.ok).toBe(false);
    expect(check.problems.join()).toContain('DDP_1');
  });
});

describe('named states', () => {
  it('bring back objects and bytes', async () => {
    const volume = await newVolume('kept');
    const blocks = `/arrays/1/volumes/${volume.id}/blocks`;
    await server.control('PUT', `${blocks}?offset=0`, { base64: Buffer.from('before').toString('base64') });
    expect((await server.control('PUT', '/arrays/1/states/mine')).body.name).toBe('mine');
    await server.control('PUT', `${blocks}?offset=0`, { base64: Buffer.from('after!').toString('base64') });
    await newVolume('extra');
    expect((await server.control('POST', '/arrays/1/states/mine/restore')).body.volumes).toBe(1);
    const bytes = await server.control('GET', `${blocks}?offset=0&length=6&format=json`);
    expect(Buffer.from(bytes.body.base64, 'base64').toString()).toBe('before');
    expect((await server.control('GET', '/arrays/1/states')).body).toEqual(['mine']);
    expect((await server.control('DELETE', '/arrays/1/states/mine')).status).toBe(204);
    expect((await server.control('GET', '/arrays/1/states')).body).toEqual([]);
  });
});

describe('jobs', () => {
  async function copy() {
    const [source, target] = [await newVolume('s'), await newVolume('t')];
    const { body } = await server.ask('POST', 'volume-copy-jobs', { sourceId: source.id, targetId: target.id });
    return body.id;
  }

  it('proceed as told, by kind', async () => {
    const { body } = await server.control('POST', '/arrays/1/jobs/progression', {
      progression: 'stuck',
      kinds: ['volumeCopy'],
    });
    expect([body.volumeCopy, body.initialization]).toEqual([{ mode: 'stuck' }, { mode: 'instant' }]);
    const id = await copy();
    server.clock.advance(86_400_000);
    expect((await server.control('GET', '/arrays/1/jobs')).body).toMatchObject([
      { kind: 'volumeCopy', objectRef: id, percent: 0 },
    ]);
    expect((await server.ask('GET', `volume-copy-jobs/${id}`)).body.status).toBe('inProgress');
  });

  it('are completed or failed on command', async () => {
    await server.control('POST', '/arrays/1/jobs/progression', { progression: 'stuck' });
    for (const [how, status] of [
      ['complete', 'complete'],
      ['fail', 'failed'],
    ]) {
      await server.control('POST', '/arrays/1/jobs/progression', { progression: 'instant', kinds: ['initialization'] });
      const id = await copy();
      const [job] = (await server.control('GET', '/arrays/1/jobs')).body;
      expect((await server.control('POST', `/arrays/1/jobs/${job.ref}/${how}`)).status).toBe(204);
      expect((await server.ask('GET', `volume-copy-jobs/${id}`)).body.status).toBe(status);
      await server.control('POST', '/arrays/1/reset');
      await server.control('POST', '/arrays/1/jobs/progression', { progression: 'stuck' });
    }
  });
});

describe('blocks', () => {
  it('are written, read and unmapped as they come', async () => {
    const volume = await newVolume();
    const url = `/sim/v1/arrays/1/volumes/${volume.id}/blocks`;
    const written = await server.ask('PUT', `${url}?offset=70000`, Buffer.from('raw bytes'), {
      'content-type': 'application/octet-stream',
    });
    expect(written).toMatchObject({ status: 200, body: { offset: 70000, length: 9 } });
    expect((await server.ask('GET', `${url}?offset=69999&length=11`)).text).toBe('\0raw bytes\0');
    expect((await server.ask('DELETE', `${url}?offset=70000&length=3`)).status).toBe(204);
    expect((await server.ask('GET', `${url}?offset=70000&length=9`)).text).toBe('\0\0\0 bytes');
  });

  it('are refused beyond the volume, in too large pieces, and of no volume', async () => {
    const volume = await newVolume();
    const url = `/arrays/1/volumes/${volume.id}/blocks`;
    for (const [query, status, field] of [
      ['?offset=0', 422, 'length'],
      ['?offset=-1&length=1', 422, 'offset'],
      ['?offset=0&length=x', 422, 'length'],
      [`?offset=${2 ** 30}&length=1`, 422, 'offset'],
      [`?offset=0&length=${65 * 2 ** 20}`, 413, 'length'],
    ] as const) {
      const { status: got, body } = await server.control('GET', url + query);
      expect([query, got, body.error.field]).toEqual([query, status, field]);
    }
    expect((await server.control('GET', '/arrays/1/volumes/none/blocks?length=1')).status).toBe(404);
    for (const body of ['"text"', { base64: 5 }, { base64: 'not base64 !!' }, {}])
      expect(await server.control('PUT', url, body)).toMatchObject({
        status: 422,
        body: { error: { field: 'base64' } },
      });
    const answer = await server.control('DELETE', `${url}?offset=0&length=${2 ** 31}`);
    expect(answer.status).toBe(422);
  });
});

describe('hardware', () => {
  it('fails and comes back', async () => {
    const [drive] = (await server.ask('GET', 'drives')).body;
    expect((await server.control('POST', `/arrays/1/drives/${drive.id}/fail`)).body.status).toBe('failed');
    expect((await server.ask('GET', `drives/${drive.id}`)).body.status).toBe('failed');
    expect((await server.control('POST', `/arrays/1/drives/${drive.id}/replace`)).status).toBe(200);
    expect((await server.control('POST', '/arrays/1/controllers/b/fail')).body.status).toBe('failed');
    const controllers = (await server.ask('GET', 'controllers')).body;
    expect(controllers.map((each: { status: string }) => each.status)).toEqual(['optimal', 'failed']);
    expect((await server.control('POST', '/arrays/1/controllers/B/restore')).body.status).toBe('optimal');
  });
});

describe('the journal', () => {
  it('keeps requests with secrets masked, and filters them', async () => {
    await server.ask('GET', 'volumes');
    await server.ask('POST', '/devmgr/utils/login', { userId: 'admin', password: 'geheim' }, {});
    await server.ask('GET', '/devmgr/utils/login?uid=admin&pwd=geheim', undefined, {});
    const { body, text } = await server.control('GET', '/journal');
    expect(body.map((each: { method: string }) => each.method)).toEqual(['GET', 'POST', 'GET']);
    expect(text).not.toContain('geheim');
    expect(body[1].body).toEqual({ userId: 'admin', password: '****' });
    expect((await server.control('GET', '/journal?method=post')).body).toHaveLength(1);
    expect((await server.control('GET', '/journal?path=volumes&status=200')).body).toHaveLength(1);
    expect((await server.control('GET', '/journal?limit=1')).body[0].number).toBe(2);
    expect((await server.control('GET', '/journal?since=1')).body).toHaveLength(2);
    expect((await server.control('GET', '/journal?limit=some')).body.error.field).toBe('limit');
    await server.control('DELETE', '/journal');
    expect((await server.control('GET', '/journal')).body).toEqual([]);
  });

  it('explains near misses', async () => {
    await server.ask('GET', 'volums');
    await server.ask('GET', 'volumes/0000');
    const { body } = await server.control('GET', '/journal/near-misses');
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({ method: 'GET', status: 404 });
    expect(body[0].explanation).toContain('/volumes');
  });

  it('is a ring of a thousand', async () => {
    for (let i = 0; i < 1005; i++) await server.ask('GET', '/devmgr/utils/about', undefined, basic('admin', 'admin'));
    const { body } = await server.control('GET', '/journal');
    expect([body.length, body[0].number, body.at(-1).number]).toEqual([1000, 5, 1004]);
  });
});

describe('a program', () => {
  it('gets the array itself, which the requests change', async () => {
    expect(server.array).toBeInstanceOf(StorageArray);
    await newVolume('mine');
    expect(server.array.volumes.find('mine')?.label).toBe('mine');
  });
});
