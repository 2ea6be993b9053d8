import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ConnectionClosed,
  inquiry,
  type ProbeSession,
  parseDesignators,
  parseKeys,
  parseTargetPortGroups,
  parseVolumeAccess,
  persistentReserveIn,
  persistentReserveOut,
  read16,
  reportTargetPortGroups,
  reservationTypes,
  reserve6,
  write16,
} from '../../../../conformance/probe/index.js';
import { patience, patternOf } from '../patterns.js';
import { type Bench, drained, endOf, openBench, otherName } from './bench.js';

const block = { lba: 0n, blocks: 1 };

let bench: Bench;
let lun: number;
let volumeId: string;
let hostId: string;
/** Sessions by controller A and by controller B. */
let byA: ProbeSession;
let byB: ProbeSession;

beforeEach(async () => {
  bench = await openBench();
  ({ lun, id: volumeId, hostId } = await bench.mapped('paths'));
  byA = await bench.begin({ at: bench.portalOf('A') });
  byB = await bench.begin({ at: bench.portalOf('B') });
  await give('A');
  for (const session of [byA, byB]) await drained(session, lun);
});

afterEach(async () => {
  expect(bench.simulator.array.check()).toEqual([]);
  await bench.close();
});

const controllerOf = (label: string) =>
  bench.simulator.array.controllers.list().find((each) => each.label === label)?.ref ?? '';

/** A controller becomes the volume's preferred owner, as over REST. */
async function give(label: string): Promise<void> {
  bench.simulator.array.volumes.update(volumeId, { controller: controllerOf(label) });
}

async function hardware(path: string): Promise<void> {
  const answer = await fetch(`${bench.simulator.controlUrl}/arrays/1/${path}`, { method: 'POST' });
  expect([path, answer.status]).toEqual([path, 200]);
  await bench.simulator.app.inject({ url: '/sim/v1/health' });
}

/** Per controller: its state as the port groups tell it, and whether it is preferred. */
async function statesBy(session: ProbeSession): Promise<string[]> {
  const groups = parseTargetPortGroups((await session.perform(reportTargetPortGroups(lun))).data);
  return groups.map(({ id, state, isPreferred }) => `${id} ${state}${isPreferred ? ' preferred' : ''}`);
}

describe('the paths to a volume', () => {
  it('are best by its owner, and both work', async () => {
    const states = ['1 optimized preferred', '2 non-optimized'];
    expect(await statesBy(byA)).toEqual(states);
    expect(await statesBy(byB)).toEqual(states);
    expect(parseVolumeAccess((await byA.perform(inquiry(lun, 0xc9))).data)).toMatchObject({
      isOwner: true,
      isAsymmetric: true,
      priority: 1,
      state: 0,
      alternateState: 1,
    });
    expect(parseVolumeAccess((await byB.perform(inquiry(lun, 0xc9))).data)).toMatchObject({
      isOwner: false,
      priority: 2,
      state: 1,
      alternateState: 0,
    });
    await byB.perform(write16(lun, block, patternOf('by B', 512)));
    expect((await byA.perform(read16(lun, block, 512))).data).toEqual(patternOf('by B', 512));
  });

  it('belong to the group that page 83 says', async () => {
    for (const [session, tag] of [
      [byA, 1],
      [byB, 2],
    ] as const) {
      const designators = parseDesignators((await session.perform(inquiry(lun, 0x83))).data);
      const numberOf = (type: number) => designators.find((each) => each.type === type)?.value.readUInt16BE(2) ?? 0;
      expect(numberOf(5)).toBe(tag);
      const groups = parseTargetPortGroups((await session.perform(reportTargetPortGroups(lun))).data);
      expect(groups.find(({ id }) => id === tag)?.ports).toContain(numberOf(4));
    }
  });

  it('change with the owner, which both are told of', async () => {
    await give('B');
    expect(await drained(byA, lun)).toEqual(['2a/06']);
    expect(await drained(byB, lun)).toEqual(['2a/06']);
    expect(await statesBy(byA)).toEqual(['1 non-optimized', '2 optimized preferred']);
  });

  it('change on an initiator’s demand, which the others are told of', async () => {
    const list = Buffer.from('00000000 00000002'.replace(' ', ''), 'hex');
    const cdb = Buffer.of(0xa4, 0x0a, 0, 0, 0, 0, 0, 0, 0, list.length, 0, 0);
    await byB.perform({ lun, cdb, data: list });
    expect(await drained(byB, lun)).toEqual([]);
    expect(await drained(byA, lun)).toEqual(['2a/06']);
    expect(await statesBy(byA)).toEqual(['1 non-optimized preferred', '2 optimized']);
    const { currentManager, preferredManager } = await bench.get<{ currentManager: string; preferredManager: string }>(
      `volumes/${volumeId}`,
    );
    expect([currentManager, preferredManager]).toEqual([controllerOf('B'), controllerOf('A')]);
  });
});

describe('a controller that fails', () => {
  it('ends its sessions, and the other one serves on with the same bytes', async () => {
    await byA.perform(write16(lun, block, patternOf('before', 512)));
    await hardware('controllers/A/fail');
    expect((await byA.asyncMessages.take(patience())).event).toBe(3);
    expect(await byA.closed).toBeInstanceOf(ConnectionClosed);
    expect(await drained(byB, lun)).toEqual(['2a/06']);
    expect(await statesBy(byB)).toEqual(['1 unavailable preferred', '2 optimized']);
    expect((await byB.perform(read16(lun, block, 512))).data).toEqual(patternOf('before', 512));
    await byB.perform(write16(lun, block, patternOf('after', 512)));
    await expect(bench.begin({ at: bench.portalOf('A') })).rejects.toBeInstanceOf(ConnectionClosed);
  });

  it('is there again when it is restored, and reached anew', async () => {
    await hardware('controllers/A/fail');
    await byA.closed;
    await hardware('controllers/A/restore');
    const again = await untilThere();
    await drained(again, lun);
    await again.perform(write16(lun, block, patternOf('again', 512)));
    expect((await statesBy(again)).map((each) => each.split(' ')[1])).not.toContain('unavailable');
  });

  it('takes no reservation along that is persistent, but the other one', async () => {
    await byA.perform(persistentReserveOut(lun, 'register', { newKey: 1n }));
    await byA.perform(persistentReserveOut(lun, 'reserve', { key: 1n, type: reservationTypes.writeExclusive }));
    await hardware('controllers/A/fail');
    await byA.closed;
    await drained(byB, lun);
    expect(parseKeys((await byB.perform(persistentReserveIn(lun, 0))).data).keys).toEqual([1n]);
    expect(endOf(await byB.execute(write16(lun, block, patternOf('no', 512))))).toBe('conflict');
  });

  it('frees what a session by it had reserved', async () => {
    await byA.perform(reserve6(lun));
    expect(endOf(await byB.execute(read16(lun, block, 512)))).toBe('conflict');
    await hardware('controllers/A/fail');
    await byA.closed;
    await drained(byB, lun);
    expect(endOf(await byB.execute(read16(lun, block, 512)))).toBe('good');
  });

  /** The portal is opened in its own time. */
  async function untilThere(): Promise<ProbeSession> {
    for (let turn = 0; turn < 200; turn += 1) {
      try {
        return await bench.begin({ at: bench.portalOf('A') });
      } catch (error) {
        if (!(error instanceof ConnectionClosed)) throw error;
      }
    }
    throw new Error('the portal does not come back');
  }
});

describe('reservations of several sessions', () => {
  it('are each port’s own, and their loss is told', async () => {
    await bench.post(`hosts/${hostId}`, { ports: [{ type: 'iscsi', port: otherName, label: 'second' }] });
    const other = await bench.begin({ initiatorName: otherName });
    await drained(other, lun);
    await byA.perform(persistentReserveOut(lun, 'register', { newKey: 1n }));
    await other.perform(persistentReserveOut(lun, 'register', { newKey: 2n }));
    const type = reservationTypes.writeExclusiveRegistrants;
    await byA.perform(persistentReserveOut(lun, 'reserve', { key: 1n, type }));
    expect(endOf(await other.execute(write16(lun, block, patternOf('shared', 512))))).toBe('good');
    expect(endOf(await byB.execute(write16(lun, block, patternOf('no', 512))))).toBe('conflict');
    await byA.perform(persistentReserveOut(lun, 'release', { key: 1n, type }));
    expect(await drained(other, lun)).toEqual(['2a/04']);
    expect(await drained(byB, lun)).toEqual([]);
    await other.perform(persistentReserveOut(lun, 'preempt', { key: 2n, newKey: 1n, type: 1 }));
    expect(await drained(byA, lun)).toEqual(['2a/05']);
    await other.perform(persistentReserveOut(lun, 'clear', { key: 2n }));
    expect(parseKeys((await byB.perform(persistentReserveIn(lun, 0))).data).keys).toEqual([]);
  });
});
