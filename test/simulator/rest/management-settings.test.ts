import { beforeEach, describe, expect, it } from 'vitest';
import { basic, newServer, type TestServer } from '../servers.js';

let server: TestServer;

beforeEach(async () => {
  server = await newServer({ mode: 'proxy' });
});

const station = (path: string) => `/devmgr/v2/${path}`;
const community = (receiverAddress: string) => ({ name: 'public', trapDestinations: [{ receiverAddress }] });

describe('stored settings', () => {
  it('are read back, saved with the array, and undone by a reset', async () => {
    const before = (await server.ask('GET', 'snmp')).body;
    await server.ask('POST', 'snmp', { sysContact: 'ops', communities: [community('10.0.0.9')] });
    const changed = (await server.ask('GET', 'snmp')).body;
    expect(changed).toMatchObject({ sysName: 'demo', sysContact: 'ops', communities: [{ name: 'public' }] });
    const saved = server.array.save();
    await server.control('POST', '/arrays/1/reset');
    expect((await server.ask('GET', 'snmp')).body).toEqual(before);
    server.array.restore(saved);
    expect((await server.ask('GET', 'snmp')).body).toEqual(changed);
  });

  it('log an event when they change, and none when they are refused', async () => {
    const events = () => server.array.tables.events.size;
    const before = events();
    expect((await server.ask('POST', 'snmp', { communities: [community('here')] })).status).toBe(422);
    expect(events()).toBe(before);
    await server.ask('POST', 'snmp', { communities: [] });
    expect(events()).toBe(before + 1);
  });
});

describe('SNMP', () => {
  it('sends test traps to configured destinations only', async () => {
    await server.ask('POST', 'snmp', { communities: [community('10.0.0.9')] });
    const test = (receiverAddress: string) => server.ask('POST', 'snmp/trap-destination-test', { receiverAddress });
    expect((await test('10.0.0.9')).status).toBe(204);
    expect((await test('10.0.0.8')).status).toBe(422);
  });

  it('takes passwords of users and never shows them', async () => {
    const user = { name: 'u', authProtocol: 'sha256', authPassword: 'long enough', trapDestinations: [] };
    await server.ask('POST', 'snmp', { communities: [], usmUsers: [user] });
    const { text, body } = await server.ask('GET', 'snmp');
    expect(body.usmUsers[0]).toMatchObject({ name: 'u', authProtocol: 'sha256' });
    expect(text).not.toContain('long enough');
    const short = { ...user, authPassword: 'short' };
    expect((await server.ask('POST', 'snmp', { communities: [], usmUsers: [short] })).status).toBe(422);
  });
});

describe('LDAP', () => {
  const domain = { names: ['a.example'], ldapUrl: 'ldap://ldap.a.example', groupAttributes: ['memberOf'] };

  it('keeps domains of the array and of the proxy apart', async () => {
    await server.ask('POST', 'ldap/addDomain', domain);
    expect((await server.ask('GET', 'ldap')).body.ldapDomains).toHaveLength(1);
    expect((await server.ask('GET', station('ldap'))).body.ldapDomains).toEqual([]);
  });

  it('refuses a directory that does not answer unless the test is skipped', async () => {
    const dead = { ...domain, ldapUrl: 'ldap://ldap.invalid' };
    expect((await server.ask('POST', 'ldap/addDomain', dead)).status).toBe(422);
    expect((await server.ask('POST', 'ldap/addDomain?skipTest=true', dead)).status).toBe(200);
    expect((await server.ask('POST', 'ldap/test')).body).toEqual([
      {
        id: '1',
        result: { connectionTestResult: 'failed', authenticationTestResult: 'notRun', searchTestResult: 'notRun' },
      },
    ]);
  });

  it('refuses a name that another domain has', async () => {
    await server.ask('POST', 'ldap/addDomain', domain);
    const { status, text } = await server.ask('POST', 'ldap/addDomain', domain);
    expect([status, text]).toEqual([422, expect.stringContaining('names')]);
  });
});

describe('the audit log', () => {
  const messages = async () => (await server.ask('GET', 'audit-log/messages')).body;

  it('has requests that change something, with the user and the answer', async () => {
    await server.ask('POST', 'snmp', { communities: [] });
    await server.ask('GET', 'snmp');
    const { logRecords } = await messages();
    expect(logRecords).toMatchObject([{ method: 'POST', userId: 'admin', httpStatus: 200, authType: 'localAccount' }]);
  });

  it('has reads too when it is set so', async () => {
    await server.ask('POST', 'audit-log/config', { auditLogLevel: 'all' });
    await server.ask('GET', 'snmp');
    expect((await messages()).logRecords.map(({ method }: { method: string }) => method)).toEqual(['POST', 'GET']);
  });

  it('keeps others out when it is full and set so, until it is emptied', async () => {
    server.array.passwords.set('monitor', 'monitor-1');
    const monitor = basic('monitor', 'monitor-1');
    await server.ask('POST', 'audit-log/config', {
      auditLogMaxRecords: 500,
      auditLogLevel: 'all',
      auditLogFullPolicy: 'preventSystemAccess',
    });
    for (let request = 1; request < 500; request++) await server.ask('GET', 'about');
    expect((await server.ask('GET', 'volumes', undefined, monitor)).status).toBe(403);
    expect((await server.ask('DELETE', 'audit-log?clearAll=true')).status).toBe(200);
    expect((await server.ask('GET', 'volumes', undefined, monitor)).status).toBe(200);
  });

  it('refuses a deletion that does not say what to delete', async () => {
    expect((await server.ask('DELETE', 'audit-log')).status).toBe(422);
  });
});

describe('logins', () => {
  it('need a session when basic authentication is disabled', async () => {
    await server.ask('POST', station('settings/authentication'), { disableBasicAuthentication: true });
    expect((await server.ask('GET', 'volumes')).status).toBe(401);
    const login = await server.ask('POST', '/devmgr/utils/login', { userId: 'admin', password: 'admin' }, {});
    const cookie = [login.headers['set-cookie']].flat().join(';');
    expect((await server.ask('GET', 'volumes', undefined, { cookie })).status).toBe(200);
  });

  it('give out no token longer than is set, and none at 0', async () => {
    const token = () => server.ask('POST', station('access-token'), { duration: 3600 });
    await server.ask('POST', station('access-token/settings'), { maxDuration: 60 });
    expect((await token()).body.duration).toBe(60);
    await server.ask('POST', station('access-token/settings'), { maxDuration: 0 });
    expect((await token()).status).toBe(422);
  });
});

describe('software of the web services', () => {
  it('is the downloaded one after it was loaded', async () => {
    expect((await server.ask('POST', station('upgrade/reload'))).status).toBe(422);
    await server.ask('POST', station('upgrade/download'));
    await server.ask('POST', station('upgrade/reload'));
    const { currentVersions, stagedVersions } = (await server.ask('GET', station('upgrade'))).body;
    expect([currentVersions[0].version, stagedVersions]).toEqual(['06.00.9000.0004', []]);
    expect((await server.ask('GET', '/devmgr/utils/about')).body.version).toBe('06.00.9000.0004');
  });
});
