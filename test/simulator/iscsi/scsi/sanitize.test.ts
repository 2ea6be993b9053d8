import { describe, expect, it } from 'vitest';
import { hex, openScsiLab, pattern } from './scsi-lab.js';

const [blockErase, cryptographicErase] = ['48 02 00000000 00 0000 00', '48 03 00000000 00 0000 00'];
const overwrite = (bytes: string) => `48 01 00000000 00 ${bytes} 00`;

describe('SANITIZE', () => {
  it.each([
    ['BLOCK ERASE', blockErase, ''],
    ['CRYPTOGRAPHIC ERASE', cryptographicErase, ''],
    ['OVERWRITE with zeros', overwrite('0005'), '01 00 0001 00'],
  ])('%s of a volume as large as can be leaves nothing, at once', async (_name, cdb, list) => {
    const lab = openScsiLab();
    const { ref } = lab.volume({ thin: true, mib: 64 * 2 ** 20 });
    const host = lab.host();
    const places = [0, 65_536, 2 ** 40 + 512, 2 ** 46 - 1024];
    for (const at of places) lab.array.io.write(ref, at, pattern(at, 1024));
    expect((await host.send(cdb, hex(list))).end).toBe('good');
    for (const at of places) expect(lab.array.io.read(ref, at, 1024)).toEqual(Buffer.alloc(1024));
  });

  it('BLOCK ERASE leaves one deallocated extent of a whole unit, however much of it was written', async () => {
    const lab = openScsiLab();
    const { ref } = lab.volume({ thin: true, mib: 4096 });
    const host = lab.host();
    for (let at = 0; at < 2 ** 32; at += 2 ** 19) lab.array.io.write(ref, at, pattern(at, 512));
    expect((await host.send(blockErase)).end).toBe('good');
    const { data } = await host.send('9e 12 0000000000000000 00000400 00 00');
    expect(data.readUInt32BE(0)).toBe(4 + 16);
    expect([data.readUInt32BE(16), data[20]]).toEqual([2 ** 32 / 512, 1]);
  });

  it('BLOCK ERASE and one write leave three extents of a whole unit', async () => {
    const lab = openScsiLab();
    const { ref } = lab.volume({ thin: true, mib: 4096 });
    const host = lab.host();
    for (let at = 0; at < 2 ** 32; at += 2 ** 19) lab.array.io.write(ref, at, pattern(at, 512));
    await host.send(blockErase);
    lab.array.io.write(ref, 2 ** 31, pattern(1, 4096));
    const { data } = await host.send('9e 12 0000000000000000 00000400 00 00');
    const extents = [0, 1, 2].map((index) => [data.readUInt32BE(16 + 16 * index), data[20 + 16 * index]]);
    expect(extents).toEqual([
      [2 ** 22, 1],
      [8, 0],
      [2 ** 22 - 8, 1],
    ]);
  });

  it('OVERWRITE leaves a pattern in every block, inverted by every second pass', async () => {
    const lab = openScsiLab();
    const { ref } = lab.volume({ mib: 1 });
    const host = lab.host();
    expect((await host.send(overwrite('0006'), hex('01 00 0002 abcd'))).end).toBe('good');
    expect(lab.array.io.read(ref, 0, 2 ** 20).equals(Buffer.alloc(2 ** 20, hex('abcd')))).toBe(true);
    expect((await host.send(overwrite('0006'), hex('82 00 0002 abcd'))).end).toBe('good');
    expect(lab.array.io.read(ref, 0, 2 ** 20).equals(Buffer.alloc(2 ** 20, hex('5432')))).toBe(true);
  });

  it.each([
    ['an erase that is not had by a thick volume', blockErase, '', '5/24/00'],
    ['an overwrite without a pattern', overwrite('0004'), '', '5/24/00'],
    ['an overwrite of no passes', overwrite('0005'), '00 00 0001 00', '5/26/00'],
    ['an overwrite by more pattern than there is', overwrite('0005'), '01 00 0002 00', '5/26/00'],
    ['reserved bits', '48 41 00000000 00 0005 00', '', '5/24/00'],
    ['a service action that is none', '48 05 00000000 00 0000 00', '', '5/24/00'],
  ])('%s is refused', async (_what, cdb, list, end) => {
    const lab = openScsiLab();
    const { ref } = lab.volume({ mib: 1 });
    lab.array.io.write(ref, 0, pattern(1, 512));
    expect((await lab.host().send(cdb, hex(list))).end).toBe(end);
    expect(lab.array.io.read(ref, 0, 512)).toEqual(pattern(1, 512));
  });
});
