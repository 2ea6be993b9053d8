import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf, isHash, isPassword } from '../../../simulator/array/password-hash.js';
import { basic, newServer } from '../servers.js';

const volumes = '/devmgr/v2/storage-systems/1/volumes';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eseries-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'state.json');

const statusOf = async (server: Awaited<ReturnType<typeof newServer>>, user: string, password: string) =>
  (await server.ask('GET', volumes, undefined, basic(user, password))).status;

describe('a state file', () => {
  it('holds no password, and the users log in after a start from it', async () => {
    const first = await newServer({ state: path(), password: 'geheim-1' });
    const system = '/devmgr/v2/storage-systems/1';
    const admin = basic('admin', 'geheim-1');
    await first.ask('POST', system, { storedPassword: 'geheim-1' }, admin);
    const updates = { userName: 'monitor', newPassword: 'geheim-2' };
    const changed = await first.ask(
      'POST',
      `${system}/local-users`,
      { currentAdminPassword: 'geheim-1', updates },
      admin,
    );
    expect(changed.status).toBe(204);
    await first.close();
    expect(readFileSync(path(), 'utf8')).not.toContain('geheim');

    const second = await newServer({ state: path() });
    expect([await statusOf(second, 'admin', 'geheim-1'), await statusOf(second, 'monitor', 'geheim-2')]).toEqual([
      200, 200,
    ]);
    expect([await statusOf(second, 'admin', 'geheim-2'), await statusOf(second, 'admin', 'admin')]).toEqual([401, 401]);
    const kept = second.array.system.passwords.admin ?? '';
    expect([isHash(kept), await statusOf(second, 'admin', kept)]).toEqual([true, 401]);
    const validated = await second.ask('POST', `${system}/stored-password/validate`, undefined, admin);
    expect(validated.body).toEqual({ isValidPassword: true });
    await second.ask('POST', 'workloads', { name: 'w' }, admin);
    await second.close();

    const third = await newServer({ state: path() });
    expect(await statusOf(third, 'admin', 'geheim-1')).toBe(200);
    const other = { currentAdminPassword: 'geheim-1', adminPassword: true, newPassword: 'geheim-3' };
    expect((await third.ask('POST', `${system}/passwords`, other, admin)).status).toBe(204);
    expect([await statusOf(third, 'admin', 'geheim-1'), await statusOf(third, 'admin', 'geheim-3')]).toEqual([
      401, 200,
    ]);
    const invalid = await third.ask(
      'POST',
      `${system}/stored-password/validate`,
      undefined,
      basic('admin', 'geheim-3'),
    );
    expect(invalid.body).toEqual({ isValidPassword: false });
    await third.close();
  });

  it('and the log beside it can be read by their owner only', async () => {
    const server = await newServer({ state: path() });
    const { poolRef } = { poolRef: server.array.pools.find('DDP_1')?.ref };
    const made = await server.ask('POST', 'volumes', { poolId: poolRef, name: 'v', sizeUnit: 'gb', size: 1 });
    server.array.io.write(made.body.id, 0, Buffer.alloc(512, 1));
    await server.close();
    const modes = readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    expect(modes).toEqual([
      ['state.json', '600'],
      ['state.json.blocks', '600'],
    ]);
  });

  it('of before, with its passwords as text, still loads, and is written with hashes', async () => {
    const text = readFileSync(join(import.meta.dirname, 'states', '0.1-format-1.json'), 'utf8');
    const [head = '', ...lines] = text.split('\n');
    const body = lines.join('\n').replace('"monitor":""', '"monitor":"geheim-4"');
    const sum = crc32(body).toString(16).padStart(8, '0');
    writeFileSync(path(), [head.replace(/"crc32":"\w+"/, `"crc32":"${sum}"`), body].join('\n'));
    const server = await newServer({ state: path() });
    expect(await statusOf(server, 'monitor', 'geheim-4')).toBe(200);
    await server.ask('POST', 'workloads', { name: 'w' });
    await server.close();
    expect(readFileSync(path(), 'utf8')).not.toContain('geheim');
    const next = await newServer({ state: path() });
    expect([await statusOf(next, 'admin', 'admin'), await statusOf(next, 'monitor', 'geheim-4')]).toEqual([200, 200]);
    await next.close();
  });
});

describe('the hash of a password', () => {
  it('is told from a password, and is of this password only', () => {
    const hash = hashOf('geheim', Buffer.alloc(16, 7));
    expect([isHash(hash), isHash('geheim'), isHash('scrypt:x:y')]).toEqual([true, false, false]);
    expect([isPassword(hash, 'geheim'), isPassword(hash, 'Geheim'), isPassword(hash, hash)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isPassword('geheim', 'geheim'), isPassword('geheim', 'gehei')]).toEqual([true, false]);
  });
});

describe('the files of a state that an earlier version left open to others', () => {
  it('are closed to them by the next start that writes them', async () => {
    const first = await newServer({ state: path() });
    await first.ask('POST', 'workloads', { name: 'w' });
    await first.close();
    const files = [path(), `${path()}.blocks`];
    for (const file of files) chmodSync(file, 0o644);
    const second = await newServer({ state: path() });
    await second.ask('POST', 'workloads', { name: 'x' });
    await second.close();
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  });
});
