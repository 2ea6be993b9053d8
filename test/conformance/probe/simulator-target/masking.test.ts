import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  inquiry,
  type ProbeSession,
  parseDesignators,
  parseInquiry,
  parseLuns,
  parseSense,
  parseSerial,
  read16,
  readCapacity16,
  reportLuns,
  requestSense,
  reserve6,
  testUnitReady,
  write16,
  wwnOf,
} from '../../../../conformance/probe/index.js';
import { patternOf } from '../patterns.js';
import { type Bench, drained, endOf, initiatorName, openBench, otherName } from './bench.js';
import { sendData, startWrite } from './by-hand.js';

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});

afterEach(async () => {
  expect(bench.simulator.array.check()).toEqual([]);
  await bench.close();
});

const block = { lba: 0n, blocks: 1 };
const accessLun = 7;

async function lunsOf(session: ProbeSession): Promise<number[]> {
  return parseLuns((await session.perform(reportLuns())).data);
}

async function wwnAt(session: ProbeSession, lun: number): Promise<string | undefined> {
  return wwnOf(parseDesignators((await session.perform(inquiry(lun, 0x83))).data));
}

describe('what an initiator sees', () => {
  it('is exactly what REST maps to its host and to its host’s group', async () => {
    const one = await bench.mapped('one');
    const second = await bench.volume('two', 1);
    await bench.volume('unmapped', 1);
    const group = await bench.post<{ id: string }>('host-groups', { name: 'cluster', hosts: [one.hostId] });
    const two = await bench.map(second.id, group.id);
    const mappings = await bench.get<{ lun: number; mapRef: string; volumeRef: string }[]>('volume-mappings');
    const session = await bench.begin();
    const luns = await lunsOf(session);
    expect(luns).toEqual([one.lun, two.lun].sort((a, b) => a - b));
    for (const [volume, lun] of [
      [one, one.lun],
      [second, two.lun],
    ] as const) {
      const { wwn } = await bench.get<{ wwn: string }>(`volumes/${volume.id}`);
      expect(await wwnAt(session, lun)).toBe(wwn);
      expect(mappings.find((each) => each.volumeRef === volume.id)?.lun).toBe(lun);
    }
  });

  it('is the same by each path', async () => {
    const { lun, id } = await bench.mapped('paths');
    const { wwn } = await bench.get<{ wwn: string }>(`volumes/${id}`);
    const identities = await Promise.all(
      bench.simulator.iscsi.map(async (_portal, at) => {
        const session = await bench.begin({ at });
        expect(await lunsOf(session)).toEqual([lun]);
        return [await wwnAt(session, lun), parseSerial((await session.perform(inquiry(lun, 0x80))).data)];
      }),
    );
    expect(identities.length).toBeGreaterThan(3);
    expect(new Set(identities.map(([name]) => name))).toEqual(new Set([wwn]));
    expect(new Set(identities.map(([, serial]) => serial)).size).toBe(1);
    expect(parseInquiry((await (await bench.begin()).perform(inquiry(lun))).data)).toMatchObject({
      qualifier: 0,
      deviceType: 0,
      vendor: 'NETAPP',
      product: 'INF-01-00',
      targetPortGroups: 3,
    });
  });

  it('is the default group for an initiator without a host, which REST shows', async () => {
    const { lun } = await bench.mapped('hidden');
    const session = await bench.begin({ initiatorName: otherName });
    expect(await lunsOf(session)).toEqual([accessLun]);
    expect(parseInquiry((await session.perform(inquiry(accessLun))).data)).toMatchObject({
      product: 'Universal Xport',
    });
    expect(endOf(await session.execute(testUnitReady(lun)))).toBe('5/25/00');
    expect(JSON.stringify(await bench.get('unassociated-host-ports'))).toContain(otherName);
    // A volume mapped to every host.
    const open = await bench.volume('open', 1);
    const mapping = await bench.post<{ lun: number }>('volume-mappings', { mappableObjectId: open.id });
    expect(await lunsOf(session)).toEqual([mapping.lun, accessLun].sort((a, b) => a - b));
    expect(await lunsOf(await bench.begin())).toEqual([lun]);
  });

  it('does not depend on how its name is written', async () => {
    const { lun } = await bench.mapped('named');
    expect(
      await lunsOf(await bench.begin({ initiatorName: initiatorName.toUpperCase().replace('IQN', 'iqn') })),
    ).toEqual([lun]);
  });

  it('is nothing behind a number that has no volume', async () => {
    const { lun } = await bench.mapped('only');
    const session = await bench.begin();
    await drained(session, lun);
    const nothing = lun + 1;
    expect(parseInquiry((await session.perform(inquiry(nothing))).data)).toMatchObject({
      qualifier: 3,
      deviceType: 31,
    });
    expect(parseSense((await session.perform(requestSense(nothing))).data)).toMatchObject({ key: 5, asc: 0x25 });
    for (const command of [read16(nothing, block, 512), write16(nothing, block, Buffer.alloc(512)), reserve6(nothing)])
      expect(endOf(await session.execute(command))).toBe('5/25/00');
    expect(endOf(await session.execute(testUnitReady(Buffer.from('0001000000000001', 'hex'))))).toBe('5/25/00');
    // The list is there by any number.
    expect(parseLuns((await session.perform(reportLuns(4096, nothing))).data)).toEqual([lun]);
    // Flat addressing is the same unit.
    expect(endOf(await session.execute(testUnitReady(Buffer.from([0x40, lun, 0, 0, 0, 0, 0, 0]))))).toBe('good');
  });
});

describe('a mapping that REST changes', () => {
  it('ends access at the next command when it goes, whatever is under way', async () => {
    const one = await bench.mapped('one');
    const two = await bench.mapped('two');
    const session = await bench.begin({ offer: { immediateData: false, initialR2T: true } });
    await drained(session, one.lun);
    await drained(session, two.lun);
    await session.perform(write16(one.lun, block, patternOf(1, 512)));
    await bench.remove(`volume-mappings/${one.mappingId}`);
    expect(endOf(await session.execute(read16(one.lun, block, 512)))).toBe('5/25/00');
    expect(endOf(await session.execute(write16(one.lun, block, patternOf(2, 512))))).toBe('5/25/00');
    expect(await lunsOf(session)).toEqual([two.lun]);
    const { array } = bench.simulator;
    expect(array.io.read(array.volumes.require('one').ref, 0, 512)).toEqual(patternOf(1, 512));
  });

  it('is told of at the units that stay, once', async () => {
    const one = await bench.mapped('one');
    const session = await bench.begin();
    await drained(session, one.lun);
    const two = await bench.mapped('two');
    expect(await drained(session, one.lun)).toEqual(['3f/0e']);
    expect(await drained(session, two.lun)).toEqual(['3f/0e']);
    await bench.remove(`volume-mappings/${two.mappingId}`);
    // An initiator that asks for the list gets no unit attention.
    expect(await lunsOf(session)).toEqual([one.lun]);
    expect(await drained(session, one.lun)).toEqual([]);
  });

  it('gives access when it comes, under the number that REST says', async () => {
    const one = await bench.mapped('one');
    const session = await bench.begin();
    await session.perform(reportLuns());
    const volume = await bench.volume('late', 1);
    expect(endOf(await session.execute(testUnitReady(33)))).toBe('5/25/00');
    await bench.post('volume-mappings', { mappableObjectId: volume.id, targetId: one.hostId, lun: 33 });
    expect(await lunsOf(session)).toEqual([one.lun, 33]);
    await drained(session, 33);
    await session.perform(write16(33, block, patternOf('late', 512)));
    expect(await wwnAt(session, 33)).toBe(volume.wwn);
  });

  it('moves to another number, and to another host', async () => {
    const one = await bench.mapped('one');
    const session = await bench.begin();
    const other = await bench.begin({ initiatorName: otherName });
    await drained(session, one.lun);
    await session.perform(write16(one.lun, block, patternOf('moved', 512)));
    await bench.post(`volume-mappings/${one.mappingId}/move`, { targetId: one.hostId, lun: 200 });
    expect(endOf(await session.execute(testUnitReady(one.lun)))).toBe('5/25/00');
    expect(await lunsOf(session)).toEqual([200]);
    expect((await session.perform(read16(200, block, 512))).data).toEqual(patternOf('moved', 512));
    const host = await bench.host('second', [otherName]);
    await bench.post(`volume-mappings/${one.mappingId}/move`, { targetId: host, lun: 3 });
    expect(endOf(await session.execute(read16(200, block, 512)))).toBe('5/25/00');
    // Nothing of its own is left, so the host sees the default group.
    expect(await lunsOf(session)).toEqual([accessLun]);
    expect(await lunsOf(other)).toEqual([3]);
    await drained(other, 3);
    expect((await other.perform(read16(3, block, 512))).data).toEqual(patternOf('moved', 512));
  });

  it('of another volume under the same number is told of before anything is done', async () => {
    const one = await bench.mapped('one');
    const session = await bench.begin();
    await drained(session, one.lun);
    await session.perform(write16(one.lun, block, patternOf('one', 512)));
    await bench.remove(`volume-mappings/${one.mappingId}`);
    const two = await bench.volume('two', 2);
    await bench.post('volume-mappings', { mappableObjectId: two.id, targetId: one.hostId, lun: one.lun });
    expect(endOf(await session.execute(write16(one.lun, block, patternOf('stray', 512))))).toBe('6/3f/0e');
    expect(await wwnAt(session, one.lun)).toBe(two.wwn);
    const { data } = await session.perform(readCapacity16(one.lun));
    expect(data.readBigUInt64BE(0)).toBe(BigInt(2 ** 31 / 512 - 1));
    expect((await session.perform(read16(one.lun, block, 512))).data).toEqual(Buffer.alloc(512));
  });

  it('ends a write that waits for its data', async () => {
    const one = await bench.mapped('one');
    const two = await bench.mapped('two');
    const session = await bench.begin({ offer: { immediateData: false, initialR2T: true, maxBurstLength: 4096 } });
    await drained(session, one.lun);
    await drained(session, two.lun);
    // The data goes out only once the array has taken the volume away.
    const { itt, watch } = startWrite(session, one.lun, 8);
    const asked = await watch.next();
    if (asked.kind !== 'answer' || asked.pdu.kind !== 'r2t') throw new Error('no R2T');
    await bench.remove(`volume-mappings/${one.mappingId}`);
    sendData(session, itt, asked.pdu.ttt, patternOf('late', 4096));
    const end = await watch.next();
    expect(end).toMatchObject({ kind: 'answer', pdu: { kind: 'scsi-response', status: 2 } });
    if (end.kind === 'answer' && end.pdu.kind === 'scsi-response')
      expect(parseSense(end.pdu.data.subarray(2))).toMatchObject({ key: 5, asc: 0x25, ascq: 0 });
    const { array } = bench.simulator;
    expect(array.io.read(array.volumes.require('one').ref, 0, 4096)).toEqual(Buffer.alloc(4096));
  });
});

describe('an initiator that is logged in', () => {
  it('becomes a host’s, and sees what that host sees', async () => {
    const { lun } = await bench.mapped('found');
    const session = await bench.begin({ initiatorName: otherName });
    expect(await lunsOf(session)).toEqual([accessLun]);
    const hosts = await bench.get<{ id: string }[]>('hosts');
    await bench.post(`hosts/${hosts.at(-1)?.id}`, { ports: [{ type: 'iscsi', port: otherName, label: 'second' }] });
    expect(await lunsOf(session)).toEqual([lun]);
    expect(JSON.stringify(await bench.get('unassociated-host-ports'))).not.toContain(otherName);
    await drained(session, lun);
    await session.perform(write16(lun, block, patternOf('found', 512)));
  });

  it('is cut off when its host goes, and when its port is taken from it', async () => {
    const one = await bench.mapped('one');
    const session = await bench.begin();
    await drained(session, one.lun);
    const host = await bench.get<{ hostSidePorts: { id: string }[] }>(`hosts/${one.hostId}`);
    await bench.post(`hosts/${one.hostId}`, { portsToRemove: host.hostSidePorts.map((port) => port.id) });
    expect(endOf(await session.execute(read16(one.lun, block, 512)))).toBe('5/25/00');
    await bench.post(`hosts/${one.hostId}`, { ports: [{ type: 'iscsi', port: initiatorName, label: 'again' }] });
    expect(await lunsOf(session)).toEqual([one.lun]);
    await bench.remove(`hosts/${one.hostId}`);
    expect(endOf(await session.execute(read16(one.lun, block, 512)))).toBe('5/25/00');
  });

  it('loses and gets its group’s volumes as its host leaves and joins', async () => {
    const own = await bench.mapped('own');
    const group = await bench.post<{ id: string }>('host-groups', { name: 'cluster' });
    const shared = await bench.volume('shared', 1);
    const mapping = await bench.map(shared.id, group.id);
    const session = await bench.begin();
    expect(await lunsOf(session)).toEqual([own.lun]);
    await bench.remove(`volume-mappings/${own.mappingId}`);
    await bench.post(`hosts/${own.hostId}/move`, { groupId: group.id });
    expect(await lunsOf(session)).toEqual([mapping.lun]);
    await drained(session, mapping.lun);
    await session.perform(write16(mapping.lun, block, patternOf('shared', 512)));
    await bench.post(`hosts/${own.hostId}/move`, {});
    expect(await lunsOf(session)).toEqual([accessLun]);
    expect(endOf(await session.execute(read16(mapping.lun, block, 512)))).toBe(
      mapping.lun === accessLun ? '5/20/00' : '5/25/00',
    );
  });

  it('sees a deleted volume no more', async () => {
    const one = await bench.mapped('one');
    const two = await bench.mapped('two');
    const session = await bench.begin();
    await drained(session, one.lun);
    await drained(session, two.lun);
    await session.perform(reserve6(one.lun));
    await bench.remove(`volumes/${one.id}`);
    expect(endOf(await session.execute(read16(one.lun, block, 512)))).toBe('5/25/00');
    expect(await lunsOf(session)).toEqual([two.lun]);
  });
});
