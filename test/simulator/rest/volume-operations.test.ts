import { beforeEach, describe, expect, it } from 'vitest';
import { gib, refusal } from '../arrays.js';
import { type ArrayServer, newArrayServer } from './array-server.js';

let server: ArrayServer;
let volumeRef: string;

beforeEach(() => {
  server = newArrayServer();
  volumeRef = server.array.volumes.create({ label: 'v', poolRef: server.groupRef, capacityBytes: gib }).ref;
});

const timed = () => server.array.jobs.setProgression({ mode: 'timed', bytesPerSecond: gib / 100 });
const blocks = gib / 512;

describe('a parity check', () => {
  it('goes on as a job, shows on the volume, and is remembered when it has ended', async () => {
    timed();
    const started = await server.post(`volumes/${volumeRef}/check-volume-parity`, { scanPriority: 'priority4' });
    expect(started).toMatchObject({ status: 202, body: { volumeId: volumeRef, volumeName: 'v' } });
    const { jobId } = started.body as { jobId: string };
    server.clock.advance(25_000);
    expect((await server.get(`volumes/${volumeRef}`)).body).toMatchObject({ action: 'parityScan' });
    expect((await server.get(`volumes/check-volume-parity/jobs/${jobId}`)).body).toMatchObject({
      jobStatus: 'inProgress',
      percentComplete: 25,
      startLba: '0',
      endLba: String(blocks - 1),
      lastScannedLba: String(Math.floor((blocks - 1) / 4)),
      runtimeInSec: '25',
      scanPriority: 'priority4',
    });
    expect((await server.post(`volumes/${volumeRef}/check-volume-parity`)).status).toBe(422);
    server.clock.advance(75_000);
    expect((await server.get('volumes/check-volume-parity/jobs')).body).toMatchObject([
      { jobId, jobStatus: 'completed', percentComplete: 100, runtimeInSec: '100', totalParityErrorsDetected: 0 },
    ]);
    expect((await server.get(`volumes/check-volume-parity/jobs/${jobId}/errors`)).body).toMatchObject({
      jobStatus: 'completed',
      parityErrors: [],
    });
    expect(server.array.tables.events.toJSON().at(-1)?.description).toBe("Parity check of volume 'v' completed");
    expect((await server.delete(`volumes/check-volume-parity/jobs/${jobId}`)).status).toBe(422);
  });

  it('is cancelled by deleting its job', async () => {
    timed();
    const { body } = await server.post(`volumes/${volumeRef}/check-volume-parity`);
    const { jobId } = body as { jobId: string };
    expect((await server.delete(`volumes/check-volume-parity/jobs/${jobId}`)).status).toBe(202);
    expect((await server.get('volumes/check-volume-parity/jobs')).body).toMatchObject([{ jobStatus: 'cancelled' }]);
    expect((await server.get('volumes/check-volume-parity/jobs/errors')).body).toMatchObject([{ jobId }]);
    expect((await server.get(`volumes/${volumeRef}`)).body).toMatchObject({ action: 'none' });
  });

  it('is refused beyond the last block, of volumes that are not there, and without redundancy', async () => {
    const path = `volumes/${volumeRef}/check-volume-parity`;
    expect(await server.post(path, { endLba: String(blocks) })).toMatchObject({ status: 422, body: { retcode: '4' } });
    expect((await server.post(path, { startLba: '9', endLba: '8' })).status).toBe(422);
    expect((await server.post(path, { startLba: '99999999999999999999' })).status).toBe(422);
    expect((await server.post('volumes/none/check-volume-parity')).status).toBe(404);
    expect((await server.get('volumes/check-volume-parity/jobs/9')).status).toBe(404);
    const { array } = server;
    const plain = array.pools.createVolumeGroup({
      label: 'r0',
      raidLevel: 'raid0',
      driveRefs: array.drives.unassigned('ssd', 2),
    });
    const striped = array.volumes.create({ label: 'w', poolRef: plain.ref, capacityBytes: gib });
    expect(() => array.parityScans.start(striped.ref, { kind: 'check' })).toThrowError(refusal('invalidRaidlevel'));
    expect(array.parityScans.list()).toEqual([]);
  });

  it('is saved with the array, undone by a reset, and forgotten with its volume', async () => {
    await server.post(`volumes/${volumeRef}/check-volume-parity`);
    const { array } = server;
    const saved = structuredClone(array.save());
    array.volumes.delete(volumeRef);
    expect(array.parityScans.list()).toEqual([]);
    array.restore(saved);
    expect(array.parityScans.list()).toMatchObject([{ outcome: 'completed', volumeRef }]);
    array.reset();
    expect(array.parityScans.list()).toEqual([]);
  });
});

describe('a parity repair', () => {
  it('goes on as a job of its own kind', async () => {
    timed();
    const drive = server.array.drives.inPool(server.groupRef)[0]?.ref;
    const started = await server.post(`volumes/${volumeRef}/data-parity-repair-volume`, {
      startingLba: '0',
      endingLba: String(blocks / 2 - 1),
      suspectDrives: [drive],
    });
    expect(started.status).toBe(202);
    const { jobId } = started.body as { jobId: string };
    server.clock.advance(25_000);
    expect((await server.get(`volumes/data-parity-repair-volume/jobs/${jobId}`)).body).toEqual({
      jobId,
      volumeId: volumeRef,
      percentComplete: 50,
      status: 'inProgress',
    });
    server.clock.advance(25_000);
    expect((await server.get('volumes/data-parity-repair-volume/jobs')).body).toMatchObject([{ status: 'complete' }]);
    expect((await server.get(`volumes/check-volume-parity/jobs/${jobId}`)).status).toBe(404);
    const unknown = { suspectDrives: ['none'] };
    expect((await server.post(`volumes/${volumeRef}/data-parity-repair-volume`, unknown)).status).toBe(404);
  });
});

describe('the layout of a volume', () => {
  it('changes its segment size in the background', async () => {
    timed();
    const path = `volumes/${volumeRef}/segment-size`;
    expect((await server.post(path, { newSegmentSize: 262_144 })).status).toBe(202);
    expect((await server.get(`volumes/${volumeRef}`)).body).toMatchObject({
      action: 'remappingDseg',
      segmentSize: 131_072,
    });
    expect((await server.post(path, { newSegmentSize: 65_536 })).status).toBe(422);
    server.clock.advance(100_000);
    expect((await server.get(`volumes/${volumeRef}`)).body).toMatchObject({ action: 'none', segmentSize: 262_144 });
  });

  it('keeps its segment size when the new one is not possible', async () => {
    const inPool = server.array.volumes.create({ label: 'p', poolRef: server.poolRef, capacityBytes: gib }).ref;
    for (const [ref, newSegmentSize] of [
      [volumeRef, 131_072],
      [volumeRef, 100_000],
      [inPool, 262_144],
    ])
      expect((await server.post(`volumes/${ref}/segment-size`, { newSegmentSize })).status).toBe(422);
    expect((await server.post(`volumes/${volumeRef}/segment-size`, {})).status).toBe(422);
  });

  it('says how large it can become: as its pool has room, and no larger', async () => {
    const { body } = await server.get(`volumes/${volumeRef}/expand/maximum`);
    const { maxExpansionSize } = body as { maxExpansionSize: string };
    const free = server.array.pools.freeBytes(server.array.pools.require(server.groupRef));
    expect(Number(maxExpansionSize)).toBe(gib + free);
    server.array.volumes.expand(volumeRef, Number(maxExpansionSize));
    expect(server.array.pools.freeBytes(server.array.pools.require(server.groupRef))).toBe(0);
  });

  it('loses data assurance for good', async () => {
    const { array } = server;
    const assured = array.volumes.create({
      label: 'da',
      poolRef: server.groupRef,
      capacityBytes: gib,
      dataAssurance: true,
    }).ref;
    const path = `volumes/${assured}/disable-protection-information`;
    expect((await server.post(path)).status).toBe(200);
    expect(array.volumes.require(assured).dataAssurance).toBe(false);
    expect((await server.post(path)).status).toBe(422);
  });
});

describe('a thin volume', () => {
  it('is empty after it is initialised, and loses data assurance', async () => {
    const { array } = server;
    const thin = array.thinVolumes.create({
      label: 't',
      poolRef: server.poolRef,
      virtualBytes: 8 * gib,
      dataAssurance: true,
    });
    array.io.write(thin.ref, 0, Buffer.alloc(4096, 1));
    expect(array.thinVolumes.usedBytes(array.thinVolumes.require(thin.ref))).toBeGreaterThan(0);
    expect((await server.post(`thin-volumes/${thin.ref}/initialize`)).status).toBe(200);
    expect(array.thinVolumes.usedBytes(array.thinVolumes.require(thin.ref))).toBe(0);
    expect(array.io.read(thin.ref, 0, 4096).every((byte) => byte === 0)).toBe(true);
    expect((await server.post(`thin-volumes/${thin.ref}/disable-protection-information`)).status).toBe(200);
    expect((await server.post(`thin-volumes/${thin.ref}/disable-protection-information`)).status).toBe(422);
    expect((await server.post('thin-volumes/none/initialize')).status).toBe(404);
  });
});

describe('a storage pool', () => {
  it('gives up drives when its volumes and its reserve still fit, once the data has moved', async () => {
    const { array } = server;
    const before = array.drives.inPool(server.poolRef).length;
    const { body } = await server.get(`storage-pools/${server.poolRef}/reduction`);
    const { removableDriveCount } = body as { removableDriveCount: number };
    // The pool keeps two drives in reserve, which takes 12 drives at least.
    expect([before, removableDriveCount]).toEqual([15, 3]);
    const extra = array.drives.unassigned('hdd', 1);
    array.poolReconfiguration.expand(server.poolRef, extra);
    const total = array.pools.require(server.poolRef).totalBytes;
    timed();
    const path = `storage-pools/${server.poolRef}/reduction`;
    expect((await server.post(path, { drives: extra })).status).toBe(200);
    expect(array.drives.require(extra[0] ?? '').assignment).toBe('pool');
    expect((await server.post(path, { drives: extra })).status).toBe(422);
    server.clock.advance(1e9);
    expect((await server.get(`drives/${extra[0]}`)).body).toMatchObject({ available: true });
    expect(array.pools.require(server.poolRef).totalBytes).toBeLessThan(total);
    expect(array.check()).toEqual([]);
    expect((await server.get(`storage-pools/${server.groupRef}/reduction`)).body).toMatchObject({
      removableDriveCount: 0,
    });
    for (const drives of [[], ['none'], extra, array.drives.inPool(server.poolRef).map(({ ref }) => ref)])
      expect((await server.post(path, { drives })).status).toBeGreaterThanOrEqual(404);
  });

  it('is defragmented in the background when it is a volume group', async () => {
    timed();
    expect((await server.post(`storage-pools/${server.groupRef}/defrag/start`)).status).toBe(204);
    expect((await server.get(`volumes/${volumeRef}`)).body).toMatchObject({ action: 'remappingDefrag' });
    expect((await server.post(`storage-pools/${server.groupRef}/defrag/start`)).status).toBe(422);
    expect((await server.post(`storage-pools/${server.poolRef}/defrag/start`)).status).toBe(422);
  });

  it('leaves a part of its SSDs unused, as far as its volumes do without', async () => {
    const total = server.array.pools.require(server.groupRef).totalBytes;
    const set = await server.post('storage-pools/ssd-optimization-capacity', {
      id: server.groupRef,
      ssdOptimizationCapacity: 25,
    });
    expect(set.body).toContainEqual({ id: server.groupRef, ssdOptimizationCapacity: 25 });
    expect(server.array.pools.require(server.groupRef).totalBytes).toBe(Math.floor((total * 0.75) / 2 ** 20) * 2 ** 20);
    expect(server.array.check()).toEqual([]);
    for (const [id, ssdOptimizationCapacity] of [
      [server.groupRef, 100],
      [server.groupRef, -1],
      [server.poolRef, 10],
    ])
      expect(
        (await server.post('storage-pools/ssd-optimization-capacity', { id, ssdOptimizationCapacity })).status,
      ).toBe(422);
    expect((await server.get('storage-pools/ssd-optimization-capacity')).body).toEqual(set.body);
  });

  it('is refused resource provisioning: no drive reports unmapped blocks', async () => {
    for (const what of ['full-provisioning-format', 'resource-provisioning-enablement']) {
      expect((await server.post(`storage-pools/${server.poolRef}/${what}`, {})).status).toBe(422);
      expect((await server.post(`storage-pools/none/${what}`, {})).status).toBe(404);
    }
  });

  it('can be made of the candidates that are named, and expanded by those for it', async () => {
    const found = await server.post('storage-pools/candidates', {
      raidLevels: ['raid5'],
      driveMediaTypes: ['ssd'],
      onlyRecommended: true,
    });
    const [candidate] = found.body as { driveIds: string[]; driveCount: number; usableSize: string }[];
    expect(candidate?.driveCount).toBe(candidate?.driveIds.length);
    const made = await server.post('storage-pools', {
      name: 'made',
      raidLevel: 'raid5',
      diskDriveIds: candidate?.driveIds.slice(0, 3),
    });
    expect(made.status).toBe(200);
    const [expansion] = (await server.get(`storage-pools/${made.id}/expand`)).body as {
      drives: string[];
      usableCapacity: string;
    }[];
    const before = server.array.pools.require(made.id).totalBytes;
    await server.post(`storage-pools/${made.id}/expand`, { drives: expansion?.drives });
    expect(server.array.pools.require(made.id).totalBytes - before).toBe(Number(expansion?.usableCapacity));
    expect((await server.post('storage-pools/candidates', { raidLevels: ['raid9'] })).status).toBe(422);
    expect((await server.post('storage-pools/candidates', { driveIds: ['none'] })).status).toBe(404);
  });
});

describe('mappable objects', () => {
  it('are volumes, views and the access volume, each with its mappings', async () => {
    const { array } = server;
    const host = array.hosts.create({ label: 'h', hostTypeIndex: 28, groupRef: null, ports: [] });
    array.mappings.create({ mappableRef: volumeRef, targetRef: host.ref, lun: 3 });
    const all = (await server.get('mappable-objects')).body as { objectType: string; name: string }[];
    expect(all).toContainEqual(
      expect.objectContaining({ objectType: 'accessVolume', totalSizeInBytes: '0', wwn: null }),
    );
    expect((await server.get(`mappable-objects/${volumeRef}`)).body).toMatchObject({
      name: 'v',
      objectType: 'volume',
      mapped: true,
      totalSizeInBytes: String(gib),
      listOfMappings: [{ lun: 3, mapRef: host.ref }],
    });
    expect((await server.get('access-volume')).body).toMatchObject({ name: 'Access', objectType: 'accessVolume' });
    expect((await server.get('mappable-objects/none')).status).toBe(404);
  });
});

describe('a workload', () => {
  it('is copied under another name, with its volumes when they are to move', async () => {
    const made = await server.post('workloads', { name: 'a', workloadAttributes: [{ key: 'k', value: 'x' }] });
    server.array.volumes.update(volumeRef, { tags: [{ key: 'workloadId', value: made.id }] });
    const copy = await server.post(`workloads/${made.id}/copy`, { newWorkloadName: 'b' });
    expect(copy.body).toMatchObject({ name: 'b', workloadAttributes: [{ key: 'k', value: 'x' }] });
    expect(server.array.volumes.require(volumeRef).tags).toEqual([{ key: 'workloadId', value: made.id }]);
    const moved = await server.post(`workloads/${made.id}/copy`, { newWorkloadName: 'c', changeVolumeTags: true });
    expect(server.array.volumes.require(volumeRef).tags).toEqual([{ key: 'workloadId', value: moved.id }]);
    expect((await server.post(`workloads/${made.id}/copy`, { newWorkloadName: 'c' })).status).toBe(422);
    expect((await server.post('workloads/none/copy', { newWorkloadName: 'd' })).status).toBe(404);
  });

  it('is served below the root too', async () => {
    const made = await server.post('../../workloads', { name: 'a' });
    expect(made).toMatchObject({ status: 200, body: { name: 'a' } });
    expect((await server.get('workloads')).body).toMatchObject([{ id: made.id }]);
    expect((await server.get('../../workloads')).body).toMatchObject([{ id: made.id }]);
    expect((await server.post(`../../workloads/${made.id}`, { name: 'z' })).body).toMatchObject({ name: 'z' });
    expect((await server.post(`../../workloads/${made.id}/copy`, { newWorkloadName: 'y' })).status).toBe(200);
    expect((await server.delete(`../../workloads/${made.id}`)).status).toBe(204);
    expect((await server.get(`../../workloads/${made.id}`)).status).toBe(404);
  });
});
