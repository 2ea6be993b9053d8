import {
  type BlockRoot,
  type Cluster,
  clustersOf,
  type Epochs,
  type Node,
  newCluster,
  pagesPerCluster,
  placeCluster,
} from './tree.js';
import { VolumeContent } from './volume-content.js';

interface SavedRoot {
  readonly epoch: number;
  /** Cluster number and place in `clusters`. */
  readonly clusters: readonly (readonly [number, number])[];
}

/** Contents and frozen roots as plain data; shared clusters and pages stand once. */
export interface SavedContents {
  readonly nextEpoch: number;
  /** Base64 of each page. */
  readonly pages: readonly string[];
  readonly clusters: readonly { readonly epoch: number; readonly pages: readonly (number | null)[] }[];
  readonly volumes: Readonly<Record<string, SavedRoot & { readonly capacityBytes: number }>>;
  readonly images: Readonly<Record<string, SavedRoot>>;
}

/** Turns contents into plain data. Taking it freezes the contents: what is written later does not show in it. */
export function saveContents(
  volumes: ReadonlyMap<string, VolumeContent>,
  images: ReadonlyMap<string, BlockRoot>,
  epochs: Epochs,
): SavedContents {
  const pages = new Map<Uint8Array, number>();
  const clusters = new Map<Cluster, number>();
  const savedClusters: { epoch: number; pages: (number | null)[] }[] = [];
  const savedPages: string[] = [];
  const pageNumber = (page: Uint8Array): number => {
    let number = pages.get(page);
    if (number === undefined) {
      number = savedPages.push(Buffer.from(page).toString('base64')) - 1;
      pages.set(page, number);
    }
    return number;
  };
  const clusterNumber = (cluster: Cluster): number => {
    let number = clusters.get(cluster);
    if (number === undefined) {
      const list = Array.from({ length: pagesPerCluster }, (_, index) => cluster.pages[index]);
      number =
        savedClusters.push({
          epoch: cluster.epoch,
          pages: list.map((page) => (page === undefined ? null : pageNumber(page))),
        }) - 1;
      clusters.set(cluster, number);
    }
    return number;
  };
  const savedRoot = (root: BlockRoot): SavedRoot => ({
    epoch: root.epoch,
    clusters: [...clustersOf(root.node)].map(([place, cluster]) => [place, clusterNumber(cluster)] as const),
  });
  return {
    volumes: Object.fromEntries(
      [...volumes].map(([ref, content]) => [
        ref,
        { ...savedRoot(content.present()), capacityBytes: content.capacityBytes },
      ]),
    ),
    images: Object.fromEntries([...images].map(([ref, root]) => [ref, savedRoot(root)])),
    nextEpoch: epochs.upcoming,
    clusters: savedClusters,
    pages: savedPages,
  };
}

/** Makes contents of what `saveContents` gave. */
export function loadContents(
  saved: SavedContents,
  epochs: Epochs,
): { volumes: Map<string, VolumeContent>; images: Map<string, BlockRoot> } {
  const pages = saved.pages.map((text) => new Uint8Array(Buffer.from(text, 'base64')));
  const clusters: Cluster[] = saved.clusters.map(({ epoch, pages: list }) =>
    newCluster(
      epoch,
      list.map((number) => (number === null ? undefined : pages[number])),
    ),
  );
  const rootOf = ({ epoch, clusters: list }: SavedRoot): BlockRoot => {
    const node: Node = { epoch: 0, children: [] };
    for (const [place, number] of list) {
      const cluster = clusters[number];
      if (cluster === undefined) throw new Error(`cluster ${number} of the saved contents is missing`);
      placeCluster(node, place, cluster);
    }
    return { node, clusters: list.length, epoch };
  };
  const volumes = new Map<string, VolumeContent>();
  const images = new Map<string, BlockRoot>();
  for (const [ref, root] of Object.entries(saved.images)) images.set(ref, rootOf(root));
  for (const [ref, root] of Object.entries(saved.volumes)) {
    volumes.set(ref, VolumeContent.resume(root.capacityBytes, epochs, rootOf(root)));
  }
  epochs.set(saved.nextEpoch);
  return { volumes, images };
}
