import { beforeAll, describe, expect, it } from 'vitest';
import { be, type Host, openScsiLab, pattern } from './scsi-lab.js';

/** As many as one transfer may have: page B0 says so. */
const blocks = (16 * 2 ** 20) / 512;
const repeated = pattern(9, 512);
let host: Host;

beforeAll(async () => {
  const lab = openScsiLab();
  const { ref } = lab.volume({ mib: 64 });
  host = lab.host();
  lab.array.io.write(ref, 0, pattern(1, 8 * 512));
  for (let block = 8; block < 16; block++) lab.array.io.write(ref, block * 512, repeated);
});

/** The same VERIFY in its three lengths, and WRITE AND VERIFY. */
const forms = {
  'VERIFY(10)': (check: number, lba: number, count: number) =>
    `2f ${be(check << 1, 1)} ${be(lba, 4)} 00 ${be(count, 2)}`,
  'VERIFY(12)': (check: number, lba: number, count: number) => `af ${be(check << 1, 1)} ${be(lba, 4)} ${be(count, 4)}`,
  'VERIFY(16)': (check: number, lba: number, count: number) => `8f ${be(check << 1, 1)} ${be(lba, 8)} ${be(count, 4)}`,
};

describe.each(Object.entries(forms))('%s', (_name, cdb) => {
  it.each<[string, number, number, number, Uint8Array, string]>([
    ['of the medium takes no data', 0, 0, 8, Buffer.alloc(0), 'good'],
    ['of everything that can be named', 0, 0, 0xffff, Buffer.alloc(0), 'good'],
    ['of equal blocks', 1, 0, 8, pattern(1, 8 * 512), 'good'],
    ['of no blocks', 1, 0, 0, Buffer.alloc(0), 'good'],
    ['of no blocks behind the end', 0, 131_072, 0, Buffer.alloc(0), 'good'],
    ['of no blocks beyond the end', 0, 131_073, 0, Buffer.alloc(0), '5/21/00'],
    ['of a block beyond the end', 0, 131_072, 1, Buffer.alloc(0), '5/21/00'],
    ['with a check that is reserved', 2, 0, 1, Buffer.alloc(512), '5/24/00'],
    ['of one block against each', 3, 8, 8, repeated, 'good'],
    ['of one block against one that differs', 3, 7, 2, repeated, 'e/1d/00'],
    ['with less data than blocks', 1, 0, 2, pattern(1, 512), '5/0e/03'],
    ['of more than one transfer with data for each block', 1, 0, blocks + 1, Buffer.alloc(0), '5/24/00'],
    ['of more than one transfer with data for all blocks', 3, 0, blocks + 1, repeated, '5/24/00'],
  ])('%s', async (_what, check, lba, count, data, end) => {
    expect((await host.send(cdb(check, lba, count), data)).end).toBe(end);
  });

  it('tells where the first byte that differs is', async () => {
    const data = pattern(1, 8 * 512);
    data[1234] = ~data.readUInt8(1234) & 0xff;
    const { end, sense } = await host.send(cdb(1, 0, 8), data);
    expect([end, sense[0], sense.readUInt32BE(3)]).toEqual(['e/1d/00', 0xf0, 1234]);
  });

  it('knows no protection information', async () => {
    for (let protect = 1; protect < 8; protect++) {
      const bytes = Buffer.from(cdb(0, 0, 1).replaceAll(' ', ''), 'hex');
      const whole = Buffer.concat([bytes, Buffer.alloc(16 - bytes.length)]);
      whole[1] = protect << 5;
      expect((await host.send(whole)).end).toBe('5/24/00');
    }
  });
});
