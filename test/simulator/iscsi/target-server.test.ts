import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageArray } from '../../../simulator/array/storage-array.js';
import { IscsiTargetServer } from '../../../simulator/iscsi/target-server.js';
import { presets } from '../../../simulator/presets/models.js';
import { freePorts, ownLoopback } from '../../loopback.js';
import { type RawInitiator, rawInitiator, rawLogin, rawPdu } from './raw-initiator.js';

const initiator = 'iqn.1993-08.org.debian:01:raw';
const mib = 2 ** 20;

let array: StorageArray;
let server: IscsiTargetServer;
let look: () => void;
let lun: number;
const errors: unknown[] = [];
const open: RawInitiator[] = [];

beforeEach(async () => {
  const { demo } = presets;
  if (demo === undefined) throw new Error('no demo preset');
  array = new StorageArray({ preset: demo, seed: 1 });
  server = new IscsiTargetServer(array, {
    address: ownLoopback,
    firstPort: 0,
    anyPort: true,
    onError: (error) => errors.push(error),
    runtime: {
      every: (_milliseconds, action) => {
        look = action;
        return () => undefined;
      },
      after: () => undefined,
      random: (bytes) => Buffer.alloc(bytes, 5),
    },
  });
  await server.start();
  const volume = array.volumes.create({
    label: 'raw',
    poolRef: array.pools.find('DDP_1')?.ref ?? '',
    capacityBytes: 2 ** 30,
  });
  const host = array.hosts.create({
    label: 'raw',
    hostTypeIndex: 28,
    groupRef: null,
    ports: [{ type: 'iscsi', address: initiator, label: 'raw_1' }],
  });
  lun = array.mappings.create({ mappableRef: volume.ref, targetRef: host.ref }).lun;
});
afterEach(async () => {
  for (const each of open.splice(0)) each.close();
  await server.close();
  expect(errors.splice(0)).toEqual([]);
  expect(array.check()).toEqual([]);
});

const portOf = (index = 0) => array.iscsiTarget.ports()[index]?.tcpListenPort ?? 0;

async function arrive(port = portOf()): Promise<RawInitiator> {
  const raw = await rawInitiator(port);
  open.push(raw);
  return raw;
}

async function logIn(keys: Readonly<Record<string, string>> = {}, isid = 1, port = portOf()): Promise<RawInitiator> {
  const raw = await arrive(port);
  raw.send(rawLogin({ InitiatorName: initiator, TargetName: array.iscsiTarget.record.iqn, ...keys }, isid));
  const answer = await raw.receive();
  expect(answer?.header.readUInt16BE(36)).toBe(0);
  // The first command of a session learns that the unit was reset.
  raw.send(rawPdu({ opcode: 0x41, flags: 0x80, lun, tag: 0xfff0, words: { 24: 1 }, cdb: [0] }));
  await raw.receive();
  return raw;
}

const write = (tag: number, blocks: number, serial: number, data = Buffer.alloc(0), isFinal = true) =>
  rawPdu({
    opcode: 0x01,
    flags: (isFinal ? 0x80 : 0) | 0x21,
    lun,
    tag,
    words: { 20: blocks * 512, 24: serial },
    cdb: [0x2a, 0, 0, 0, 0, 0, 0, blocks >> 8, blocks & 0xff],
    data,
  });

const dataOut = (tag: number, transferTag: number, serial: number, offset: number, data: Buffer, isFinal: boolean) =>
  rawPdu({
    opcode: 0x05,
    flags: isFinal ? 0x80 : 0,
    tag,
    words: { 20: transferTag, 36: serial, 40: offset },
    data,
  });

const ping = (tag: number) =>
  rawPdu({ opcode: 0x40, tag, words: { 20: 0xffffffff, 24: 1 }, data: Buffer.from('are you there') });

describe('silent initiators', () => {
  it('is given up before it has logged in', async () => {
    const raw = await arrive();
    await new Promise<void>((resolve) => setImmediate(resolve));
    const closed = raw.receive();
    // The connection may reach the target a moment after it is made.
    for (let looks = 0; looks < 3; looks++) look();
    const other = await logIn();
    for (let looks = 0; looks < 3; looks++) look();
    expect(await closed).toBeUndefined();
    other.send(ping(9));
    expect((await other.receive())?.header[0]).toBe(0x20);
  });

  it('is asked whether it is there, and kept when it answers', async () => {
    const raw = await logIn();
    for (let looks = 0; looks < 12; looks++) look();
    const asked = await raw.receive();
    expect(asked?.header[0]).toBe(0x20);
    expect(asked?.header.readUInt32BE(16)).toBe(0xffffffff);
    const transferTag = asked?.header.readUInt32BE(20) ?? 0;
    expect(transferTag).not.toBe(0xffffffff);
    raw.send(rawPdu({ opcode: 0x40, tag: 0xffffffff, words: { 20: transferTag, 24: 1 } }));
    raw.send(ping(9));
    expect((await raw.receive())?.header.readUInt32BE(16)).toBe(9);
    for (let looks = 0; looks < 17; looks++) look();
    raw.send(ping(10));
    // The second question comes first.
    expect((await raw.receive())?.header.readUInt32BE(16)).toBe(0xffffffff);
    expect((await raw.receive())?.header.readUInt32BE(16)).toBe(10);
  });

  it('is given up when it does not', async () => {
    const raw = await logIn();
    for (let looks = 0; looks < 18; looks++) look();
    await raw.receive();
    expect(await raw.receive()).toBeUndefined();
  });
});

describe('data that is written', () => {
  const block = (fill: number, blocks = 1) => Buffer.alloc(blocks * 512, fill);
  const stored = () => array.io.read(array.volumes.require('raw').ref, 0, 2048);

  it('comes with the command, unasked, and as asked for', async () => {
    const raw = await logIn({
      InitialR2T: 'No',
      FirstBurstLength: '1024',
      MaxBurstLength: '512',
      MaxOutstandingR2T: '2',
    });
    raw.send(write(1, 4, 1, Buffer.alloc(0), false));
    raw.send(dataOut(1, 0xffffffff, 0, 0, block(1), true));
    const asked = [await raw.receive(), await raw.receive()];
    expect(
      asked.map((pdu) => [
        pdu?.header[0],
        pdu?.header.readUInt32BE(36),
        pdu?.header.readUInt32BE(40),
        pdu?.header.readUInt32BE(44),
      ]),
    ).toEqual([
      [0x31, 0, 512, 512],
      [0x31, 1, 1024, 512],
    ]);
    const [first = 0, second = 0] = asked.map((pdu) => pdu?.header.readUInt32BE(20));
    raw.send(dataOut(1, first, 0, 512, block(2), true));
    const third = await raw.receive();
    expect([third?.header[0], third?.header.readUInt32BE(40)]).toEqual([0x31, 1536]);
    raw.send(dataOut(1, second, 0, 1024, block(3), true));
    raw.send(dataOut(1, third?.header.readUInt32BE(20) ?? 0, 0, 1536, block(4).subarray(0, 256), false));
    raw.send(dataOut(1, third?.header.readUInt32BE(20) ?? 0, 1, 1792, block(4).subarray(256), true));
    const answer = await raw.receive();
    expect([answer?.header[0], answer?.header[3]]).toEqual([0x21, 0]);
    expect(stored()).toEqual(Buffer.concat([block(1), block(2), block(3), block(4)]));
  });

  it.each([
    ['with a serial number left out', (tag: number) => dataOut(1, tag, 1, 0, block(1, 4), true)],
    ['from somewhere else', (tag: number) => dataOut(1, tag, 0, 512, block(1, 3), true)],
    ['beyond what was asked for', (tag: number) => dataOut(1, tag, 0, 0, block(1, 5), true)],
    ['less than was asked for', (tag: number) => dataOut(1, tag, 0, 0, block(1, 3), true)],
  ])('%s fails the command and writes nothing', async (_how, send) => {
    const raw = await logIn({ InitialR2T: 'Yes', ImmediateData: 'No' });
    raw.send(write(1, 4, 1));
    const asked = await raw.receive();
    raw.send(send(asked?.header.readUInt32BE(20) ?? 0));
    const answer = await raw.receive();
    expect([answer?.header[0], answer?.header[3]]).toEqual([0x21, 0x02]);
    expect((answer?.data[4] ?? 0) & 0x0f).toBe(0x0b);
    expect(stored()).toEqual(Buffer.alloc(2048));
    raw.send(ping(9));
    expect((await raw.receive())?.header[0]).toBe(0x20);
  });

  it('may come with the command only as agreed', async () => {
    const raw = await logIn({ ImmediateData: 'No' });
    raw.send(write(1, 1, 1, block(1)));
    const answer = await raw.receive();
    expect([answer?.header[0], answer?.header[2]]).toEqual([0x3f, 0x04]);
    expect(answer?.data.readUInt32BE(16)).toBe(1);
  });

  it('is not waited for by an aborted command, which gets no answer', async () => {
    const raw = await logIn({ ImmediateData: 'No' });
    raw.send(write(1, 4, 1));
    const asked = await raw.receive();
    raw.send(rawPdu({ opcode: 0x42, flags: 0x81, lun, tag: 2, words: { 20: 1, 24: 2, 32: 1 } }));
    raw.send(dataOut(1, asked?.header.readUInt32BE(20) ?? 0, 0, 0, block(1, 4), true));
    raw.send(ping(9));
    const answers = [await raw.receive(), await raw.receive()];
    expect(answers.map((pdu) => [pdu?.header[0], pdu?.header[2]])).toEqual([
      [0x22, 0],
      [0x20, 0],
    ]);
    expect(stored()).toEqual(Buffer.alloc(2048));
  });

  it('is put together in bounded memory, however much is announced', async () => {
    const raw = await logIn({ ImmediateData: 'No' });
    const blocks = (8 * mib) / 512;
    for (let tag = 1; tag <= 100; tag++)
      raw.send(
        rawPdu({
          opcode: 0x01,
          flags: 0xa1,
          lun,
          tag,
          words: { 20: blocks * 512, 24: tag },
          cdb: [0x8a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, blocks >> 8, blocks & 0xff],
        }),
      );
    raw.send(ping(0x999));
    const asked: number[] = [];
    for (let pdu = await raw.receive(); pdu?.header[0] === 0x31; pdu = await raw.receive())
      asked.push(pdu.header.readUInt32BE(16));
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('an initiator that does not read', () => {
  it('is not served on, and harms no other session', async () => {
    const slow = await logIn({ MaxRecvDataSegmentLength: '262144' });
    slow.socket.pause();
    const read = (tag: number, serial: number) =>
      rawPdu({
        opcode: 0x01,
        flags: 0xc1,
        lun,
        tag,
        words: { 20: mib, 24: serial },
        cdb: [0x28, 0, 0, 0, 0, 0, 0, 0x08, 0],
      });
    for (let tag = 1; tag <= 128; tag++) slow.send(read(tag, tag));
    const other = await logIn({}, 2);
    for (let round = 0; round < 20; round++) {
      other.send(ping(100 + round));
      expect((await other.receive())?.header.readUInt32BE(16)).toBe(100 + round);
    }
    slow.socket.resume();
    const seen = new Set<number>();
    while (seen.size < 128) {
      const pdu = await slow.receive();
      if (pdu === undefined) break;
      if (((pdu.header[1] ?? 0) & 1) === 1) seen.add(pdu.header.readUInt32BE(16));
    }
    expect(seen.size).toBe(128);
  });
});

describe('commands', () => {
  it('are not heard outside the window, and held until their turn inside it', async () => {
    const raw = await logIn();
    const ready = (tag: number, serial: number) =>
      rawPdu({ opcode: 0x01, flags: 0x80, lun, tag, words: { 24: serial }, cdb: [0] });
    raw.send(ready(1, 1000));
    raw.send(ready(2, 0));
    raw.send(ready(3, 3));
    raw.send(ready(4, 2));
    raw.send(ready(5, 1));
    const tags = [];
    for (let count = 0; count < 3; count++) tags.push((await raw.receive())?.header.readUInt32BE(16));
    expect(tags).toEqual([5, 4, 3]);
    raw.send(ping(9));
    const last = await raw.receive();
    expect(last?.header.readUInt32BE(16)).toBe(9);
    expect([28, 32].map((at) => last?.header.readUInt32BE(at))).toEqual([4, 131]);
  });

  it('under a tag that is still under way end both', async () => {
    const raw = await logIn({ ImmediateData: 'No' });
    raw.send(write(1, 1, 1));
    await raw.receive();
    raw.send(write(1, 1, 2));
    const answer = await raw.receive();
    expect([answer?.header[3], (answer?.data[4] ?? 0) & 0xf, answer?.data[14]]).toEqual([0x02, 0x0b, 0x4e]);
  });
});

describe('sessions', () => {
  it('of the same initiator port replace each other', async () => {
    const first = await logIn({}, 7);
    const second = await logIn({}, 7);
    expect(await first.receive()).toBeUndefined();
    second.send(ping(9));
    expect((await second.receive())?.header[0]).toBe(0x20);
    const other = await logIn({}, 8);
    second.send(ping(10));
    expect((await second.receive())?.header[0]).toBe(0x20);
    other.send(ping(11));
    expect((await other.receive())?.header[0]).toBe(0x20);
  });

  it('that never were cannot be gone on with', async () => {
    const raw = await arrive();
    const pdu = rawLogin({ InitiatorName: initiator, TargetName: array.iscsiTarget.record.iqn });
    pdu.writeUInt16BE(77, 14);
    raw.send(pdu);
    expect((await raw.receive())?.header.readUInt16BE(36)).toBe(0x020a);
    expect(await raw.receive()).toBeUndefined();
  });

  it('for discovery take no commands', async () => {
    const raw = await arrive();
    raw.send(rawLogin({ InitiatorName: initiator, SessionType: 'Discovery' }));
    await raw.receive();
    raw.send(rawPdu({ opcode: 0x01, flags: 0x80, lun, tag: 1, words: { 24: 1 }, cdb: [0] }));
    const answer = await raw.receive();
    expect([answer?.header[0], answer?.header[2]]).toEqual([0x3f, 0x04]);
    expect(answer?.data.length).toBe(48);
  });

  it('end when they are told to', async () => {
    const raw = await logIn();
    raw.send(rawPdu({ opcode: 0x46, flags: 0x80, tag: 3, words: { 24: 1 } }));
    const answer = await raw.receive();
    expect([answer?.header[0], answer?.header[2]]).toEqual([0x26, 0]);
    expect(await raw.receive()).toBeUndefined();
  });
});

describe('a reservation', () => {
  it('is free for others as soon as its holder’s logout is answered', async () => {
    const holder = await logIn({}, 1);
    const other = await logIn({}, 2);
    holder.send(rawPdu({ opcode: 0x01, flags: 0x80, lun, tag: 1, words: { 24: 1 }, cdb: [0x16] }));
    expect((await holder.receive())?.header[3]).toBe(0);
    const reads = (tag: number) =>
      rawPdu({ opcode: 0x41, flags: 0xc0, lun, tag, words: { 20: 8, 24: 1 }, cdb: [0x25] });
    other.send(reads(2));
    expect((await other.receive())?.header[3]).toBe(0x18);
    holder.send(rawPdu({ opcode: 0x46, flags: 0x80, tag: 3, words: { 24: 2 } }));
    await holder.receive();
    other.send(reads(3));
    expect((await other.receive())?.header[3]).toBe(0);
  });
});

describe('portals', () => {
  it('close with their controller, having said so, and come back with it', async () => {
    const [port] = array.iscsiTarget.ports();
    const raw = await logIn();
    array.controllers.setStatus(port?.controllerRef ?? '', 'failed');
    const said = await raw.receive();
    expect([said?.header[0], said?.header[36]]).toEqual([0x32, 3]);
    expect(await raw.receive()).toBeUndefined();
    array.controllers.setStatus(port?.controllerRef ?? '', 'optimal');
    await server.portalsReady();
    await logIn();
  });

  it('move with the port that REST changes', async () => {
    const [port] = array.iscsiTarget.ports();
    const other = await freePorts();
    array.iscsiTarget.setPort(port?.ref ?? '', { tcpListenPort: other });
    await server.portalsReady();
    expect(portOf()).toBe(other);
    await logIn();
  });

  it('are all told of in a discovery', async () => {
    const raw = await arrive();
    raw.send(rawLogin({ InitiatorName: initiator, SessionType: 'Discovery' }));
    await raw.receive();
    raw.send(
      rawPdu({ opcode: 0x44, tag: 1, words: { 20: 0xffffffff, 24: 1 }, data: Buffer.from('SendTargets=All\0') }),
    );
    const answer = await raw.receive();
    const expected = array.iscsiTarget
      .ports()
      .map(
        ({ tcpListenPort, controllerRef }) =>
          `TargetAddress=${ownLoopback}:${tcpListenPort},${array.controllers.require(controllerRef).slot}`,
      );
    expect(answer?.data.toString().split('\0').filter(Boolean)).toEqual([
      `TargetName=${array.iscsiTarget.record.iqn}`,
      ...expected,
    ]);
    for (const nonsense of ['SendTargetsPlease=All', 'SendTargets=Alle', 'SendTargets=A', 'sENDtARGETS=aLL']) {
      raw.send(rawPdu({ opcode: 0x44, tag: 2, words: { 20: 0xffffffff, 24: 1 }, data: Buffer.from(`${nonsense}\0`) }));
      expect((await raw.receive())?.header[0]).toBe(0x3f);
    }
  });
});
