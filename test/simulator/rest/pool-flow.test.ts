import { beforeEach, describe, expect, it } from 'vitest';
import { newServer, type TestServer } from '../servers.js';

let server: TestServer;

beforeEach(async () => {
  server = await newServer({ preset: 'empty' });
});

interface Drive {
  readonly id: string;
  readonly available: boolean;
  readonly driveMediaType: string;
}

async function freeDrives(media: string): Promise<string[]> {
  const drives: Drive[] = (await server.ask('GET', 'drives')).body;
  return drives.filter((drive) => drive.available && drive.driveMediaType === media).map((drive) => drive.id);
}

describe('what a storage administrator’s client sends', () => {
  it('makes, expands, renames, migrates and deletes a volume group of its drives', async () => {
    const drives = await freeDrives('ssd');
    const made = await server.ask('POST', 'storage-pools', {
      name: 'group',
      raidLevel: 'raid5',
      diskDriveIds: drives.slice(0, 4),
      eraseSecuredDrives: true,
    });
    expect(made).toMatchObject({ status: 200, body: { label: 'group', raidLevel: 'raid5', diskPool: false } });
    const { id, totalRaidedSpace, usedSpace, freeSpace } = made.body;
    expect(BigInt(totalRaidedSpace)).toBe(BigInt(usedSpace) + BigInt(freeSpace));
    const expanded = await server.ask('POST', `storage-pools/${id}/expand`, { drives: [drives[4]] });
    expect(expanded.status).toBe(200);
    const larger = (await server.ask('GET', `storage-pools/${id}`)).body;
    expect(BigInt(larger.totalRaidedSpace)).toBeGreaterThan(BigInt(totalRaidedSpace));
    expect((await server.ask('POST', `storage-pools/${id}`, { name: 'renamed' })).body.label).toBe('renamed');
    const migrated = await server.ask('POST', `storage-pools/${id}/raid-type-migration`, { raidLevel: 'raid6' });
    expect([migrated.status, (await server.ask('GET', `storage-pools/${id}`)).body.raidLevel]).toEqual([200, 'raid6']);
    const volume = await server.ask('POST', 'volumes', { poolId: id, name: 'v', sizeUnit: 'gb', size: 1, segSize: 0 });
    expect(volume.status).toBe(200);
    expect((await server.ask('DELETE', `storage-pools/${id}`)).status).toBe(422);
    expect((await server.ask('DELETE', `storage-pools/${id}?delete-volumes=true`)).status).toBe(204);
    expect((await server.ask('GET', 'storage-pools')).body).toEqual([]);
    expect((await freeDrives('ssd')).length).toBe(drives.length);
  });

  it('asks for candidates by SYMbol and makes a disk pool of one', async () => {
    const candidates = await server.ask('POST', 'symbol/getVolumeCandidates?verboseErrorResponse=true', {
      candidateSelectionType: {
        candidateSelectionType: 'count',
        driveRefList: { driveRef: await freeDrives('hdd') },
      },
      raidLevel: 'raidDiskPool',
      phyDriveType: 'all',
      dssPreallocEnabled: false,
      securityType: 'capable',
      driveMediaType: 'hdd',
      onlyProtectionInformationCapable: false,
      volumeCandidateRequestData: { type: 'diskPool', diskPoolVolumeCandidateRequestData: null },
    });
    expect([candidates.status, candidates.body.returnCode]).toEqual([200, 'ok']);
    const [candidate] = candidates.body.volumeCandidate;
    expect(candidate).toMatchObject({ raidLevel: 'raidDiskPool', driveCount: 11 });
    const { driveRef: drives } = candidate.driveRefList;
    const bySymbol = await server.ask('POST', 'symbol/createDiskPool?verboseErrorResponse=true', {
      label: 'ansible',
      candidate,
      poolUtilizationWarningThreshold: 60,
      backgroundOperationPriority: 'useDefault',
    });
    expect([bySymbol.status, bySymbol.body]).toEqual([200, 'ok']);
    const [made] = (await server.ask('GET', 'storage-pools')).body;
    expect(made.volumeGroupData.diskPoolData.poolUtilizationWarningThreshold).toBe(60);
    expect(made.totalRaidedSpace).toBe(candidate.usableSize);
    expect((await server.ask('DELETE', `storage-pools/${made.id}`)).status).toBe(204);
    const pool = await server.ask('POST', 'storage-pools', {
      name: 'ddp',
      raidLevel: 'raidDiskPool',
      diskDriveIds: drives.slice(0, 11),
    });
    expect(pool).toMatchObject({ status: 200, body: { diskPool: true, state: 'complete', raidStatus: 'optimal' } });
    expect(pool.body.volumeGroupData.diskPoolData.allocGranularity).toBe('4294967296');
  });

  it('is refused whole where something is wrong, with the field', async () => {
    const drives = await freeDrives('ssd');
    for (const [body, field] of [
      [{ name: 'p', raidLevel: 'raid5' }, 'diskDriveIds'],
      [{ name: 'p', raidLevel: 'raid9', diskDriveIds: drives }, 'raidLevel'],
      [{ raidLevel: 'raid5', diskDriveIds: drives }, 'name'],
      [{ name: 'p', raidLevel: 'raid5', diskDriveIds: [...drives.slice(0, 3), 'none'] }, 'diskDriveIds'],
      [{ name: 'p', raidLevel: 'raid5', diskDriveIds: drives.slice(0, 2) }, 'drives'],
      [{ name: 'p', raidLevel: 'raid5', diskDriveIds: 'all' }, 'diskDriveIds'],
    ] as const) {
      const { status, body: answer } = await server.ask('POST', 'storage-pools', body);
      expect([400, 404, 422]).toContain(status);
      expect([body, String(answer.invalidFieldsIfKnown) + answer.errorMessage]).toEqual([
        body,
        expect.stringContaining(field === 'diskDriveIds' && status === 404 ? 'none' : field),
      ]);
    }
    expect((await server.ask('GET', 'storage-pools')).body).toEqual([]);
  });

  it('finds an array in need of attention where a drive has failed', async () => {
    const drives = await freeDrives('ssd');
    await server.ask('POST', 'storage-pools', { name: 'g', raidLevel: 'raid6', diskDriveIds: drives.slice(0, 5) });
    expect((await server.ask('GET', 'failures')).body).toEqual([]);
    await server.control('POST', `/arrays/1/drives/${drives[0]}/fail`);
    expect((await server.ask('GET', 'storage-pools')).body[0]).toMatchObject({ raidStatus: 'degraded' });
    expect((await server.ask('GET', 'failures')).body.length).toBeGreaterThan(0);
    expect((await server.ask('GET', '/devmgr/v2/storage-systems/1')).body.status).toBe('needsAttn');
    expect((await server.ask('GET', 'mirror-pairs')).body).toEqual([]);
  });
});
