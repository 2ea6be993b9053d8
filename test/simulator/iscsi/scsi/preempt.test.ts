import { beforeEach, describe, expect, it } from 'vitest';
import { be, type Host, hex, openScsiLab, type ScsiLab } from './scsi-lab.js';

let lab: ScsiLab;
let first: Host;
let second: Host;
let third: Host;

const out = (host: Host, action: number, type: number, key: number, newKey: number) =>
  host.send(`5f ${be(action, 1)} ${be(type, 1)} 00 00 00000018 00`, hex(be(key, 8) + be(newKey, 8) + be(0, 8)));
const [register, reserve, preempt] = [0, 1, 4];

beforeEach(async () => {
  lab = openScsiLab();
  lab.volume();
  first = lab.host({ isid: '800000000001' });
  second = lab.host({ isid: '800000000002', controller: 1 });
  third = lab.host({ isid: '800000000003' });
  for (const [index, host] of [first, second, third].entries()) await out(host, register, 0, 0, index + 1);
});

describe('PREEMPT of who holds a reservation', () => {
  it.each([
    [1, 1, []],
    [3, 3, []],
    [5, 5, []],
    [6, 6, []],
    [1, 3, ['2a/04']],
    [5, 6, ['2a/04']],
    [6, 1, ['2a/04']],
  ])('of type %i by one of type %i: those who stay are told %j', async (before, after, told) => {
    await out(first, reserve, before, 1, 0);
    expect((await out(second, preempt, after, 2, 1)).end).toBe('good');
    expect(await first.told()).toEqual(['2a/05']);
    expect(await second.told()).toEqual([]);
    expect(await third.told()).toEqual(told);
    const { data } = await second.send('5e 01 00 00 00 00 00 0018 00');
    expect(data).toEqual(hex(`00000004 00000010 ${be(2, 8)} 00000000 00 ${be(after, 1)} 0000`));
  });
});
