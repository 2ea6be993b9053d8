import { beforeEach, describe, expect, it } from 'vitest';
import { newServer, type TestServer, until } from '../servers.js';

let server: TestServer;

beforeEach(async () => {
  server = await newServer();
});

const journal = async (query = '') => (await server.control('GET', `/journal${query}`)).body;

async function newVolume(name: string) {
  const poolId = server.array.pools.find('DDP_1')?.ref;
  return server.ask('POST', 'volumes', { poolId, name, sizeUnit: 'gb', size: 1, segSize: 0 });
}

describe('an entry of the journal', () => {
  it('has what it takes to send the request again, and what was answered', async () => {
    const startMs = server.clock.now();
    server.clock.advance(5000);
    const { body } = await newVolume('v');
    await server.ask('DELETE', `volumes/${body.id}?really=true`);
    const [made, deleted] = await journal();
    expect(made).toMatchObject({
      number: 0,
      timeMs: startMs + 5000,
      tookMs: 0,
      array: '1',
      method: 'POST',
      path: '/devmgr/v2/storage-systems/1/volumes',
      url: '/devmgr/v2/storage-systems/1/volumes',
      body: { name: 'v', sizeUnit: 'gb', size: 1, segSize: 0 },
      status: 200,
      answer: body,
    });
    expect(deleted).toMatchObject({
      path: `/devmgr/v2/storage-systems/1/volumes/${body.id}`,
      url: `/devmgr/v2/storage-systems/1/volumes/${body.id}?really=true`,
      body: null,
      status: 204,
      answer: null,
    });
  });

  it('knows the array by its id, however it was named, and none where there is none', async () => {
    await server.control('POST', '/arrays', { id: 'far' });
    await server.ask('GET', `/devmgr/v2/storage-systems/${server.array.system.wwn}/volumes`);
    await server.ask('GET', '/devmgr/v2/storage-systems/FAR/volumes');
    await server.ask('GET', '/devmgr/v2/storage-systems/gone/volumes');
    await server.ask('GET', '/devmgr/utils/about');
    const entries = await journal();
    expect(entries.map((entry: { array: string | null }) => entry.array)).toEqual(['1', 'far', 'gone', null]);
    expect(await journal('?array=far')).toHaveLength(1);
  });

  it('has an error with its body, and a body that is no JSON as it came', async () => {
    const missing = await server.ask('GET', 'volumes/none');
    const malformed = await server.ask('POST', 'volumes', '{"name": ');
    expect(await journal()).toMatchObject([
      { status: 404, answer: missing.body },
      { status: malformed.status, body: '{"name": ', answer: malformed.body },
    ]);
  });

  it('has no more of a body than is good, and says how much there was', async () => {
    await server.ask('POST', 'volumes', { name: 'x'.repeat(20_000) });
    const drives = await server.ask('GET', 'drives');
    const [post, get] = await journal();
    expect(post.body).toMatch(/^\(200\d\d characters\)$/);
    expect(get.answer).toBe(`(${drives.text.length} characters)`);
  });
});

describe('secrets', () => {
  it('are masked in requests, answers and queries; what tells about them is not', async () => {
    await server.ask('POST', 'iscsi/target-settings', {
      enableChapAuthentication: true,
      chapSecret: 'geheim-geheim-1',
      alias: 'lab',
    });
    await server.ask('GET', 'iscsi/target-settings');
    await server.ask('POST', 'passwords', {
      currentAdminPassword: 'admin',
      adminPassword: true,
      newPassword: 'geheim2',
    });
    await server.ask('POST', '/devmgr/utils/login', '{"userId": "admin", "password": "geheim3"', {});
    await server.ask('GET', '/devmgr/utils/login?uid=admin&pwd=geheim4&token=geheim5', undefined, {});
    await server.ask('GET', '/devmgr/v2/storage-systems/1');
    const { body, text } = await server.control('GET', '/journal');
    expect(text).not.toContain('geheim');
    expect(body[0].body).toEqual({ enableChapAuthentication: true, chapSecret: '****', alias: 'lab' });
    expect(body[2].body).toEqual({ currentAdminPassword: '****', adminPassword: true, newPassword: '****' });
    expect(body[3].body).toMatch(/^\(\d+ characters\)$/);
    expect(body[4].url).toBe('/devmgr/utils/login?uid=admin&pwd=****&token=****');
    expect(body.at(-1).answer.passwordStatus).not.toBe('****');
  });
});

describe('requests that a fault gets hold of', () => {
  it('keep their place and their time when they are answered late', async () => {
    const startMs = server.clock.now();
    const { id } = server.faults.add({ when: { request: 'POST volumes' }, what: { do: 'delay', for: '30s' } });
    const late = newVolume('late');
    await until(() => server.faults.get(id)?.hits === 1);
    await server.ask('GET', 'storage-pools');
    server.clock.advance(30_000);
    await late;
    expect(await journal()).toMatchObject([
      { number: 0, method: 'POST', timeMs: startMs, tookMs: 30_000, status: 200 },
      { number: 1, method: 'GET', timeMs: startMs, tookMs: 0 },
    ]);
  });

  it('have the answer that the client got', async () => {
    server.faults.add({ when: { request: 'POST volumes' }, what: { do: 'fail-after', status: 503 } });
    const { body } = await newVolume('v');
    expect(await journal()).toMatchObject([{ status: 503, answer: body }]);
  });

  it('have status 0 when the connection was ended', async () => {
    server.faults.add({ when: { request: 'POST volumes' }, what: 'lose-reply' });
    await newVolume('v').catch(() => undefined);
    expect(await journal()).toMatchObject([{ status: 0, answer: null, body: { name: 'v' } }]);
  });
});
