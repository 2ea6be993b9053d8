import { AdminRequestError, type ArrayAdminClient } from './array-admin-client.js';

/** 64-bit numbers: text in the documents, numbers from some clients' arrays. */
type Int64 = string | number;

/** Refers to nothing. */
export const nullRef = '0'.repeat(40);

export interface InventoryVolume {
  readonly volumeRef: string;
  readonly label: string;
  readonly worldWideName?: string;
  /** Bytes. */
  readonly capacity: Int64;
  readonly volumeGroupRef: string;
  readonly thinProvisioned?: boolean;
  readonly objectType?: string;
  readonly volumeUse?: string;
  /** Bytes. */
  readonly segmentSize?: number;
  readonly cacheSettings?: { readonly readCacheEnable?: boolean; readonly writeCacheEnable?: boolean } | null;
}

interface InventoryPool {
  readonly volumeGroupRef: string;
  readonly label: string;
}

export interface InventorySnapshotGroup {
  readonly pitGroupRef: string;
  readonly label: string;
  readonly baseVolume: string;
  readonly consistencyGroup: boolean;
  readonly consistencyGroupRef?: string | null;
}

export interface InventoryImage {
  readonly pitRef: string;
  readonly pitGroupRef: string;
  readonly baseVol: string;
  readonly pitSequenceNumber: Int64;
  readonly consistencyGroupId?: string | null;
}

interface InventoryView {
  readonly viewRef: string;
  readonly label: string;
  readonly baseVol: string;
  readonly membership?: { readonly cgViewRef?: string | null } | null;
}

export interface InventoryConsistencyGroup {
  readonly cgRef: string;
  readonly label: string;
}

interface InventoryMember {
  readonly consistencyGroupId: string;
  readonly volumeId: string;
}

interface InventoryGroupView {
  readonly cgViewRef: string;
  readonly groupRef: string;
  readonly label: string;
}

interface InventoryCopy {
  readonly volcopyRef: string;
  readonly sourceVolume: string;
  readonly targetVolume: string;
  readonly status: string;
}

export interface InventoryHost {
  readonly hostRef: string;
  readonly label: string;
  readonly clusterRef: string;
  readonly hostSidePorts: readonly { readonly address: string }[];
}

interface InventoryHostGroup {
  readonly clusterRef: string;
  readonly label: string;
}

export interface InventoryMapping {
  readonly lunMappingRef: string;
  readonly lun: number | string;
  readonly volumeRef: string;
  readonly mapRef: string;
}

/** Text that a client keeps on the array or in its management station. */
export interface InventoryRecord {
  readonly key: string;
  readonly value?: string | null;
}

interface InventoryRepository {
  readonly concatVolRef: string;
  readonly memberRefs: readonly string[];
  readonly baseObjectType?: string;
  readonly baseObjectId?: string;
}

/** All objects of an array that a driver can make or change, as the web services show them. */
export interface Inventory {
  /** Thick, thin and the array's own repository volumes. */
  readonly volumes: readonly InventoryVolume[];
  readonly pools: readonly InventoryPool[];
  readonly snapshotGroups: readonly InventorySnapshotGroup[];
  readonly images: readonly InventoryImage[];
  readonly views: readonly InventoryView[];
  readonly consistencyGroups: readonly InventoryConsistencyGroup[];
  readonly members: readonly InventoryMember[];
  readonly groupViews: readonly InventoryGroupView[];
  readonly copies: readonly InventoryCopy[];
  readonly hosts: readonly InventoryHost[];
  readonly hostGroups: readonly InventoryHostGroup[];
  readonly mappings: readonly InventoryMapping[];
  readonly persistentRecords: readonly InventoryRecord[];
  readonly keyValues: readonly InventoryRecord[];
  readonly repositories: readonly InventoryRepository[];
}

/** Where the web services list each kind. */
const paths: Readonly<Record<keyof Inventory, string>> = {
  volumes: 'ssc/volumes',
  pools: 'storage-pools',
  snapshotGroups: 'snapshot-groups',
  images: 'snapshot-images',
  views: 'snapshot-volumes',
  consistencyGroups: 'consistency-groups',
  members: 'consistency-groups/member-volumes',
  groupViews: 'consistency-groups/views',
  copies: 'volume-copy-jobs',
  hosts: 'hosts',
  hostGroups: 'host-groups',
  mappings: 'volume-mappings',
  persistentRecords: 'persistent-records',
  keyValues: '/devmgr/v2/key-values',
  repositories: 'repositories/concat',
};

/** These came with later releases, or are the simulator's: an array that does not have them answers one of these. */
const mayBeUnknown: readonly (keyof Inventory)[] = [
  'members',
  'groupViews',
  'persistentRecords',
  'keyValues',
  'repositories',
];
const unknown = [404, 405, 501];

/** Whether a volume is the array's own, for snapshots and thin volumes. A user may label another one like it. */
export function isRepository({ label, thinProvisioned, volumeUse = 'repositoryVolume' }: InventoryVolume): boolean {
  if (thinProvisioned === true) return false;
  return label.startsWith('repos_') && ['repositoryVolume', 'freeRepositoryVolume', 'concatVolume'].includes(volumeUse);
}

/** Looks at the whole array, all lists at once. Throws AdminRequestError; a list that an array does not have is an empty one. */
export async function takeInventory(admin: ArrayAdminClient): Promise<Inventory> {
  const kinds = Object.keys(paths) as (keyof Inventory)[];
  const answers = await admin.looks(kinds.map((kind) => paths[kind]));
  const lists = kinds.map((kind, index) => {
    const { status, body } = answers[index] ?? { status: 0, body: null };
    if (mayBeUnknown.includes(kind) && unknown.includes(status)) return [kind, []] as const;
    if (status >= 300 || status === 0) throw new AdminRequestError(`GET ${paths[kind]}`, status, body);
    return [kind, (body ?? []) as unknown[]] as const;
  });
  return Object.fromEntries(lists) as unknown as Inventory;
}

/** References of all that is there, but for the pools. */
export function refsOf(inventory: Inventory): Set<string> {
  return new Set([
    ...inventory.volumes.map(({ volumeRef }) => volumeRef),
    ...inventory.snapshotGroups.map(({ pitGroupRef }) => pitGroupRef),
    ...inventory.images.map(({ pitRef }) => pitRef),
    ...inventory.views.map(({ viewRef }) => viewRef),
    ...inventory.consistencyGroups.map(({ cgRef }) => cgRef),
    ...inventory.groupViews.map(({ cgViewRef }) => cgViewRef),
    ...inventory.copies.map(({ volcopyRef }) => volcopyRef),
    ...inventory.hosts.map(({ hostRef }) => hostRef),
    ...inventory.hostGroups.map(({ clusterRef }) => clusterRef),
    ...inventory.mappings.map(({ lunMappingRef }) => lunMappingRef),
  ]);
}
