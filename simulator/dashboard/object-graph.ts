import type { ArrayParts } from './array-model.ts';

/** The lists that only the map shows, and the path that each is read at. */
export const mapPaths = {
  mappings: 'volume-mappings',
  images: 'snapshot-images',
  consistencyGroups: 'consistency-groups',
  mirrorGroups: 'async-mirrors',
  mirrors: 'async-mirrors/pairs',
} as const;

export interface MapParts {
  readonly mappings: readonly {
    readonly lunMappingRef: string;
    readonly lun: number;
    readonly volumeRef: string;
    readonly mapRef: string;
  }[];
  readonly images: readonly {
    readonly pitRef: string;
    readonly pitGroupRef: string;
    readonly pitSequenceNumber: string;
    readonly status: string;
  }[];
  readonly consistencyGroups: readonly { readonly cgRef: string; readonly label: string }[];
  readonly mirrorGroups: readonly { readonly groupRef: string; readonly label: string }[];
  readonly mirrors: readonly {
    readonly memberRef: string;
    readonly mirrorGroup: string;
    readonly localVolume: string;
    readonly remoteVolumeName: string;
    readonly memberState: string;
  }[];
  readonly sessions: readonly { readonly id: string; readonly initiator: string; readonly portal: string }[];
}

/** The kinds of objects, in the order in which they hang on each other; `path` is below the storage system. */
export const kinds = {
  hostGroup: { title: 'Host groups', one: 'host group', path: 'host-groups' },
  host: { title: 'Hosts', one: 'host', path: 'hosts' },
  initiator: { title: 'Initiators', one: 'initiator', path: 'hosts' },
  session: { title: 'iSCSI sessions', one: 'session', path: undefined },
  lun: { title: 'LUN mappings', one: 'LUN', path: 'volume-mappings' },
  volume: { title: 'Volumes', one: 'volume', path: 'volumes' },
  thinVolume: { title: 'Thin volumes', one: 'thin volume', path: 'thin-volumes' },
  pool: { title: 'Storage pools', one: 'pool', path: 'storage-pools' },
  consistencyGroup: { title: 'Consistency groups', one: 'consistency group', path: 'consistency-groups' },
  snapshotGroup: { title: 'Snapshot groups', one: 'snapshot group', path: 'snapshot-groups' },
  image: { title: 'Snapshot images', one: 'image', path: 'snapshot-images' },
  view: { title: 'Snapshot volumes', one: 'view', path: 'snapshot-volumes' },
  copy: { title: 'Volume copies', one: 'copy', path: 'volume-copy-jobs' },
  mirrorGroup: { title: 'Mirror groups', one: 'mirror group', path: 'async-mirrors' },
  mirror: { title: 'Mirrored volumes', one: 'mirror', path: 'async-mirrors/pairs' },
} as const;

export type ObjectKind = keyof typeof kinds;

export interface GraphNode {
  /** Kind and reference: unique. */
  readonly key: string;
  readonly kind: ObjectKind;
  readonly ref: string;
  readonly label: string;
  /** Where its JSON is read, below the storage system; undefined where the REST API has no such object. */
  readonly path: string | undefined;
  /** What it hangs on or leads to, and what leads to it. */
  readonly to: GraphNode[];
  readonly from: GraphNode[];
}

export type ObjectGraph = ReadonlyMap<string, GraphNode>;

/** The objects of an array and what they have to do with each other. */
export function objectGraph(parts: ArrayParts, map: MapParts): ObjectGraph {
  const graph = new GraphBuilder();
  addHosts(graph, parts, map);
  addVolumes(graph, parts, map);
  addSnapshots(graph, parts, map);
  addMappings(graph, parts, map);
  return graph.nodes;
}

/** The URL of an object within the page. */
export function hashOf({ kind, ref }: Pick<GraphNode, 'kind' | 'ref'>): string {
  return `#/map/${kind}/${encodeURIComponent(ref)}`;
}

class GraphBuilder {
  readonly nodes = new Map<string, GraphNode>();

  add(kind: ObjectKind, ref: string, label: string, path?: string): void {
    const key = `${kind}/${ref}`;
    const { path: list } = kinds[kind];
    const own = list === undefined ? undefined : `${list}/${encodeURIComponent(ref)}`;
    this.nodes.set(key, { key, kind, ref, label, path: path ?? own, to: [], from: [] });
  }

  /** The object with that reference, of the first of the kinds that has it. */
  find(ref: string, ...among: readonly ObjectKind[]): GraphNode | undefined {
    for (const kind of among) {
      const node = this.nodes.get(`${kind}/${ref}`);
      if (node !== undefined) return node;
    }
    return undefined;
  }

  link(from: GraphNode | undefined, to: GraphNode | undefined): void {
    if (from === undefined || to === undefined) return;
    from.to.push(to);
    to.from.push(from);
  }
}

function addHosts(graph: GraphBuilder, parts: ArrayParts, map: MapParts): void {
  for (const { clusterRef, label } of parts.hostGroups) graph.add('hostGroup', clusterRef, label);
  const initiators = new Map<string, GraphNode[]>();
  for (const { hostRef, label, clusterRef, hostSidePorts } of parts.hosts) {
    graph.add('host', hostRef, label);
    const host = graph.find(hostRef, 'host');
    graph.link(graph.find(clusterRef, 'hostGroup'), host);
    for (const { id, address } of hostSidePorts) {
      graph.add('initiator', id, address, `hosts/${encodeURIComponent(hostRef)}`);
      const initiator = graph.find(id, 'initiator');
      graph.link(host, initiator);
      const name = address.toLowerCase();
      if (initiator !== undefined) initiators.set(name, [...(initiators.get(name) ?? []), initiator]);
    }
  }
  for (const { id, initiator, portal } of map.sessions) {
    graph.add('session', id, portal);
    for (const each of initiators.get(initiator) ?? []) graph.link(each, graph.find(id, 'session'));
  }
}

function addVolumes(graph: GraphBuilder, parts: ArrayParts, map: MapParts): void {
  for (const { volumeGroupRef, label } of parts.pools) graph.add('pool', volumeGroupRef, label);
  for (const kind of ['volume', 'thinVolume'] as const)
    for (const { volumeRef, label, volumeGroupRef } of kind === 'volume' ? parts.volumes : parts.thinVolumes) {
      graph.add(kind, volumeRef, label);
      graph.link(graph.find(volumeRef, kind), graph.find(volumeGroupRef, 'pool'));
    }
  for (const { groupRef, label } of map.mirrorGroups) graph.add('mirrorGroup', groupRef, label);
  for (const { memberRef, mirrorGroup, localVolume, remoteVolumeName, memberState } of map.mirrors) {
    graph.add('mirror', memberRef, `to ${remoteVolumeName || memberState}`);
    const mirror = graph.find(memberRef, 'mirror');
    graph.link(graph.find(localVolume, 'volume', 'thinVolume'), mirror);
    graph.link(graph.find(mirrorGroup, 'mirrorGroup'), mirror);
  }
}

function addSnapshots(graph: GraphBuilder, parts: ArrayParts, map: MapParts): void {
  for (const { cgRef, label } of map.consistencyGroups) graph.add('consistencyGroup', cgRef, label);
  for (const { pitGroupRef, label, baseVolume, consistencyGroupRef } of parts.snapshotGroups) {
    graph.add('snapshotGroup', pitGroupRef, label);
    const group = graph.find(pitGroupRef, 'snapshotGroup');
    graph.link(graph.find(baseVolume, 'volume', 'thinVolume'), group);
    graph.link(graph.find(consistencyGroupRef, 'consistencyGroup'), group);
  }
  for (const { pitRef, pitGroupRef, pitSequenceNumber, status } of map.images) {
    const label = `image ${pitSequenceNumber}${status === 'optimal' ? '' : `, ${status}`}`;
    graph.add('image', pitRef, label);
    graph.link(graph.find(pitGroupRef, 'snapshotGroup'), graph.find(pitRef, 'image'));
  }
  for (const { viewRef, label, basePIT } of parts.snapshotViews) {
    graph.add('view', viewRef, label);
    graph.link(graph.find(basePIT, 'image'), graph.find(viewRef, 'view'));
  }
  for (const { id, sourceVolume, targetVolume, status } of parts.copies) {
    graph.add('copy', id, `copy, ${status}`);
    const copy = graph.find(id, 'copy');
    graph.link(graph.find(sourceVolume, 'volume', 'thinVolume', 'view'), copy);
    graph.link(copy, graph.find(targetVolume, 'volume', 'thinVolume'));
  }
}

/** A LUN is reached by the sessions of its hosts; by a host or host group where there is none. */
function addMappings(graph: GraphBuilder, parts: ArrayParts, map: MapParts): void {
  const nullRef = /^0*$/;
  for (const { lunMappingRef, lun, volumeRef, mapRef } of map.mappings) {
    const mapped = graph.find(volumeRef, 'volume', 'thinVolume', 'view');
    // The access volume is none that people look for.
    if (mapped === undefined) continue;
    graph.add('lun', lunMappingRef, `LUN ${lun}`);
    const node = graph.find(lunMappingRef, 'lun');
    graph.link(node, mapped);
    const target = graph.find(mapRef, 'host', 'hostGroup');
    const hosts = nullRef.test(mapRef)
      ? parts.hosts.flatMap(({ hostRef }) => graph.find(hostRef, 'host') ?? [])
      : target?.kind === 'hostGroup'
        ? target.to.filter(({ kind }) => kind === 'host')
        : target === undefined
          ? []
          : [target];
    for (const host of hosts) {
      const sessions = host.to.flatMap((initiator) => initiator.to.filter(({ kind }) => kind === 'session'));
      for (const each of sessions.length > 0 ? sessions : [host]) graph.link(each, node);
    }
    if (hosts.length === 0) graph.link(target, node);
  }
}
