import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../driver/index.js';
import {
  type Backend,
  type BackendOptions,
  backendTools,
  closeConsistent,
  newBackend,
  newVolume,
} from '../backends.js';

/** Clones, copies and the order of snapshots. Ids are those of known defects. */

let backend: Backend;
const { array, onArray, made, snapped } = backendTools(() => backend);

beforeEach(async () => {
  backend = await newBackend();
});

afterEach(() => closeConsistent(backend));

async function use(options: BackendOptions): Promise<void> {
  await backend.close();
  backend = await newBackend(options);
}

const images = () =>
  array()
    .tables.snapshotImages.toJSON()
    .map((image) => image.ref);

/** What the driver remembers, by the keys. */
const notes = () =>
  array()
    .records.list('keyValue')
    .map(({ key }) => key)
    .filter((key) => key.startsWith('cinder-'));

/** Nothing but the volumes: no group, image, view, copy or repository is left. */
function expectNoLeftovers(): void {
  const { tables } = array();
  expect({
    groups: tables.snapshotGroups.size,
    views: tables.snapshotVolumes.size,
    groupViews: tables.consistencyGroupViews.size,
    copies: tables.volumeCopies.size,
    repositories: tables.repositories.size,
  }).toEqual({ groups: 0, views: 0, groupViews: 0, copies: 0, repositories: 0 });
}

const counters = (snapshotSequence: number) => ({ snapshotSequence, volumeHandle: 0, repository: 1, event: 1 });

async function preset() {
  const { presets } = await import('../../../simulator/index.js');
  const { demo } = presets;
  if (demo === undefined) throw new Error('there is no demo');
  return demo;
}

describe('snapshots and clones', () => {
  it('Q1: a clone leaves every snapshot of its source', async () => {
    const volume = await made();
    const snapshots = [await snapped(volume), await snapped(volume)];
    await backend.driver.createClonedVolume(newVolume(), volume);
    expect(images()).toEqual(snapshots.map((each) => each.provider_id));
  });

  it('Q2: a snapshot that fails leaves the earlier ones', async () => {
    const volume = await made();
    const kept = await snapped(volume);
    backend.proxy.fail({ method: 'POST', path: /^snapshot-images/, fault: { status: 422, body: { retcode: '2' } } });
    await expect(snapped(volume)).rejects.toMatchObject({ name: 'WebServiceException', retcode: '2' });
    expect(images()).toEqual([kept.provider_id]);
  });

  it('Q2: and takes back the group that it made itself', async () => {
    const volume = await made();
    backend.proxy.fail({ method: 'POST', path: /^snapshot-images/, fault: { status: 422, body: { retcode: '2' } } });
    await expect(snapped(volume)).rejects.toThrow();
    expectNoLeftovers();
  });

  it('Q3: sequence numbers are numbers: 9 is older than 10', async () => {
    await use({ simulator: { preset: { ...(await preset()), counters: counters(8) } } });
    const volume = await made();
    const [eight, nine, ten, eleven] = [
      await snapped(volume),
      await snapped(volume),
      await snapped(volume),
      await snapped(volume),
    ];
    await backend.driver.deleteSnapshot(ten);
    expect(images()).toHaveLength(4);
    await backend.driver.deleteSnapshot(eight);
    expect(images()).toEqual([nine, ten, eleven].map((each) => each.provider_id));
    await backend.driver.deleteSnapshot(nine);
    expect(images()).toEqual([eleven.provider_id]);
  });

  it('Q7, Q8, Q9: marks are by image, an unreadable record is no empty one, a failed deletion keeps them', async () => {
    const volume = await made();
    const [one, two, three] = [await snapped(volume), await snapped(volume), await snapped(volume)];
    await backend.driver.deleteSnapshot(two);
    array().snapshotImages.delete(one.provider_id ?? '');
    await backend.driver.deleteSnapshot(one);
    expect(images()).toContain(three.provider_id);
    for (const path of [/^persistent-records/, /^\/devmgr\/v2\/key-values$/]) {
      backend.proxy.fail({ method: 'GET', path, fault: { status: 500 }, times: 9 });
      await expect(backend.driver.deleteSnapshot(three)).rejects.toMatchObject({ statusCode: 500 });
      expect(images()).toContain(three.provider_id);
      backend.proxy.clear();
    }
    backend.proxy.fail({ method: 'DELETE', path: /^snapshot-groups/, fault: { status: 422, body: { retcode: '2' } } });
    await expect(backend.driver.deleteSnapshot(three)).rejects.toMatchObject({ statusCode: 422 });
    await backend.driver.deleteSnapshot(three);
    expectNoLeftovers();
    expect(notes()).toEqual([]);
  });

  it('Q7: what was purged by another client shifts nothing', async () => {
    const volume = await made();
    const snapshots = [];
    for (let i = 0; i < 4; i++) snapshots.push(await snapped(volume));
    const [one, two, three, four] = snapshots as [Snapshot, Snapshot, Snapshot, Snapshot];
    await backend.driver.deleteSnapshot(two);
    await backend.driver.deleteSnapshot(one);
    await backend.driver.deleteSnapshot(three);
    expect(images()).toEqual([four.provider_id]);
  });

  it('Q12: a copy goes into the scheduled pool, as its type says', async () => {
    const volume = await made();
    const snapshot = await snapped(volume);
    const specs = { extra_specs: { 'netapp:read_cache': 'false' } };
    const target = newVolume({ host: 'h@b#SSD_R6', volume_type: specs });
    await backend.driver.createVolumeFromSnapshot(target, snapshot);
    const clone = newVolume({ host: 'h@b#SSD_R6', volume_type: specs });
    await backend.driver.createClonedVolume(clone, volume);
    for (const each of [target, clone]) {
      expect(onArray(each)?.poolRef).toBe(array().pools.find('SSD_R6')?.ref);
      expect(onArray(each)?.cache.readCacheEnable).toBe(false);
    }
  });

  it.each([
    ['GET', /^snapshot-images\//, { status: 500 }],
    ['POST', /^ssc\/volumes/, { status: 422 }],
    ['POST', /^snapshot-volumes/, { status: 404 }],
    ['POST', /^snapshot-volumes/, { status: 422 }],
    ['POST', /^volume-copy-jobs/, { status: 422 }],
    ['GET', /^volume-copy-jobs\//, { status: 200, body: { status: 'failed' } }],
    ['GET', /^volume-copy-jobs\//, { status: 200, body: { status: 'halted' } }],
    ['GET', /^volume-copy-jobs\//, { status: 200, body: { status: 'somethingElse' } }],
    ['GET', /^volume-copy-jobs\//, { status: 404 }],
    ['DELETE', /^volume-copy-jobs\//, { status: 422 }],
  ] as const)('Q13, Q15: a copy that fails at %s %s (%j) leaves nothing', async (method, path, fault) => {
    const volume = await made();
    const snapshot = await snapped(volume);
    backend.proxy.fail({ method, path, fault, times: 5 });
    const target = newVolume();
    await expect(backend.driver.createVolumeFromSnapshot(target, snapshot)).rejects.toBeInstanceOf(Error);
    backend.proxy.clear();
    if (method !== 'DELETE') {
      expect(onArray(target)).toBeUndefined();
      expect([array().tables.snapshotVolumes.size, array().tables.volumeCopies.size]).toEqual([0, 0]);
    }
    expect(images()).toEqual([snapshot.provider_id]);
  });

  it('Q16: a copy that never ends is given up, with a clear error', async () => {
    const volume = await made();
    const snapshot = await snapped(volume);
    array().jobs.setProgression({ mode: 'stuck' }, ['volumeCopy']);
    const target = newVolume();
    await expect(backend.driver.createVolumeFromSnapshot(target, snapshot)).rejects.toMatchObject({
      name: 'VolumeBackendAPIException',
      message: expect.stringMatching(/took longer than \d+ seconds/),
    });
    expect(onArray(target)).toBeUndefined();
    expect(array().tables.volumeCopies.size).toBe(0);
  });

  it('Q16: so is an expansion', async () => {
    const volume = await made({ host: 'h@b#SSD_R6' });
    array().jobs.setProgression({ mode: 'stuck' });
    await expect(backend.driver.extendVolume(volume, 2)).rejects.toThrow(/took longer/);
  });

  it('Q40: two clones of one volume at once don’t disturb each other', async () => {
    const volume = await made();
    array().io.write(onArray(volume)?.ref ?? '', 0, Buffer.from('shared'));
    const clones = [newVolume(), newVolume(), newVolume()];
    const snapshots = await Promise.all([
      ...clones.map((clone) => backend.driver.createClonedVolume(clone, volume)),
      snapped(volume),
      snapped(volume),
    ]);
    for (const clone of clones)
      expect(
        array()
          .io.read(onArray(clone)?.ref ?? '', 0, 6)
          .toString(),
      ).toBe('shared');
    expect(images()).toHaveLength(2);
    expect(snapshots).toHaveLength(5);
  });

  it('Q41: a group is reserved only if its name has 30 characters and the suffix', async () => {
    const volume = await made();
    const ref = onArray(volume)?.ref ?? '';
    array().snapshotGroups.create({ label: 'ABCDESGCVFGHIJKLMNOPQRSTUV', baseRef: ref });
    await snapped(volume);
    expect(array().snapshotGroups.ofBase(ref)).toHaveLength(1);
  });

  it('Q46: a snapshot whose volume is gone counts as deleted', async () => {
    const volume = await made();
    const snapshot = await snapped(volume);
    array().volumes.delete(onArray(volume)?.ref ?? '');
    await backend.driver.deleteSnapshot(snapshot);
  });

  it('Q47: deleting a volume leaves no marks of its snapshots', async () => {
    const volume = await made();
    const [, two] = [await snapped(volume), await snapped(volume)];
    await backend.driver.deleteSnapshot(two);
    expect(notes().join()).toContain(two.provider_id);
    await backend.driver.deleteVolume(volume);
    expect(notes()).toEqual([]);
  });

  it('Q50: the group to go on in is that of the newest image, however fast they came', async () => {
    const volume = await made();
    const ref = onArray(volume)?.ref ?? '';
    const [a, b] = ['a', 'b'].map((label) => array().snapshotGroups.create({ label, baseRef: ref }));
    for (const each of [b, a, b, a]) array().snapshotImages.create({ groupRef: each?.ref ?? '' });
    const { provider_id } = await snapped(volume);
    expect(array().snapshotImages.require(provider_id ?? '').groupRef).toBe(a?.ref);
  });
});
