import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator } from '../../../simulator/index.js';
import { repetitions } from '../../repetitions.js';
import { type RunningCli, startCli } from '../cli-process.js';
import { basic } from '../servers.js';
import { canMount, mountSmallDisk, unmountSmallDisk } from './small-disk.js';

const system = '/devmgr/v2/storage-systems/1';
const headers = { ...basic('admin', 'admin'), 'content-type': 'application/json' };

/** What clients did so far: acknowledged volumes by label, and those whose deletion was sent but maybe not done. */
interface Ledger {
  readonly kept: Map<string, string>;
  readonly unsure: Set<string>;
  made: number;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eseries-crash-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Makes and deletes volumes until the server is gone; every third volume is deleted again. */
async function client(pool: Pool, poolId: string, ledger: Ledger, acknowledged: () => void): Promise<void> {
  for (;;) {
    const name = `v${ledger.made++}`;
    try {
      const body = JSON.stringify({ poolId, name, sizeUnit: 'gb', size: 1, segSize: 0 });
      const answer = await pool.request({ method: 'POST', path: `${system}/volumes`, headers, body });
      const volume = (await answer.body.json()) as { id: string };
      expect(answer.statusCode).toBe(200);
      ledger.kept.set(name, volume.id);
      acknowledged();
      if (ledger.made % 3 !== 0) continue;
      ledger.kept.delete(name);
      ledger.unsure.add(name);
      const gone = await pool.request({ method: 'DELETE', path: `${system}/volumes/${volume.id}`, headers });
      await gone.body.dump();
      expect(gone.statusCode).toBe(204);
      ledger.unsure.delete(name);
    } catch (error) {
      if (!('code' in (error as object))) throw error;
      return;
    }
  }
}

async function json<T>(pool: Pool, path: string, method: 'GET' | 'POST' = 'GET'): Promise<T> {
  const { body } = await pool.request({ method, path, headers });
  return (await body.json()) as T;
}

/** Everything acknowledged is there and nothing deleted is back; what was asked but not answered may be either. */
async function verify(pool: Pool, ledger: Ledger, asked: ReadonlySet<string>): Promise<void> {
  const found = new Map(
    (await json<{ label: string; id: string }[]>(pool, `${system}/volumes`)).map((each) => [each.label, each.id]),
  );
  for (const [label, id] of ledger.kept) expect([label, found.get(label)]).toEqual([label, id]);
  for (const label of found.keys())
    expect([label, ledger.kept.has(label) || ledger.unsure.has(label) || asked.has(label)]).toEqual([label, true]);
  expect(await json(pool, '/sim/v1/arrays/1/check', 'POST')).toEqual({ ok: true, problems: [] });
}

describe('a process that is killed', () => {
  it('loses nothing that it acknowledged, however often it is killed under 6 clients', {
    timeout: 240_000,
  }, async () => {
    const state = join(folder, 'state.json');
    const ledger: Ledger = { kept: new Map(), unsure: new Set(), made: 0 };
    const asked = new Set<string>();
    const kills = repetitions(8, 50);
    let total = 0;
    for (let round = 0; round < kills; round++) {
      const cli: RunningCli = await startCli('--state', state, '--jobs', 'instant');
      const pool = new Pool(cli.url, { connections: 8 });
      await verify(pool, ledger, asked);
      const [target] = await json<{ id: string }[]>(pool, `${system}/storage-pools`);
      const first = ledger.made;
      // After so many acknowledgements the blow falls, at whatever the six clients and the file are doing then.
      let left = (round * 7) % 41;
      let ended: Promise<unknown> | undefined;
      const clients = Array.from({ length: 6 }, () =>
        client(pool, target?.id ?? '', ledger, () => {
          total++;
          if (--left <= 0) ended ??= cli.stop('SIGKILL');
        }),
      );
      await Promise.all(clients);
      expect(await ended).toMatchObject({ signal: 'SIGKILL' });
      for (let number = first; number < ledger.made; number++) asked.add(`v${number}`);
      await pool.destroy();
    }
    expect(total).toBeGreaterThan(10 * kills);
    const last = await startCli('--state', state);
    const pool = new Pool(last.url, { connections: 1 });
    await verify(pool, ledger, asked);
    await pool.close();
    expect(await last.stop('SIGINT')).toMatchObject({ code: 0 });
  });
});

describe('a disk that is really full', () => {
  it.skipIf(!canMount())(
    'loses nothing that was acknowledged (skipped where a small file system cannot be mounted)',
    async () => {
      mountSmallDisk(folder, '400k');
      try {
        const state = join(folder, 'state.json');
        const options = { listen: false, state, jobs: 'instant' };
        const simulator = await startSimulator(options);
        const { array } = simulator;
        const poolId = array.pools.find('DDP_1')?.ref;
        const acknowledged: string[] = [];
        let refused = 0;
        for (let i = 0; refused < 5 && i < 2000; i++) {
          const payload = { poolId, name: `v${i}`, sizeUnit: 'gb', size: 1, segSize: 0 };
          const answer = await simulator.app.inject({ method: 'POST', url: `${system}/volumes`, headers, payload });
          if (answer.statusCode === 200) acknowledged.push(`v${i}`);
          else {
            refused++;
            expect(answer.statusCode).toBe(503);
            expect(answer.json().errorMessage).toContain('ENOSPC');
          }
        }
        expect(refused).toBe(5);
        expect(acknowledged.length).toBeGreaterThan(20);
        const removed = await simulator.app.inject({
          method: 'DELETE',
          url: `${system}/volumes/${array.volumes.find('v0')?.ref}`,
          headers,
        });
        if (removed.statusCode === 204) acknowledged.shift();
        await simulator.close();
        expect(readFileSync(state, 'utf8')).toContain('"v5"');
        const again = await startSimulator(options);
        expect(again.array.tables.volumes.toJSON().map((volume) => volume.label)).toEqual(acknowledged);
        expect(again.array.check()).toEqual([]);
        await again.close();
      } finally {
        unmountSmallDisk(folder);
      }
    },
  );
});
