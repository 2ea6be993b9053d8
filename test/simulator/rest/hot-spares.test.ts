import { beforeEach, describe, expect, it } from 'vitest';
import { type ArrayServer, newArrayServer } from './array-server.js';

let server: ArrayServer;

beforeEach(() => {
  server = newArrayServer();
});

function free(media: 'hdd' | 'ssd'): string[] {
  return server.array.drives
    .available()
    .filter((drive) => drive.media === media)
    .map(({ ref }) => ref);
}

const lastEvent = () => server.array.tables.events.toJSON().at(-1);

describe('hot spares', () => {
  it('list which volume groups they cover, and whether they are in use', async () => {
    const [driveRef = ''] = free('ssd');
    expect((await server.post('hot-spares', { driveRef })).body).toEqual({ driveRef });
    expect(lastEvent()).toMatchObject({ description: 'Hot spare drive assigned', objectRef: driveRef });
    const spare = { driveRef, inUse: false, groupRef: [server.groupRef] };
    expect((await server.get('hot-spares')).body).toEqual([{ driveRefs: [driveRef], hotSpareDriveCoverage: [spare] }]);
    server.array.jobs.setProgression({ mode: 'stuck' });
    server.array.drives.fail(server.array.drives.inPool(server.groupRef)[0]?.ref ?? '');
    expect((await server.get('hot-spares')).body).toMatchObject([{ hotSpareDriveCoverage: [{ inUse: true }] }]);
    expect(await server.delete(`hot-spares/${driveRef}`)).toMatchObject({ status: 422, body: { retcode: '9' } });
  });

  it('are free drives again when they are unassigned', async () => {
    const [driveRef = ''] = free('ssd');
    await server.post('hot-spares', { driveRef });
    expect(await server.delete(`hot-spares/${driveRef}`)).toMatchObject({ status: 204 });
    expect(lastEvent()).toMatchObject({ description: 'Hot spare drive unassigned', objectRef: driveRef });
    expect(free('ssd')).toContain(driveRef);
    expect((await server.delete(`hot-spares/${driveRef}`)).status).toBe(422);
    expect((await server.delete('hot-spares/none')).status).toBe(404);
  });

  it('are refused of drives in use and of unknown ones', async () => {
    const driveRef = server.array.drives.inPool(server.groupRef)[0]?.ref;
    expect(await server.post('hot-spares', { driveRef })).toMatchObject({ status: 422, body: { retcode: '7' } });
    expect((await server.post('hot-spares', { driveRef: 'none' })).status).toBe(404);
    expect((await server.post('hot-spares', {})).status).toBe(422);
  });

  it('cover a volume group from free drives of its medium and interface only', async () => {
    const before = await server.get(`storage-pools/${server.groupRef}/hot-spare-coverage`);
    const candidates = free('ssd');
    expect(before.body).toMatchObject({ coverage: [], volumeGroupRef: server.groupRef });
    const { candidates: shown } = before.body as { candidates: { driveRef: string; mediaType: string }[] };
    expect(shown.map(({ driveRef }) => driveRef).sort()).toEqual(candidates.toSorted());
    const made = await server.post(`storage-pools/${server.groupRef}/hot-spares`, { hotSpareCount: 2 });
    expect(made.body).toMatchObject({
      hotSpares: [{ isHotSpareInUse: false, mediaType: 'ssd' }, { mediaType: 'ssd' }],
    });
    const after = await server.get('hot-spare-coverage');
    const { volumeGroups } = after.body as {
      volumeGroups: { volumeGroupRef: string; coverage: unknown[]; candidates: unknown[] }[];
    };
    expect(volumeGroups.map(({ volumeGroupRef }) => volumeGroupRef)).not.toContain(server.poolRef);
    const group = volumeGroups.find(({ volumeGroupRef }) => volumeGroupRef === server.groupRef);
    expect([group?.coverage.length, group?.candidates.length]).toEqual([2, candidates.length - 2]);
  });

  it('are refused of disk pools, of more drives than are free, and of none', async () => {
    const tooMany = free('ssd').length + 1;
    const path = `storage-pools/${server.groupRef}/hot-spares`;
    expect(await server.post(path, { hotSpareCount: tooMany })).toMatchObject({ status: 422 });
    expect(await server.post(path, { hotSpareCount: 0 })).toMatchObject({ status: 422, body: { retcode: '4' } });
    expect(server.array.hotSpares.list()).toEqual([]);
    const diskPool = `storage-pools/${server.poolRef}`;
    expect((await server.post(`${diskPool}/hot-spares`, { hotSpareCount: 1 })).status).toBe(422);
    expect((await server.get(`${diskPool}/hot-spare-coverage`)).body).toMatchObject({ candidates: [], coverage: [] });
    expect((await server.get('storage-pools/none/hot-spare-coverage')).status).toBe(404);
  });

  it('are assigned automatically, one for every 30 drives of a kind, and once', async () => {
    expect((await server.post('hot-spares/auto-assign')).status).toBe(204);
    const mediaOf = () => server.array.hotSpares.list().map(({ media }) => media);
    expect(mediaOf().sort()).toEqual(['hdd', 'ssd']);
    await server.post('hot-spares/auto-assign');
    expect(mediaOf()).toHaveLength(2);
  });
});
