import { type BlockTrees, copyBlockTrees } from './block-trees.js';
import {
  type BlockRoot,
  type Cluster,
  clustersOf,
  type Node,
  newCluster,
  pageBytes,
  pagesPerCluster,
  placeCluster,
} from './tree.js';

/** Cluster number and place among the clusters that came before. */
type PlacedCluster = readonly [place: number, cluster: number];

/** One step of telling all contents of an array, in order. What clusters and pages have in common is told once. */
export type TreeEntry =
  | { readonly op: 'trees' }
  /** Pages by their number, counted over all clusters; those not told before come with it. */
  | { readonly op: 'cluster'; readonly epoch: number; readonly pages: readonly (number | null)[] }
  | {
      readonly op: 'volume';
      readonly ref: string;
      readonly capacityBytes: number;
      readonly epoch: number;
      readonly clusters: readonly PlacedCluster[];
    }
  | { readonly op: 'image'; readonly ref: string; readonly epoch: number; readonly clusters: readonly PlacedCluster[] }
  | { readonly op: 'whole'; readonly nextEpoch: number };

interface ToldEntry {
  readonly entry: TreeEntry;
  /** Pages, in pieces of the contents' own memory, which stay what they are. */
  readonly data: readonly Uint8Array[];
}

/**
 * Tells contents as they are when it is called, however long the telling takes: the next write to a page has to copy
 * it. Costs what the trees cost at once, and the rest while it is read.
 */
export function treeEntries(present: BlockTrees): Generator<ToldEntry> {
  return entriesOf(copyBlockTrees(present));
}

function* entriesOf({ volumes, images, nextEpoch }: BlockTrees): Generator<ToldEntry> {
  const pages = new Map<Uint8Array, number>();
  const clusters = new Map<Cluster, number>();
  function* newClusters(root: BlockRoot): Generator<ToldEntry, PlacedCluster[]> {
    const placed: PlacedCluster[] = [];
    for (const [place, cluster] of clustersOf(root.node)) {
      let number = clusters.get(cluster);
      if (number === undefined) {
        number = clusters.size;
        clusters.set(cluster, number);
        yield clusterEntry(cluster, pages);
      }
      placed.push([place, number]);
    }
    return placed;
  }
  yield { entry: { op: 'trees' }, data: [] };
  for (const [ref, root] of images) {
    const placed = yield* newClusters(root);
    yield { entry: { op: 'image', ref, epoch: root.epoch, clusters: placed }, data: [] };
  }
  for (const [ref, { capacityBytes, root }] of volumes) {
    const placed = yield* newClusters(root);
    yield { entry: { op: 'volume', ref, capacityBytes, epoch: root.epoch, clusters: placed }, data: [] };
  }
  yield { entry: { op: 'whole', nextEpoch }, data: [] };
}

function clusterEntry(cluster: Cluster, pages: Map<Uint8Array, number>): ToldEntry {
  const data: Uint8Array[] = [];
  const numbers = Array.from({ length: pagesPerCluster }, (_, index) => {
    const page = cluster.pages[index];
    if (page === undefined) return null;
    let number = pages.get(page);
    if (number === undefined) {
      number = pages.size;
      pages.set(page, number);
      data.push(page);
    }
    return number;
  });
  return { entry: { op: 'cluster', epoch: cluster.epoch, pages: numbers }, data };
}

/** Puts contents together again from what `treeEntries` told. */
export class TreeBuilder {
  private pages: Uint8Array[] = [];
  private clusters: Cluster[] = [];
  private volumes = new Map<string, { readonly capacityBytes: number; readonly root: BlockRoot }>();
  private images = new Map<string, BlockRoot>();

  /** Takes the next entry; `data` may be overwritten afterwards. Returns the contents once they are whole. */
  take(entry: TreeEntry, data: Uint8Array): BlockTrees | undefined {
    switch (entry.op) {
      case 'trees':
        this.pages = [];
        this.clusters = [];
        this.volumes = new Map();
        this.images = new Map();
        return undefined;
      case 'cluster':
        this.takeCluster(entry.epoch, entry.pages, Buffer.from(data));
        return undefined;
      case 'volume':
        this.volumes.set(entry.ref, { capacityBytes: entry.capacityBytes, root: this.rootOf(entry) });
        return undefined;
      case 'image':
        this.images.set(entry.ref, this.rootOf(entry));
        return undefined;
      case 'whole':
        return { volumes: this.volumes, images: this.images, nextEpoch: entry.nextEpoch };
    }
  }

  private takeCluster(epoch: number, numbers: readonly (number | null)[], data: Buffer): void {
    for (let at = 0; at < data.length; at += pageBytes) this.pages.push(data.subarray(at, at + pageBytes));
    const pages = numbers.map((number) => (number === null ? undefined : this.pages[number]));
    this.clusters.push(newCluster(epoch, pages));
  }

  private rootOf({
    epoch,
    clusters,
  }: {
    readonly epoch: number;
    readonly clusters: readonly PlacedCluster[];
  }): BlockRoot {
    const node: Node = { epoch: 0, children: [] };
    for (const [place, number] of clusters) {
      const cluster = this.clusters[number];
      if (cluster === undefined) throw new Error(`cluster ${number} of the contents is missing`);
      placeCluster(node, place, cluster);
    }
    return { node, clusters: clusters.length, epoch };
  }
}
