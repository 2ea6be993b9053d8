import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attach,
  CheckCondition,
  type ConnectOptions,
  connect,
  discover,
  inquiry,
  LoginRefused,
  makePdu,
  modeSense6,
  openDisk,
  type ProbeSession,
  parseCapacity10,
  parseDesignators,
  parseInquiry,
  parseKeys,
  parseLuns,
  parseModeSense6,
  parseSupportedPages,
  persistentReserveIn,
  persistentReserveOut,
  read10,
  read16,
  readCapacity10,
  reportLuns,
  TargetNotAuthentic,
  TaskAborted,
  taskResponses,
  testUnitReady,
  write16,
} from '../../../conformance/probe/index.js';
import { ownLoopback } from '../../loopback.js';
import { type ForeignTarget, hasForeignTarget, startForeignTarget } from './foreign-target.js';
import { offers, patience, patternOf } from './patterns.js';

const isHere = hasForeignTarget();
if (!isHere) console.warn('tgt is not installed: the initiator is not tried against a target of other hands');

const initiatorName = 'iqn.2026-01.com.example:probe';

describe.skipIf(!isHere)('against a target of other hands, the initiator', () => {
  let target: ForeignTarget;
  const open: ProbeSession[] = [];

  beforeAll(async () => {
    target = await startForeignTarget();
    for (const [name, value] of [
      ['InitialR2T', 'No'],
      ['MaxRecvDataSegmentLength', 65536],
      ['MaxBurstLength', 1048576],
      ['FirstBurstLength', 262144],
      ['MaxOutstandingR2T', 8],
      ['HeaderDigest', 'CRC32C,None'],
      ['DataDigest', 'CRC32C,None'],
    ] as const) {
      await target.setParameter(name, value);
    }
  });

  afterAll(async () => {
    for (const session of open) session.close();
    await target.stop();
  });

  async function begin(options: Partial<ConnectOptions> = {}): Promise<ProbeSession> {
    const { portal, iqn: targetName } = target;
    // This target never closes a sequence of Data-In at MaxBurstLength.
    const session = await connect({
      portal,
      targetName,
      initiatorName,
      patience,
      tolerate: ['burst length'],
      ...options,
    });
    open.push(session);
    return session;
  }

  it('finds it by name and by asking for all', async () => {
    const options = { portal: target.portal, initiatorName, patience };
    const all = await discover(options);
    expect(all).toEqual([{ name: target.iqn, portals: [{ portal: target.portal, groupTag: 1 }] }]);
    expect(await discover({ ...options, sendTargets: target.iqn })).toEqual(all);
  });

  it.each([
    ['security first', {}],
    ['without a security stage', { skipSecurity: true }],
    ['that asks to go without an operational stage', { skipOperational: true }],
    ['with an ISID and a connection id of its own', { isid: Buffer.from('00aabbcc0102', 'hex'), cid: 7 }],
    ['with command numbers about to wrap', { commandSn: 0xfffffffe }],
  ])('logs in %s and works', async (_name, options) => {
    const session = await begin(options);
    expect(session.login.tsih).not.toBe(0);
    for (let turn = 0; turn < 5; turn += 1) await session.execute(testUnitReady(target.lun));
    expect(await session.nop(Buffer.from('ping'), { immediate: false })).toEqual(Buffer.from('ping'));
    expect(await session.logout()).toBe(0);
    expect(session.isClosed).toBe(true);
  });

  it.each(offers)('reads and writes with %s', async (_name, offer) => {
    const session = await begin({ offer });
    expect(session.parameters).toMatchObject({
      immediateData: offer.immediateData,
      initialR2T: offer.initialR2T,
      headerDigest: offer.headerDigest,
      dataDigest: offer.dataDigest,
      maxBurstLength: offer.maxBurstLength,
      firstBurstLength: offer.firstBurstLength,
      maxOutstandingR2T: offer.maxOutstandingR2T,
    });
    const disk = await openDisk(session, target.lun);
    for (const bytes of [512, 66048, 524288]) {
      const data = patternOf(`${_name}${bytes}`, bytes);
      const range = { lba: 3n, blocks: bytes / 512 };
      await session.perform(write16(target.lun, range, data));
      expect((await session.perform(read16(target.lun, range, 512))).data.equals(data)).toBe(true);
    }
    await disk.flush();
    await disk.close();
  });

  it('writes and reads 4 MiB in one command, and as a disk', async () => {
    const session = await begin({ offer: { headerDigest: 'CRC32C', dataDigest: 'CRC32C' } });
    const disk = await openDisk(session, target.lun);
    const data = patternOf('large', 4 * 2 ** 20);
    const range = { lba: 8n, blocks: 8192 };
    const written = await session.perform(write16(target.lun, range, data));
    expect(written.r2ts).toBeGreaterThan(2);
    expect((await session.perform(read16(target.lun, range, 512))).data.equals(data)).toBe(true);
    expect(disk.capacityBytes).toBe(BigInt(target.capacityBytes));
    await disk.write(4194304, data);
    expect(
      (await disk.read(4194304 - 4096, 8192)).equals(
        Buffer.concat([data.subarray(-8192, -4096), data.subarray(0, 4096)]),
      ),
    ).toBe(true);
    await expect(disk.read(1, 512)).rejects.toThrow(RangeError);
    await disk.close();
  });

  it('keeps many commands in flight, and within the window', async () => {
    const session = await begin();
    await openDisk(session, target.lun);
    const writes = Array.from({ length: 300 }, (_, index) =>
      session.perform(write16(target.lun, { lba: BigInt(index * 8), blocks: 8 }, patternOf(index, 4096))),
    );
    await Promise.all(writes);
    const reads = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        session.perform(read16(target.lun, { lba: BigInt(index * 8), blocks: 8 }, 512)),
      ),
    );
    for (const [index, { data }] of reads.entries()) expect(data.equals(patternOf(index, 4096))).toBe(true);
  });

  it('hears of residuals', async () => {
    const session = await begin();
    await openDisk(session, target.lun);
    const two = { lba: 0n, blocks: 2 };
    const short = await session.execute({ ...read10(target.lun, two, 512), readBytes: 512 });
    expect([short.data.length, short.residualBytes]).toEqual([512, 512]);
    const long = await session.execute({ ...read10(target.lun, two, 512), readBytes: 2048 });
    expect([long.data.length, long.residualBytes]).toEqual([1024, -1024]);
  });

  it('asks what the unit is', async () => {
    const session = await begin();
    await openDisk(session, target.lun);
    expect(parseLuns((await session.perform(reportLuns())).data)).toEqual([0, 1]);
    expect(parseInquiry((await session.perform(inquiry(target.lun))).data)).toMatchObject({
      vendor: 'IET',
      deviceType: 0,
    });
    expect(parseSupportedPages((await session.perform(inquiry(target.lun, 0))).data)).toContain(0x83);
    expect(parseDesignators((await session.perform(inquiry(target.lun, 0x83))).data).length).toBeGreaterThan(0);
    expect(parseCapacity10((await session.perform(readCapacity10(target.lun))).data)).toEqual({
      lastBlock: target.capacityBytes / 512 - 1,
      blockBytes: 512,
    });
    const mode = parseModeSense6((await session.perform(modeSense6(target.lun, 0x3f))).data);
    expect(mode.pages.map(({ page }) => page)).toContain(0x0a);
  });

  it('reads sense data', async () => {
    const session = await begin();
    await openDisk(session, target.lun);
    const beyond = session.perform(read16(target.lun, { lba: 2n ** 40n, blocks: 1 }, 512));
    await expect(beyond).rejects.toThrow(CheckCondition);
    await expect(beyond).rejects.toMatchObject({ sense: { key: 5, asc: 0x21, ascq: 0 } });
    await expect(openDisk(session, 5)).rejects.toMatchObject({ sense: { key: 5, asc: 0x25, ascq: 0 } });
  });

  it('reserves persistently', async () => {
    const session = await begin();
    await openDisk(session, target.lun);
    await session.perform(persistentReserveOut(target.lun, 'register', { newKey: 0x1234n }));
    expect(parseKeys((await session.perform(persistentReserveIn(target.lun, 0))).data).keys).toEqual([0x1234n]);
    await session.perform(persistentReserveOut(target.lun, 'clear', { key: 0x1234n }));
  });

  it('aborts a task that waits for data', async () => {
    const session = await begin({ offer: { initialR2T: true, immediateData: false } });
    await openDisk(session, target.lun);
    const itt = session.raw.newTag();
    const watch = session.raw.watch(itt);
    const { lun, cdb } = write16(target.lun, { lba: 0n, blocks: 8 }, Buffer.alloc(0));
    const unit = Buffer.from([0, Number(lun), 0, 0, 0, 0, 0, 0]);
    const { cmdSn } = session.raw.numbers();
    session.raw.send(
      makePdu('scsi-command', {
        ...session.raw.numbers(),
        final: true,
        write: true,
        lun: unit,
        itt,
        expectedBytes: 4096,
        cdb: Buffer.from(cdb),
      }),
    );
    expect(await watch.next(patience())).toMatchObject({ kind: 'answer', pdu: { kind: 'r2t', desiredBytes: 4096 } });
    const task = { itt, lun: unit, cmdSn, done: new Promise<never>(() => {}) };
    // This target does not count a task that waits for data as one that is there.
    const answers: number[] = [taskResponses.complete, taskResponses.noSuchTask];
    expect(answers).toContain(await session.manage('abort task', { task }));
    await session.nop();
    expect(watch.waiting).toBe(0);
  });

  it('resets a unit under a task, which is then no more', async () => {
    // This target answers tasks after it said that they are gone.
    const session = await begin({ offer: { initialR2T: true, immediateData: false }, tolerate: ['abort', 'r2t'] });
    await openDisk(session, target.lun);
    const tasks = Array.from({ length: 20 }, () =>
      session.begin(write16(target.lun, { lba: 0n, blocks: 2048 }, Buffer.alloc(1048576))),
    );
    const response = await session.manage('lun reset', { lun: target.lun });
    expect(response).toBe(taskResponses.complete);
    for (const { done } of tasks) {
      const end = await done.catch((error: unknown) => error);
      expect(end instanceof TaskAborted || (end as { status: number }).status >= 0).toBe(true);
    }
    await session.nop();
  });

  it('reinstates its session, and the old one ends', async () => {
    const isid = Buffer.from('80abcdef0000', 'hex');
    const first = await begin({ isid });
    const second = await begin({ isid });
    expect(await first.closed).toBeInstanceOf(Error);
    await second.nop();
  });

  it('is refused where there is no such target', async () => {
    const refused = begin({ targetName: 'iqn.2026-01.com.example:other' });
    await expect(refused).rejects.toThrow(LoginRefused);
    await expect(refused).rejects.toMatchObject({ statusClass: 2, statusDetail: 3 });
  });

  it('attaches what connection info says', async () => {
    const disk = await attach(
      {
        driver_volume_type: 'iscsi',
        data: {
          target_portal: target.portal,
          target_iqn: target.iqn,
          target_lun: target.lun,
          target_portals: [`${ownLoopback}:1`, target.portal],
          target_iqns: [target.iqn, target.iqn],
          target_luns: [target.lun, target.lun],
        },
      },
      { initiatorName, patience, discover: true },
    );
    await disk.write(0, patternOf('attached', 1024));
    expect((await disk.read(0, 1024)).equals(patternOf('attached', 1024))).toBe(true);
    await disk.close();
  });

  describe('with CHAP', () => {
    let guarded: ForeignTarget;
    const incoming = { username: 'someone', secret: 'initiator-secret' };
    const outgoing = { username: 'something', secret: 'target-secret-12' };

    beforeAll(async () => {
      guarded = await startForeignTarget();
      await guarded.demandChap(incoming, outgoing);
    });

    afterAll(() => guarded.stop());

    function login(chap: ConnectOptions['chap'], more: Partial<ConnectOptions> = {}): Promise<ProbeSession> {
      return connect({ portal: guarded.portal, targetName: guarded.iqn, initiatorName, patience, chap, ...more });
    }

    // This target knows SHA-1 by a number of its own.
    it('proves who it is by MD5, in hexadecimal', async () => {
      const session = await login({ ...incoming, algorithms: ['md5'] });
      await session.nop();
      await session.logout();
    });

    it('proves who it is in base64', async () => {
      const session = await login({ ...incoming, algorithms: ['md5'], coding: 'base64' });
      await session.logout();
    });

    it('and the target to it', async () => {
      const session = await login({ ...incoming, algorithms: ['md5'], target: outgoing });
      await session.logout();
    });

    it('does not believe a target with another secret or name', async () => {
      await expect(login({ ...incoming, algorithms: ['md5'], target: { secret: 'another' } })).rejects.toThrow(
        TargetNotAuthentic,
      );
      await expect(
        login({ ...incoming, algorithms: ['md5'], target: { ...outgoing, username: 'other' } }),
      ).rejects.toThrow(TargetNotAuthentic);
    });

    it.each([
      ['another secret', { ...incoming, secret: 'wrong' }],
      ['another name', { ...incoming, username: 'nobody' }],
      ['nothing', undefined],
    ])('is refused with %s', async (_name, chap) => {
      await expect(login(chap)).rejects.toMatchObject({ name: 'LoginRefused', statusClass: 2, statusDetail: 1 });
    });
  });
});
