import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ConnectionClosed,
  discover,
  encodeLun,
  makePdu,
  observe,
  openConnection,
  type Pair,
  type Pdu,
  type ProbeSession,
  parsePortal,
  Rejected,
  read16,
  reserve6,
  testUnitReady,
  write16,
} from '../../../../conformance/probe/index.js';
import { patience, patternOf } from '../patterns.js';
import { type Bench, drained, endOf, initiatorName, openBench, otherName } from './bench.js';
import { startWrite } from './by-hand.js';

const isid = Buffer.from('80abcdef0001', 'hex');

let bench: Bench;
let lun: number;

beforeEach(async () => {
  bench = await openBench();
  lun = (await bench.mapped('one')).lun;
});

afterEach(async () => {
  expect(bench.simulator.array.check()).toEqual([]);
  await bench.close();
});

const block = { lba: 0n, blocks: 1 };
const portals = () => bench.simulator.iscsi.map((each) => each.portal);
const refusal = (detail: number, statusClass = 2) => ({ name: 'LoginRefused', statusClass, statusDetail: detail });

async function works(session: ProbeSession): Promise<void> {
  await drained(session, lun);
  await session.perform(write16(lun, block, patternOf('works', 512)));
  expect((await session.perform(read16(lun, block, 512))).data).toEqual(patternOf('works', 512));
}

describe('a login', () => {
  it.each([
    ['security first', {}],
    ['without a security stage', { skipSecurity: true }],
    ['without an operational stage', { skipOperational: true }],
    ['text in small pieces', { textBytes: 20 }],
    ['an ISID and a connection id of its own', { isid: Buffer.from('00aabbcc0102', 'hex'), cid: 7 }],
    ['command numbers about to wrap', { commandSn: 0xfffffffe }],
    ['a first burst that is more than a burst', { offer: { maxBurstLength: 4096, firstBurstLength: 65_536 } }],
    ['more connections and recovery than there are', { offer: { maxConnections: 8, errorRecoveryLevel: 2 } }],
    ['digests that it would rather have', { offer: { headerDigest: 'CRC32C,None', dataDigest: 'None,CRC32C' } }],
  ])('with %s leads to a session that works', async (_name, options) => {
    const session = await bench.begin(options);
    expect(session.login.tsih).not.toBe(0);
    expect(session.parameters).toMatchObject({ maxConnections: 1, errorRecoveryLevel: 0 });
    await works(session);
    expect(await session.nop(Buffer.from('ping'), { immediate: false })).toEqual(Buffer.from('ping'));
    expect(await session.logout()).toBe(0);
  });

  it.each<[string, Parameters<Bench['begin']>[0], object]>([
    ['another target', { targetName: 'iqn.2026-01.com.example:none' }, refusal(3)],
    ['no target', { targetName: '' }, refusal(3)],
    ['a session that is not there', { tsih: 4711 }, refusal(10)],
  ])('to %s is refused', async (_name, options, expected) => {
    await expect(bench.begin(options)).rejects.toMatchObject(expected);
  });

  it('without a target’s or an initiator’s name is refused', async () => {
    const without = (key: string) => ({
      edit: (_step: string, pairs: readonly Pair[]) => pairs.filter(([name]) => name !== key),
    });
    await expect(bench.begin(without('TargetName'))).rejects.toMatchObject(refusal(7));
    await expect(bench.begin(without('InitiatorName'))).rejects.toMatchObject(refusal(7));
  });

  it('names the portal group of its controller', async () => {
    for (const [label, tag] of [
      ['A', 1],
      ['B', 2],
    ] as const) {
      const session = await bench.begin({ at: bench.portalOf(label) });
      expect(session.login.portalGroupTag).toBe(tag);
      await session.logout();
    }
  });
});

describe('a session', () => {
  it('takes the place of one of the same initiator port, whose reservation ends', async () => {
    const first = await bench.begin({ isid });
    await drained(first, lun);
    await first.perform(reserve6(lun));
    const other = await bench.begin({ initiatorName: otherName });
    const second = await bench.begin({ isid });
    expect(await first.closed).toBeInstanceOf(ConnectionClosed);
    expect(second.login.tsih).not.toBe(first.login.tsih);
    await works(second);
    await other.nop();
  });

  it('stands beside those of other ports, portal groups and initiators', async () => {
    const sessions = [
      await bench.begin({ isid }),
      await bench.begin({ isid: Buffer.from('80abcdef0002', 'hex') }),
      await bench.begin({ isid, at: bench.portalOf('B') }),
      await bench.begin({ isid, initiatorName: otherName }),
      await bench.begin({ isid, discovery: true }),
    ];
    for (const session of sessions) await session.nop();
    expect(sessions.some((session) => session.isClosed)).toBe(false);
  });

  it('goes on in a new connection of the same id, and takes no second one', async () => {
    const first = await bench.begin({ isid, cid: 1 });
    const { tsih } = first.login;
    await expect(bench.begin({ isid, cid: 2, tsih })).rejects.toMatchObject(refusal(6));
    await expect(bench.begin({ isid, cid: 1, tsih: tsih + 1 })).rejects.toMatchObject(refusal(10));
    await first.nop();
    const again = await bench.begin({ isid, cid: 1, tsih });
    expect(await first.closed).toBeInstanceOf(ConnectionClosed);
    expect(again.login.tsih).toBe(tsih);
    await works(again);
  });

  it('that ends without a word leaves nothing behind', async () => {
    const first = await bench.begin();
    await drained(first, lun);
    await first.perform(reserve6(lun));
    startWrite(first, lun, 4096);
    first.close();
    const second = await bench.begin();
    await second.nop();
    await works(second);
  });

  it.each([
    [0, 0, true],
    [1, 0, true],
    [2, 2, false],
  ])('is asked for its end for reason %i: response %i', async (reason, response, ends) => {
    const session = await bench.begin();
    if (ends) {
      expect(await session.logout(reason)).toBe(response);
      expect(session.isClosed).toBe(true);
      return;
    }
    const itt = session.raw.newTag();
    const watch = session.raw.watch(itt);
    session.raw.send(
      makePdu('logout-request', { ...session.raw.numbers(), immediate: true, final: true, reason, itt, cid: 0 }),
    );
    expect(await watch.next(patience())).toMatchObject({ pdu: { kind: 'logout-response', response } });
    await works(session);
  });

  it('answers a logout although much is under way', async () => {
    const session = await bench.begin();
    await drained(session, lun);
    const reads = Array.from({ length: 40 }, () => session.begin(read16(lun, { lba: 0n, blocks: 2048 }, 512)).done);
    expect(await session.logout()).toBe(0);
    await Promise.allSettled(reads);
  });

  it.each([0, 1, 3, 512, 8192])('echoes %i bytes', async (bytes) => {
    const session = await bench.begin({ offer: { maxRecvDataSegmentLength: 2048, dataDigest: 'CRC32C' } });
    const data = patternOf('ping', bytes);
    expect(await session.nop(data)).toEqual(data.subarray(0, 2048));
    expect(await session.nop(data, { immediate: false })).toEqual(data.subarray(0, 2048));
  });

  it('is not answered when it wants no answer', async () => {
    const session = await bench.begin();
    session.raw.send(
      makePdu('nop-out', { ...session.raw.numbers(), immediate: true, final: true, itt: 0xffffffff, ttt: 0xffffffff }),
    );
    await session.nop();
    expect(session.pings.size).toBe(0);
  });

  it('carries a text over in pieces both ways', async () => {
    const session = await bench.begin({ offer: { maxRecvDataSegmentLength: 512 } });
    const said = await session.text(
      [
        ['SendTargets', 'All'],
        ['X-org.example.word', 'x'.repeat(2000)],
      ],
      { textBytes: 64 },
    );
    expect(said.find(([key]) => key === 'TargetName')?.[1]).toBe(bench.iqn);
    expect(said).toContainEqual(['X-org.example.word', 'NotUnderstood']);
  });
});

describe('discovery', () => {
  const ask = (sendTargets: string, more = {}) =>
    discover({ portal: portals()[0] ?? '', initiatorName, patience, sendTargets, ...more });

  it('names the target with all its portals, by All and by its name', async () => {
    const all = await ask('All');
    expect(all.map(({ name }) => name)).toEqual([bench.iqn]);
    expect(all[0]?.portals.map(({ portal }) => portal)).toEqual(portals());
    expect(new Set(all[0]?.portals.map(({ groupTag }) => groupTag))).toEqual(new Set([1, 2]));
    expect(await ask(bench.iqn)).toEqual(all);
    expect(await ask('All', { portal: portals().at(-1) })).toEqual(all);
    expect(await ask('All', { initiatorName: otherName })).toEqual(all);
  });

  it('names nothing for another name, and rejects what is no name', async () => {
    expect(await ask('iqn.2026-01.com.example:none')).toEqual([]);
    for (const value of ['Alle', 'A', '']) await expect(ask(value)).rejects.toBeInstanceOf(Rejected);
  });

  it('goes on within a normal session, for its own target', async () => {
    const session = await bench.begin();
    const all = await session.text([['SendTargets', 'All']]);
    expect(all[0]).toEqual(['TargetName', bench.iqn]);
    expect(await session.text([['SendTargets', '']])).toEqual(all);
    expect(await session.text([['SendTargets', bench.iqn]])).toEqual(all);
    for (const pair of [
      ['SendTargetsPlease', 'All'],
      ['sENDtARGETS', 'aLL'],
      ['SendTargets', 'Alle'],
    ] as const)
      await expect(session.text([pair])).rejects.toMatchObject({ name: 'Rejected', reason: 9 });
    await works(session);
  });

  it('needs a name once REST forbids discovery without one', async () => {
    await bench.post('iscsi/entity', { unnamedDiscoverySessionsEnabled: false });
    expect(await ask('All')).toEqual([]);
    expect(await ask(bench.iqn)).toHaveLength(1);
  });

  it('takes no commands', async () => {
    const session = await bench.begin({ discovery: true });
    await expect(session.execute(testUnitReady(lun))).rejects.toMatchObject({ name: 'Rejected', reason: 4 });
    await expect(session.manage('lun reset', { lun })).rejects.toMatchObject({ name: 'Rejected', reason: 4 });
    await session.nop();
    expect(await session.logout()).toBe(0);
  });
});

describe('what cannot be', () => {
  function unknown(itt: number): Pdu {
    const header = Buffer.alloc(48);
    header[0] = 0x40 | 0x1c;
    header.writeUInt32BE(itt, 16);
    return { kind: 'unknown', opcode: 0x1c, header, immediate: true, ahs: Buffer.alloc(0), data: Buffer.alloc(0) };
  }

  const command = (session: ProbeSession, itt: number, fields: object) =>
    makePdu('scsi-command', {
      ...session.raw.numbers(),
      final: true,
      lun: encodeLun(lun),
      itt,
      cdb: Buffer.alloc(6),
      ...fields,
    });

  it.each<[string, (session: ProbeSession, itt: number) => Pdu, number]>([
    ['a request for lost data', (_session, itt) => makePdu('snack', { final: true, itt, ttt: 0xffffffff }), 3],
    ['an opcode that is none', (_session, itt) => unknown(itt), 5],
    [
      'data that the target did not ask for',
      (_session, itt) => makePdu('data-out', { final: true, itt, ttt: 5, data: Buffer.alloc(8) }),
      4,
    ],
    ['a command whose data goes on where it may not', (session, itt) => command(session, itt, { final: false }), 4],
    [
      'a login within a session',
      (_session, itt) =>
        makePdu('login-request', { immediate: true, transit: true, currentStage: 1, nextStage: 3, itt }),
      4,
    ],
  ])('is rejected with its header: %s', async (name, pdu, reason) => {
    const session = await bench.begin();
    await drained(session, lun);
    const itt = session.raw.newTag();
    session.raw.watch(itt);
    session.raw.send(pdu(session, itt));
    const reject = await session.rejects.take(patience());
    expect(reject.reason).toBe(reason);
    expect(reject.data).toHaveLength(48);
    expect(reject.data.readUInt32BE(16)).toBe(itt);
    if (name !== 'a login within a session') await works(session);
  });

  it('is rejected when its data is damaged, and the session ends', async () => {
    const session = await bench.begin({ offer: { dataDigest: 'CRC32C' } });
    await drained(session, lun);
    const itt = session.raw.newTag();
    session.raw.watch(itt);
    const { cdb } = write16(lun, block, Buffer.alloc(0));
    const pdu = command(session, itt, {
      write: true,
      expectedBytes: 512,
      cdb: Buffer.from(cdb),
      data: patternOf('bad', 512),
    });
    session.raw.send(pdu, { dataDigest: true });
    expect(await session.rejects.take(patience())).toMatchObject({ reason: 2 });
    expect(await session.closed).toBeInstanceOf(ConnectionClosed);
    const { array } = bench.simulator;
    expect(array.io.read(array.volumes.require('one').ref, 0, 512)).toEqual(Buffer.alloc(512));
  });

  it('ends the connection when the header is damaged', async () => {
    const session = await bench.begin({ offer: { headerDigest: 'CRC32C' } });
    session.raw.send(
      makePdu('nop-out', { ...session.raw.numbers(), immediate: true, final: true, itt: 77, ttt: 0xffffffff }),
      {
        headerDigest: true,
      },
    );
    expect(await session.closed).toBeInstanceOf(ConnectionClosed);
    await works(await bench.begin());
  });

  it('is not heard outside of the window', async () => {
    const session = await bench.begin();
    await drained(session, lun);
    const itt = session.raw.newTag();
    const watch = session.raw.watch(itt);
    for (const cmdSn of [session.raw.maxCmdSn + 1, session.raw.numbers().cmdSn - 1]) {
      session.raw.send(command(session, itt, { cmdSn: cmdSn >>> 0 }));
      await session.nop();
    }
    expect(watch.waiting).toBe(0);
    await works(session);
  });

  it('before a login ends the connection', async () => {
    const connection = await openConnection(parsePortal(portals()[0] ?? ''), { patience });
    connection.send(makePdu('scsi-command', { final: true, itt: 1, cdb: Buffer.alloc(6) }));
    expect(await observe(connection, patience())).toMatchObject({ kind: 'closed' });
  });

  it('of data out of order fails the write and nothing else', async () => {
    const session = await bench.begin({ offer: { immediateData: false, initialR2T: true } });
    await drained(session, lun);
    const { itt, watch } = startWrite(session, lun, 8);
    const asked = await watch.next(patience());
    if (asked.kind !== 'answer' || asked.pdu.kind !== 'r2t') throw new Error('no R2T');
    const { ttt } = asked.pdu;
    session.raw.send(makePdu('data-out', { final: true, itt, ttt, dataSn: 5, offset: 0, data: patternOf('x', 4096) }));
    expect(await watch.next(patience())).toMatchObject({ pdu: { kind: 'scsi-response', status: 2 } });
    const { array } = bench.simulator;
    expect(array.io.read(array.volumes.require('one').ref, 0, 4096)).toEqual(Buffer.alloc(4096));
    await works(session);
  });

  it('is a command under a tag that is under way: both end', async () => {
    const session = await bench.begin({ offer: { immediateData: false, initialR2T: true } });
    await drained(session, lun);
    const { itt, watch } = startWrite(session, lun, 8);
    await watch.next(patience());
    session.raw.send(command(session, itt, {}));
    expect(await watch.next(patience())).toMatchObject({ pdu: { kind: 'scsi-response', status: 2 } });
    await session.nop();
    expect(watch.waiting).toBe(0);
    expect(endOf(await session.execute(testUnitReady(lun)))).toBe('good');
  });
});
