import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ConnectionClosed,
  inquiry,
  LoginRefused,
  type ProbeSession,
  read10,
  read16,
  synchronizeCache,
  testUnitReady,
  write10,
  write16,
  writeSame16,
} from '../../../conformance/probe/index.js';
import { type ManualClock, manualClock } from '../../../simulator/index.js';
import {
  type Bench,
  drained,
  endOf,
  initiatorName,
  openBench,
  otherName,
} from '../../conformance/probe/simulator-target/bench.js';

let bench: Bench;
let clock: ManualClock;

beforeEach(async () => {
  clock = manualClock();
  bench = await openBench({ clock });
});

afterEach(async () => {
  expect(bench.simulator.array.check()).toEqual([]);
  await bench.close();
});

const block = (lba: number, blocks = 1) => ({ lba: BigInt(lba), blocks });
const bytesOf = (letter: string, blocks = 1) => Buffer.alloc(512 * blocks, letter);

/** A volume that is mapped, and a session that has heard what there was to hear. */
async function attached(name = 'v'): Promise<{ readonly lun: number; readonly session: ProbeSession }> {
  const { lun } = await bench.mapped(name);
  const session = await bench.begin();
  await drained(session, lun);
  return { lun, session };
}

describe('a login', () => {
  it('is refused as service unavailable, as often as told, and taken after that', async () => {
    const { faults } = bench.simulator;
    const { id } = faults.add({ what: 'refuse-login', times: 2 });
    for (let turn = 0; turn < 2; turn++)
      await expect(bench.begin()).rejects.toMatchObject({ statusClass: 3, statusDetail: 1 });
    expect((await bench.begin()).isClosed).toBe(false);
    expect(faults.get(id)).toMatchObject({
      looks: 3,
      hits: 2,
      spent: true,
      lastHits: [{ timeMs: clock.now(), array: '1', what: `login of ${initiatorName}` }, {}],
    });
  });

  it('is refused to one initiator, with the status that is wanted', async () => {
    bench.simulator.faults.add({
      when: { initiator: '*:other' },
      what: { do: 'refuse-login', class: 2, detail: 2 },
      times: 'always',
    });
    await expect(bench.begin({ initiatorName: otherName })).rejects.toThrow(LoginRefused);
    expect((await bench.begin()).isClosed).toBe(false);
  });

  it('that is refused as wrong shows in the event log, as a wrong secret does', async () => {
    bench.simulator.faults.add({ what: { do: 'refuse-login', class: 2 } });
    await expect(bench.begin()).rejects.toMatchObject({ statusClass: 2, statusDetail: 1 });
    const events = await bench.get<{ description: string }[]>('mel-events');
    expect(events.map(({ description }) => description)).toContainEqual(expect.stringContaining(initiatorName));
  });
});

describe('a session', () => {
  it('breaks off at a command, which is not done; the next session works', async () => {
    const { lun, session } = await attached();
    bench.simulator.faults.add({ when: { command: 'write' }, what: 'drop-session' });
    await session.perform(testUnitReady(lun));
    await expect(session.execute(write16(lun, block(0), bytesOf('a')))).rejects.toThrow(ConnectionClosed);
    const next = await bench.begin();
    await drained(next, lun);
    expect((await next.perform(read16(lun, block(0), 512))).data).toEqual(Buffer.alloc(512));
    await next.perform(write16(lun, block(0), bytesOf('a')));
  });

  it('breaks off when a command is done and was not answered', async () => {
    const { lun, session } = await attached();
    bench.simulator.faults.add({ when: { command: 'write' }, what: 'lose-command-reply' });
    await expect(session.execute(write16(lun, block(0), bytesOf('a')))).rejects.toThrow(ConnectionClosed);
    const next = await bench.begin();
    await drained(next, lun);
    expect((await next.perform(read16(lun, block(0), 512))).data).toEqual(bytesOf('a'));
  });
});

describe('a command', () => {
  it('is answered with the status that is wanted, and nothing is done', async () => {
    const { lun, session } = await attached();
    const { faults } = bench.simulator;
    for (const [status, code] of [
      ['busy', 0x08],
      ['reservation-conflict', 0x18],
      ['task-set-full', 0x28],
      ['aca-active', 0x30],
      ['task-aborted', 0x40],
    ] as const) {
      faults.add({ when: { command: 'write' }, what: { do: 'answer-command', status } });
      expect((await session.execute(write16(lun, block(0), bytesOf('a')))).status).toBe(code);
    }
    expect((await session.perform(read16(lun, block(0), 512))).data).toEqual(Buffer.alloc(512));
  });

  it('is answered with the sense that is wanted, by itself or in the midst of a long write', async () => {
    const { lun, session } = await attached();
    const { faults } = bench.simulator;
    faults.add({ when: { command: 0x28 }, what: 'answer-command' });
    expect(endOf(await session.execute(read10(lun, block(0), 512)))).toBe('b/44/00');
    faults.add({ what: { do: 'answer-command', sense: { key: 6, asc: 0x3f, ascq: 0x0e } } });
    expect(endOf(await session.execute(inquiry(lun)))).toBe('6/3f/0e');
    faults.add({
      when: { command: 'write' },
      what: { do: 'answer-command', sense: { key: 2, asc: 4, ascq: 1 } },
    });
    expect(endOf(await session.execute(write16(lun, block(0, 2048), bytesOf('a', 2048))))).toBe('2/04/01');
    await session.perform(write16(lun, block(0, 2048), bytesOf('b', 2048)));
  });

  it('is answered late: it is done at once, and what was read is from then', async () => {
    const { lun, session } = await attached();
    await session.perform(write16(lun, block(0), bytesOf('a')));
    const { faults } = bench.simulator;
    faults.add({ when: { command: 'read' }, what: { do: 'delay-command', for: '30s' } });
    faults.add({ when: { command: 'write' }, what: { do: 'delay-command', for: '10s' } });
    const ended: string[] = [];
    const reading = session.execute(read16(lun, block(0), 512)).finally(() => ended.push('read'));
    const writing = session.execute(write16(lun, block(0), bytesOf('b'))).finally(() => ended.push('write'));
    await session.nop();
    expect((await session.perform(read16(lun, block(0), 512))).data).toEqual(bytesOf('b'));
    expect(ended).toEqual([]);
    clock.advance(10_000);
    await writing;
    clock.advance(20_000);
    expect((await reading).data).toEqual(bytesOf('a'));
    expect(ended).toEqual(['write', 'read']);
  });

  it('that is late may advance the clock instead', async () => {
    const { lun, session } = await attached();
    const before = clock.now();
    bench.simulator.faults.add({ what: { do: 'delay-command', for: '5m', advance: true } });
    await session.perform(testUnitReady(lun));
    expect(clock.now()).toBe(before + 300_000);
  });
});

describe('bad blocks', () => {
  it('fail what touches them, with the first of them, and nothing else', async () => {
    const { lun, session } = await attached();
    const { id } = bench.simulator.faults.add({
      when: { object: 'v', blocks: { from: 100, to: 199 } },
      what: 'io-error',
      times: 'always',
    });
    for (const [command, end] of [
      [read16(lun, block(0, 100), 512), 'good'],
      [read16(lun, block(0, 101), 512), '3/11/00'],
      [read10(lun, block(199), 512), '3/11/00'],
      [read16(lun, block(200), 512), 'good'],
      [write10(lun, block(150), bytesOf('a')), '3/0c/00'],
      [write16(lun, block(200), bytesOf('a')), 'good'],
      [writeSame16(lun, block(190, 100), bytesOf('a')), '3/0c/00'],
      [synchronizeCache(lun), '3/0c/00'],
      [testUnitReady(lun), 'good'],
    ] as const)
      expect([command.cdb[0], endOf(await session.execute(command))]).toEqual([command.cdb[0], end]);
    const { sense } = await session.execute(read16(lun, block(90, 20), 512));
    expect(sense?.information).toBe(100n);
    const last = bench.simulator.faults.get(id)?.lastHits.at(-1);
    expect(last?.what).toBe(`read 0x88 of 'v', blocks 90 to 109, by ${initiatorName}`);
  });

  it('belong to the volume that is named, by label, reference or WWN', async () => {
    const { lun, session } = await attached();
    const other = await bench.mapped('w');
    for (const each of [lun, other.lun]) await drained(session, each);
    for (const object of ['w', other.id, other.wwn]) {
      bench.simulator.faults.add({ when: { object }, what: 'io-error' });
      expect(endOf(await session.execute(read16(lun, block(0), 512)))).toBe('good');
      expect(endOf(await session.execute(read16(other.lun, block(0), 512)))).toBe('3/11/00');
    }
    expect(endOf(await session.execute(read16(other.lun, block(0), 512)))).toBe('good');
  });
});

describe('rules for commands', () => {
  it('are counted each for itself, and the first that fires decides', async () => {
    const { lun, session } = await attached();
    const { faults } = bench.simulator;
    const first = faults.add({ when: { command: 'read' }, what: { do: 'answer-command', status: 'busy' }, skip: 1 });
    const second = faults.add({ when: { command: 'read' }, what: 'io-error', times: 'always' });
    const ends = [];
    for (let turn = 0; turn < 3; turn++) ends.push(endOf(await session.execute(read16(lun, block(0), 512))));
    expect(ends).toEqual(['3/11/00', 'status 8', '3/11/00']);
    expect([faults.get(first.id)?.looks, faults.get(second.id)?.looks]).toEqual([3, 2]);
  });

  it('concern the array that they name', async () => {
    const { simulator } = bench;
    const made = await simulator.app.inject({ method: 'POST', url: '/sim/v1/arrays', payload: { id: 'far' } });
    expect(made.statusCode).toBe(201);
    simulator.faults.add({ array: 'far', what: 'refuse-login', times: 'always' });
    expect((await bench.begin()).isClosed).toBe(false);
    const far = simulator.systems.find('far')?.array;
    const [port] = far?.iscsiTarget.ports() ?? [];
    const connecting = bench.begin({
      portal: `${port?.ipv4Address}:${port?.tcpListenPort}`,
      targetName: far?.iscsiTarget.record.iqn ?? '',
    });
    await expect(connecting).rejects.toThrow(LoginRefused);
  });

  it('go, and everything is as before', async () => {
    const { lun, session } = await attached();
    const { faults } = bench.simulator;
    const { id } = faults.add({ what: { do: 'answer-command', status: 'busy' }, times: 'always' });
    expect(endOf(await session.execute(testUnitReady(lun)))).toBe('status 8');
    faults.remove(id);
    expect(endOf(await session.execute(testUnitReady(lun)))).toBe('good');
  });
});
