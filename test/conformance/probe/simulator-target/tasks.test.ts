import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ConnectionClosed,
  type ProbeSession,
  parseKeys,
  persistentReserveIn,
  persistentReserveOut,
  read16,
  reserve6,
  TaskAborted,
  taskResponses,
  testUnitReady,
  write16,
} from '../../../../conformance/probe/index.js';
import { patience, patternOf } from '../patterns.js';
import { type Bench, drained, endOf, openBench, otherName } from './bench.js';
import { sendData, startWrite } from './by-hand.js';

const { complete, noSuchTask, noSuchLun, noReassignment, notSupported } = taskResponses;
const block = { lba: 0n, blocks: 1 };

let bench: Bench;
let lun: number;
let otherLun: number;
let session: ProbeSession;
let other: ProbeSession;

/** The data goes out only when it is asked for, so that a write stays under way for as long as a test wants. */
const offer = { immediateData: false, initialR2T: true };

beforeEach(async () => {
  bench = await openBench();
  const { hostId, ...one } = await bench.mapped('one');
  const two = await bench.mapped('two');
  [lun, otherLun] = [one.lun, two.lun];
  await bench.post(`hosts/${hostId}`, { ports: [{ type: 'iscsi', port: otherName, label: 'second' }] });
  session = await bench.begin({ offer });
  other = await bench.begin({ offer, initiatorName: otherName, at: bench.portalOf('B') });
  for (const each of [session, other]) for (const unit of [lun, otherLun]) await drained(each, unit);
});

afterEach(async () => {
  expect(bench.simulator.array.check()).toEqual([]);
  await bench.close();
});

/** A write that waits for its data, and what to manage it by. */
async function waitingWrite(of: ProbeSession, unit: number) {
  const started = startWrite(of, unit, 8);
  const asked = await started.watch.next(patience());
  if (asked.kind !== 'answer' || asked.pdu.kind !== 'r2t') throw new Error('no R2T');
  const { ttt } = asked.pdu;
  return { ...started, ttt, task: { ...started, done: new Promise<never>(() => {}) } };
}

const stored = (label: string) => {
  const { array } = bench.simulator;
  return array.io.read(array.volumes.require(label).ref, 0, 4096);
};

describe('aborting one task', () => {
  it('that waits for data ends it without an answer, and its data is not missed', async () => {
    const write = await waitingWrite(session, lun);
    expect(await session.manage('abort task', { task: write.task })).toBe(complete);
    sendData(session, write.itt, write.ttt, patternOf('late', 4096));
    await session.nop();
    expect(write.watch.waiting).toBe(0);
    expect(session.rejects.size).toBe(0);
    expect(stored('one')).toEqual(Buffer.alloc(4096));
    expect(endOf(await session.execute(testUnitReady(lun)))).toBe('good');
  });

  it('that has ended, or never was, is said to be no task', async () => {
    const ended = session.begin(testUnitReady(lun));
    await ended.done;
    expect(await session.manage('abort task', { task: ended })).toBe(noSuchTask);
    const write = await waitingWrite(other, lun);
    expect(await session.manage('abort task', { task: { ...write.task, itt: 0x7777, cmdSn: 0 } })).toBe(noSuchTask);
    sendData(other, write.itt, write.ttt, patternOf('whole', 4096));
    expect(await write.watch.next(patience())).toMatchObject({ pdu: { kind: 'scsi-response', status: 0 } });
  });

  it('in the midst of many either finds it at work, or answered', async () => {
    const tasks = Array.from({ length: 60 }, (_, index) =>
      session.begin(write16(lun, { lba: BigInt(index * 64), blocks: 64 }, patternOf(index, 32_768))),
    );
    const responses = await Promise.all(tasks.map((task) => session.manage('abort task', { task })));
    for (const [index, task] of tasks.entries()) {
      const end = await task.done.catch((error: unknown) => error);
      if (responses[index] === complete) expect(end).toBeInstanceOf(TaskAborted);
      else expect(end).toMatchObject({ status: 0 });
    }
  });
});

describe('aborting a set of tasks', () => {
  it('ends one’s own at that unit only', async () => {
    const [mine, elsewhere, theirs] = [
      await waitingWrite(session, lun),
      await waitingWrite(session, otherLun),
      await waitingWrite(other, lun),
    ];
    expect(await session.manage('abort task set', { lun })).toBe(complete);
    sendData(session, mine.itt, mine.ttt, patternOf('mine', 4096));
    sendData(session, elsewhere.itt, elsewhere.ttt, patternOf('elsewhere', 4096));
    sendData(other, theirs.itt, theirs.ttt, patternOf('theirs', 4096));
    expect(await elsewhere.watch.next(patience())).toMatchObject({ pdu: { kind: 'scsi-response', status: 0 } });
    expect(await theirs.watch.next(patience())).toMatchObject({ pdu: { kind: 'scsi-response', status: 0 } });
    expect(mine.watch.waiting).toBe(0);
    expect(stored('one')).toEqual(patternOf('theirs', 4096));
    expect(await drained(other, lun)).toEqual([]);
  });

  it('clear task set ends the tasks of all initiators and tells them', async () => {
    const [mine, elsewhere, theirs] = [
      await waitingWrite(session, lun),
      await waitingWrite(session, otherLun),
      await waitingWrite(other, lun),
    ];
    expect(await session.manage('clear task set', { lun })).toBe(complete);
    sendData(session, elsewhere.itt, elsewhere.ttt, patternOf('elsewhere', 4096));
    expect(await elsewhere.watch.next(patience())).toMatchObject({ pdu: { kind: 'scsi-response', status: 0 } });
    sendData(other, theirs.itt, theirs.ttt, patternOf('theirs', 4096));
    await other.nop();
    expect([mine.watch.waiting, theirs.watch.waiting]).toEqual([0, 0]);
    expect(stored('one')).toEqual(Buffer.alloc(4096));
    // Commands cleared by another initiator: whose they were must learn that they are gone (TAS is 0).
    expect(await drained(other, lun)).toEqual(['2f/00']);
    expect(await drained(session, lun)).toEqual([]);
  });
});

describe('a unit that is set to answer what another initiator ends (TAS)', () => {
  beforeEach(async () => {
    const page = Buffer.alloc(16);
    page.set([0x0a, 0x0a, 0, 0x10, 0, 0x40, 0, 0, 0xff, 0xff], 4);
    await session.perform({ lun, cdb: Buffer.of(0x15, 0x10, 0, 0, 16, 0), data: page });
    await drained(other, lun);
  });

  it.each(['clear task set', 'lun reset', 'target warm reset'] as const)('does so after %s', async (name) => {
    const [mine, theirs] = [await waitingWrite(session, lun), await waitingWrite(other, lun)];
    expect(await session.manage(name, { lun })).toBe(complete);
    sendData(other, theirs.itt, theirs.ttt, patternOf('theirs', 4096));
    expect(await theirs.watch.next(patience())).toMatchObject({ pdu: { kind: 'scsi-response', status: 0x40 } });
    await session.nop();
    expect(mine.watch.waiting).toBe(0);
    expect(stored('one')).toEqual(Buffer.alloc(4096));
    expect(await drained(other, lun)).toEqual(name === 'clear task set' ? [] : ['29/03']);
  });

  it('does so after PREEMPT AND ABORT', async () => {
    await session.perform(persistentReserveOut(lun, 'register', { newKey: 1n }));
    await other.perform(persistentReserveOut(lun, 'register', { newKey: 2n }));
    const theirs = await waitingWrite(other, lun);
    await session.perform(persistentReserveOut(lun, 'preemptAndAbort', { key: 1n, newKey: 2n, type: 1 }));
    sendData(other, theirs.itt, theirs.ttt, patternOf('theirs', 4096));
    expect(await theirs.watch.next(patience())).toMatchObject({ pdu: { kind: 'scsi-response', status: 0x40 } });
    expect(await drained(other, lun)).toEqual(['2a/05']);
  });
});

describe('resetting', () => {
  it('a unit ends all its tasks and tells every nexus, who asked included', async () => {
    const [mine, elsewhere, theirs] = [
      await waitingWrite(session, lun),
      await waitingWrite(session, otherLun),
      await waitingWrite(other, lun),
    ];
    await other.perform(persistentReserveOut(lun, 'register', { newKey: 7n }));
    expect(await session.manage('lun reset', { lun })).toBe(complete);
    await Promise.all([session.nop(), other.nop()]);
    expect([mine.watch.waiting, theirs.watch.waiting]).toEqual([0, 0]);
    expect(await drained(session, lun)).toEqual(['29/03']);
    expect(await drained(other, lun)).toEqual(['29/03']);
    expect(await drained(session, otherLun)).toEqual([]);
    sendData(session, elsewhere.itt, elsewhere.ttt, patternOf('elsewhere', 4096));
    expect(await elsewhere.watch.next(patience())).toMatchObject({ pdu: { kind: 'scsi-response', status: 0 } });
    // What is persistent stays.
    expect(parseKeys((await session.perform(persistentReserveIn(lun, 0))).data).keys).toEqual([7n]);
  });

  it.each(['lun reset', 'target warm reset'] as const)('by %s frees what was reserved', async (name) => {
    await other.perform(reserve6(lun));
    expect(endOf(await session.execute(read16(lun, block, 512)))).toBe('conflict');
    expect(await session.manage(name, { lun })).toBe(complete);
    await drained(session, lun);
    expect(endOf(await session.execute(read16(lun, block, 512)))).toBe('good');
    expect(await drained(other, lun)).toEqual(['29/03']);
  });

  it('the target, warm, does so for all units', async () => {
    const writes = [await waitingWrite(session, lun), await waitingWrite(other, otherLun)];
    expect(await session.manage('target warm reset')).toBe(complete);
    await Promise.all([session.nop(), other.nop()]);
    expect(writes.map(({ watch }) => watch.waiting)).toEqual([0, 0]);
    for (const each of [session, other])
      for (const unit of [lun, otherLun]) expect(await drained(each, unit)).toEqual(['29/03']);
  });

  it('the target, cold, ends all connections once it has said so', async () => {
    await other.perform(reserve6(lun));
    expect(await session.manage('target cold reset')).toBe(complete);
    expect(await session.closed).toBeInstanceOf(ConnectionClosed);
    expect(await other.closed).toBeInstanceOf(ConnectionClosed);
    const again = await bench.begin();
    await drained(again, lun);
    expect(endOf(await again.execute(read16(lun, block, 512)))).toBe('good');
  });
});

describe('other functions', () => {
  it.each([
    ['abort task set', noSuchLun],
    ['clear task set', noSuchLun],
    ['lun reset', noSuchLun],
    ['clear aca', notSupported],
    ['task reassign', noReassignment],
  ] as const)('%s at no unit: response %i', async (name, response) => {
    expect(await session.manage(name, { lun: 99 })).toBe(response);
    expect(await drained(session, lun)).toEqual([]);
  });
});
