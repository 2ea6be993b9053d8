import { beforeAll, describe, expect, it } from 'vitest';
import { be, type Host, hex, openScsiLab, type ScsiLab } from './scsi-lab.js';

let lab: ScsiLab;
let host: Host;
let other: Host;
let ref: string;
let wwn: string;
let thinLun: number;
const noLun = 99;

beforeAll(() => {
  lab = openScsiLab();
  ref = lab.volume().ref;
  wwn = lab.array.volumes.require(ref).wwn;
  thinLun = lab.volume({ thin: true, mib: 1024 }).lun;
  host = lab.host({ keepAttentions: true });
  other = lab.host({ isid: '800000000002', controller: 1 });
});

const page = async (code: number, { lun = 1, from = host } = {}) =>
  (await from.send(`12 01 ${be(code, 1)} ffff 00`, undefined, lun)).data;

describe('INQUIRY', () => {
  it('tells a NetApp disk of SPC-3, with ALUA, third-party copy and queueing', async () => {
    const { data, end } = await host.send('12 00 00 00ff 00');
    expect(end).toBe('good');
    expect(data.length).toBe(96);
    expect(data.subarray(0, 8)).toEqual(hex('00 00 05 12 5b 38 10 02'));
    expect(data.toString('latin1', 8, 32)).toBe('NETAPP  INF-01-00       ');
    expect(data.toString('latin1', 32, 36)).toMatch(/^\d{4}$/);
    const versions = [58, 60, 62, 64].map((at) => data.readUInt16BE(at));
    expect(versions).toEqual(expect.arrayContaining([0x0960, 0x0300, 0x04c0]));
  });

  it('is cut to any length', async () => {
    const whole = (await host.send('12 00 00 ffff 00')).data;
    for (const bytes of [0, 1, 5, 36, 95, 96, 97])
      expect((await host.send(`12 00 00 ${be(bytes, 2)} 00`)).data).toEqual(whole.subarray(0, bytes));
  });

  it.each([
    ['a page without EVPD', '12 00 80 00ff 00'],
    ['a page that is none', '12 01 84 00ff 00'],
    ['CMDDT', '12 02 00 00ff 00'],
    ['NACA', '12 00 00 00ff 04'],
  ])('with %s is refused', async (_what, cdb) => {
    expect((await host.send(cdb)).end).toBe('5/24/00');
  });

  it('tells of a number without a unit that there can be none; at 0 that there is none', async () => {
    expect((await host.send('12 00 00 00ff 00', undefined, noLun)).data[0]).toBe(0x7f);
    expect((await host.send('12 00 00 00ff 00', undefined, 0)).data[0]).toBe(0x20);
    expect((await host.send('12 01 00 00ff 00', undefined, noLun)).end).toBe('5/24/00');
  });

  it('leaves what the unit has to tell for later', async () => {
    expect(await host.told()).toEqual(['29/00']);
  });
});

describe('vital product data', () => {
  it('lists pages in order, and has each with its length', async () => {
    for (const lun of [1, thinLun]) {
      const listed = [...(await page(0x00, { lun })).subarray(4)];
      expect(listed).toEqual([...listed].sort((a, b) => a - b));
      expect(listed).toEqual(
        expect.arrayContaining([0x00, 0x80, 0x83, 0x86, 0xb0, 0xb1, 0xc0, 0xc2, 0xc4, 0xc8, 0xc9, 0xca]),
      );
      expect(listed.includes(0xb2)).toBe(lun === thinLun);
      for (const code of listed) {
        const data = await page(code, { lun });
        expect([data[0], data[1], data.readUInt16BE(2)]).toEqual([0, code, data.length - 4]);
      }
    }
    expect((await host.send('12 01 b2 00ff 00')).end).toBe('5/24/00');
  });

  it('80 is the same serial by every path', async () => {
    expect(await page(0x80)).toEqual(await page(0x80, { from: other }));
    expect((await page(0x80)).length).toBeGreaterThan(4);
  });

  it('83 names unit, port, group and target', async () => {
    const { port, targetName } = other.nexus;
    const name = (text: string) => {
      const bytes = Buffer.from(`${text}\0`);
      const padded = Buffer.concat([bytes, Buffer.alloc(Math.ceil(bytes.length / 4) * 4 - bytes.length)]);
      return `${be(padded.length, 1)} ${padded.toString('hex')}`;
    };
    const body = hex(
      `01 03 00 10 ${wwn}  51 94 00 04 ${be(port.relativeId, 4)}  51 95 00 04 00000002
       53 98 00 ${name(`${targetName},t,0x0002`)}  53 a8 00 ${name(targetName)}`,
    );
    expect((await page(0x83, { from: other })).subarray(4)).toEqual(body);
  });

  it('86 tells task attributes, a volatile cache, and attentions that a logout clears', async () => {
    expect(await page(0x86)).toEqual(Buffer.concat([hex('00 86 003c 00 07 01 01'), Buffer.alloc(56)]));
  });

  it('B0 limits transfers of a thick volume, which unmaps nothing', async () => {
    const data = await page(0xb0);
    expect(data.length).toBe(64);
    expect([data[4], data[5]]).toEqual([0, 255]);
    expect(data.readUInt32BE(8)).toBe(32_768);
    expect([20, 24].map((at) => data.readUInt32BE(at))).toEqual([0, 0]);
    expect(data.readBigUInt64BE(36)).toBe(65_535n);
  });

  it('B0 of a thin one limits what is unmapped', async () => {
    const data = await page(0xb0, { lun: thinLun });
    expect([20, 24, 28, 32].map((at) => data.readUInt32BE(at))).toEqual([2 ** 20, 4096, 8, 0x80000000]);
  });

  it('B1 tells how fast the drives turn', async () => {
    const data = await page(0xb1);
    const [drive] = lab.array.drives.inPool(lab.array.pools.find('DDP_1')?.ref ?? '');
    expect(data.readUInt16BE(4)).toBe(drive?.media === 'hdd' ? drive.spindleSpeedRpm : 1);
    expect(data.length).toBe(64);
  });

  it('B2 of a thin volume takes every way of unmapping, and reads zeros', async () => {
    expect(await page(0xb2, { lun: thinLun })).toEqual(hex('00 b2 0004 00 e4 02 00'));
  });

  it('C0 to C4 are the array’s', async () => {
    const idOf = async (code: number) => (await page(code)).toString('latin1', 4, 8);
    expect(await Promise.all([0xc0, 0xc1, 0xc2, 0xc3, 0xc4].map(idOf))).toEqual([
      'hwr4',
      'fwr4',
      'swr4',
      'prm4',
      'subs',
    ]);
    const software = await page(0xc2);
    expect((software[14] ?? 0) & 0x11).toBe(0x11);
    expect(software[15]).toBeGreaterThanOrEqual(32);
    expect((await page(0xc3))[11]).toBe(0x80 | 7);
    expect((await page(0xc4)).toString('latin1', 28, 30)).toBe('01');
    expect((await page(0xc4, { from: other })).toString('latin1', 28, 30)).toBe('02');
    expect((await page(0xc4)).subarray(8, 24)).toEqual((await page(0xc4, { from: other })).subarray(8, 24));
  });

  it('C8 names volume, array and number', async () => {
    const data = await page(0xc8);
    expect(data.toString('latin1', 4, 8)).toBe('edid');
    expect(data.length).toBeGreaterThanOrEqual(0xab);
    expect([data[11], data[89]]).toEqual([16, 16]);
    expect(data.toString('hex', 12, 28).toUpperCase()).toBe(wwn);
    const { label } = lab.array.volumes.require(ref);
    // Each character is the second of two bytes.
    expect(data[28]).toBe(2 * label.length);
    expect([...label].map((_, index) => data.toString('latin1', 30 + 2 * index, 31 + 2 * index)).join('')).toBe(label);
    expect(data.toString('hex', 90, 106).toUpperCase()).toBe(lab.array.system.wwn.toUpperCase());
    expect(data[174]).toBe(1);
  });

  it('C9 tells who owns the volume, 48 bytes long', async () => {
    const isFirst = lab.array.volumes.require(ref).currentController === host.nexus.port.controllerRef;
    const [mine, theirs] = isFirst ? [host, other] : [other, host];
    expect((await page(0xc9, { from: mine })).subarray(0, 14)).toEqual(hex('00c9 002c 76616331 f1 01 00 01 01 01'));
    expect((await page(0xc9, { from: theirs })).subarray(0, 14)).toEqual(hex('00c9 002c 76616331 f0 02 01 01 00 01'));
  });
});
