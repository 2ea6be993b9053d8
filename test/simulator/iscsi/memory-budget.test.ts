import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryBudget } from '../../../simulator/iscsi/memory-budget.js';
import { until } from '../servers.js';
import type { RawInitiator } from './raw-initiator.js';
import { rawLogin, rawPdu } from './raw-initiator.js';
import { command, openWireLab, ping, transfer, type WireLab } from './wire-lab.js';

const kib = 2 ** 10;
const mib = 2 ** 20;
const budgetBytes = 8 * mib;
/** What a session may use though others use all, and the PDU that is just being read. */
const beyondPerSession = 64 * kib + 256 * kib;
const sessions = 8;
const taskSetFull = 0x28;

let memory: MemoryBudget;
let lab: WireLab;

beforeEach(async () => {
  memory = new MemoryBudget(budgetBytes);
  lab = await openWireLab(memory);
});

afterEach(async () => {
  await lab.close();
  await until(() => memory.used === 0);
  expect(lab.errors).toEqual([]);
  expect(lab.array.check()).toEqual([]);
});

const keys = { FirstBurstLength: '262144', MaxBurstLength: '262144', InitialR2T: 'Yes', ImmediateData: 'Yes' };

/** PDUs until the answer to a ping that is sent now. */
async function heard(raw: RawInitiator, tag = 0x9999): Promise<Buffer[]> {
  raw.send(ping(tag));
  const headers = [];
  for (;;) {
    const pdu = await raw.receive();
    if (pdu === undefined) throw new Error('the target closed the connection');
    if (pdu.header[0] === 0x20 && pdu.header.readUInt32BE(16) === tag) return [...headers, pdu.header];
    headers.push(pdu.header);
  }
}

/** The statuses of commands by their tag. */
function statuses(headers: readonly Buffer[]): Map<number, number> {
  return new Map(
    headers.filter((header) => header[0] === 0x21).map((header) => [header.readUInt32BE(16), header[3] ?? -1]),
  );
}

function windowOf(headers: readonly Buffer[]): number {
  const last = headers.at(-1);
  return last === undefined ? -1 : last.readUInt32BE(32) - last.readUInt32BE(28) + 1;
}

describe('the memory of all sessions', () => {
  it('is bounded for commands out of turn: each is answered, what has no room with TASK SET FULL', async () => {
    const blocks = (256 * kib) / 512;
    const raws: RawInitiator[] = [];
    for (let isid = 1; isid <= sessions; isid++) raws.push(await lab.logIn(keys, isid));
    for (const raw of raws) {
      for (let serial = 2; serial <= 100; serial++)
        raw.send(
          command({
            lun: lab.luns[0],
            tag: serial,
            serial,
            writes: 256 * kib,
            data: Buffer.alloc(256 * kib, serial),
            cdb: transfer(0x2a, serial * blocks, blocks),
          }),
        );
      await heard(raw);
      expect(memory.used).toBeLessThan(budgetBytes + sessions * beyondPerSession);
    }
    expect(memory.used).toBeGreaterThan(budgetBytes / 2);
    let good = 0;
    for (const raw of raws) {
      raw.send(command({ lun: lab.luns[0], tag: 1, serial: 1, cdb: [0] }));
      const said = statuses(await heard(raw));
      expect(said.size).toBe(100);
      expect([...said.values()].filter((status) => status !== 0 && status !== taskSetFull)).toEqual([]);
      good += [...said.values()].filter((status) => status === 0).length;
    }
    expect(good).toBeGreaterThan(sessions + 16);
    expect(memory.used).toBe(0);
    const [first] = raws;
    first?.send(
      command({
        lun: lab.luns[0],
        tag: 200,
        serial: 101,
        writes: 512,
        data: Buffer.alloc(512, 9),
        cdb: transfer(0x2a, 0, 1),
      }),
    );
    expect(statuses(await heard(first as RawInitiator)).get(200)).toBe(0);
  });

  it('is bounded for writes that are begun and left; other sessions still write, and it comes back', async () => {
    const raws = [];
    for (let isid = 1; isid <= sessions; isid++) {
      const raw = await lab.logIn({ ImmediateData: 'No' }, isid);
      raws.push(raw);
      for (let serial = 1; serial <= 60; serial++)
        raw.send(command({ lun: lab.luns[0], tag: serial, serial, writes: mib, cdb: transfer(0x2a, 0, mib / 512) }));
      await heard(raw);
      expect(memory.used).toBeLessThan(budgetBytes + sessions * beyondPerSession);
    }
    const other = await lab.logIn({ ImmediateData: 'No' }, 50);
    const small = { lun: lab.luns[1], writes: 8 * kib, cdb: transfer(0x2a, 0, 16) };
    other.send(command({ ...small, tag: 7, serial: 1 }));
    const asked = (await heard(other)).find((header) => header[0] === 0x31);
    other.send(
      rawPdu({ opcode: 0x05, tag: 7, words: { 20: asked?.readUInt32BE(20) ?? 0 }, data: Buffer.alloc(8 * kib, 5) }),
    );
    const written = await heard(other);
    expect(statuses(written).get(7)).toBe(0);
    // It used the number that it had; the window does not move on.
    expect(windowOf(written)).toBe(0);
    for (const raw of raws) raw.close();
    const reopened = await other.receive();
    expect(reopened?.header[0]).toBe(0x20);
    expect(reopened?.header.readUInt32BE(16)).toBe(0xffffffff);
    expect(windowOf(reopened === undefined ? [] : [reopened.header])).toBe(128);
    await until(() => memory.used === 0);
  });

  it('keeps nothing of what comes behind a logout', async () => {
    const raw = await lab.logIn({}, 51);
    const logout = rawPdu({ opcode: 0x06, immediate: true, flags: 0x80, tag: 7, words: { 24: 1 } });
    const early = rawPdu({ opcode: 0x00, tag: 8, words: { 20: 0xffffffff, 24: 5 }, data: Buffer.alloc(4096) });
    raw.send(Buffer.concat([logout, early]));
    expect((await raw.receive())?.header[0]).toBe(0x26);
    expect(await raw.receive()).toBeUndefined();
    await until(() => memory.used === 0);
  });

  it('counts what is read with a digest and not taken', async () => {
    const iqn = lab.array.iscsiTarget.record.iqn;
    const other = await lab.logIn({}, 50);
    for (let isid = 1; isid <= sessions; isid++) {
      const raw = await lab.arrive();
      raw.send(
        rawLogin(
          {
            InitiatorName: 'iqn.1993-08.org.debian:01:raw',
            TargetName: iqn,
            DataDigest: 'CRC32C',
            MaxRecvDataSegmentLength: '262144',
          },
          isid,
        ),
      );
      await raw.receive();
      raw.socket.pause();
      const lun = lab.luns[0];
      raw.send(command({ lun, tag: 0xfff0, serial: 1, immediate: true, cdb: [0] }));
      for (let serial = 1; serial <= 60; serial++)
        raw.send(command({ lun, tag: serial, serial, reads: mib, cdb: transfer(0x28, 0, mib / 512) }));
    }
    await until(() => memory.isShort);
    for (let round = 0; round < 20; round++) {
      await heard(other, 0x8000 + round);
      expect(memory.used).toBeLessThan(budgetBytes + sessions * beyondPerSession);
    }
  });
});
