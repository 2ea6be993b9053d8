import { useState } from 'preact/hooks';
import type { ArrayParts } from './array-model.ts';
import { size, words } from './formats.ts';
import { hashOf } from './object-graph.ts';

interface VolumeTableProps {
  readonly parts: ArrayParts;
  readonly volumes: ArrayParts['volumes'];
}

/** As the style sheet has it: what is above and below is counted, and not made. */
const rowPixels = 34;
const shownRows = 16;
const beyondRows = 12;

/** Volumes as a table that scrolls; only the rows that are seen, and some around them, are there. */
export function VolumeTable({ parts, volumes }: VolumeTableProps) {
  const [scrolled, setScrolled] = useState(0);
  const first = Math.min(Math.max(0, Math.floor(scrolled / rowPixels) - beyondRows), Math.max(0, volumes.length - 1));
  const rows = volumes.slice(first, first + shownRows + 2 * beyondRows);
  const below = volumes.length - first - rows.length;
  const rowOf = rowMaker(parts);
  return (
    <section
      class="scroll"
      aria-label="List of volumes"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
      tabIndex={0}
      onScroll={({ currentTarget }) => setScrolled(currentTarget.scrollTop)}
    >
      <table class="window" aria-rowcount={volumes.length + 1}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Size</th>
            <th scope="col">Pool</th>
            <th scope="col">Mapped to</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Space rows={first} />}
          {rows.map((volume, index) => rowOf(volume, first + index + 2))}
          {below > 0 && <Space rows={below} />}
        </tbody>
      </table>
    </section>
  );
}

/** In place of the rows that are not there. */
function Space({ rows }: { readonly rows: number }) {
  return (
    <tr style={{ height: `${rows * rowPixels}px` }}>
      <td colSpan={5} />
    </tr>
  );
}

function rowMaker(parts: ArrayParts) {
  const thick = new Set(parts.volumes);
  const pools = new Map(parts.pools.map(({ volumeGroupRef, label }) => [volumeGroupRef, label]));
  const targets = new Map([
    ...parts.hosts.map(({ hostRef, label }) => [hostRef, label] as const),
    ...parts.hostGroups.map(({ clusterRef, label }) => [clusterRef, label] as const),
  ]);
  return (volume: ArrayParts['volumes'][number], rowIndex: number) => (
    <tr key={volume.volumeRef} aria-rowindex={rowIndex}>
      <th scope="row" title={volume.label}>
        <a href={hashOf({ kind: thick.has(volume) ? 'volume' : 'thinVolume', ref: volume.volumeRef })}>
          {volume.label}
        </a>
      </th>
      <td>{size(volume.totalSizeInBytes)}</td>
      <td>{pools.get(volume.volumeGroupRef) ?? 'thin'}</td>
      <td>
        {volume.listOfMappings.map(({ lun, mapRef }) => `${targets.get(mapRef) ?? 'all'} LUN ${lun}`).join(', ') || '–'}
      </td>
      <td>{volume.action === 'none' ? words(volume.status) : words(volume.action)}</td>
    </tr>
  );
}
