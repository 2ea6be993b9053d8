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

  it('wants a login for everything else', async () => {
    const { body } = await server.control('GET', '/coverage');
    const open: string[] = [];
    for (const { method, path, implemented } of body.operations) {
      if (!implemented) continue;
      const url = path.replace(/:systemId|:system-id/, '1').replace(/:[\w-]+/g, 'x');
      if ((await server.ask(method, url, undefined, {})).status !== 401) open.push(`${method} ${path}`);
    }
    expect(open.sort()).toEqual([
      'DELETE /devmgr/utils/login',
      'GET /devmgr/utils/about',
      'GET /devmgr/utils/buildinfo',
      'GET /devmgr/utils/login',
      'GET /devmgr/v2/local-users/info',
      'GET /devmgr/v2/storage-systems/:systemId/about',
      'GET /devmgr/v2/storage-systems/:systemId/local-users/info',
      'GET /devmgr/v2/storage-systems/:systemId/lockdownstatus',
      'GET /devmgr/v2/storage-systems/:systemId/login-banner',
      'GET /devmgr/v2/storage-systems/:systemId/passwords',
      'GET /devmgr/v2/storage-systems/:systemId/symbol-port',
      'POST /devmgr/utils/login',
      'POST /devmgr/v2/saml/login',
      'POST /devmgr/v2/storage-systems/:systemId/diagnostic-data/raw-data-lockdown',
      'POST /devmgr/v2/storage-systems/:systemId/lockdownclear',
    ]);
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

describe('the proxy users rw and ro', () => {
  const reads = async (server: TestServer, user: string, password: string) =>
    (await server.ask('GET', volumes, undefined, basic(user, password))).status;

  it('are unknown to embedded web services', async () => {
    const server = await newServer();
    for (const user of ['rw', 'ro'])
      for (const password of [user, 'admin']) expect(await reads(server, user, password)).toBe(401);
  });

  it('log in with their names until the password of the administrator is changed, and then with that one', async () => {
    const server = await newServer({ mode: 'proxy' });
    expect([await reads(server, 'rw', 'rw'), await reads(server, 'ro', 'ro')]).toEqual([200, 200]);
    const create = (user: string) => server.ask('POST', volumes, { name: 'x' }, basic(user, user));
    expect([(await create('rw')).status, (await create('ro')).status]).toEqual([422, 403]);
    server.array.passwords.set('admin', 'other');
    expect([await reads(server, 'rw', 'rw'), await reads(server, 'ro', 'ro')]).toEqual([401, 401]);
    expect([await reads(server, 'rw', 'other'), await reads(server, 'ro', 'other')]).toEqual([200, 200]);
  });

  it('do not log in with their names where another password was asked for', async () => {
    const server = await newServer({ mode: 'proxy', password: 'secret-9' });
    expect([await reads(server, 'rw', 'rw'), await reads(server, 'rw', 'secret-9')]).toEqual([401, 200]);
  });
});

describe('users whose names objects have properties of', () => {
  it.each(['constructor', '__proto__', 'hasOwnProperty', 'toString', 'valueOf'])('%s: are unknown', async (user) => {
    const server = await newServer({ mode: 'proxy' });
    for (const headers of [basic(user, ''), basic(user, 'x'), { authorization: `Bearer ${user}` }])
      expect((await server.ask('GET', volumes, undefined, headers)).status).toBe(401);
    const credentials = { userId: user, password: 'x' };
    expect((await server.ask('POST', login, credentials, {})).status).toBe(401);
    const change = { currentAdminPassword: 'admin', updates: { userName: user, newPassword: 'new' } };
    expect((await server.ask('POST', 'local-users', change)).status).toBe(422);
    const known = (await server.ask('GET', 'local-users')).body.map((each: { userName: string }) => each.userName);
    expect(known).toEqual(['admin', 'storage', 'security', 'support', 'monitor']);
    for (const path of [
      `volumes/${user}`,
      `/devmgr/v2/key-values/${user}`,
      `/sim/v1/arrays/1/states/${user}`,
      `/sim/v1/faults/${user}`,
    ])
      expect((await server.ask('GET', path)).status).toBe(404);
    for (const body of [{ preset: user }, { [user]: 1 }])
      expect((await server.ask('POST', '/sim/v1/arrays', JSON.stringify(body))).status).not.toBe(500);
  });
});

describe('names in requests that objects have properties of', () => {
  it.each(['constructor', '__proto__', 'toString'])('%s: select nothing, and are of no type', async (name) => {
    const server = await newServer();
    for (const query of [`/${name}`, `/sa/${name}`, `/controller[${name}='x']`])
      expect((await server.ask('GET', `graph/xpath-filter?query=${encodeURIComponent(query)}`)).body).toEqual([]);
    const host = (await server.ask('POST', 'hosts', { name: 'h', hostType: { index: 28 } })).body;
    const port = { type: name, port: 'iqn.2001-01.example:a', label: 'p' };
    expect((await server.ask('POST', `hosts/${host.id}/initiators`, port)).status).toBeLessThan(300);
    expect(server.array.hosts.ports(host.id).map(({ type }) => type)).toEqual(['iscsi']);
  });
});

describe('an administrator of another name', () => {
  it('has all roles, and admin is the name of no user', async () => {
    const server = await newServer({ user: 'boss', password: 'secret-9' });
    const boss = basic('boss', 'secret-9');
    expect((await server.ask('POST', 'workloads', { name: 'w' }, boss)).status).toBe(200);
    expect((await server.ask('GET', volumes, undefined, basic('admin', 'secret-9'))).status).toBe(401);
    const users = (await server.ask('GET', 'local-users', undefined, boss)).body;
    expect(users[0]).toMatchObject({ userName: 'boss', roles: expect.arrayContaining(['root.admin']) });
    const opened = await server.ask('POST', login, { userId: 'boss', password: 'secret-9' }, {});
    expect(opened.body).toMatchObject({ userId: 'boss', roles: expect.arrayContaining(['root.admin']) });
  });

  it('changes passwords under that name', async () => {
    const server = await newServer({ user: 'boss', password: 'secret-9' });
    const change = (userName: string) =>
      server.ask(
        'POST',
        'local-users',
        { currentAdminPassword: 'secret-9', updates: { userName, newPassword: 'secret-10' } },
        basic('boss', 'secret-9'),
      );
    expect((await change('admin')).status).toBe(422);
    expect((await change('boss')).status).toBe(204);
    expect((await server.ask('GET', volumes, undefined, basic('boss', 'secret-10'))).status).toBe(200);
  });

  it.each(['', 'a:b', 'monitor', 'rw'])("cannot be called '%s'", async (user) => {
    await expect(newServer({ user })).rejects.toThrow(`--user '${user}' is not possible`);
  });
});

describe('a change of a password', () => {
  const changes: readonly [string, (server: TestServer) => Promise<unknown>][] = [
    [
      'through local-users',
      (server) =>
        server.ask('POST', 'local-users', {
          currentAdminPassword: 'admin',
          updates: [{ userName: 'admin', newPassword: 'other' }],
        }),
    ],
    [
      'through passwords',
      (server) =>
        server.ask('POST', 'passwords', { currentAdminPassword: 'admin', adminPassword: true, newPassword: 'other' }),
    ],
    [
      'by the way back to a saved state',
      async (server) => {
        const before = server.array.save();
        server.array.passwords.set('admin', 'other');
        const other = server.array.save();
        server.array.restore(before);
        server.array.restore(other);
      },
    ],
  ];

  it.each(changes)('%s ends the sessions and tokens of the user, not those of others', async (_, change) => {
    const server = await newServer();
    server.array.passwords.set('monitor', 'monitor');
    const session = async (userId: string) => {
      const { headers } = await server.ask('POST', login, { userId, password: userId }, {});
      return { cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
    };
    const token = async (user: string) => {
      const { body } = await server.ask('POST', '/devmgr/v2/access-token', { duration: 60 }, basic(user, user));
      return { authorization: `Bearer ${body.accessToken}` };
    };
    const ofAdmin = [await session('admin'), await token('admin')];
    const ofMonitor = [await session('monitor'), await token('monitor')];
    const statuses = (all: Record<string, string>[]) =>
      Promise.all(all.map(async (headers) => (await server.ask('GET', volumes, undefined, headers)).status));
    expect(await statuses([...ofAdmin, ...ofMonitor])).toEqual([200, 200, 200, 200]);
    await change(server);
    expect(await statuses(ofAdmin)).toEqual([401, 401]);
    expect(await statuses(ofMonitor)).toEqual([200, 200]);
  });
});

describe('sessions and tokens', () => {
  it('are a thousand at most: those that were used longest ago end', async () => {
    const server = await newServer();
    const open = async () => {
      const url = `${login}?uid=admin&pwd=admin&xsrf=false`;
      const { headers } = await server.inject({ method: 'GET', url, headers: {} });
      return { cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
    };
    const status = async (headers: Record<string, string>) =>
      (await server.ask('GET', volumes, undefined, headers)).status;
    const [first, second] = [await open(), await open()];
    for (let number = 2; number < 1000; number++) await open();
    expect(await status(first)).toBe(200);
    await open();
    expect([await status(first), await status(second)]).toEqual([200, 401]);
  });
});

describe('getSAData', () => {
  it('needs a login', async () => {
    const server = await newServer();
    for (const method of ['GET', 'POST'] as const) {
      expect((await server.ask(method, 'symbol/getSAData', undefined, {})).status).toBe(401);
      expect((await server.ask(method, 'symbol/getSAData')).status).toBe(200);
    }
  });
});
