import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  inquiry,
  type ProbeSession,
  read10,
  read16,
  reportLuns,
  type ScsiCommand,
  write10,
  write16,
} from '../../../../conformance/probe/index.js';
import { offers, patternOf } from '../patterns.js';
import { type Bench, drained, endOf, openBench } from './bench.js';

const mib = 2 ** 20;

let bench: Bench;
let lun: number;
let otherLun: number;

beforeAll(async () => {
  bench = await openBench();
  lun = (await bench.mapped('data')).lun;
  otherLun = (await bench.mapped('thin', { gib: 4, thin: true })).lun;
});

afterAll(async () => {
  expect(bench.simulator.array.check()).toEqual([]);
  await bench.close();
});

async function ready(options: Parameters<Bench['begin']>[0] = {}): Promise<ProbeSession> {
  const session = await bench.begin(options);
  await drained(session, lun);
  await drained(session, otherLun);
  return session;
}

/** Bytes that a volume holds, as the array has them. */
function stored(label: string, offset: number, bytes: number): Buffer {
  const { array } = bench.simulator;
  return array.io.read(array.volumes.require(label).ref, offset, bytes);
}

describe('bytes', () => {
  it.each(offers)('are written and read with %s', async (name, offer) => {
    const session = await ready({ offer });
    expect(session.parameters).toMatchObject({
      immediateData: offer.immediateData,
      initialR2T: offer.initialR2T,
      headerDigest: offer.headerDigest,
      dataDigest: offer.dataDigest,
      maxBurstLength: offer.maxBurstLength,
      firstBurstLength: offer.firstBurstLength,
      maxOutstandingR2T: offer.maxOutstandingR2T,
    });
    for (const [lba, blocks] of [
      [0n, 1],
      [7n, 9],
      [4093n, 129],
      [65_535n, 1021],
    ] as const) {
      const data = patternOf(`${name}${blocks}`, blocks * 512);
      await session.perform(write16(lun, { lba, blocks }, data));
      expect((await session.perform(read16(lun, { lba, blocks }, 512))).data.equals(data)).toBe(true);
      expect(stored('data', Number(lba) * 512, data.length).equals(data)).toBe(true);
    }
    await session.logout();
  });

  it.each([
    [{ dataDigest: 'CRC32C' }],
    [{ immediateData: false, initialR2T: true, maxOutstandingR2T: 4, maxBurstLength: 65_536 }],
    [{ maxRecvDataSegmentLength: 2048, maxBurstLength: 2048, firstBurstLength: 512 }],
    [{ maxRecvDataSegmentLength: 2 ** 24 - 1, maxBurstLength: 2 ** 24 - 1, firstBurstLength: 2 ** 24 - 1 }],
  ])('of 4 MiB go in one command with %j', async (offer) => {
    const session = await ready({ offer });
    for (const unit of [lun, otherLun]) {
      const data = patternOf(JSON.stringify(offer), 4 * mib);
      const range = { lba: 8191n, blocks: 8192 };
      await session.perform(write16(unit, range, data));
      expect((await session.perform(read16(unit, range, 512))).data.equals(data)).toBe(true);
    }
    await session.logout();
  });

  it('that were never written are zeros', async () => {
    const session = await ready();
    const { data } = await session.perform(read16(lun, { lba: 1_000_000n, blocks: 777 }, 512));
    expect(data.equals(Buffer.alloc(777 * 512))).toBe(true);
  });

  it('may come as the initiator likes, within what was agreed on', async () => {
    const session = await ready({ offer: { initialR2T: false, immediateData: true } });
    const range = { lba: 3n, blocks: 400 };
    for (const choice of [{ noImmediateData: true }, { noUnsolicitedData: true }, { immediate: true }]) {
      const data = patternOf(JSON.stringify(choice), 400 * 512);
      await session.perform(write16(lun, range, data), choice);
      expect((await session.perform(read16(lun, range, 512))).data.equals(data)).toBe(true);
    }
  });

  it('of many commands at once stay apart', async () => {
    const session = await ready({ offer: { maxOutstandingR2T: 8, firstBurstLength: 4096, maxBurstLength: 8192 } });
    const at = (index: number) => ({ lba: BigInt(index * 33), blocks: 33 });
    const data = (index: number) => patternOf(`apart${index}`, 33 * 512);
    await Promise.all(Array.from({ length: 300 }, (_, index) => session.perform(write16(lun, at(index), data(index)))));
    const read = await Promise.all(
      Array.from({ length: 300 }, (_, index) => session.perform(read16(lun, at(index), 512))),
    );
    expect(read.every((each, index) => each.data.equals(data(index)))).toBe(true);
  });

  it('of the last block are the last ones', async () => {
    const session = await ready();
    const last = BigInt(2 ** 30 / 512 - 1);
    await session.perform(write16(lun, { lba: last, blocks: 1 }, patternOf('last', 512)));
    expect((await session.perform(read16(lun, { lba: last, blocks: 1 }, 512))).data).toEqual(patternOf('last', 512));
    for (const command of [
      read16(lun, { lba: last, blocks: 2 }, 512),
      write16(lun, { lba: last, blocks: 2 }, Buffer.alloc(1024)),
      read16(lun, { lba: 2n ** 64n - 1n, blocks: 1 }, 512),
    ]) {
      expect(endOf(await session.execute(command))).toBe('5/21/00');
    }
  });
});

describe('a command that expects another length than it asks for', () => {
  const two = { lba: 100n, blocks: 2 };
  const before = patternOf('before', 2048);
  let session: ProbeSession;

  beforeAll(async () => {
    session = await ready();
  });

  const both = async (command: ScsiCommand) => {
    await session.perform(write16(lun, { lba: 100n, blocks: 4 }, before));
    const result = await session.execute(command);
    return { end: endOf(result), residual: result.residualBytes, bytes: result.data.length };
  };

  it.each([
    ['nothing', 0, { residual: 1024, bytes: 0 }],
    ['a piece of a block', 200, { residual: 824, bytes: 200 }],
    ['one block', 512, { residual: 512, bytes: 512 }],
    ['as much', 1024, { residual: 0, bytes: 1024 }],
    ['more', 4096, { residual: -3072, bytes: 1024 }],
  ])('reads %s', async (_name, readBytes, expected) => {
    expect(await both({ ...read10(lun, two, 512), readBytes })).toEqual({ end: 'good', ...expected });
  });

  it.each([
    ['nothing', 0, 1024],
    ['a piece of a block', 200, 824],
    ['one block', 512, 512],
    ['as much', 1024, 0],
    ['more', 2048, -1024],
  ])('writes %s', async (_name, bytes, residual) => {
    const data = patternOf('after', bytes);
    const result = await both({ ...write10(lun, two, Buffer.alloc(0)), data });
    expect(result.residual).toBe(residual);
    const written = result.end === 'good' ? Math.min(bytes, 1024) : 0;
    expect(['good', '5/0e/03']).toContain(result.end);
    const due = Buffer.concat([data.subarray(0, written), before.subarray(written)]);
    expect(stored('data', 100 * 512, 2048).equals(due)).toBe(true);
  });

  it('reads although its bytes were to be written, and the other way round', async () => {
    expect(endOf(await session.execute({ ...read10(lun, two, 512), data: Buffer.alloc(1024), readBytes: 0 }))).toBe(
      'good',
    );
    const { readBytes: _none, data: _data, ...bare } = write10(lun, two, Buffer.alloc(0));
    expect(endOf(await session.execute({ ...bare, readBytes: 1024 }))).toBe('5/0e/03');
    await session.nop();
  });

  it.each([
    ['INQUIRY', () => inquiry(0), 36, 96],
    ['REPORT LUNS', () => reportLuns(), 16, undefined],
  ])('%s is cut without an overflow', async (_name, command, least, whole) => {
    const cut = command();
    const cdb = Buffer.from(cut.cdb);
    if (cdb[0] === 0x12) cdb.writeUInt16BE(least, 3);
    else cdb.writeUInt32BE(least, 6);
    const short = await session.execute({ ...cut, cdb, readBytes: 255 });
    expect([short.status, short.data.length, short.residualBytes]).toEqual([0, least, least - 255]);
    const full = await session.execute(command());
    if (whole !== undefined) expect(full.data.length).toBeGreaterThanOrEqual(36);
    expect(full.residualBytes).toBe(full.data.length - (command().readBytes ?? 0));
  });
});
