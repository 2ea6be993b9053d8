import { beforeEach, describe, expect, it } from 'vitest';
import { be, type Host, hex, openScsiLab, pattern, type ScsiLab } from './scsi-lab.js';

let lab: ScsiLab;
let host: Host;
let thin: string;
let thick: string;
const thinLun = 1;
const thickLun = 2;

beforeEach(() => {
  lab = openScsiLab();
  thin = lab.volume({ thin: true, mib: 1024 }).ref;
  thick = lab.volume().ref;
  host = lab.host();
  for (const ref of [thin, thick]) lab.array.io.write(ref, 0, pattern(1, 8192));
});

const block = pattern(2, 512);
const unmapOf = (...ranges: readonly (readonly [lba: number | bigint, blocks: number])[]) =>
  hex(
    `${be(6 + 16 * ranges.length, 2)} ${be(16 * ranges.length, 2)} 00000000 ${ranges.map(([lba, blocks]) => `${be(lba, 8)} ${be(blocks, 4)} 00000000`).join('')}`,
  );

describe('UNMAP', () => {
  it.each<[string, Buffer, string]>([
    ['of nothing at all', Buffer.alloc(0), 'good'],
    ['of less than a header', Buffer.alloc(7), '5/1a/00'],
    ['of no ranges', unmapOf(), 'good'],
    ['of a range without blocks', unmapOf([1, 0], [2 ** 21, 0]), 'good'],
    ['of a range beyond the end', unmapOf([0, 1], [2 ** 21, 1]), '5/21/00'],
    ['of a range far beyond it', unmapOf([0, 1], [2n ** 64n - 1n, 1]), '5/21/00'],
    ['of more blocks than B0 allows', unmapOf([0, 2 ** 20], [0, 1]), '5/26/00'],
  ])('%s changes nothing', async (_what, list, end) => {
    const cdb = `42 00 00000000 00 ${be(list.length, 2)} 00`;
    expect((await host.send(cdb, list, thinLun)).end).toBe(end);
    expect(lab.array.io.read(thin, 0, 8192)).toEqual(pattern(1, 8192));
  });

  it('forgets each range, and nothing beside them', async () => {
    const list = unmapOf([1, 2], [5, 1]);
    await host.send(`42 00 00000000 00 ${be(list.length, 2)} 00`, list, thinLun);
    const due = pattern(1, 8192);
    due.fill(0, 512, 1536).fill(0, 2560, 3072);
    expect(lab.array.io.read(thin, 0, 8192)).toEqual(due);
  });
});

describe('WRITE SAME', () => {
  it.each<[string, string, Uint8Array, number, string]>([
    ['(10) with ANCHOR', '41 10 00000000 00 0001', block, thinLun, '5/24/00'],
    ['(16) with ANCHOR and UNMAP', '93 18 0000000000000000 00000001', block, thinLun, '5/24/00'],
    ['(10) with UNMAP at a thick volume', '41 08 00000000 00 0001', block, thickLun, '5/24/00'],
    ['(16) with UNMAP at a thick volume', '93 08 0000000000000000 00000001', block, thickLun, '5/24/00'],
    ['(16) of more blocks than B0 allows', '93 00 0000000000000000 00010000', block, thinLun, '5/24/00'],
    ['(16) of all to the end, which is more than that', '93 00 0000000000000000 00000000', block, thinLun, '5/24/00'],
    ['(16) of two blocks of data', '93 00 0000000000000000 00000001', pattern(3, 1024), thinLun, '5/24/00'],
    ['(10) of no data', '41 00 00000000 00 0001', Buffer.alloc(0), thinLun, '5/24/00'],
    ['(10) with protection', '41 20 00000000 00 0001', block, thinLun, '5/24/00'],
    ['(16) beyond the end', '93 00 0000000000200000 00000001', block, thinLun, '5/21/00'],
  ])('%s is refused', async (_what, cdb, data, lun, end) => {
    expect((await host.send(cdb, data, lun)).end).toBe(end);
    for (const ref of [thin, thick]) expect(lab.array.io.read(ref, 0, 8192)).toEqual(pattern(1, 8192));
  });

  it('writes its block to each, to the end, as zeros without data, or forgets them', async () => {
    const due = pattern(1, 8192);
    await host.send('41 00 00000001 00 0002', block, thinLun);
    block.copy(due, 512);
    block.copy(due, 1024);
    await host.send('93 01 0000000000000004 00000001', Buffer.alloc(0), thinLun);
    due.fill(0, 2048, 2560);
    await host.send('93 08 0000000000000006 00000002', Buffer.alloc(512), thinLun);
    due.fill(0, 3072, 4096);
    expect(lab.array.io.read(thin, 0, 8192)).toEqual(due);
    await host.send('41 00 00007ffe 00 0000', block, thickLun);
    expect(lab.array.io.read(thick, 0x7ffe * 512, 1024)).toEqual(Buffer.concat([block, block]));
  });
});

describe('EXTENDED COPY', () => {
  const target = (ref: string) => `e4 00 0000 01 03 00 10 ${lab.array.volumes.require(ref).wwn} 00000000 00000200`;
  const segment = (from: number, to: number, blocks: number, fromLba: number, toLba: number) =>
    `02 00 0018 ${be(from, 2)} ${be(to, 2)} 0000 ${be(blocks, 2)} ${be(fromLba, 8)} ${be(toLba, 8)}`;
  const copy = (targets: readonly string[], segments: readonly string[], head = '01 00') => {
    const [first, second] = [hex(targets.join('')), hex(segments.join(''))];
    const list = Buffer.concat([
      hex(`${head} ${be(first.length, 2)} 00000000 ${be(second.length, 4)} 00000000`),
      first,
      second,
    ]);
    return host.send(`83 00 0000000000000000 ${be(list.length, 4)} 00 00`, list, thinLun);
  };

  it('copies blocks from unit to unit and within one, and keeps the result to be asked for', async () => {
    const units = [target(thin), target(thick)];
    expect((await copy(units, [segment(0, 1, 4, 2, 100), segment(1, 1, 3, 0, 1)])).end).toBe('good');
    expect(lab.array.io.read(thick, 51_200, 2048)).toEqual(pattern(1, 8192).subarray(1024, 3072));
    expect(lab.array.io.read(thick, 512, 1536)).toEqual(pattern(1, 8192).subarray(0, 1536));
    const status = await host.send('84 00 01 00000000000000 000000ff', undefined, thinLun);
    expect(status.data).toEqual(hex(`00000008 01 0002 00 ${be(7 * 512, 4)}`));
    expect((await host.send('84 00 02 00000000000000 000000ff', undefined, thinLun)).end).toBe('5/24/00');
  });

  it.each<[string, () => ReturnType<Host['send']>, string]>([
    ['a unit that is not seen', () => copy([target(thin).replace(/01 03 00 10 ../, '01 03 00 10 61')], []), 'a/08/04'],
    ['a segment of units that are not named', () => copy([target(thin)], [segment(0, 1, 1, 0, 0)]), 'a/08/04'],
    ['a descriptor of a type that is none', () => copy([target(thin).replace('e4', 'e7')], []), '5/26/07'],
    [
      'a segment of a type that is none',
      () => copy([target(thin)], [segment(0, 0, 1, 0, 9).replace('02', '03')]),
      '5/26/09',
    ],
    ['a segment beyond the end', () => copy([target(thin)], [segment(0, 0, 1, 0, 2 ** 21)]), 'a/00/00'],
    ['half a descriptor', () => copy(['e4'.repeat(16)], []), '5/26/00'],
    [
      'too many targets',
      () =>
        copy(
          Array.from({ length: 9 }, () => target(thin)),
          [],
        ),
      '5/26/06',
    ],
    [
      'a second segment that is wrong',
      () => copy([target(thin)], [segment(0, 0, 1, 0, 9), segment(0, 5, 1, 0, 0)]),
      'a/08/04',
    ],
    ['less than a header', () => host.send('83 00 0000000000000000 0000000f', Buffer.alloc(15), thinLun), '5/1a/00'],
  ])('of %s is refused, and copies nothing', async (_what, send, end) => {
    expect((await send()).end).toBe(end);
    expect(lab.array.io.read(thin, 0, 8192)).toEqual(pattern(1, 8192));
  });

  it('tells what it may be asked for', async () => {
    const whole = (await host.send('84 03 00 00000000000000 000000ff', undefined, thinLun)).data;
    expect(whole.readUInt32BE(0)).toBe(whole.length - 4);
    expect([whole.readUInt16BE(8), whole.readUInt16BE(10)]).toEqual([8, 32]);
    expect(whole.subarray(43)).toEqual(hex('02 02 e4'));
  });
});
