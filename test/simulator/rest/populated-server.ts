import { expect } from 'vitest';
import { newServer, type TestServer } from '../servers.js';

interface PopulatedServer {
  readonly server: TestServer;
  /** What stands for the variable parts of paths, by the part before them: `volumes/{}`. */
  readonly ids: Readonly<Record<string, string>>;
}

/** A simulator whose array has one object at least of each kind, and collections of its counters. */
export async function populatedServer(): Promise<PopulatedServer> {
  const server = await newServer();
  const pools = (await server.ask('GET', 'storage-pools')).body;
  const poolId = pools[0].id;
  const create = async (path: string, body?: unknown) => {
    const answer = await server.ask('POST', path, body);
    expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
    return answer.body;
  };
  const volume = await create('volumes', {
    poolId,
    name: 'v',
    size: '1',
    sizeUnit: 'gb',
    metaTags: [{ key: 'k', value: 'x' }],
  });
  const second = await create('volumes', { poolId, name: 'w', size: '2', sizeUnit: 'gb' });
  await create('ssc/volumes', { poolId, name: 'thin', size: '8', sizeUnit: 'gb', thinProvision: true });
  const host = await create('hosts', {
    name: 'h',
    hostType: { index: 28 },
    ports: [
      { type: 'fc', port: '20:13:00:80:e5:32:22:30', label: 'fc1' },
      { type: 'iscsi', port: 'iqn.a:b', label: 'i1', iscsiChapSecret: 'abcdefghijkl' },
    ],
  });
  const group = await create('host-groups', { name: 'hg' });
  const mapping = await create('volume-mappings', { mappableObjectId: volume.id, targetId: host.id });
  const snapshots = await create('snapshot-groups', { baseMappableObjectId: volume.id, name: 'sg' });
  const image = await create('snapshot-images', { groupId: snapshots.id });
  const view = await create('snapshot-volumes', { snapshotImageId: image.id, name: 'sv', viewMode: 'readWrite' });
  const consistency = await create('consistency-groups', { name: 'cg' });
  await create(`consistency-groups/${consistency.id}/member-volumes`, { volumeId: volume.id });
  const [member] = await create(`consistency-groups/${consistency.id}/snapshots`);
  const cgView = await create(`consistency-groups/${consistency.id}/views`, { name: 'cv', pitId: member.id });
  const copy = await create('volume-copy-jobs', { sourceId: view.id, targetId: second.id });
  const workload = await create('workloads', { name: 'wl', workloadAttributes: [{ key: 'a', value: 'b' }] });
  await server.control('POST', `/arrays/1/drives/${server.array.drives.inPool(pools[2].id)[0]?.ref}/fail`);
  await server.ask('POST', '/devmgr/v2/key-values/k', 'v');
  await server.ask('POST', 'persistent-records', { key: 'k', value: 'v' });
  server.array.iscsiTarget.sawInitiator('iqn.stranger');
  const cache = await create('ssd-caches', {
    name: 'cache',
    driveIds: [server.array.ssdCaches.compatibleDrives()[0]?.ref],
  });
  // Statistics are of something, and there were collections to analyse.
  await server.control('POST', '/arrays/1/workloads', { volume: 'v', iops: 100 });
  server.clock.advance(900_000);
  const ids: Record<string, string> = {
    'volumes/{}': volume.id,
    'ssc/volumes/{}': volume.id,
    'thin-volumes/{}': 'thin',
    'storage-pools/{}': poolId,
    'ssc/pools/{}': poolId,
    'hosts/{}': host.id,
    'host-groups/{}': group.id,
    'host-types/{}': '28',
    'volume-mappings/{}': mapping.id,
    'snapshot-groups/{}': snapshots.id,
    'snapshot-images/{}': image.id,
    'snapshot-volumes/{}': view.id,
    'consistency-groups/{}': consistency.id,
    'member-volumes/{}': volume.id,
    'snapshots/{}': member.pitSequenceNumber,
    'views/{}': cgView.id,
    'volume-copy-jobs/{}': copy.id,
    'volume-copy-jobs-control/{}': copy.id,
    'repositories/concat/{}': snapshots.repositoryVolume,
    'concat/{}': snapshots.repositoryVolume,
    'drives/{}': server.array.tables.drives.toJSON()[0]?.ref ?? '',
    'controllers/{}': '070000000000000000000001',
    'interfaces/{}': '2201020000000000000000000000000000000000',
    'workloads/{}': workload.id,
    'ssd-caches/{}': cache.id,
    'key-values/{}': 'k',
    'persistent-records/{}': 'k',
    'storage-systems/{}': '1',
    'embedded-firmware/{}': '1',
  };
  return { server, ids };
}

/** A path with what there is in place of its variable parts; undefined when there is nothing. */
export function filledPath(path: string, ids: Readonly<Record<string, string>>): string | undefined {
  const parts = path.replace(/:(\w+)/g, '{$1}').split('/');
  for (const [index, part] of parts.entries()) {
    if (!part.startsWith('{')) continue;
    const id = ids[`${parts[index - 1]}/{}`];
    if (id === undefined) return undefined;
    parts[index] = id;
  }
  return parts.join('/');
}
