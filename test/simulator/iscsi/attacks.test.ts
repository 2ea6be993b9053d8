import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RawInitiator, rawLogin, rawPdu } from './raw-initiator.js';
import { command, openWireLab, ping, transfer, type WireLab } from './wire-lab.js';

const mib = 2 ** 20;
let lab: WireLab;

beforeEach(async () => {
  lab = await openWireLab();
});

afterEach(async () => {
  await lab.close();
  expect(lab.errors).toEqual([]);
  expect(lab.array.check()).toEqual([]);
});

/** PDUs until the answer to a ping that is sent now. */
async function heard(raw: RawInitiator, tag = 0x9999): Promise<{ header: Buffer; data: Buffer }[]> {
  raw.send(ping(tag));
  const pdus = [];
  for (;;) {
    const pdu = await raw.receive();
    if (pdu === undefined) throw new Error('the target closed the connection');
    if (pdu.header[0] === 0x20 && pdu.header.readUInt32BE(16) === tag) return pdus;
    pdus.push(pdu);
  }
}

const r2tsIn = (pdus: readonly { header: Buffer }[]) => pdus.filter(({ header }) => header[0] === 0x31);
const bigWrite = (lun: number, tag: number, bytes = 8 * mib) =>
  command({ lun, tag, serial: tag, writes: bytes, cdb: transfer(0x2a, 0, bytes / 512) });

describe('an initiator that asks for more than it reads', () => {
  it('gets no more by asking out of turn', async () => {
    const raw = await lab.logIn({ MaxRecvDataSegmentLength: '262144' });
    const reads = Array.from({ length: 64 }, (_, index) =>
      command({
        lun: lab.luns[0],
        tag: index + 1,
        serial: 1,
        immediate: true,
        reads: mib,
        cdb: transfer(0x28, 0, mib / 512),
      }),
    );
    raw.send(Buffer.concat(reads));
    const pdus = await heard(raw);
    const rejects = pdus.filter(({ header }) => header[0] === 0x3f);
    const served = pdus.filter(({ header }) => header[0] === 0x25 && ((header[1] ?? 0) & 1) === 1);
    expect(served.length + rejects.length).toBe(64);
    expect(new Set(rejects.map(({ header }) => header[2]))).toEqual(new Set([0x06]));
    expect(served.length).toBeLessThan(16);
  });

  it('is not waited for for ever when the target closes', async () => {
    const raw = await lab.logIn({ MaxRecvDataSegmentLength: '262144' });
    raw.socket.pause();
    for (let tag = 1; tag <= 64; tag++)
      raw.send(command({ lun: lab.luns[0], tag, serial: tag, reads: mib, cdb: transfer(0x28, 0, mib / 512) }));
    const other = await lab.logIn({}, 2);
    await heard(other);
    const closing = lab.server.close();
    await other.receive();
    lab.later();
    await closing;
  });

  it('is not listened to once its portal is gone', async () => {
    const raw = await lab.logIn({ MaxRecvDataSegmentLength: '262144' });
    raw.socket.pause();
    for (let tag = 1; tag <= 64; tag++)
      raw.send(command({ lun: lab.luns[0], tag, serial: tag, reads: mib, cdb: transfer(0x28, 0, mib / 512) }));
    const other = await lab.logIn({}, 2, lab.portOf(-1 + lab.array.iscsiTarget.ports().length));
    await heard(other);
    const [port] = lab.array.iscsiTarget.ports();
    lab.array.controllers.setStatus(port?.controllerRef ?? '', 'failed');
    const data = Buffer.alloc(512, 7);
    raw.send(
      command({ lun: lab.luns[0], tag: 90, serial: 2, immediate: true, writes: 512, data, cdb: transfer(0x2a, 0, 1) }),
    );
    for (let round = 0; round < 3; round++) await heard(other, 0x8000 + round);
    expect(lab.array.io.read(lab.array.volumes.require('one').ref, 0, 512)).toEqual(Buffer.alloc(512));
    lab.later();
    await lab.server.portalsReady();
    lab.array.controllers.setStatus(port?.controllerRef ?? '', 'optimal');
    await lab.server.portalsReady();
    await heard(await lab.logIn({}, 3));
  });
});

describe('an initiator that sends data with a transfer tag of its own', () => {
  it('is answered: the command fails, and others go on', async () => {
    const raw = await lab.logIn({ ImmediateData: 'No' });
    raw.send(command({ lun: lab.luns[0], tag: 1, serial: 1, writes: 4096, cdb: transfer(0x2a, 0, 8) }));
    const [asked] = r2tsIn(await heard(raw));
    const transferTag = asked?.header.readUInt32BE(20) ?? 0;
    raw.send(rawPdu({ opcode: 0x05, tag: 1, words: { 20: transferTag + 9 }, data: Buffer.alloc(4096, 1) }));
    const [answer] = await heard(raw);
    expect([answer?.header[0], answer?.header.readUInt32BE(16), answer?.header[3]]).toEqual([0x21, 1, 0x02]);
    expect(lab.array.io.read(lab.array.volumes.require('one').ref, 0, 512)).toEqual(Buffer.alloc(512));
    raw.send(command({ lun: lab.luns[0], tag: 2, serial: 2, cdb: [0] }));
    expect((await heard(raw))[0]?.header[3]).toBe(0);
  });
});

describe('an initiator that announces more than there is room for', () => {
  it('is asked for the rest as soon as others are aborted', async () => {
    const raw = await lab.logIn({ ImmediateData: 'No' });
    const [one, two] = lab.luns;
    for (let tag = 1; tag <= 8; tag++) raw.send(bigWrite(one, tag));
    raw.send(bigWrite(two, 9));
    expect(r2tsIn(await heard(raw)).map(({ header }) => header.readUInt32BE(16))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    raw.send(rawPdu({ opcode: 0x02, immediate: true, flags: 0x82, lun: one, tag: 50, words: { 24: 10 } }));
    expect(r2tsIn(await heard(raw)).map(({ header }) => header.readUInt32BE(16))).toEqual([9]);
  });

  it('is asked for the rest as soon as another task is aborted by its tag', async () => {
    const raw = await lab.logIn({ ImmediateData: 'No' });
    for (let tag = 1; tag <= 9; tag++) raw.send(bigWrite(lab.luns[0], tag));
    await heard(raw);
    raw.send(rawPdu({ opcode: 0x02, immediate: true, tag: 50, flags: 0x81, words: { 20: 4, 24: 10, 32: 4 } }));
    expect(r2tsIn(await heard(raw)).map(({ header }) => header.readUInt32BE(16))).toEqual([9]);
  });

  it('has its bytes kept apart when a task ends in the midst of a PDU of its data', async () => {
    const raw = await lab.logIn({ InitialR2T: 'No', FirstBurstLength: '65536', MaxBurstLength: '262144' });
    const other = await lab.logIn({}, 2);
    const [one, two] = lab.luns;
    for (let tag = 1; tag <= 8; tag++) raw.send(bigWrite(one, tag));
    const own = Buffer.alloc(4096, 0xaa);
    raw.send(command({ lun: two, tag: 9, serial: 9, writes: 8 * mib, data: own, cdb: transfer(0x2a, 0, 16_384) }));
    const [asked] = r2tsIn(await heard(raw));
    const stray = rawPdu({
      opcode: 0x05,
      tag: 1,
      words: { 20: asked?.header.readUInt32BE(20) ?? 0 },
      data: Buffer.alloc(262_144, 0xee),
    });
    raw.send(stray.subarray(0, 100));
    await heard(other);
    other.send(rawPdu({ opcode: 0x02, immediate: true, flags: 0x85, lun: one, tag: 50, words: { 24: 1 } }));
    await heard(other);
    raw.send(stray.subarray(100));
    for (let at = 4096; at < 8 * mib; ) {
      const pdu = await raw.receive();
      if (pdu?.header[0] !== 0x31 || pdu.header.readUInt32BE(16) !== 9) throw new Error('no R2T');
      const bytes = pdu.header.readUInt32BE(44);
      expect(pdu.header.readUInt32BE(40)).toBe(at);
      const words = { 20: pdu.header.readUInt32BE(20), 40: at };
      raw.send(rawPdu({ opcode: 0x05, tag: 9, words, data: Buffer.alloc(bytes, 0xaa) }));
      at += bytes;
    }
    expect((await raw.receive())?.header.readUInt32BE(16)).toBe(9);
    const written = lab.array.io.read(lab.array.volumes.require('two').ref, 0, 8 * mib);
    expect(written.equals(Buffer.alloc(8 * mib, 0xaa))).toBe(true);
  });

  it('finds the window shut when it is full, and open again', async () => {
    const raw = await lab.logIn({ ImmediateData: 'No' });
    for (let tag = 1; tag <= 140; tag++) raw.send(bigWrite(lab.luns[0], tag, 512));
    const asked = r2tsIn(await heard(raw));
    expect(asked.length).toBe(128);
    const last = asked.at(-1)?.header;
    expect([last?.readUInt32BE(28), last?.readUInt32BE(32)]).toEqual([129, 128]);
    const [first] = asked;
    const words = { 20: first?.header.readUInt32BE(20) ?? 0 };
    raw.send(rawPdu({ opcode: 0x05, tag: 1, words, data: Buffer.alloc(512, 1) }));
    const [answer] = await heard(raw);
    expect([answer?.header[0], answer?.header[3], answer?.header.readUInt32BE(32)]).toEqual([0x21, 0, 129]);
  });
});

describe('data of no length', () => {
  it('is counted, and is no data', async () => {
    const raw = await lab.logIn({ ImmediateData: 'No' });
    raw.send(bigWrite(lab.luns[0], 1, 512));
    const [asked] = await heard(raw);
    const out = (serial: number, data: Buffer, isFinal: boolean) =>
      rawPdu({
        opcode: 0x05,
        flags: isFinal ? 0x80 : 0,
        tag: 1,
        words: { 20: asked?.header.readUInt32BE(20) ?? 0, 36: serial },
        data,
      });
    for (let serial = 0; serial < 500; serial++) raw.send(out(serial, Buffer.alloc(0), false));
    raw.send(out(500, Buffer.alloc(512, 3), true));
    const [answer] = await heard(raw);
    expect([answer?.header[0], answer?.header[3]]).toEqual([0x21, 0]);
  });

  it('of commands that move nothing is nothing', async () => {
    const raw = await lab.logIn();
    for (const [index, cdb] of [[0x28], [0x2a], [0x89], [0x42], [0x55, 0x10], [0x15, 0x10], [0x83]].entries())
      raw.send(command({ lun: lab.luns[0], tag: index + 1, serial: index + 1, cdb }));
    const answers = await heard(raw);
    expect(answers.map(({ header }) => header[0])).toEqual(answers.map(() => 0x21));
    expect(answers.length).toBe(7);
  });
});

describe('text without end', () => {
  it('is refused in a login', async () => {
    const raw = await lab.arrive();
    const piece = rawPdu({ opcode: 0x43, flags: 0x44, words: { 24: 1, 28: 1 }, data: Buffer.alloc(8192, 0x61) });
    for (let round = 0; round < 10; round++) raw.send(piece);
    const statuses = [];
    for (let pdu = await raw.receive(); pdu !== undefined; pdu = await raw.receive())
      statuses.push(pdu.header.readUInt16BE(36));
    expect(statuses).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0x0302]);
  });

  it('is rejected in a session, which goes on', async () => {
    const raw = await lab.logIn();
    const piece = rawPdu({
      opcode: 0x04,
      immediate: true,
      flags: 0x40,
      tag: 5,
      words: { 20: 0xffffffff, 24: 1 },
      data: Buffer.alloc(8192, 0x61),
    });
    for (let round = 0; round < 9; round++) raw.send(piece);
    const answers = await heard(raw);
    expect(answers.map(({ header }) => header[0])).toEqual([...Array.from({ length: 8 }, () => 0x24), 0x3f]);
  });

  it('of ten thousand unknown keys is answered or refused', async () => {
    const raw = await lab.arrive();
    const keys = Object.fromEntries(Array.from({ length: 700 }, (_, index) => [`X-${index}`, '']));
    raw.send(rawLogin({ InitiatorName: 'iqn.2026-01.com.example:many', SessionType: 'Discovery', ...keys }));
    expect((await raw.receive())?.header[0]).toBe(0x23);
    await heard(await lab.logIn());
  });
});

describe('crowds', () => {
  it('of initiators that log in and vanish leave little behind', async () => {
    const stranger = async (index: number) => {
      const raw = await lab.arrive();
      const InitiatorName = `iqn.2026-01.com.example:${index}`;
      raw.send(rawLogin({ InitiatorName, TargetName: lab.array.iscsiTarget.record.iqn }, index));
      expect((await raw.receive())?.header.readUInt16BE(36)).toBe(0);
      raw.close();
    };
    for (let index = 0; index < 600; index += 20)
      await Promise.all(Array.from({ length: 20 }, (_, each) => stranger(index + each)));
    expect(lab.array.tables.unassociatedPorts.size).toBeLessThanOrEqual(512);
    await heard(await lab.logIn());
  });

  it('of connections that say nothing are turned away, and given up', async () => {
    const before = await lab.logIn();
    const silent = [];
    for (let count = 0; count < 300; count++) silent.push(await lab.arrive());
    await heard(before);
    for (let looks = 0; looks < 3; looks++) lab.look();
    expect(await Promise.all(silent.map((each) => each.receive()))).toEqual(silent.map(() => undefined));
    await heard(await lab.logIn({}, 2));
  });

  it('of half-closed ones end', async () => {
    const raw = await lab.logIn();
    raw.socket.end();
    await once(raw.socket, 'close');
    const early = await lab.arrive();
    early.send(rawLogin({ InitiatorName: 'iqn.2026-01.com.example:half' }).subarray(0, 30));
    early.socket.end();
    expect(await early.receive()).toBeUndefined();
    await heard(await lab.logIn({}, 2));
  });
});
