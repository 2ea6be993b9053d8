import { beforeEach, describe, expect, it } from 'vitest';
import { reserveOut } from './persistent-reservations.js';
import { type Host, openScsiLab, type ScsiLab } from './scsi-lab.js';

let lab: ScsiLab;
let host: Host;
let other: Host;
const [reserve6, release6, reserve10, release10] = ['16', '17', '56', '57'];
const read = '28 00 00000000 00 0001';

beforeEach(() => {
  lab = openScsiLab();
  lab.volume();
  host = lab.host();
  other = lab.host({ isid: '800000000002' });
});

describe.each([
  [reserve6, release6],
  [reserve10, release10],
])('RESERVE %s and RELEASE %s', (reserve, release) => {
  it('keep others from all but what only asks', async () => {
    expect((await host.send(reserve)).end).toBe('good');
    expect((await host.send(reserve)).end).toBe('good');
    expect((await host.send(read)).end).toBe('good');
    for (const cdb of [reserve, read, '00', '1a 08 0a 00 ff', '25', '5e 00 0000000000 00ff', 'a3 0a 00000000 000000ff'])
      expect([cdb, (await other.send(cdb)).end]).toEqual([cdb, 'conflict']);
    const conflict = await other.send(read);
    expect([conflict.sense.length, conflict.data.length]).toEqual([0, 0]);
    for (const cdb of ['12 00 00 00ff', 'a0 00 00 000000 000000ff', '03 00 0000 ff', release])
      expect((await other.send(cdb)).end).toBe('good');
    expect((await other.send(read)).end).toBe('conflict');
    expect((await host.send(release)).end).toBe('good');
    expect((await other.send(read)).end).toBe('good');
  });

  it.each<[string, () => void]>([
    ['logout', () => lab.target.detach(host.nexus)],
    ['reset of the unit', () => lab.target.resetUnit(other.nexus, 1)],
    ['reset of the target', () => lab.target.resetAll(other.nexus)],
  ])('end with a %s', async (_what, end) => {
    await host.send(reserve);
    end();
    await other.told();
    expect((await other.send(read)).end).toBe('good');
  });

  it('do not go with persistent reservations', async () => {
    await reserveOut(host, 'register', { newKey: 1 });
    expect((await host.send(reserve)).end).toBe('conflict');
    expect((await host.send(release)).end).toBe('conflict');
    await reserveOut(host, 'register', { key: 1 });
    await host.send(reserve);
    expect((await reserveOut(host, 'register', { newKey: 1 })).end).toBe('conflict');
  });

  it('want no third party', async () => {
    expect((await host.send(`${reserve} 10`)).end).toBe('5/24/00');
    expect((await host.send(`${release} 10`)).end).toBe('5/24/00');
  });
});
