import { describe, expect, it } from 'vitest';
import { openScsiLab } from './scsi-lab.js';

/** READ(10) or WRITE(10). */
function transfer(code: '28' | '2a', lba: number, blocks: number): string {
  return `${code} 00 ${lba.toString(16).padStart(8, '0')} 00 ${blocks.toString(16).padStart(4, '0')} 00`;
}

describe('the traffic of an initiator', () => {
  it('counts reads and writes of the volume, its owner and the host port that they came in by', async () => {
    const lab = openScsiLab();
    const { ref, lun } = lab.volume();
    const host = lab.host();
    const before = lab.array.statistics.live().volumes.get(ref)?.otherOps ?? 0;
    await host.send(transfer('2a', 0, 8), Buffer.alloc(4096), lun);
    await host.send(transfer('2a', 8, 8), Buffer.alloc(4096), lun);
    await host.send(transfer('28', 64, 16), undefined, lun);
    await host.send('00', undefined, lun);
    const { volumes, controllers, ports } = lab.array.statistics.live();
    const counted = { readOps: 1, readBytes: 8192, writeOps: 2, writeBytes: 8192 };
    expect(volumes.get(ref)).toMatchObject({ ...counted, otherOps: before + 1, randomOps: 1, randomBytes: 8192 });
    const owner = lab.array.volumes.require(ref).currentController;
    expect(controllers.get(owner)).toMatchObject(counted);
    const [port] = lab.array.iscsiTarget.ports();
    expect(ports.get(port?.ref ?? '')).toMatchObject(counted);
    expect([...ports.keys()]).toEqual([port?.ref]);
  });

  it('counts what fails as another operation of the wire at most, never as a read or a write', async () => {
    const lab = openScsiLab();
    const { ref, lun } = lab.volume({ mib: 1 });
    const host = lab.host();
    expect((await host.send(transfer('28', 10_000, 8), undefined, lun)).end).toBe('5/21/00');
    expect((await host.send(transfer('2a', 10_000, 8), Buffer.alloc(4096), lun)).end).toBe('5/21/00');
    const { readOps, writeOps } = lab.array.statistics.live().volumes.get(ref) ?? {};
    expect([readOps, writeOps]).toEqual([undefined, undefined]);
  });

  it('counts as shipped what comes in at the controller that does not own the volume', async () => {
    const lab = openScsiLab();
    const { ref, lun } = lab.volume();
    const owner = lab.array.controllers
      .list()
      .findIndex((each) => each.ref === lab.array.volumes.require(ref).currentController);
    await lab.host({ controller: 1 - owner }).send(transfer('28', 0, 8), undefined, lun);
    const { volumes, controllers } = lab.array.statistics.live();
    expect(volumes.get(ref)?.shippedOps).toBeGreaterThan(0);
    expect(controllers.get(lab.array.volumes.require(ref).currentController)?.readOps).toBe(1);
  });

  it('goes on at the other controller after a failover, and the volume goes on counting', async () => {
    const lab = openScsiLab();
    const { ref, lun } = lab.volume();
    const host = lab.host();
    const owner = lab.array.volumes.require(ref).currentController;
    await host.send(transfer('28', 0, 8), undefined, lun);
    lab.array.controllers.setStatus(owner, 'failed');
    await host.told(lun);
    await host.send(transfer('28', 0, 8), undefined, lun);
    const survivor = lab.array.volumes.require(ref).currentController;
    const { volumes, controllers } = lab.array.statistics.live();
    expect(survivor).not.toBe(owner);
    expect([controllers.get(owner)?.readOps, controllers.get(survivor)?.readOps, volumes.get(ref)?.readOps]).toEqual([
      1, 1, 2,
    ]);
  });

  it('begins again at 0 when the counters are reset, in a session that stays', async () => {
    const lab = openScsiLab();
    const { ref, lun } = lab.volume();
    const host = lab.host();
    await host.send(transfer('28', 0, 8), undefined, lun);
    lab.array.statistics.reset();
    await host.send(transfer('28', 0, 16), undefined, lun);
    expect(lab.array.statistics.live().volumes.get(ref)).toMatchObject({ readOps: 1, readBytes: 8192 });
  });

  it('counts COMPARE AND WRITE, ORWRITE and WRITE AND VERIFY as one write each', async () => {
    const lab = openScsiLab();
    const { ref, lun } = lab.volume();
    const host = lab.host();
    const block = Buffer.alloc(512);
    const long = (code: string, tail: string) => `${code} 00 0000000000000000 ${tail}`;
    expect((await host.send(long('89', '00000001 00 00'), Buffer.concat([block, block]), lun)).end).toBe('good');
    expect((await host.send(long('8b', '00000001 00 00'), block, lun)).end).toBe('good');
    expect((await host.send(long('8e', '00000001 00 00'), block, lun)).end).toBe('good');
    const counters = lab.array.statistics.live().volumes.get(ref);
    expect(counters).toMatchObject({ writeOps: 3, writeBytes: 3 * 512 });
    expect(counters?.readOps).toBeUndefined();
  });
});
