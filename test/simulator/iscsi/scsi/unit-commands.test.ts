import { beforeEach, describe, expect, it } from 'vitest';
import { be, type Host, hex, openScsiLab, pattern, type ScsiLab } from './scsi-lab.js';

let lab: ScsiLab;
let host: Host;
let ref: string;

beforeEach(() => {
  lab = openScsiLab();
  ref = lab.volume().ref;
  host = lab.host();
});

describe('REPORT LUNS', () => {
  it('lists what the host sees, in order, by any number', async () => {
    lab.volume();
    const list = hex('00000010 00000000 0001000000000000 0002000000000000');
    for (const lun of [0, 1, 77])
      expect((await host.send('a0 00 00 000000 000000ff', undefined, lun)).data).toEqual(list);
    expect((await host.send('a0 00 02 000000 00000010')).data).toEqual(list.subarray(0, 16));
    expect((await host.send('a0 00 01 000000 000000ff')).data).toEqual(Buffer.alloc(8));
    for (const cdb of ['a0 00 00 000000 0000000f', 'a0 00 03 000000 000000ff'])
      expect((await host.send(cdb)).end).toBe('5/24/00');
  });
});

describe('READ CAPACITY', () => {
  it('(10) and (16) tell the last block', async () => {
    expect((await host.send('25')).data).toEqual(hex(`${be(32_767, 4)} 00000200`));
    const long = Buffer.concat([hex(`${be(32_767, 8)} 00000200`), Buffer.alloc(20)]);
    expect((await host.send('9e 10 0000000000000000 00000020')).data).toEqual(long);
    for (const bytes of [0, 8, 15])
      expect((await host.send(`9e 10 0000000000000000 ${be(bytes, 4)}`)).data).toEqual(long.subarray(0, bytes));
    for (const cdb of ['25 00 00000001', '9e 10 0000000000000001 00000020', '9e 11'])
      expect((await host.send(cdb)).end).toBe('5/24/00');
  });

  it('tells blocks of 4 KiB, what is thin, and what is too large for ten bytes', async () => {
    lab.volume({ blockBytes: 4096 });
    lab.volume({ thin: true, mib: 4 * 2 ** 20 });
    await host.told(2);
    await host.told(3);
    expect((await host.send('25', undefined, 2)).data).toEqual(hex(`${be(4095, 4)} 00001000`));
    expect((await host.send('25', undefined, 3)).data).toEqual(hex('ffffffff 00000200'));
    const { data } = await host.send('9e 10 0000000000000000 00000020', undefined, 3);
    expect([data.readBigUInt64BE(0), data[14]]).toEqual([2n ** 33n - 1n, 0xc0]);
  });
});

describe('GET LBA STATUS', () => {
  const statusFrom = (lba: number, bytes = 256) => host.send(`9e 12 ${be(lba, 8)} ${be(bytes, 4)}`, undefined, 2);
  const extents = (...list: readonly (readonly [lba: number, blocks: number, state: number])[]) =>
    hex(
      `${be(4 + 16 * list.length, 4)} 00000000 ${list.map(([lba, blocks, state]) => `${be(lba, 8)} ${be(blocks, 4)} ${be(state, 1)} 000000`).join(' ')}`,
    );

  it('tells what is mapped, from the block that is asked for on', async () => {
    const { ref: thin } = lab.volume({ thin: true, mib: 1024 });
    await host.told(2);
    const last = 2 ** 21;
    expect((await statusFrom(5)).data).toEqual(extents([5, last - 5, 1]));
    lab.array.io.write(thin, 8192, pattern(1, 4096));
    expect((await statusFrom(0)).data).toEqual(extents([0, 16, 1], [16, 8, 0], [24, last - 24, 1]));
    expect((await statusFrom(18)).data).toEqual(extents([18, 6, 0], [24, last - 24, 1]));
    expect((await statusFrom(0, 24)).data).toEqual(extents([0, 16, 1]));
    expect((await statusFrom(last)).end).toBe('5/21/00');
    lab.array.io.unmap(thin, 8192, 4096);
    expect((await statusFrom(0)).data.readUInt32BE(16)).toBeGreaterThan(16);
  });

  it('of a thick volume is mapped throughout', async () => {
    expect((await host.send('9e 12 0000000000000001 000000ff')).data).toEqual(extents([1, 32_767, 0]));
  });
});

describe('REQUEST SENSE', () => {
  it('tells what waits, as data, and forgets it', async () => {
    lab.target.resetUnit(host.nexus, 1);
    expect((await host.send('03 00 0000 ff')).data).toEqual(hex('70 00 06 00000000 0a 00000000 29 03 00 000000'));
    expect((await host.send('03 00 0000 ff')).data).toEqual(hex('70 00 00 00000000 0a 00000000 00 00 00 000000'));
    expect((await host.send('03 01 0000 ff')).data).toEqual(hex('72 00 00 00 000000 00'));
    expect((await host.send('03 00 0000 04')).data.length).toBe(4);
    expect((await host.send('03 00 0000 ff', undefined, 50)).data.subarray(0, 14)).toEqual(
      hex('70 00 05 00000000 0a 00000000 25 00'),
    );
  });
});

describe('unit attentions', () => {
  it('come one at a time, before anything is done, and once', async () => {
    lab.target.resetUnit(host.nexus, 1);
    lab.array.volumes.expand(ref, 2 ** 25);
    lab.target.arrayChanged();
    const write = '2a 00 00000000 00 0001';
    expect((await host.send(write, pattern(1, 512))).end).toBe('6/29/03');
    expect((await host.send(write, pattern(1, 512))).end).toBe('6/2a/09');
    expect((await host.send(write, pattern(1, 512))).end).toBe('good');
  });

  it('of the list of LUNs are gone when the list was asked for', async () => {
    lab.volume();
    await host.send('a0 00 00 000000 000000ff');
    expect(await host.told()).toEqual([]);
    lab.volume();
    expect(await host.told()).toEqual(['3f/0e']);
  });
});

describe('other commands', () => {
  it.each([
    ['TEST UNIT READY', '00', 'good'],
    ['START STOP UNIT', '1b 00 0000 01', 'good'],
    ['an eject', '1b 00 0000 02', '5/24/00'],
    ['PREVENT ALLOW MEDIUM REMOVAL', '1e 00 0000 01', 'good'],
    ['a self-test', '1d 04', 'good'],
    ['LOG SENSE of no such page', '4d 00 3e 00 00 0000 00ff', '5/24/00'],
    ['PRE-FETCH(10)', '34 00 00000000 00 0010', 'good'],
    ['PRE-FETCH(16) beyond the end', '90 00 0000000000008000 00000001', '5/21/00'],
    ['SYNCHRONIZE CACHE(10) of everything', '35 00 00000000 00 0000', 'good'],
    ['SYNCHRONIZE CACHE(16) beyond the end', '91 00 0000000000008000 00000001', '5/21/00'],
    ['READ DEFECT DATA', '37 00 0d 00000000 00ff', 'good'],
    ['a command that is none', 'c5', '5/20/00'],
    ['a service action that is none', 'a3 1f', '5/24/00'],
    ['NACA', '28 00 00000000 00 0001 04', '5/24/00'],
    ['UNMAP at a thick volume', '42 00 00000000 00 0000', '5/20/00'],
    ['COMPARE AND WRITE of nothing', '89', 'good'],
    ['READ(10) with protection', '28 20 00000000 00 0001', '5/24/00'],
    ['a transfer that is too long', '88 00 0000000000000000 00008001', '5/21/00'],
  ])('%s', async (_name, cdb, end) => {
    expect((await host.send(cdb)).end).toBe(end);
  });
});

describe('REPORT SUPPORTED OPERATION CODES', () => {
  it('lists commands, each of which it also tells by itself', async () => {
    const { data } = await host.send('a3 0c 00 00 0000 0000ffff');
    expect(data.readUInt32BE(0)).toBe(data.length - 4);
    expect((data.length - 4) % 8).toBe(0);
    for (let at = 4; at < data.length; at += 8) {
      const [code, action, flags] = [data.readUInt8(at), data.readUInt16BE(at + 2), data.readUInt8(at + 5)];
      const hasAction = (flags & 1) !== 0;
      expect(flags & 2).toBe(0);
      if (!hasAction) expect(action).toBe(0);
      const one = await host.send(`a3 0c ${hasAction ? '02' : '01'} ${be(code, 1)} ${be(action, 2)} 000000ff`);
      expect(one.data.subarray(0, 5)).toEqual(hex(`00 03 ${be(data.readUInt16BE(at + 6), 2)} ${be(code, 1)}`));
      expect((await host.send(`a3 0c ${hasAction ? '01' : '02'} ${be(code, 1)} ${be(action, 2)} 000000ff`)).end).toBe(
        '5/24/00',
      );
    }
  });

  it('adds timeouts on demand', async () => {
    const { data } = await host.send('a3 0c 80 00 0000 0000ffff');
    for (let at = 4; at < data.length; at += 20) {
      expect((data[at + 5] ?? 0) & 2).toBe(2);
      expect(data.readUInt16BE(at + 8)).toBe(10);
    }
    expect((await host.send('a3 0c 81 28 0000 000000ff')).data).toEqual(
      hex('00 83 000a 28 18 ffffffff 1f ffff 00 000a 00000000000000000000'),
    );
  });

  it('tells of a command that is none', async () => {
    expect((await host.send('a3 0c 01 c5 0000 000000ff')).data).toEqual(hex('00 01 0000'));
    expect((await host.send('a3 0c 04 00 0000 000000ff')).end).toBe('5/24/00');
  });
});

describe('target port groups', () => {
  it('are told in order, cut wherever there is no more room', async () => {
    const whole = (await host.send('a3 0a 00000000 000000ff')).data;
    expect(whole.readUInt32BE(0)).toBe(whole.length - 4);
    for (const bytes of [0, 3, 4, 9, 13, 18])
      expect((await host.send(`a3 0a 00000000 ${be(bytes, 4)}`)).data).toEqual(whole.subarray(0, bytes));
    const extended = (await host.send('a3 2a 00000000 000000ff')).data;
    expect(extended.readUInt32BE(0)).toBe(whole.length);
    expect(extended.subarray(4, 6)).toEqual(hex('10 00'));
    expect(extended.subarray(8)).toEqual(whole.subarray(4));
  });

  it.each([
    ['of a group that is none', '00000000 00000003', '5/26/00'],
    ['to a state that cannot be set', '00000000 02000001', '5/26/00'],
    ['of half a descriptor', '00000000 0000', '5/1a/00'],
  ])('are not set %s', async (_what, list, end) => {
    const data = hex(list);
    expect((await host.send(`a4 0a 00000000 ${be(data.length, 4)}`, data)).end).toBe(end);
  });
});
