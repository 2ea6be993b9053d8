import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SavedTables, TableName } from '../../../simulator/array/tables.js';
import { memoryFolder } from '../../memory-folder.js';
import { newServer, type TestServer } from '../servers.js';

/** State files that earlier versions wrote, with one object of each kind; made by those versions, never changed. */
const states = fileURLToPath(new URL('states/', import.meta.url));
const files = readdirSync(states).filter((name) => name.endsWith('.json'));

let folder: string;
let server: TestServer | undefined;

beforeEach(() => {
  folder = memoryFolder('eseries-old-');
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function start(name: string): Promise<TestServer> {
  const path = join(folder, name);
  for (const suffix of ['', '.blocks'])
    if (existsSync(join(states, name + suffix))) copyFileSync(join(states, name + suffix), path + suffix);
  server = await newServer({ state: path });
  return server;
}

/** The names of the properties of each kind of record; volumes by their kind. */
function propertiesOf(tables: SavedTables): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const name of Object.keys(tables) as TableName[])
    for (const record of tables[name]) {
      const kind = 'kind' in record && name === 'volumes' ? `${name} ${record.kind}` : name;
      found.set(kind, Object.keys(JSON.parse(JSON.stringify(record)) as object).sort());
    }
  return found;
}

/** An array of this version with one object of each kind. */
async function made(): Promise<SavedTables> {
  const fresh = await newServer({ jobs: 'polls:9' });
  const { array } = fresh;
  const poolRef = array.pools.find('DDP_1')?.ref ?? '';
  const volume = array.volumes.create({ label: 'v', poolRef, capacityBytes: 2 ** 30 });
  const target = array.volumes.create({ label: 'w', poolRef, capacityBytes: 2 ** 30 });
  array.thinVolumes.create({ label: 't', poolRef, virtualBytes: 8 * 2 ** 30 });
  const port = { type: 'iscsi', address: 'iqn.a:b', label: 'i' } as const;
  const host = array.hosts.create({ label: 'h', groupRef: null, hostTypeIndex: 28, ports: [port] });
  array.hostGroups.create('hg');
  array.mappings.create({ mappableRef: volume.ref, targetRef: host.ref });
  const group = array.consistencyGroups.create({ label: 'cg' });
  array.consistencyGroups.addMember(group.ref, volume.ref, {});
  const [image] = array.consistencyGroups.createSnapshot(group.ref);
  if (image !== undefined)
    array.consistencyGroupViews.create(group.ref, { label: 'cv', members: [{ imageRef: image.ref }] });
  array.volumeCopies.create({ sourceRef: volume.ref, targetRef: target.ref });
  array.workloads.create('wl', []);
  array.records.set('persistentRecord', 'k', 'v');
  array.iscsiTarget.sawInitiator('iqn.stranger');
  const tables = array.saveTables();
  await fresh.close();
  return tables;
}

describe.each(files)('the state file %s of an earlier version', (name) => {
  it('loads, with every invariant kept and every byte where it was', async () => {
    const { array } = await start(name);
    expect(array.check()).toEqual([]);
    const volume = array.volumes.require('v');
    expect(Buffer.from(array.io.read(volume.ref, 0, 26)).toString()).toBe('kept by an earlier version');
    expect(array.volumes.require('thin')).toMatchObject({ kind: 'thin', ballastBytes: 0 });
    expect(array.mappings.ofMappable(volume.ref)).toHaveLength(1);
    expect(array.tables.jobs.size).toBeGreaterThan(0);
  });

  it('has every property that objects of this version have', async () => {
    const { array } = await start(name);
    const loaded = propertiesOf(array.saveTables());
    const fresh = propertiesOf(await made());
    const kinds = [...fresh.keys()].filter((kind) => loaded.has(kind));
    expect(kinds.length).toBeGreaterThan(20);
    for (const kind of kinds) expect([kind, loaded.get(kind)]).toEqual([kind, fresh.get(kind)]);
  });

  it('goes on: work proceeds, volumes are made, and it is written as this version writes', async () => {
    const first = await start(name);
    const [pool] = (await first.ask('GET', 'storage-pools')).body;
    const body = { poolId: pool.id, name: 'later', sizeUnit: 'gb', size: 1, segSize: 0 };
    expect((await first.ask('POST', 'volumes', body)).status).toBe(200);
    for (let poll = 0; poll < 5; poll++) await first.ask('GET', 'volumes/w');
    expect(first.array.check()).toEqual([]);
    const before = JSON.stringify(first.array.saveTables());
    await first.close();
    server = await newServer({ state: join(folder, name) });
    expect(JSON.stringify(server.array.saveTables())).toBe(before);
  });
});

describe('a state file of a newer version', () => {
  /** Writes a state file as it stands with other formats. */
  function write(file: number, array: number): string {
    const text = readFileSync(join(states, '0.1-format-1.json'), 'utf8');
    const body = text.slice(text.indexOf('\n') + 1).replace('"saved":{"format":1', `"saved":{"format":${array}`);
    const path = join(folder, 'newer.json');
    const sum = crc32(body).toString(16).padStart(8, '0');
    writeFileSync(path, `{"format":${file},"crc32":"${sum}",\n${body}`);
    return path;
  }

  it.each([
    ['of the file', 3, 1, 'is a state file of format 3, this version reads 1 and 2: use the version that wrote it'],
    ['of an array', 1, 99, 'holds an array of format 99, this version reads 1 to 2: use the version that wrote it'],
  ])('is refused by the format %s, says why, and is left as it was', async (_, file, array, why) => {
    const path = write(file, array);
    const before = readFileSync(path, 'utf8');
    await expect(newServer({ state: path })).rejects.toThrow(`${path}: ${why}`);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });
});
