import { beforeEach, describe, expect, it } from 'vitest';
import { be, type Host, hex, openScsiLab, type ScsiLab } from './scsi-lab.js';

let lab: ScsiLab;
let ref: string;
let host: Host;
let other: Host;

beforeEach(() => {
  lab = openScsiLab();
  ref = lab.volume().ref;
  host = lab.host();
  other = lab.host({ isid: '800000000002' });
});

const blocks = 32_768;
const control = '0a0a 0010 0000 0000 ffff 0000';
const withBit = (page: string, at: number, bit: number) => {
  const bytes = hex(page);
  bytes[at] = bytes.readUInt8(at) | bit;
  return bytes.toString('hex');
};
/** MODE SELECT(6) of pages, without a block descriptor. */
const select = (pages: string, { lun = 1, from = host, header = '00000000' } = {}) => {
  const list = hex(header + pages);
  return from.send(`15 10 0000 ${be(list.length, 1)} 00`, list, lun);
};
const sense = (page: number, control = 0, lun = 1) =>
  host.send(`1a 08 ${be((control << 6) | page, 1)} 00 ff 00`, undefined, lun);

describe('MODE SENSE', () => {
  it('(6) has header, block descriptor and page', async () => {
    const { data } = await host.send('1a 00 0a 00 ff 00');
    expect(data).toEqual(hex(`17 00 10 08  ${be(blocks, 4)} 00000200  ${control}`));
  });

  it('(10) has a longer header, and on demand long addresses', async () => {
    expect((await host.send('5a 00 0a 00 000000 00ff 00')).data).toEqual(
      hex(`001a 00 10 00 00 0008  ${be(blocks, 4)} 00000200  ${control}`),
    );
    expect((await host.send('5a 10 0a 00 000000 00ff 00')).data).toEqual(
      hex(`0022 00 10 01 00 0010  ${be(blocks, 8)} 00000000 00000200  ${control}`),
    );
    expect((await host.send('5a 18 0a 00 000000 00ff 00')).data).toEqual(hex(`0012 00 10 00 00 0000  ${control}`));
  });

  it('of all pages has each as it stands alone, in the order of codes, within 255 bytes', async () => {
    const { data } = await sense(0x3f);
    expect(data.readUInt8(0)).toBe(data.length - 1);
    const alone = [];
    for (const code of [0x01, 0x02, 0x08, 0x0a, 0x1a, 0x1c]) alone.push((await sense(code)).data.subarray(4));
    expect(data.subarray(4)).toEqual(Buffer.concat(alone));
    expect((await host.send('1a 08 3f ff ff 00')).data).toEqual(data);
  });

  it('is cut to what there is room for, and tells its whole length', async () => {
    expect((await host.send('1a 00 0a 00 04 00')).data).toEqual(hex('17 00 10 08'));
    expect((await host.send('1a 00 0a 00 00 00')).data).toEqual(hex(''));
  });

  it.each([
    ['a page that is none', '1a 00 05 00 ff', '5/24/00'],
    ['a subpage that is none', '1a 00 0a 01 ff', '5/24/00'],
    ['saved values', '1a 00 ca 00 ff', '5/39/00'],
  ])('of %s is refused', async (_what, cdb, end) => {
    expect((await host.send(cdb)).end).toBe(end);
  });

  it('tells what can be changed, and what was', async () => {
    expect((await sense(0x0a, 1)).data.subarray(4)).toEqual(hex('0a0a 0400 0840 0000 0000 0000'));
    expect((await sense(0x08, 1)).data.subarray(4, 8)).toEqual(hex('0812 0500'));
    await select(withBit(control, 2, 0x04));
    expect((await sense(0x0a)).data.subarray(4)).toEqual(hex(withBit(control, 2, 0x04)));
    expect((await sense(0x0a, 2)).data.subarray(4)).toEqual(hex(control));
  });
});

describe('MODE SELECT', () => {
  it('is told to the others, who share the pages', async () => {
    expect((await select(withBit(control, 5, 0x40))).end).toBe('good');
    expect(await host.told()).toEqual([]);
    expect(await other.told()).toEqual(['2a/01']);
    expect((await select(withBit(control, 5, 0x40))).end).toBe('good');
    expect(await other.told()).toEqual([]);
  });

  it('(10) takes a block descriptor that says what is so', async () => {
    const list = hex(`0000 00 00 00 00 0008 ${be(blocks, 4)} 00000200 ${withBit(control, 2, 0x04)}`);
    expect((await host.send(`55 10 00 00 000000 ${be(list.length, 2)} 00`, list)).end).toBe('good');
    expect((await sense(0x0a)).data[6]).toBe(0x04);
  });

  it.each([
    ['without PF', '15 00 0000 10 00', `00000000${control}`, '5/24/00'],
    ['that is to be saved', '15 11 0000 10 00', `00000000${control}`, '5/24/00'],
    ['of nothing', '15 10 0000 00 00', '', 'good'],
    ['of less than a header', '15 10 0000 03 00', '000000', '5/1a/00'],
    ['with a length of mode data', '15 10 0000 10 00', `10000000${control}`, '5/26/00'],
    ['of a cut page', '15 10 0000 0e 00', '00000000 0a0a 0010 0000 0000 ffff', '5/1a/00'],
    ['with a block descriptor that is cut', '15 10 0000 08 00', '00000008 00000000', '5/1a/00'],
    ['of another block length', '15 10 0000 0c 00', '00000008 00000000 00001000', '5/26/00'],
    ['of a page that is none', '15 10 0000 08 00', '00000000 05020000', '5/26/00'],
    ['of a page of another length', '15 10 0000 08 00', '00000000 0a020010', '5/26/00'],
    ['of a bit that cannot be changed', '15 10 0000 10 00', '00000000 0a0a 0110 0000 0000 ffff 0000', '5/26/00'],
  ])('%s ends as it should, and changes nothing', async (_what, cdb, list, end) => {
    const before = (await sense(0x3f)).data;
    expect((await host.send(cdb, hex(list))).end).toBe(end);
    expect((await sense(0x3f)).data).toEqual(before);
    expect(await other.told()).toEqual([]);
  });

  it('points at the byte that is wrong', async () => {
    const { sense: said } = await select('0a0a 0110 0000 0000 ffff 0000');
    expect(said.subarray(15, 18)).toEqual(hex('80 0006'));
  });

  it('of two pages, the second of which is wrong, changes neither', async () => {
    const group = lab.array.snapshotGroups.create({ label: 'g', baseRef: ref });
    const image = lab.array.snapshotImages.create({ groupRef: group.ref });
    const view = lab.array.snapshotVolumes.create({ label: 'v', imageRef: image.ref, accessMode: 'readOnly' });
    const lun = lab.map(view.ref);
    await host.told(lun);
    const caching = (await sense(0x08, 0, lun)).data.subarray(4);
    caching[2] = caching.readUInt8(2) ^ 0x04;
    const { end } = await select(withBit(control, 2, 0x04) + caching.toString('hex'), { lun });
    expect(end).toBe('5/26/00');
    expect((await sense(0x0a, 0, lun)).data.subarray(4)).toEqual(hex(control));
  });

  it('of WCE and RCD is what REST shows', async () => {
    const caching = (await sense(0x08)).data.subarray(4);
    expect(caching.readUInt8(2)).toBe(0x04);
    caching[2] = 0x01;
    expect((await select(caching.toString('hex'))).end).toBe('good');
    expect(lab.array.volumes.require(ref).cache).toMatchObject({ writeCacheEnable: false, readCacheEnable: false });
    lab.array.volumes.update(ref, { cache: { writeCacheEnable: true, readCacheEnable: true } });
    expect((await sense(0x08)).data.readUInt8(6)).toBe(0x04);
  });
});

describe('the control mode page', () => {
  it('SWP protects from every write, and shows in the header', async () => {
    await select(withBit(control, 4, 0x08));
    expect((await sense(0x0a)).data.readUInt8(2)).toBe(0x90);
    await other.told();
    for (const cdb of [
      '0a 00 0000 01',
      '2a 00 00000000 00 0001',
      'aa 00 00000000 00000001',
      '8a 00 0000000000000000 00000001',
    ])
      expect((await other.send(cdb, Buffer.alloc(512))).end).toBe('7/27/00');
    for (const [cdb, bytes] of [
      ['2e 00 00000000 00 0001', 512],
      ['41 00 00000000 00 0001', 512],
      ['93 00 0000000000000000 00000001', 512],
      ['89 00 0000000000000000 000000 01', 1024],
      ['8b 00 0000000000000000 00000001', 512],
    ] as const)
      expect((await other.send(cdb, Buffer.alloc(bytes))).end).toBe('7/27/00');
    expect((await other.send('28 00 00000000 00 0001')).end).toBe('good');
    await select(control);
    await other.told();
    expect((await other.send('0a 00 0000 01', Buffer.alloc(512))).end).toBe('good');
  });

  it('D_SENSE decides the format of sense data', async () => {
    await select(withBit(control, 2, 0x04));
    const beyond = await host.send('88 00 ffffffffffffffff 00000001');
    expect(beyond.end).toBe('5/21/00');
    expect(beyond.sense.subarray(0, 4)).toEqual(hex('72 05 21 00'));
    expect(beyond.sense.length).toBe(8 + beyond.sense.readUInt8(7));
    await select(control);
    expect((await host.send('88 00 ffffffffffffffff 00000001')).sense.subarray(0, 3)).toEqual(hex('70 00 05'));
  });

  it('a reset of the unit brings back', async () => {
    await select(withBit(control, 4, 0x08));
    lab.target.resetUnit(host.nexus, 1);
    expect(await host.told()).toEqual(['29/03']);
    expect((await sense(0x0a)).data.subarray(4)).toEqual(hex(control));
    expect((await host.send('0a 00 0000 01', Buffer.alloc(512))).end).toBe('good');
  });
});

describe('the redundant controller page', () => {
  it('2C tells which units this controller owns, and takes over those that are marked', async () => {
    const { data } = await host.send('5a 08 2c 00 000000 00ff 00');
    expect(data.subarray(8, 10)).toEqual(hex('2c68'));
    const [mine, alternate] = lab.array.controllers.list();
    const isOwner = lab.array.volumes.require(ref).currentController === mine?.ref;
    expect(data.readUInt8(8 + 40 + 1)).toBe(isOwner ? 0x81 : 0x80);
    lab.array.controllers.takeOver(ref, alternate?.ref ?? '');
    await host.told();
    await other.told();
    expect((await host.send('5a 08 2c 00 000000 00ff 00')).data.readUInt8(8 + 40 + 1)).toBe(0x80);
    const page = Buffer.from((await host.send('5a 08 2c 00 000000 00ff 00')).data.subarray(8));
    page[35] = 0x02;
    page[40 + 1] = 0x81;
    const list = Buffer.concat([Buffer.alloc(8), page]);
    expect((await host.send(`55 10 00 00 000000 ${be(list.length, 2)} 00`, list)).end).toBe('good');
    expect(lab.array.volumes.require(ref).currentController).toBe(mine?.ref);
    expect(await host.told()).toEqual([]);
    expect(await other.told()).toEqual(['2a/06']);
  });

  it('2C/01 has room for 256 units', async () => {
    const { data } = await host.send('5a 08 2c 01 000000 ffff 00');
    expect(data.subarray(8, 12)).toEqual(hex('6c 01 0128'));
    expect(data.length).toBe(8 + 4 + 0x128);
  });
});
