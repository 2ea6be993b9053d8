import { beforeEach, describe, expect, it } from 'vitest';
import { reserveIn, reserveOut } from './persistent-reservations.js';
import { be, type Host, hex, openScsiLab, type ScsiLab } from './scsi-lab.js';

let lab: ScsiLab;
let host: Host;
let other: Host;

beforeEach(() => {
  lab = openScsiLab();
  lab.volume();
  host = lab.host();
  other = lab.host({ isid: '800000000002', controller: 1 });
});

/** The TransportID of an initiator port: name and ISID, ended by a zero, in words of four bytes. */
function transportId(name: string): string {
  const text = Buffer.from(`${name}\0`);
  const padded = Buffer.concat([text, Buffer.alloc(Math.max(20, Math.ceil(text.length / 4) * 4) - text.length)]);
  return `45 00 ${be(padded.length, 2)} ${padded.toString('hex')}`;
}
const idOf = ({ nexus }: Host) => transportId(`${nexus.initiatorName},i,0x${nexus.isid}`);
const lengthOf = (ids: string) => be(hex(ids).length, 4);

describe('PERSISTENT RESERVE IN', () => {
  it('tells capabilities: all types, named ports, and that reservations persist', async () => {
    expect(await reserveIn(host, 2)).toEqual(hex('0008 0d 80 ea 01 0000'));
    await reserveOut(host, 'register', { newKey: 1, flags: 0x01 });
    expect(await reserveIn(host, 2)).toEqual(hex('0008 0d 81 ea 01 0000'));
  });

  it('tells the whole length of keys that there is no room for', async () => {
    await reserveOut(host, 'register', { newKey: 1 });
    await reserveOut(other, 'register', { newKey: 0x0102030405 });
    expect(await reserveIn(host, 0)).toEqual(hex(`00000002 00000010 ${be(1, 8)} ${be(0x0102030405, 8)}`));
    expect(await reserveIn(host, 0, 12)).toEqual(hex('00000002 00000010 00000000'));
    expect(await reserveIn(host, 0, 0)).toEqual(Buffer.alloc(0));
  });

  it('tells who registered where, and who holds the reservation', async () => {
    await reserveOut(host, 'register', { newKey: 1 });
    await reserveOut(other, 'register', { newKey: 2 });
    await reserveOut(other, 'reserve', { key: 2, type: 6 });
    const statusOf = (of: Host, key: number, holds: string) =>
      `${be(key, 8)} 00000000 ${holds} 00000000 ${be(of.nexus.port.relativeId, 2)} ${lengthOf(idOf(of))} ${idOf(of)}`;
    const body = `${statusOf(host, 1, '00 00')} ${statusOf(other, 2, '01 06')}`;
    expect(await reserveIn(host, 3)).toEqual(hex(`00000002 ${lengthOf(body)} ${body}`));
  });

  it.each([4, 5, 0x1f])('has no service action %i', async (action) => {
    expect((await host.send(`5e ${be(action, 1)} 0000000000 00ff 00`)).end).toBe('5/24/00');
  });
});

describe('PERSISTENT RESERVE OUT', () => {
  it.each([
    ['of another length', '5f 00 00 0000 00000017 00', 23, '5/1a/00'],
    ['of a longer list that names no ports', '5f 00 00 0000 0000001c 00', 28, '5/1a/00'],
    ['of a service action that is none', '5f 08 00 0000 00000018 00', 24, '5/24/00'],
    ['to reserve with a type that is none', '5f 01 02 0000 00000018 00', 24, '5/24/00'],
    ['to reserve an extent', '5f 01 11 0000 00000018 00', 24, '5/24/00'],
    ['whose data the initiator does not mean to send', '5f 00 00 0000 00000018 00', 12, '5/24/00'],
  ])('%s is refused', async (_what, cdb, bytes, end) => {
    expect((await host.send(cdb, Buffer.alloc(bytes))).end).toBe(end);
    expect(await reserveIn(host, 0)).toEqual(hex('00000000 00000000'));
  });

  it('registers at the ports of both controllers when asked to', async () => {
    await reserveOut(host, 'register', { newKey: 5, flags: 0x04 });
    expect((await reserveIn(host, 0)).readUInt32BE(4)).toBe(16);
    const sameAtB = lab.host({ controller: 1 });
    await reserveOut(host, 'reserve', { key: 5, type: 5 });
    expect((await sameAtB.send('2a 00 00000000 00 0001', Buffer.alloc(512))).end).toBe('good');
    expect((await other.send('2a 00 00000000 00 0001', Buffer.alloc(512))).end).toBe('conflict');
  });

  it('registers ports that are named, or none when one is wrong', async () => {
    const named = transportId('iqn.2026-01.com.example:named,i,0x400000000001');
    const withIds = (ids: string) => ({ newKey: 9, flags: 0x08, more: `${lengthOf(ids)} ${ids}` });
    expect((await reserveOut(host, 'register', withIds(named + '46'.repeat(24)))).end).toBe('5/26/00');
    expect(await reserveIn(host, 0)).toEqual(hex('00000000 00000000'));
    expect((await reserveOut(host, 'register', withIds(named))).end).toBe('good');
    expect((await reserveIn(host, 0)).readUInt32BE(4)).toBe(16);
    expect((await reserveIn(host, 3)).toString('latin1')).toContain('iqn.2026-01.com.example:named,i,0x400000000001');
  });

  it('refuses ports that are named by who is registered, and with REGISTER AND IGNORE', async () => {
    const ids = idOf(other);
    const fields = { newKey: 9, flags: 0x08, more: `${lengthOf(ids)} ${ids}` };
    expect((await reserveOut(host, 'registerAndIgnore', fields)).end).toBe('5/26/00');
    await reserveOut(host, 'register', { newKey: 1 });
    expect((await reserveOut(host, 'register', { ...fields, key: 1 })).end).toBe('5/24/00');
  });

  it('moves registration and reservation to another port', async () => {
    await reserveOut(host, 'register', { newKey: 1 });
    await reserveOut(host, 'reserve', { key: 1, type: 3 });
    const id = hex(idOf(other));
    const move = (flags: number) =>
      hex(`${be(1, 8)} ${be(7, 8)} 00 ${be(flags, 1)} ${be(other.nexus.port.relativeId, 2)} ${be(id.length, 4)}`);
    const list = Buffer.concat([move(0x02), id]);
    expect((await host.send(`5f 07 00 0000 ${be(list.length, 4)} 00`, list)).end).toBe('good');
    expect(await reserveIn(other, 0)).toEqual(hex(`00000002 00000008 ${be(7, 8)}`));
    expect((await host.send('28 00 00000000 00 0001')).end).toBe('conflict');
    expect((await other.send('28 00 00000000 00 0001')).end).toBe('good');
    expect((await host.send(`5f 07 00 0000 ${be(list.length, 4)} 00`, list)).end).toBe('conflict');
  });

  it('outlives sessions and resets of the unit', async () => {
    await reserveOut(host, 'register', { newKey: 1 });
    await reserveOut(host, 'reserve', { key: 1, type: 1 });
    lab.target.resetUnit(other.nexus, 1);
    lab.target.detach(host.nexus);
    await other.told();
    expect((await other.send('2a 00 00000000 00 0001', Buffer.alloc(512))).end).toBe('conflict');
    const again = lab.host();
    expect((await again.send('2a 00 00000000 00 0001', Buffer.alloc(512))).end).toBe('good');
  });

  it('PREEMPT AND ABORT ends the tasks of those it removes, and no others', async () => {
    await reserveOut(host, 'register', { newKey: 1 });
    await reserveOut(other, 'register', { newKey: 2 });
    const third = lab.host({ isid: '800000000003' });
    await reserveOut(third, 'register', { newKey: 3 });
    await reserveOut(host, 'preemptAndAbort', { key: 1, newKey: 2, type: 1 });
    expect(lab.aborts.map(({ nexusId }) => nexusId)).toEqual([other.nexus.id]);
  });
});

describe('what a reservation keeps others from', () => {
  const reads = [
    '28 00 00000000 00 0001',
    '08 00 0000 01',
    '88 00 0000000000000000 00000001',
    '2f 00 00000000 00 0001',
    '34 00 00000000 00 0001',
    '1a 08 0a 00 ff 00',
  ];
  const writes: readonly (readonly [cdb: string, bytes: number])[] = [
    ['2a 00 00000000 00 0001', 512],
    ['0a 00 0000 01', 512],
    ['2e 00 00000000 00 0001', 512],
    ['89 00 0000000000000000 000000 01', 1024],
    ['93 00 0000000000000000 00000001', 512],
    ['35 00 00000000 00 0000', 0],
    ['15 10 0000 00 00', 0],
  ];
  const allowed = [
    '00',
    '03 00 0000 ff',
    '12 00 00 00ff',
    'a0 00 00 000000 000000ff',
    '25',
    '9e 10 0000000000000000 000000ff',
    'a3 0a 00000000 000000ff',
    'a3 0c 00 00 0000 000000ff',
    '5e 00 0000000000 00ff',
    '4d 00 00 00 00 0000 00ff',
  ];
  const endsOf = async (cdbs: readonly (readonly [string, number])[]) => {
    const ends = new Set<string>();
    for (const [cdb, bytes] of cdbs) ends.add((await other.send(cdb, Buffer.alloc(bytes))).end);
    return ends;
  };

  it.each([
    [1, true, true, false],
    [1, false, true, false],
    [3, true, false, false],
    [3, false, false, false],
    [5, true, true, true],
    [5, false, true, false],
    [6, true, true, true],
    [6, false, false, false],
    [7, true, true, true],
    [7, false, true, false],
    [8, true, true, true],
    [8, false, false, false],
  ])('type %i, registered %s: reads %s, writes %s', async (type, isRegistered, mayRead, mayWrite) => {
    await reserveOut(host, 'register', { newKey: 1 });
    if (isRegistered) await reserveOut(other, 'register', { newKey: 2 });
    await reserveOut(host, 'reserve', { key: 1, type });
    const isConflict = (ends: Set<string>) => [...ends].every((end) => end === 'conflict');
    const readEnds = await endsOf(reads.map((cdb) => [cdb, 0]));
    expect(mayRead ? readEnds : isConflict(readEnds)).toEqual(mayRead ? new Set(['good']) : true);
    const writeEnds = await endsOf(writes);
    expect(mayWrite ? !writeEnds.has('conflict') : isConflict(writeEnds)).toBe(true);
    expect(await endsOf(allowed.map((cdb) => [cdb, 0]))).toEqual(new Set(['good']));
  });
});
