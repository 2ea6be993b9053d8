import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  inquiry,
  modeSense6,
  type ProbeDisk,
  parseDesignators,
  parseModeSense6,
  read16,
  readCapacity16,
  unmap,
  write16,
  wwnOf,
} from '../../../../conformance/probe/index.js';
import { patternOf } from '../patterns.js';
import { type Bench, drained, endOf, openBench } from './bench.js';

const mib = 2 ** 20;
const block = { lba: 0n, blocks: 1 };

let bench: Bench;
let base: Awaited<ReturnType<Bench['mapped']>>;
let disk: ProbeDisk;

beforeEach(async () => {
  bench = await openBench();
  base = await bench.mapped('base');
  disk = await bench.disk(base.lun);
});

afterEach(async () => {
  expect(bench.simulator.array.check()).toEqual([]);
  await bench.close();
});

type Named = { readonly id: string };

async function group(name: string, fields: object = {}): Promise<string> {
  const body = { baseMappableObjectId: base.id, name, repositoryPercentage: 20, ...fields };
  return (await bench.post<Named>('snapshot-groups', body)).id;
}

const image = async (groupId: string) => (await bench.post<Named>('snapshot-images', { groupId })).id;

/** A view of an image as a disk of its own session. */
async function view(snapshotImageId: string, name: string, viewMode = 'readOnly') {
  const made = await bench.post<Named & { wwn: string }>('snapshot-volumes', { snapshotImageId, name, viewMode });
  const { lun } = await bench.map(made.id, base.hostId);
  return { ...made, lun, disk: await bench.disk(lun) };
}

describe('a snapshot', () => {
  it('has the bytes of its moment, whatever is written since', async () => {
    const groupId = await group('g');
    const moments = [];
    for (const moment of ['first', 'second', 'third']) {
      await disk.write(0, patternOf(moment, mib));
      await disk.write(64 * mib, patternOf(`${moment} far`, 3 * 512));
      moments.push(await view(await image(groupId), moment));
    }
    await disk.write(0, patternOf('now', 2 * mib));
    for (const [index, moment] of ['first', 'second', 'third'].entries()) {
      const seen = moments[index]?.disk;
      expect((await seen?.read(0, mib))?.equals(patternOf(moment, mib))).toBe(true);
      expect(await seen?.read(64 * mib, 3 * 512)).toEqual(patternOf(`${moment} far`, 3 * 512));
      expect(await seen?.read(mib, 512)).toEqual(Buffer.alloc(512));
      expect(seen?.wwn).toBe(moments[index]?.wwn);
      expect(seen?.capacityBytes).toBe(disk.capacityBytes);
    }
  });

  it('seen read-only takes no writes, and says so', async () => {
    await disk.write(0, patternOf('kept', 4096));
    const { disk: seen, lun } = await view(await image(await group('g')), 'v');
    const { session } = seen;
    for (const command of [
      write16(lun, block, patternOf('no', 512)),
      write16(lun, { lba: 0n, blocks: 9 }, Buffer.alloc(4608)),
    ])
      expect(endOf(await session.execute(command))).toBe('7/27/00');
    expect(parseModeSense6((await session.perform(modeSense6(lun, 0x3f))).data).isWriteProtected).toBe(true);
    expect(await seen.read(0, 4096)).toEqual(patternOf('kept', 4096));
    const { data } = await session.perform(inquiry(lun, 0xca));
    expect([data.toString('latin1', 4, 8), data[8]]).toEqual(['rvsi', 0x01]);
    expect(data.toString('hex', 10, 26).toUpperCase()).toBe(base.wwn);
  });

  it('seen read-write is a volume of its own', async () => {
    await disk.write(0, patternOf('before', 8 * 512));
    const imageId = await image(await group('g'));
    const { disk: seen } = await view(imageId, 'w', 'readWrite');
    await seen.write(512, patternOf('mine', 512));
    await disk.write(1024, patternOf('theirs', 512));
    const before = patternOf('before', 8 * 512);
    expect(await seen.read(0, 8 * 512)).toEqual(
      Buffer.concat([before.subarray(0, 512), patternOf('mine', 512), before.subarray(1024)]),
    );
    expect(await disk.read(0, 8 * 512)).toEqual(
      Buffer.concat([before.subarray(0, 1024), patternOf('theirs', 512), before.subarray(1536)]),
    );
    const { disk: other } = await view(imageId, 'r');
    expect(await other.read(0, 8 * 512)).toEqual(before);
  });

  it('that is rolled back to is what the volume holds', async () => {
    await disk.write(0, patternOf('then', mib));
    const imageId = await image(await group('g'));
    await disk.write(0, patternOf('now', mib));
    await disk.write(8 * mib, patternOf('new', 512));
    bench.simulator.array.snapshotImages.rollback([imageId]);
    expect((await disk.read(0, mib)).equals(patternOf('then', mib))).toBe(true);
    expect(await disk.read(8 * mib, 512)).toEqual(Buffer.alloc(512));
  });

  it('that is deleted leaves its view without a medium', async () => {
    const imageId = await image(await group('g'));
    const { disk: seen, lun } = await view(imageId, 'v');
    await bench.remove(`snapshot-images/${imageId}`);
    expect(endOf(await seen.session.execute(read16(lun, block, 512)))).toBe('2/04/03');
    expect(wwnOf(parseDesignators((await seen.session.perform(inquiry(lun, 0x83))).data))).toBe(seen.wwn);
    await disk.write(0, patternOf('on', 512));
  });
});

describe('a full repository', () => {
  it('keeps its images, and the volume takes no writes that would cost one', async () => {
    await disk.write(0, patternOf('kept', mib));
    const groupId = await group('g', { fullPolicy: 'failbasewrites' });
    const { disk: seen } = await view(await image(groupId), 'v');
    bench.simulator.array.snapshotCharges.fill(groupId);
    await drained(disk.session, base.lun);
    expect(endOf(await disk.session.execute(write16(base.lun, block, patternOf('no', 512))))).toBe('7/27/07');
    expect((await disk.read(0, mib)).equals(patternOf('kept', mib))).toBe(true);
    expect((await seen.read(0, mib)).equals(patternOf('kept', mib))).toBe(true);
  });

  it('or gives them up, and the volume goes on', async () => {
    await disk.write(0, patternOf('old', mib));
    const groupId = await group('g', { fullPolicy: 'purgepit' });
    const { disk: seen, lun } = await view(await image(groupId), 'v');
    bench.simulator.array.snapshotCharges.fill(groupId);
    await disk.write(0, patternOf('new', mib));
    expect((await disk.read(0, mib)).equals(patternOf('new', mib))).toBe(true);
    expect(endOf(await seen.session.execute(read16(lun, block, 512)))).toBe('2/04/03');
  });
});

describe('a volume copy', () => {
  it('has the bytes of its source, and takes no writes while it stands', async () => {
    await disk.write(0, patternOf('source', mib));
    const target = await bench.mapped('target');
    const copied = await bench.disk(target.lun);
    await copied.write(0, patternOf('gone', mib));
    const { id } = await bench.post<Named>('volume-copy-jobs', {
      sourceId: base.id,
      targetId: target.id,
      copyPriority: 'priority4',
      targetWriteProtected: true,
    });
    expect((await copied.read(0, mib)).equals(patternOf('source', mib))).toBe(true);
    expect(endOf(await copied.session.execute(write16(target.lun, block, patternOf('no', 512))))).toBe('7/27/00');
    const { data } = await copied.session.perform(inquiry(target.lun, 0xca));
    expect(data[8]).toBe(0x02);
    await bench.remove(`volume-copy-jobs/${id}`);
    await copied.write(0, patternOf('own', 512));
    expect((await disk.read(0, mib)).equals(patternOf('source', mib))).toBe(true);
  });
});

describe('a thin volume', () => {
  it('that is full takes nothing new, but what it has room for already', async () => {
    const { lun, id } = await bench.mapped('thin', { gib: 4, thin: true });
    const thin = await bench.disk(lun);
    await thin.write(0, patternOf('had', mib));
    bench.simulator.array.thinVolumes.fill(id);
    expect(endOf(await thin.session.execute(write16(lun, { lba: 2n ** 20n, blocks: 1 }, patternOf('no', 512))))).toBe(
      '7/27/07',
    );
    await thin.write(0, patternOf('again', mib));
    expect((await thin.read(0, mib)).equals(patternOf('again', mib))).toBe(true);
    await thin.session.perform(unmap(lun, [{ lba: 0n, blocks: mib / 512 }]));
    expect((await thin.read(0, mib)).equals(Buffer.alloc(mib))).toBe(true);
    await thin.write(0, patternOf('back', 512));
  });
});

describe('a volume that grows', () => {
  it('is told of to every session, once, and has room', async () => {
    const other = await bench.begin({ at: bench.portalOf('B') });
    await drained(other, base.lun);
    bench.simulator.array.volumes.expand(base.id, 2 ** 31);
    expect(await drained(disk.session, base.lun)).toEqual(['2a/09']);
    expect(await drained(other, base.lun)).toEqual(['2a/09']);
    expect(await drained(other, base.lun)).toEqual([]);
    expect((await other.perform(readCapacity16(base.lun))).data.readBigUInt64BE(0)).toBe(2n ** 22n - 1n);
    await disk.refresh();
    expect(disk.capacityBytes).toBe(2n ** 31n);
    await disk.write(2 ** 31 - mib, patternOf('end', mib));
    expect((await disk.read(2 ** 31 - mib, mib)).equals(patternOf('end', mib))).toBe(true);
  });
});
