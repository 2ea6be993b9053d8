import type { TestServer } from '../simulator/servers.js';

interface Made {
  readonly id: string;
  readonly pitSequenceNumber?: string;
  readonly repositoryVolume?: string;
}

/** Gives an array one object or more of each kind, by its web services. Throws when one is refused. */
export async function furnish(server: TestServer): Promise<void> {
  const create = async (path: string, body?: unknown): Promise<Made> => {
    const answer = await server.ask('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path} answers ${answer.status}: ${answer.text}`);
    return [answer.body].flat()[0];
  };
  const pools = (await server.ask('GET', 'storage-pools')).body as readonly Made[];
  const poolId = pools[0]?.id;
  const volume = await create('volumes', { poolId, name: 'one', size: '1', sizeUnit: 'gb' });
  const second = await create('volumes', { poolId, name: 'two', size: '2', sizeUnit: 'gb' });
  await create('ssc/volumes', { poolId, name: 'thin', size: '8', sizeUnit: 'gb', thinProvision: true });
  const host = await create('hosts', {
    name: 'h',
    hostType: { index: 28 },
    ports: [{ type: 'iscsi', port: 'iqn.a:b', label: 'i1' }],
  });
  await create('host-groups', { name: 'hg' });
  await create('volume-mappings', { mappableObjectId: volume.id, targetId: host.id });
  const group = await create('snapshot-groups', { baseMappableObjectId: volume.id, name: 'sg' });
  const image = await create('snapshot-images', { groupId: group.id });
  const view = await create('snapshot-volumes', { snapshotImageId: image.id, name: 'sv', viewMode: 'readWrite' });
  const consistency = await create('consistency-groups', { name: 'cg' });
  await create(`consistency-groups/${consistency.id}/member-volumes`, { volumeId: volume.id });
  const member = await create(`consistency-groups/${consistency.id}/snapshots`);
  await create(`consistency-groups/${consistency.id}/views`, { name: 'cv', pitId: member.id });
  await create('volume-copy-jobs', { sourceId: view.id, targetId: second.id });
  await create('workloads', { name: 'wl', workloadAttributes: [{ key: 'a', value: 'b' }] });
  await create('/devmgr/v2/key-values/k', 'v');
}

/** The references, labels and ids of all objects of an array by the name of their table; under '' what has none. */
export function namesIn({ array }: TestServer): ReadonlyMap<string, readonly string[]> {
  const names = new Map([['', ['1', 'DDP_1', '28', 'k', 'gb', 'admin', array.system.wwn]]]);
  for (const [kind, table] of Object.entries(array.tables)) {
    const found = rowsOf(table).flatMap(({ ref, label, id }) => [ref, label, id]);
    const texts = new Set(found.filter((name): name is string => typeof name === 'string' && name !== ''));
    if (texts.size > 0) names.set(kind, [...texts]);
  }
  return names;
}

function rowsOf(table: unknown): readonly Readonly<Record<string, unknown>>[] {
  const rows = (table as { readonly toJSON?: () => unknown }).toJSON?.();
  return Array.isArray(rows) ? rows : [];
}
