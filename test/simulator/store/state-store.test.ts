import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryFolder } from '../../memory-folder.js';
import { repetitions } from '../../repetitions.js';
import { newServer, type TestServer } from '../servers.js';

let folder: string;
let state: string;
const open: TestServer[] = [];

beforeEach(() => {
  folder = memoryFolder('eseries-state-');
  state = join(folder, 'state.json');
});

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
  rmSync(folder, { recursive: true });
});

async function start(options = {}): Promise<TestServer> {
  const server = await newServer({ state, ...options });
  open.push(server);
  return server;
}

async function stop(server: TestServer): Promise<void> {
  open.splice(open.indexOf(server), 1);
  await server.close();
}

async function newVolume(server: TestServer, name: string) {
  const [pool] = (await server.ask('GET', 'storage-pools')).body;
  return server.ask('POST', 'volumes', { poolId: pool.id, name, sizeUnit: 'gb', size: 1, segSize: 0 });
}

/** The next write meets a full disk, as the operating system reports it. */
function fillDisk(): void {
  symlinkSync('/dev/full', join(folder, '.state.json.new'));
}

describe('a state file', () => {
  it('holds objects, bytes, settings and further arrays for the next process', async () => {
    const first = await start();
    const { body: volume } = await newVolume(first, 'kept');
    await first.control('PUT', `/arrays/1/volumes/${volume.id}/blocks?offset=9000`, { base64: 'aGVsbG8=' });
    await first.control('POST', '/arrays/1/jobs/progression', { progression: 'stuck' });
    await first.control('POST', '/arrays', { id: 'other', preset: 'empty' });
    const saved = JSON.stringify(first.array.save());
    await stop(first);
    const second = await start();
    expect(JSON.stringify(second.array.save()) === saved).toBe(true);
    expect(second.array.io.read(volume.id, 9000, 5).toString()).toBe('hello');
    expect(second.systems.list().map((system) => system.id)).toEqual(['1', 'other']);
    expect(second.array.check()).toEqual([]);
  });

  it('is written before a change is acknowledged, and not by reads', async () => {
    const server = await start();
    await newVolume(server, 'now');
    const content = readFileSync(state, 'utf8');
    expect(content).toContain('"now"');
    await server.ask('GET', 'volumes');
    rmSync(state);
    await server.ask('GET', 'storage-pools');
    expect(existsSync(state)).toBe(false);
  });

  it('covers many changes with few writes', async () => {
    const server = await start();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => newVolume(server, `v${i}`)));
    expect(answers.map((each) => each.status)).toEqual(answers.map(() => 200));
    const volumes = JSON.parse(readFileSync(state, 'utf8')).systems[0].saved.tables.volumes;
    expect(volumes).toHaveLength(50);
  });

  it('that cannot be written takes the change back and answers 503, over and over, then goes on', async () => {
    const server = await start();
    await newVolume(server, 'before');
    const before = JSON.stringify(server.array.save());
    for (let attempt = 0; attempt < 3; attempt++) {
      fillDisk();
      const refused = await newVolume(server, 'lost');
      expect(refused.status).toBe(503);
      expect(refused.body.errorMessage).toMatch(/state\.json' \(ENOSPC\) and was taken back/);
      expect(JSON.stringify(server.array.save()) === before).toBe(true);
      expect((await server.ask('GET', 'volumes')).body).toHaveLength(1);
    }
    fillDisk();
    const control = await server.control('POST', '/arrays', { preset: 'empty' });
    expect([control.status, control.body.error.code]).toEqual([503, 'unavailable']);
    expect(server.systems.list()).toHaveLength(1);
    expect((await newVolume(server, 'after')).status).toBe(200);
    await stop(server);
    expect((await start()).array.volumes.find('after')).toBeDefined();
  });

  it('that cannot be written takes back every change of the group that waits, and acknowledges none', async () => {
    const server = await start();
    fillDisk();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => newVolume(server, `v${i}`)));
    const acknowledged = answers.filter((each) => each.status === 200).map((each) => each.body.label);
    expect(answers.map((each) => each.status).filter((status) => status === 503).length).toBeGreaterThan(0);
    const labels = server.array.tables.volumes.toJSON().map((volume) => volume.label);
    expect(labels).toEqual(acknowledged);
    expect(server.array.check()).toEqual([]);
  });

  it('that cannot be written does not keep the invariants from being checked', async () => {
    const server = await start();
    server.array.rename('waits');
    fillDisk();
    expect(await server.control('POST', '/arrays/1/check')).toMatchObject({ status: 200, body: { ok: true } });
    rmSync(join(folder, '.state.json.new'));
  });

  it('that cannot be made leaves nothing behind: no lock, no half of a file', async () => {
    fillDisk();
    await expect(start()).rejects.toThrow('ENOSPC');
    expect(readdirSync(folder).filter((name) => name.includes('lock') || name.endsWith('.new'))).toEqual([]);
    expect((await start()).array.check()).toEqual([]);
  });

  it('that its owner made read-only is not replaced: reads go on, changes get 503', async () => {
    await stop(await start());
    const before = readFileSync(state, 'utf8');
    chmodSync(state, 0o444);
    const server = await start();
    expect((await server.ask('GET', 'volumes')).status).toBe(200);
    expect(await newVolume(server, 'no')).toMatchObject({
      status: 503,
      body: { errorMessage: expect.stringContaining('EROFS') },
    });
    expect(readFileSync(state, 'utf8') === before).toBe(true);
  });

  it('is a file, and no folder or device', async () => {
    const device = join(folder, 'device.json');
    symlinkSync('/dev/zero', device);
    await expect(start({ state: device })).rejects.toThrow(`${device}: is not a file, it cannot keep a state`);
    await expect(start({ state: folder })).rejects.toThrow(`${folder}: is not a file, it cannot keep a state`);
    expect(existsSync(`${device}.lock`)).toBe(false);
    rmSync(`${folder}.lock`, { force: true });
  });

  it.each(['0', '1', '9', '02', '-2', '2.5', '""', 'null'])('whose format is %s is refused', async (format) => {
    const server = await start({ pools: 1, volumes: 3, hosts: 1 });
    await stop(server);
    const whole = readFileSync(state, 'utf8');
    const damaged = whole.replace('{"format":2,', `{"format":${format},`);
    expect(damaged).not.toBe(whole);
    writeFileSync(state, damaged);
    const error = await start().catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ name: 'StateFileError', message: expect.stringContaining(state) });
    expect(readFileSync(state, 'utf8')).toBe(damaged);
  });

  it('that is damaged anywhere is refused and left as it is', async () => {
    const server = await start({ pools: 1, volumes: 3, hosts: 1 });
    await newVolume(server, 'one');
    await stop(server);
    const whole = readFileSync(state, 'utf8');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.constantFrom('cut', '0', '"', '}', 'null', '-'),
        async (at, how) => {
          const damaged = how === 'cut' ? whole.slice(0, at) : whole.slice(0, at) + how + whole.slice(at + how.length);
          fc.pre(damaged !== whole);
          writeFileSync(state, damaged);
          const error = await start().catch((reason: unknown) => reason as Error);
          expect(error).toMatchObject({ name: 'StateFileError', message: expect.stringContaining(state) });
          expect(readFileSync(state, 'utf8') === damaged).toBe(true);
          expect(existsSync(`${state}.lock`)).toBe(false);
        },
      ),
      { numRuns: repetitions(20, 60) },
    );
  });
});
