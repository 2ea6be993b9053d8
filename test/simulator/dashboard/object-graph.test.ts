import { describe, expect, it } from 'vitest';
import type { ArrayParts } from '../../../simulator/dashboard/array-model.js';
import { layoutAround } from '../../../simulator/dashboard/map-layout.js';
import { type GraphNode, type MapParts, objectGraph } from '../../../simulator/dashboard/object-graph.js';

const nullRef = '0'.repeat(40);

const volume = (volumeRef: string) => ({ volumeRef, label: volumeRef, volumeGroupRef: 'P' });
const host = (hostRef: string, clusterRef: string) => ({
  hostRef,
  clusterRef,
  label: hostRef,
  hostSidePorts: [{ id: `${hostRef}-port`, address: `IQN.${hostRef}`, label: '' }],
});

const parts = {
  hostGroups: [{ clusterRef: 'G', label: 'G' }],
  hosts: [host('H1', 'G'), host('H2', 'G'), host('H3', nullRef)],
  pools: [{ volumeGroupRef: 'P', label: 'P' }],
  volumes: [volume('V1'), volume('V2')],
  thinVolumes: [],
  snapshotGroups: [{ pitGroupRef: 'S', label: 'S', baseVolume: 'V1', consistencyGroupRef: nullRef }],
  snapshotViews: [{ viewRef: 'W', label: 'W', basePIT: 'I' }],
  copies: [{ id: 'C', sourceVolume: 'V1', targetVolume: 'V2', status: 'complete' }],
} as unknown as ArrayParts;

const map = {
  mappings: [
    { lunMappingRef: 'L1', lun: 1, volumeRef: 'V1', mapRef: 'G' },
    { lunMappingRef: 'L2', lun: 2, volumeRef: 'V2', mapRef: 'H3' },
    { lunMappingRef: 'L7', lun: 7, volumeRef: 'the access volume', mapRef: nullRef },
  ],
  images: [{ pitRef: 'I', pitGroupRef: 'S', pitSequenceNumber: '1', status: 'optimal' }],
  consistencyGroups: [],
  mirrorGroups: [],
  mirrors: [],
  sessions: [{ id: 'N', initiator: 'iqn.h1', portal: '127.0.0.1:3260' }],
} as MapParts;

const graph = objectGraph(parts, map);
const node = (key: string): GraphNode => {
  const found = graph.get(key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
};
const keys = (nodes: readonly GraphNode[]) => nodes.map(({ key }) => key);

describe('the graph of objects', () => {
  it('leads from a host group over host, initiator and session to the LUN, volume and pool', () => {
    expect(keys(node('hostGroup/G').to)).toEqual(['host/H1', 'host/H2']);
    expect(keys(node('host/H1').to)).toEqual(['initiator/H1-port']);
    expect(keys(node('initiator/H1-port').to)).toEqual(['session/N']);
    expect(keys(node('session/N').to)).toEqual(['lun/L1']);
    expect(keys(node('lun/L1').to)).toEqual(['volume/V1']);
    expect(node('volume/V1').to.map(({ key }) => key)).toEqual(['pool/P', 'snapshotGroup/S', 'copy/C']);
  });

  it('leads from a host without a session to its LUN by itself', () => {
    expect(keys(node('lun/L1').from)).toEqual(['session/N', 'host/H2']);
    expect(keys(node('lun/L2').from)).toEqual(['host/H3']);
  });

  it('does not show the mapping of the access volume', () => {
    expect(graph.has('lun/L7')).toBe(false);
  });
});

describe('the picture around an object', () => {
  it('has a column for each step, and ends at the volume behind a copy', () => {
    const { placed, lines } = layoutAround(node('volume/V1'));
    const columns = new Map<number, string[]>();
    for (const { node, x } of placed) columns.set(x, [...(columns.get(x) ?? []), node.key]);
    expect([...columns].sort(([a], [b]) => a - b).map(([, column]) => column)).toEqual([
      ['hostGroup/G'],
      ['host/H1'],
      ['initiator/H1-port'],
      ['session/N', 'host/H2'],
      ['lun/L1'],
      ['volume/V1'],
      ['pool/P', 'snapshotGroup/S', 'copy/C'],
      ['image/I', 'volume/V2'],
      ['view/W'],
    ]);
    expect(lines).toContainEqual(
      expect.objectContaining({
        from: expect.objectContaining({ node: node('image/I') }),
        to: expect.objectContaining({ node: node('view/W') }),
      }),
    );
  });

  it('shows twelve of a long column and says how many more there are', () => {
    const many = {
      ...parts,
      snapshotGroups: [],
      copies: [],
      volumes: Array.from({ length: 40 }, (_, index) => volume(`V${index}`)),
    } as unknown as ArrayParts;
    const pool = objectGraph(many, { ...map, mappings: [] }).get('pool/P');
    if (pool === undefined) throw new Error('no pool');
    const { placed, more } = layoutAround(pool);
    expect(placed.filter(({ node: { kind } }) => kind === 'volume')).toHaveLength(12);
    expect(more.map(({ count }) => count)).toEqual([28]);
  });
});
