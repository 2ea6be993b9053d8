import { beforeEach, describe, expect, it } from 'vitest';
import { basic, newServer, type TestServer } from '../servers.js';

const volumes = '/devmgr/v2/storage-systems/1/volumes';
const login = '/devmgr/utils/login';

describe('who may do what', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await newServer();
    for (const user of ['storage', 'security', 'support', 'monitor']) server.array.passwords.set(user, user);
  });

  it('lets anyone ask what it is', async () => {
    for (const path of [
      '/devmgr/utils/about',
      '/devmgr/utils/buildinfo',
      '/devmgr/v2/storage-systems/1/about',
      '/devmgr/v2/storage-systems/1/local-users/info',
    ]) {
      expect((await server.ask('GET', path, undefined, {})).status).toBe(200);
    }
  });

  it('challenges who does not log in, with the error as an object', async () => {
    const answer = await server.ask('GET', volumes, undefined, {});
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/);
    expect(answer.body).toMatchObject({
      retcode: 'authenticationRequired',
      codeType: 'devicemgrerror',
      invalidFieldsIfKnown: [],
    });
  });

  it('refuses wrong passwords, unknown users, other schemes and unset passwords', async () => {
    for (const headers of [
      basic('admin', 'x'),
      basic('nobody', 'admin'),
      basic('admin', ''),
      { authorization: 'Digest x' },
      { authorization: 'Basic %%%' },
    ]) {
      expect((await server.ask('GET', volumes, undefined, headers)).status).toBe(401);
    }
    server.array.passwords.set('monitor', '');
    expect((await server.ask('GET', volumes, undefined, basic('monitor', ''))).status).toBe(401);
  });

  it.each([
    ['admin', 200, 422],
    ['storage', 200, 422],
    ['monitor', 200, 403],
    ['support', 200, 403],
    ['security', 200, 403],
  ])('lets %s read (%i) and create (%i) as its roles say', async (user, read, create) => {
    const headers = basic(user, user);
    expect((await server.ask('GET', volumes, undefined, headers)).status).toBe(read);
    expect((await server.ask('POST', volumes, { name: 'x' }, headers)).status).toBe(create);
  });

  it('forgets a password the moment it is changed', async () => {
    expect((await server.ask('GET', volumes)).status).toBe(200);
    const change = { currentAdminPassword: 'admin', updates: { userName: 'admin', newPassword: 'other' } };
    expect((await server.ask('POST', 'local-users', change)).status).toBe(204);
    expect((await server.ask('GET', volumes)).status).toBe(401);
    expect((await server.ask('GET', volumes, undefined, basic('admin', 'other'))).status).toBe(200);
  });

  it('locks out after too many wrong passwords, until the time is over', async () => {
    for (let attempt = 0; attempt < 10; attempt++)
      await server.ask('GET', volumes, undefined, basic('storage', 'wrong'));
    const locked = await server.ask('GET', volumes, undefined, basic('storage', 'storage'));
    expect([locked.status, locked.body.retcode]).toEqual([401, 'lockedOut']);
    server.clock.advance(11 * 60_000);
    expect((await server.ask('GET', volumes, undefined, basic('storage', 'storage'))).status).toBe(200);
  });

  it('keeps sessions: cookie in, cookie out, gone after logout and after long silence', async () => {
    const opened = await server.ask('POST', login, { userId: 'admin', password: 'admin', xsrfProtected: false }, {});
    expect(opened.body).toMatchObject({ userId: 'admin', roles: expect.arrayContaining(['root.admin']) });
    const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? '';
    expect((await server.ask('GET', volumes, undefined, { cookie })).status).toBe(200);
    server.clock.advance(31 * 60_000);
    expect((await server.ask('GET', volumes, undefined, { cookie })).status).toBe(401);
    const again =
      String((await server.ask('POST', login, { userId: 'admin', password: 'admin' }, {})).headers['set-cookie']).split(
        ';',
      )[0] ?? '';
    expect((await server.ask('DELETE', login, undefined, { cookie: again })).status).toBe(204);
    expect((await server.ask('GET', volumes, undefined, { cookie: again })).status).toBe(401);
  });

  it('demands the XSRF token of a protected session for changes only', async () => {
    const opened = await server.ask('POST', login, { userId: 'admin', password: 'admin', xsrfProtected: true }, {});
    const cookies = opened.headers['set-cookie'] as string[];
    const cookie = cookies.map((each) => each.split(';')[0]).join('; ');
    const token = /XSRF-TOKEN=([^;]+)/.exec(cookies.join())?.[1] ?? '';
    expect((await server.ask('GET', volumes, undefined, { cookie })).status).toBe(200);
    const body = { name: 'wl' };
    expect((await server.ask('POST', 'workloads', body, { cookie })).status).toBe(403);
    expect((await server.ask('POST', 'workloads', body, { cookie, 'x-xsrf-token': token })).status).toBe(200);
  });

  it('logs in by query as well, and only checks when asked to', async () => {
    expect(
      (await server.ask('GET', `${login}?uid=admin&pwd=admin&xsrf=false&onlycheck=true`, undefined, {})).status,
    ).toBe(200);
    expect(
      (await server.ask('GET', `${login}?uid=admin&pwd=no&xsrf=false&onlycheck=false`, undefined, {})).status,
    ).toBe(401);
  });

  it('gives out access tokens that end, but none for a token', async () => {
    const { body } = await server.ask('POST', '/devmgr/v2/access-token', { duration: 60 });
    const headers = { authorization: `Bearer ${body.accessToken}` };
    expect(body.duration).toBe(60);
    expect((await server.ask('GET', volumes, undefined, headers)).status).toBe(200);
    expect((await server.ask('POST', '/devmgr/v2/access-token', { duration: 60 }, headers)).status).toBe(403);
    server.clock.advance(61_000);
    expect((await server.ask('GET', volumes, undefined, headers)).status).toBe(401);
  });
});

describe('proxy mode', () => {
  it('knows the arrays of the process and registers others as never contacted', async () => {
    const server = await newServer({ mode: 'proxy' });
    const register = (controllerAddresses: string[]) =>
      server.ask('POST', '/devmgr/v2/storage-systems', { controllerAddresses, wwn: null, password: null });
    expect(await register(['127.0.0.1'])).toMatchObject({ status: 200, body: { id: '1', alreadyExists: true } });
    const unknown = await register(['192.0.2.1', '192.0.2.2']);
    expect(unknown).toMatchObject({ status: 201, body: { alreadyExists: false } });
    expect((await register(['192.0.2.2'])).body.id).toBe(unknown.body.id);
    const path = `/devmgr/v2/storage-systems/${unknown.body.id}`;
    expect((await server.ask('GET', path)).body.status).toBe('neverContacted');
    const offline = await server.ask('GET', `${path}/volumes`);
    expect([offline.status, offline.body.retcode]).toEqual([424, 'systemOffline']);
    expect((await server.ask('DELETE', path)).status).toBe(204);
    expect((await server.ask('GET', path)).status).toBe(404);
    expect((await server.ask('GET', '/devmgr/utils/about')).body.runningAsProxy).toBe(true);
  });
});
