import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeRecord, headBytes } from '../../../simulator/store/log-records.js';
import { memoryFolder } from '../../memory-folder.js';
import { repetitions } from '../../repetitions.js';
import { newServer, type TestServer } from '../servers.js';

/** Each write of a host is a record of its own, with so many bytes. */
const writtenBytes = 600;
const writes = 64;

let folder: string;
let state: string;
let log: string;

beforeEach(() => {
  folder = memoryFolder('eseries-damage-');
  state = join(folder, 'state.json');
  log = `${state}.blocks`;
});

afterEach(() => rmSync(folder, { recursive: true }));

function bytesOf(number: number): Buffer {
  return Buffer.alloc(writtenBytes, number + 1);
}

/** The files of a process that was killed after it acknowledged the writes, which no state refers to. */
async function written(): Promise<{ readonly ref: string; readonly stateText: string; readonly whole: Buffer }> {
  const server = await newServer({ state, jobs: 'instant' });
  const poolRef = server.array.pools.find('DDP_1')?.ref ?? '';
  const { ref } = server.array.volumes.create({ label: 'v', poolRef, capacityBytes: 2 ** 30 });
  await server.control('DELETE', '/journal');
  for (let number = 0; number < writes; number++) {
    server.array.io.write(ref, number * writtenBytes, bytesOf(number));
    expect((await server.control('DELETE', '/journal')).status).toBe(204);
  }
  const files = { ref, stateText: readFileSync(state, 'utf8'), whole: readFileSync(log) };
  await server.close();
  return files;
}

function put({ stateText }: { readonly stateText: string }, bytes: Buffer): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  writeFileSync(state, stateText);
  writeFileSync(log, bytes);
}

/** How many of the writes a server has, in order. */
function found(server: TestServer, ref: string): number {
  let number = 0;
  while (number < writes && server.array.io.read(ref, number * writtenBytes, writtenBytes).equals(bytesOf(number)))
    number++;
  return number;
}

/** Where the first write of a host is in the log. */
function firstWriteAt(whole: Buffer): number {
  return whole.indexOf('{"array":"1","op":"write"') - headBytes;
}

describe('a log of blocks with one flipped bit', () => {
  it('is refused wherever the bit is, says what would be lost, and is left as it is', async () => {
    const files = await written();
    const { whole } = files;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: firstWriteAt(whole), max: whole.length - 1 }), fc.nat(7), async (at, bit) => {
        const damaged = Buffer.from(whole);
        damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << bit), at);
        put(files, damaged);
        const error = await newServer({ state }).catch((reason: unknown) => reason as Error);
        expect(error).toMatchObject({
          name: 'StateFileError',
          message: expect.stringMatching(/is damaged at byte \d+\. Without it the last \d+ bytes of it .*--recover/),
        });
        expect(readFileSync(log).equals(damaged)).toBe(true);
        expect(readFileSync(state, 'utf8')).toBe(files.stateText);
        expect(readdirSync(folder).sort()).toEqual(['state.json', 'state.json.blocks']);
      }),
      { numRuns: repetitions(12, 40) },
    );
  });

  it('says how many whole records follow, and their bytes', async () => {
    const files = await written();
    const { whole } = files;
    const damaged = Buffer.from(whole);
    const at = whole.indexOf(bytesOf(9));
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
    put(files, damaged);
    await expect(newServer({ state })).rejects.toThrow(
      `with ${writes - 10} whole records that hold ${(writes - 10) * writtenBytes} bytes of volumes would be lost`,
    );
  });

  it('starts with the option recover: what is before the damage is there, and copies of both files', async () => {
    const files = await written();
    const damaged = Buffer.from(files.whole);
    const at = damaged.indexOf(bytesOf(9));
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
    put(files, damaged);
    const server = await newServer({ state, recover: true });
    expect(found(server, files.ref)).toBe(9);
    expect(server.array.check()).toEqual([]);
    expect(server.recovered).toContain(`with ${writes - 10} whole records that hold`);
    expect(server.recovered).toContain(`copies of before are ${state}.before-recovery-1 and `);
    expect(readFileSync(`${state}.before-recovery-1.blocks`).equals(damaged)).toBe(true);
    expect(readFileSync(`${state}.before-recovery-1`, 'utf8')).toBe(files.stateText);
    server.array.io.write(files.ref, 9 * writtenBytes, bytesOf(9));
    await server.close();
    const again = await newServer({ state, recover: true });
    expect([again.recovered, found(again, files.ref)]).toEqual([undefined, 10]);
    await again.close();
    expect(existsSync(`${state}.before-recovery-2`)).toBe(false);
  });

  it('in the part that the state refers to is recovered too: the arrays are whole, bytes are lost', async () => {
    const server = await newServer({ state, jobs: 'instant' });
    const poolRef = server.array.pools.find('DDP_1')?.ref ?? '';
    const { ref } = server.array.volumes.create({ label: 'v', poolRef, capacityBytes: 2 ** 30 });
    for (let number = 0; number < 4; number++) {
      server.array.io.write(ref, number * writtenBytes, bytesOf(number));
      await server.control('DELETE', '/journal');
    }
    await server.close();
    const damaged = readFileSync(log);
    const at = damaged.indexOf(bytesOf(2));
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
    writeFileSync(log, damaged);
    await expect(newServer({ state })).rejects.toThrow('a part of what was on the volumes and snapshots would be lost');
    const again = await newServer({ state, recover: true });
    expect(again.recovered).toContain('a part of what was on the volumes and snapshots were dropped');
    expect(found(again, ref)).toBe(2);
    expect(again.array.check()).toEqual([]);
    await again.close();
    await (await newServer({ state })).close();
  });
});

describe('a log of blocks that ends in a record that was only begun', () => {
  it('is cut there, wherever it ends, and nothing else is dropped', async () => {
    const files = await written();
    const last = files.whole.lastIndexOf('{"array":"1","op":"write"') - headBytes;
    for (const size of [last, last + 1, last + headBytes, last + headBytes + 30, files.whole.length - 1]) {
      put(files, files.whole.subarray(0, size));
      const server = await newServer({ state });
      expect([size, found(server, files.ref), server.recovered]).toEqual([size, writes - 1, undefined]);
      await server.close();
    }
  });

  it('is cut there though the data of the record hold records of another log', async () => {
    const files = await written();
    const holder = encodeRecord({ array: '1', op: 'write', ref: files.ref, offset: 0 }, [files.whole, Buffer.alloc(9)]);
    put(files, Buffer.concat([files.whole, holder.subarray(0, -3)]));
    const server = await newServer({ state });
    expect(found(server, files.ref)).toBe(writes);
    await server.close();
  });

  it('is cut there when a file system left zeros in its place', async () => {
    const files = await written();
    put(files, Buffer.concat([files.whole, Buffer.alloc(5000)]));
    const server = await newServer({ state });
    expect(found(server, files.ref)).toBe(writes);
    await server.close();
  });
});

describe('a log of blocks whose state file is gone', () => {
  it('is refused and left as it is; with the option recover it is renamed', async () => {
    const { whole } = await written();
    rmSync(state);
    const before = readFileSync(log);
    expect(before.length).toBeGreaterThan(whole.length / 2);
    await expect(newServer({ state })).rejects.toThrow(
      `${log}: holds ${before.length} bytes of volumes, but ${state} is missing`,
    );
    expect(readFileSync(log).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['state.json.blocks']);
    const server = await newServer({ state, recover: true });
    expect(server.recovered).toContain(`it is now ${state}.before-recovery-1.blocks`);
    expect(readFileSync(`${state}.before-recovery-1.blocks`).equals(before)).toBe(true);
    await server.close();
  });

  it('is nothing to keep when a first start ended before its state was there', async () => {
    const server = await newServer({ state });
    await server.close();
    const unborn = readFileSync(log);
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    writeFileSync(`${log}.new`, unborn);
    const again = await newServer({ state });
    expect(again.recovered).toBeUndefined();
    await again.close();
    expect(readdirSync(folder).sort()).toEqual(['state.json', 'state.json.blocks']);
  });
});

describe('a state file that this version does not know whole', () => {
  it.each([
    [
      'a table',
      /"hosts":\[/,
      '"fabrics":[],"hosts":[',
      "holds an array with a table 'fabrics', which this version does not know",
    ],
    ['no volumes', /"volumes":\[/, '"reservations":[', "holds an array without the table 'volumes'"],
    [
      'a table that is no list',
      /"keyValues":\[\]/,
      '"keyValues":{}',
      "whose table 'keyValues' is not a list of records",
    ],
    ['an array format of 0', /"saved":\{"format":\d+/, '"saved":{"format":0', 'holds an array of format 0'],
    ['an array without a format', /"saved":\{"format":\d+,/, '"saved":{', 'holds an array of format undefined'],
    ['an array with more', /"saved":\{/, '"saved":{"keys":[],', "holds 'keys' of an array"],
    [
      'a system with more',
      /"systems":\[\{/,
      '"systems":[{"certificates":[],',
      "holds 'certificates' of a storage system",
    ],
    ['more', /"clockMs":/, '"licences":[],"clockMs":', "holds 'licences' of the state"],
  ])('with %s is refused and left as it is', async (_, from, to, why) => {
    const server = await newServer({ state, pools: 1, volumes: 1 });
    await server.close();
    const text = readFileSync(state, 'utf8');
    const body = text.slice(text.indexOf('\n') + 1).replace(from, to);
    const sum = crc32(body).toString(16).padStart(8, '0');
    const newer = `{"format":2,"crc32":"${sum}",\n${body}`;
    expect(newer).not.toBe(text);
    writeFileSync(state, newer);
    await expect(newServer({ state })).rejects.toThrow(why);
    expect(readFileSync(state, 'utf8')).toBe(newer);
  });
});
