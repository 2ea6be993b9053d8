import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskFaults, FaultyDisk } from '../../crash/faulty-disk.js';
import { memoryFolder } from '../../memory-folder.js';
import { repetitions } from '../../repetitions.js';
import { basic, newServer, type TestServer } from '../servers.js';

const blockBytes = 4096;
/** So small that the log is often written anew. */
const leastLogBytes = 16 * 1024;

let folder: string;
const open: TestServer[] = [];

beforeEach(() => {
  folder = memoryFolder('eseries-faults-');
});

afterEach(async () => {
  for (const server of open.splice(0)) await server.close().catch(() => undefined);
  rmSync(folder, { recursive: true });
});

async function begun(disk: FaultyDisk, name = 'state.json'): Promise<TestServer> {
  const server = await newServer({ state: join(folder, name), stateFiles: { disk, leastLogBytes } });
  open.push(server);
  return server;
}

/** What a start from the files as they are now finds: the labels of volumes, and the first block of one. */
async function foundAfterCrash(name: string, blocksOf: string) {
  const [from, to] = [join(folder, 'state.json'), join(folder, name)];
  for (const end of ['', '.blocks', '.blocks.new']) if (existsSync(from + end)) copyFileSync(from + end, to + end);
  const server = await newServer({ state: to });
  const { array } = server;
  const bytes = array.io.read(blocksOf, 0, blockBytes);
  const found = { labels: labelsOf(server), byte: bytes[0], isWhole: bytes.every((each) => each === bytes[0]) };
  expect(array.check()).toEqual([]);
  await server.close();
  return found;
}

function labelsOf({ array }: TestServer): string[] {
  return array.tables.volumes
    .toJSON()
    .map(({ label }) => label)
    .sort();
}

const step = fc.record({
  fault: fc.oneof({ weight: 2, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...diskFaults)),
  what: fc.constantFrom('create', 'delete', 'write', 'write'),
});

describe('a disk on which writing, flushing, renaming or opening fails, or writes are short', () => {
  it('never loses what was acknowledged, nor keeps a change that was refused', async () => {
    let [faults, refusals, round] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        round++;
        for (const end of ['', '.blocks', '.blocks.new']) rmSync(join(folder, `state.json${end}`), { force: true });
        const disk = new FaultyDisk();
        const server = await begun(disk);
        const poolId = server.array.pools.find('DDP_1')?.ref;
        const created = await server.ask('POST', 'volumes', { poolId, name: 'kept', size: '1', sizeUnit: 'gb' });
        const kept = created.body.id as string;
        let acknowledged = labelsOf(server);
        let bytes = [0];
        for (const [index, { fault, what }] of steps.entries()) {
          disk.fault = fault;
          if (what === 'write') {
            const value = index + 1;
            bytes.push(value);
            const answer = await server.app.inject({
              method: 'PUT',
              url: `/sim/v1/arrays/1/volumes/${kept}/blocks?offset=0`,
              headers: { 'content-type': 'application/octet-stream' },
              payload: Buffer.alloc(blockBytes, value),
            });
            expect([200, 204, 503]).toContain(answer.statusCode);
            if (answer.statusCode < 300) bytes = [value];
          } else {
            const [last] = acknowledged.filter((label) => label !== 'kept').slice(-1);
            const ref = server.array.volumes.find(last ?? 'kept')?.ref;
            const answer =
              what === 'create' || last === undefined
                ? await server.ask('POST', 'volumes', { poolId, name: `v${index}`, size: '1', sizeUnit: 'gb' })
                : await server.ask('DELETE', `volumes/${ref}`);
            expect([200, 204, 503]).toContain(answer.status);
            if (answer.status === 503) refusals++;
            else acknowledged = labelsOf(server);
            expect(labelsOf(server)).toEqual(acknowledged);
          }
          const found = await foundAfterCrash(`after-${round}-${index}.json`, kept);
          expect(found).toEqual({ labels: acknowledged, byte: expect.any(Number), isWhole: true });
          expect(bytes).toContain(found.byte);
        }
        disk.fault = 'none';
        await server.close();
        open.splice(0);
        faults += disk.faults;
      }),
      { numRuns: repetitions(5, 12) },
    );
    expect(faults).toBeGreaterThan(0);
    expect(refusals).toBeGreaterThan(0);
  });
});

describe('a full disk, while bytes of hosts wait for it', () => {
  it('answers what changes nothing, POSTs included, and refuses what changes something', async () => {
    const disk = new FaultyDisk();
    const server = await begun(disk);
    const poolId = server.array.pools.find('DDP_1')?.ref;
    const volume = (await server.ask('POST', 'volumes', { poolId, name: 'one', size: '1', sizeUnit: 'gb' })).body.id;
    disk.fault = 'ENOSPC on write';
    server.array.io.write(volume, 0, Buffer.alloc(blockBytes, 1));
    const statusOf = async (path: string, body: unknown) => (await server.ask('POST', path, body)).status;
    expect(await statusOf('symbol/getVolumeCandidates', { raidLevel: 'raid6' })).toBe(200);
    expect(await statusOf('repositories/concat/single', { candidateRequest: { baseVolumeRef: volume } })).toBe(200);
    expect(await statusOf('stored-password/validate', undefined)).toBe(200);
    expect(await statusOf('/devmgr/utils/login', { userId: 'admin', password: 'admin' })).toBeLessThan(300);
    expect((await server.control('POST', '/arrays/1/check')).status).toBe(200);
    expect(await statusOf('volumes', { poolId, name: 'two', size: '1', sizeUnit: 'gb' })).toBe(503);
    disk.fault = 'none';
    expect(await statusOf('volumes', { poolId, name: 'two', size: '1', sizeUnit: 'gb' })).toBe(200);
    expect((await server.ask('GET', 'volumes', undefined, basic('admin', 'admin'))).body).toHaveLength(2);
  });
});
