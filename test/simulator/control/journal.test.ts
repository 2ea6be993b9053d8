import { beforeEach, describe, expect, it } from 'vitest';
import { RequestJournal } from '../../../simulator/control/journal.js';
import { HttpResponse } from '../../../simulator/http/messages.js';
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

it('about: the requests that name a text, and the changes that were answered with it, not the lists', async () => {
  const { body } = await newVolume('sought');
  await newVolume('other');
  await server.ask('GET', 'volumes');
  await server.ask('GET', `volumes/${body.id}`);
  const about = async (text: string) =>
    (await journal(`?about=${text}`)).map(({ number }: { number: number }) => number);
  expect(await about(body.id)).toEqual([0, 3]);
  expect(await about('sought')).toEqual([0]);
  expect(await about('nothing')).toEqual([]);
});

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

describe('secrets that stand where they are not looked for', () => {
  it('are masked under a name that is percent-encoded', async () => {
    await server.ask('GET', '/devmgr/utils/login?uid=admin&%70wd=geheim1&%7', undefined, {});
    await server.ask('GET', '/devmgr/v2/%zz?p%77d=geheim2', undefined, {});
    const { body, text } = await server.control('GET', '/journal');
    expect(text).not.toContain('geheim');
    expect(body[0].url).toBe('/devmgr/utils/login?uid=admin&%70wd=****&%7');
  });

  it.each([
    'passwords',
    'local-users',
    'iscsi/target-settings',
    'iscsi/target/validate-chap-secret',
    'hosts',
    '/devmgr/utils/login',
    '/devmgr/v2/no/such/path',
    'key-values/my-password',
  ])('are not shown as a body that is no object: %s', async (path) => {
    for (const body of ['geheim', '"geheim"', '["geheim"', '{"newPassword": geheim}']) {
      const answer = await server.ask('POST', path, body);
      if (answer.status !== 200) expect(answer.text).not.toContain('geheim');
    }
    expect((await server.control('GET', '/journal')).text).not.toContain('geheim');
  });

  it('are not repeated by errors', async () => {
    for (const [path, body] of [
      ['passwords', { currentAdminPassword: 81_549_300, adminPassword: true, newPassword: 'x' }],
      ['passwords', { currentAdminPassword: ['81549300'], adminPassword: true, newPassword: 'x' }],
      ['local-users', [{ newPassword: '81549300' }]],
      ['local-users', { currentAdminPassword: 'admin', updates: ['81549300'] }],
      ['local-users', { currentAdminPassword: 'admin', updates: { userName: 'admin', newPassword: 81_549_300 } }],
      ['iscsi/target-settings', { enableChapAuthentication: true, chapSecret: '81549300' }],
    ] as const) {
      const { status, text } = await server.ask('POST', path, body);
      expect([path, status]).toEqual([path, 422]);
      expect(text).not.toContain('81549300');
    }
  });

  it('are in no answer: neither that of CHAP nor a saved state', async () => {
    const settings = { enableChapAuthentication: true, chapSecret: 'geheim-geheim-1' };
    const answer = await server.ask('POST', 'iscsi/target-settings', settings);
    expect(answer.body).toMatchObject({ authMethod: 'chap', chapSecret: '****' });
    const port = { type: 'iscsi', port: 'iqn.2001-01.example:a', label: 'p', iscsiChapSecret: 'geheim-geheim-2' };
    const host = await server.ask('POST', 'hosts', { name: 'h', hostType: { index: 28 }, ports: [port] });
    expect(host.status).toBe(200);
    server.array.passwords.set('monitor', 'geheim-3');
    await server.control('PUT', '/arrays/1/states/s');
    const state = await server.control('GET', '/arrays/1/states/s');
    expect(state.body.tables.system[0].passwords).toBe('****');
    for (const path of ['hosts', 'iscsi/target-settings', 'graph', 'local-users'])
      expect((await server.ask('GET', path)).text).not.toContain('geheim');
    expect(host.text + answer.text + state.text).not.toContain('geheim');
  });

  it('that the array makes are shown once, as nothing else tells them', async () => {
    const made = await server.ask('POST', 'iscsi/target-settings', { enableChapAuthentication: true });
    expect(made.body.chapSecret).toBe(server.array.iscsiTarget.record.chapSecret);
    const again = await server.ask('POST', 'iscsi/target-settings', { enableChapAuthentication: true });
    expect(again.body.chapSecret).toBe('****');
  });
});

describe('the journal', () => {
  it('keeps so many characters and no more, and forgets the oldest requests first', async () => {
    const journal = new RequestJournal(() => 0, undefined, { requests: 100, characters: 10_000 });
    const answer = (text: string) => async () => new HttpResponse(200, [], text);
    const request = { method: 'POST', url: '/x', headers: {}, query: {}, ip: '', route: undefined };
    for (let number = 0; number < 100; number++)
      await journal.middleware({ ...request, body: {}, bodyText: 'b'.repeat(700) }, answer('a'.repeat(42)));
    expect(journal.entries().map(({ number }) => number)).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
    await journal.middleware({ ...request, body: {}, bodyText: 'b'.repeat(20_000) }, answer('a'.repeat(20_000)));
    expect(journal.entries().at(-1)).toMatchObject({ body: '(20000 characters)', answer: '(20000 characters)' });
    journal.clear();
    expect(journal.entries()).toEqual([]);
    await journal.middleware({ ...request, body: undefined }, answer(''));
    expect(journal.entries()).toMatchObject([{ number: 0 }]);
  });

  it('keeps a thousand requests', async () => {
    const journal = new RequestJournal(() => 0);
    const request = { method: 'GET', url: '/x', headers: {}, query: {}, ip: '', route: undefined, body: undefined };
    for (let number = 0; number < 1005; number++) await journal.middleware(request, async () => new HttpResponse(204));
    expect(journal.entries()).toHaveLength(1000);
    expect(journal.entries()[0]?.number).toBe(5);
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
