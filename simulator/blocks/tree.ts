/** Bytes of a cluster: what copy-on-write keeps at a time (source: clusterSize of real snapshot groups). */
export const clusterBytes = 65_536;

/** Bytes of a page: what is copied when a shared cluster is written. */
export const pageBytes = 4096;

export const pagesPerCluster = clusterBytes / pageBytes;

/** A bit for every page of a cluster. */
export const allPages = (1 << pagesPerCluster) - 1;

/**
 * 64 KiB of content. Pages that were written together lie together in one piece of memory, the slab, each in its place,
 * so that they can be read in one piece too.
 */
export interface Cluster {
  readonly epoch: number;
  readonly pages: (Uint8Array | undefined)[];
  /** A bit for each page that may be written in place. */
  owned: number;
  /** Memory for all pages, and a bit for each page that lies in it. */
  slab: Buffer | undefined;
  inSlab: number;
  /** The slab is this cluster's alone: pages may be put into it. */
  ownsSlab: boolean;
}

/** A cluster with the given pages, none of which it may write in place. */
export function newCluster(epoch: number, pages: (Uint8Array | undefined)[]): Cluster {
  return { epoch, pages, owned: 0, slab: undefined, inSlab: 0, ownsSlab: false };
}

export interface Node {
  readonly epoch: number;
  readonly children: (Node | Cluster | undefined)[];
}

/** A frozen content: the clusters as they were, how many there are, and the last epoch that wrote them. */
export interface BlockRoot {
  readonly node: Node | undefined;
  readonly clusters: number;
  readonly epoch: number;
}

const fanOutBits = 8;
const fanOut = 1 << fanOutBits;

/** Levels of nodes over the clusters: 256^4 clusters are 256 TiB. */
const levels = 4;

/** Where the epochs of one array come from. */
export class Epochs {
  constructor(private next = 1) {}

  take(): number {
    return this.next++;
  }

  get upcoming(): number {
    return this.next;
  }

  /** Goes on as a saved state did. */
  set(next: number): void {
    this.next = next;
  }
}

function slot(cluster: number, level: number): number {
  return (cluster >>> (level * fanOutBits)) & (fanOut - 1);
}

export function findCluster(root: Node | undefined, cluster: number): Cluster | undefined {
  let node = root;
  for (let level = levels - 1; level > 0 && node !== undefined; level--) {
    node = node.children[slot(cluster, level)] as Node | undefined;
  }
  return node?.children[slot(cluster, 0)] as Cluster | undefined;
}

/** The root to write to: itself when it is of this epoch, otherwise its copy. */
export function ownNode(node: Node | undefined, epoch: number): Node {
  if (node?.epoch === epoch) return node;
  return { epoch, children: node === undefined ? [] : node.children.slice() };
}

/** The cluster to write to, made or copied where needed, below a root of this epoch. */
export function ownCluster(root: Node, cluster: number, epoch: number): Cluster {
  let node = root;
  for (let level = levels - 1; level > 0; level--) {
    const index = slot(cluster, level);
    const child = ownNode(node.children[index] as Node | undefined, epoch);
    node.children[index] = child;
    node = child;
  }
  const index = slot(cluster, 0);
  const present = node.children[index] as Cluster | undefined;
  if (present?.epoch === epoch) return present;
  const owned = newCluster(epoch, present === undefined ? [] : present.pages.slice());
  if (present !== undefined) {
    owned.slab = present.slab;
    owned.inSlab = present.inSlab;
  }
  node.children[index] = owned;
  return owned;
}

/** Puts a cluster into a root that is being made (of epoch 0: everything in it is copied before it is written). */
export function placeCluster(root: Node, place: number, cluster: Cluster): void {
  let node = root;
  for (let level = levels - 1; level > 0; level--) {
    const child = ownNode(node.children[slot(place, level)] as Node | undefined, 0);
    node.children[slot(place, level)] = child;
    node = child;
  }
  node.children[slot(place, 0)] = cluster;
}

/** All clusters below a root in order of their place. */
export function* clustersOf(root: Node | undefined, level = levels - 1, base = 0): Generator<[number, Cluster]> {
  if (root === undefined) return;
  for (let index = 0; index < root.children.length; index++) {
    const child = root.children[index];
    if (child === undefined) continue;
    const place = base + index * fanOut ** level;
    if (level === 0) yield [place, child as Cluster];
    else yield* clustersOf(child as Node, level - 1, place);
  }
}
