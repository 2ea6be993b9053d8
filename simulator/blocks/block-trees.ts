import { type BlockRoot, type Cluster, clustersOf, type Node, newCluster, pageBytes } from './tree.js';

/** All contents of one array as they are in memory: trees that share what they have in common. */
export interface BlockTrees {
  readonly volumes: ReadonlyMap<string, { readonly capacityBytes: number; readonly root: BlockRoot }>;
  readonly images: ReadonlyMap<string, BlockRoot>;
  readonly nextEpoch: number;
}

function isCluster(child: Node | Cluster): child is Cluster {
  return 'pages' in child;
}

/**
 * The same contents once more: writing to one of them does not show in the other. Pages are shared, so it costs what
 * the trees cost and not what is in them; the next write to a page copies it.
 */
export function copyBlockTrees({ volumes, images, nextEpoch }: BlockTrees): BlockTrees {
  const nodes = new Map<Node, Node>();
  const clusters = new Map<Cluster, Cluster>();
  const copyCluster = (cluster: Cluster): Cluster => {
    let copy = clusters.get(cluster);
    if (copy === undefined) {
      cluster.owned = 0;
      cluster.ownsSlab = false;
      copy = newCluster(cluster.epoch, cluster.pages.slice());
      copy.slab = cluster.slab;
      copy.inSlab = cluster.inSlab;
      clusters.set(cluster, copy);
    }
    return copy;
  };
  const copyNode = (node: Node): Node => {
    let copy = nodes.get(node);
    if (copy === undefined) {
      const children = node.children.map((child) => {
        if (child === undefined) return undefined;
        return isCluster(child) ? copyCluster(child) : copyNode(child);
      });
      copy = { epoch: node.epoch, children };
      nodes.set(node, copy);
    }
    return copy;
  };
  const copyRoot = (root: BlockRoot): BlockRoot => ({ ...root, node: root.node && copyNode(root.node) });
  return {
    volumes: new Map(
      [...volumes].map(([ref, { capacityBytes, root }]) => [ref, { capacityBytes, root: copyRoot(root) }]),
    ),
    images: new Map([...images].map(([ref, root]) => [ref, copyRoot(root)])),
    nextEpoch,
  };
}

/** Bytes of the pages in some contents; those that clusters share count for each of them. */
export function bytesIn({ volumes, images }: BlockTrees): number {
  const clusters = new Set<Cluster>();
  const roots = [...[...volumes.values()].map(({ root }) => root), ...images.values()];
  for (const { node } of roots) for (const [, cluster] of clustersOf(node)) clusters.add(cluster);
  let pages = 0;
  for (const cluster of clusters) for (const page of cluster.pages) if (page !== undefined) pages++;
  return pages * pageBytes;
}
