import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compareAndWrite,
  type ProbeSession,
  read16,
  type ScsiTask,
  TaskAborted,
  testUnitReady,
  write16,
} from '../../../../conformance/probe/index.js';
import { patternOf } from '../patterns.js';
import { type Bench, drained, endOf, initiatorName, openBench } from './bench.js';

const inFlight = 30;
const blocks = 16;

let bench: Bench;
let lun: number;
let session: ProbeSession;
let other: ProbeSession;

beforeEach(async () => {
  bench = await openBench();
  ({ lun } = await bench.mapped('load'));
  session = await bench.begin({ offer: { immediateData: false, initialR2T: true, maxBurstLength: 4096 } });
  other = await bench.begin({ at: bench.portalOf('B') });
  for (const each of [session, other]) await drained(each, lun);
});

afterEach(async () => {
  expect(bench.simulator.array.check()).toEqual([]);
  await bench.close();
});

const at = (index: number) => ({ lba: BigInt(index * blocks), blocks });
const data = (index: number) => patternOf(`load${index}`, blocks * 512);

/** Writes whose data comes in several turns, and reads beside them. */
function load(): ScsiTask[] {
  return Array.from({ length: inFlight }, (_, index) =>
    session.begin(index % 3 === 2 ? read16(lun, at(index), 512) : write16(lun, at(index), data(index))),
  );
}

/** How each ended: as `endOf` has it, 'aborted', or 'unanswered' by a time at which an answer would have come. */
async function endsOf(tasks: readonly ScsiTask[]): Promise<string[]> {
  const ends = tasks.map(() => 'unanswered');
  for (const [index, task] of tasks.entries())
    task.done.then(
      (result) => {
        ends[index] = endOf(result);
      },
      (error: unknown) => {
        ends[index] = error instanceof TaskAborted ? 'aborted' : String(error);
      },
    );
  // Answers come in order of the connection: two turns carry all that was under way.
  for (let turn = 0; turn < 20; turn += 1) await session.nop();
  return ends;
}

/** What was answered with good is there, and nothing else is anywhere. */
function checkStored(ends: readonly string[]): void {
  const { array } = bench.simulator;
  const stored = array.io.read(array.volumes.require('load').ref, 0, inFlight * blocks * 512);
  for (const [index, end] of ends.entries()) {
    if (index % 3 === 2) continue;
    const there = stored.subarray(index * blocks * 512, (index + 1) * blocks * 512);
    if (end === 'good') expect(there.equals(data(index))).toBe(true);
    else expect([data(index), Buffer.alloc(blocks * 512)].some((due) => due.equals(there))).toBe(true);
  }
}

describe('under load', () => {
  it('a reset of the unit by another session ends commands whole or not at all', async () => {
    const tasks = load();
    await session.nop();
    expect(await other.manage('lun reset', { lun })).toBe(0);
    const ends = await endsOf(tasks);
    expect(ends.filter((end) => !['good', 'unanswered', '6/29/03'].includes(end))).toEqual([]);
    checkStored(ends);
    expect(await drained(other, lun)).toEqual(['29/03']);
    await drained(session, lun);
    await session.perform(write16(lun, at(0), data(0)));
  });

  it('a mapping that goes ends what comes after, and the session goes on', async () => {
    const mappings = await bench.get<{ id: string }[]>('volume-mappings');
    const tasks = load();
    const { array } = bench.simulator;
    await session.nop();
    for (const { id } of mappings) if (array.tables.mappings.get(id)?.lun === lun) array.mappings.delete(id);
    const ends = await endsOf(tasks);
    expect(ends.filter((end) => !['good', '5/25/00'].includes(end))).toEqual([]);
    checkStored(ends);
    expect(endOf(await session.execute(testUnitReady(lun)))).toBe('5/25/00');
  });

  it('a reset of the array leaves the portals, and sessions that see what there is', async () => {
    const tasks = load();
    await session.nop();
    const reset = await fetch(`${bench.simulator.controlUrl}/arrays/1/reset`, { method: 'POST' });
    expect(reset.status).toBe(200);
    const ends = await endsOf(tasks);
    expect(ends.filter((end) => !['good', '5/25/00'].includes(end))).toEqual([]);
    expect(endOf(await session.execute(testUnitReady(lun)))).toBe('5/25/00');
    const portals = bench.simulator.array.iscsiTarget.ports().map((port) => `127.0.0.1:${port.tcpListenPort}`);
    expect(bench.simulator.iscsi.map(({ portal }) => portal)).toEqual(portals);
    const host = await bench.host('again', [initiatorName]);
    const again = await bench.map((await bench.volume('again', 1)).id, host);
    const fresh = await bench.begin({ at: bench.portalOf('B') });
    for (const each of [session, fresh]) {
      await drained(each, again.lun);
      await each.perform(write16(again.lun, at(1), data(1)));
    }
    expect((await session.perform(read16(again.lun, at(1), 512))).data).toEqual(data(1));
    expect((await session.perform(read16(again.lun, at(0), 512))).data).toEqual(Buffer.alloc(blocks * 512));
  });

  it('a controller that fails ends its session only', async () => {
    const tasks = load();
    await session.nop();
    const { array } = bench.simulator;
    const closed = session.closed;
    const settled = Promise.allSettled(tasks.map((task) => task.done));
    array.controllers.setStatus(array.iscsiTarget.ports()[0]?.controllerRef ?? '', 'failed');
    await closed;
    const ends = (await settled).map((each) => (each.status === 'fulfilled' ? endOf(each.value) : 'lost'));
    checkStored(ends);
    await drained(other, lun);
    await other.perform(write16(lun, at(0), data(0)));
  });
});

describe('two sessions on one volume', () => {
  it('count together with COMPARE AND WRITE, and lose nothing', async () => {
    const block = (count: number) => {
      const bytes = Buffer.alloc(512);
      bytes.writeUInt32BE(count);
      return bytes;
    };
    const place = { lba: 7n, blocks: 1 };
    let misses = 0;
    async function countUp(by: ProbeSession, times: number): Promise<void> {
      for (let done = 0; done < times; ) {
        const present = (await by.perform(read16(lun, place, 512))).data.readUInt32BE(0);
        const end = endOf(await by.execute(compareAndWrite(lun, place, block(present), block(present + 1))));
        expect(['good', 'e/1d/00']).toContain(end);
        if (end === 'good') done += 1;
        else misses += 1;
      }
    }
    await Promise.all([countUp(session, 20), countUp(other, 20), countUp(other, 20)]);
    expect((await session.perform(read16(lun, place, 512))).data).toEqual(block(60));
    expect(misses).toBeGreaterThan(0);
  });

  it('read whole blocks of each other, whatever is written meanwhile', async () => {
    const range = { lba: 0n, blocks: 256 };
    const fill = (round: number) => Buffer.alloc(256 * 512, round);
    await session.perform(write16(lun, range, fill(1)));
    const writing = (async () => {
      for (let round = 2; round < 16; round += 1) await session.perform(write16(lun, range, fill(round)));
    })();
    for (let round = 0; round < 16; round += 1) {
      const { data: seen } = await other.perform(read16(lun, range, 512));
      for (let index = 0; index < seen.length; index += 512)
        expect(seen.subarray(index, index + 512).equals(Buffer.alloc(512, seen[index]))).toBe(true);
    }
    await writing;
  });
});
