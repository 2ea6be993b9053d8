import { useState } from 'preact/hooks';
import type { ArrayParts } from './array-model.ts';
import type { PageState } from './array-store.ts';
import { counted, size, words } from './formats.ts';
import { Happenings } from './happenings.tsx';
import { ControllerCard, TrayCard } from './hardware.tsx';
import { hashOf } from './object-graph.ts';
import { Problems } from './problems.tsx';
import { VolumeTable } from './volume-table.tsx';
import { Work } from './work.tsx';

/** The array at a glance. */
export function OverviewPage({ state }: { readonly state: PageState }) {
  const { parts } = state;
  if (parts === undefined) return <p class="loading">Reading the array…</p>;
  return (
    <>
      <Problems parts={parts} faults={state.faults} arrayId={state.arrayId} />
      <section aria-labelledby="hardware">
        <h2 id="hardware">Hardware</h2>
        <div class="cards">
          {parts.hardware.controllers.map((controller) => (
            <ControllerCard key={controller.controllerRef} controller={controller} />
          ))}
        </div>
        {parts.hardware.trays.map((tray) => (
          <TrayCard key={tray.trayRef} tray={tray} parts={parts} />
        ))}
      </section>
      <Pools parts={parts} />
      <Work parts={parts} />
      <Volumes parts={parts} />
      <Snapshots parts={parts} />
      <Hosts parts={parts} />
      <Happenings happenings={state.happenings} />
    </>
  );
}

function Pools({ parts }: { readonly parts: ArrayParts }) {
  return (
    <section aria-labelledby="pools">
      <h2 id="pools">Storage pools</h2>
      {parts.pools.length === 0 && <p>There is none.</p>}
      <div class="cards">
        {parts.pools.map((pool, index) => (
          <PoolCard key={pool.volumeGroupRef} pool={pool} parts={parts} hue={index % 8} />
        ))}
      </div>
    </section>
  );
}

interface PoolCardProps {
  readonly pool: ArrayParts['pools'][number];
  readonly parts: ArrayParts;
  readonly hue: number;
}

function PoolCard({ pool, parts, hue }: PoolCardProps) {
  const [total, used] = [Number(pool.totalRaidedSpace), Number(pool.usedSpace)];
  // Repositories of snapshots, copies and thin volumes are volumes too, of another use.
  const reserved = parts.volumes
    .filter(
      ({ volumeGroupRef, volumeUse }) => volumeGroupRef === pool.volumeGroupRef && /repository/i.test(volumeUse ?? ''),
    )
    .reduce((sum, { totalSizeInBytes }) => sum + Number(totalSizeInBytes), 0);
  const share = (bytes: number) => ({ width: `${total === 0 ? 0 : (100 * bytes) / total}%` });
  const spare = pool.volumeGroupData.diskPoolData?.reconstructionReservedAmt ?? '0';
  return (
    <article class={`card pool hue-${hue}`}>
      <h3>
        <a href={hashOf({ kind: 'pool', ref: pool.volumeGroupRef })}>{pool.label}</a>
      </h3>
      <div class="shares" role="img" aria-label={`Of pool ${pool.label} ${percent(used, total)} are used`}>
        <span style={share(used - reserved)} />
        <span class="reserved" style={share(reserved)} />
      </div>
      <dl>
        <dt>Used</dt>
        <dd>
          {size(pool.usedSpace)} ({percent(used, total)})
        </dd>
        <dt>Reserved of it</dt>
        <dd>{size(reserved)} in repositories</dd>
        <dt>Free</dt>
        <dd>{size(pool.freeSpace)}</dd>
        <dt>Total</dt>
        <dd>{size(pool.totalRaidedSpace)}</dd>
        {Number(spare) > 0 && (
          <>
            <dt>Preserved</dt>
            <dd>{size(spare)} for drives that fail</dd>
          </>
        )}
        <dt>RAID</dt>
        <dd>{words(pool.raidLevel)}</dd>
        <dt>Status</dt>
        <dd>{words(pool.raidStatus)}</dd>
      </dl>
    </article>
  );
}

function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return share > 0 && share < 1 ? 'below 1 %' : `${Math.round(share)} %`;
}

const firstShown = 100;

function Volumes({ parts }: { readonly parts: ArrayParts }) {
  const [filter, setFilter] = useState('');
  const all = [...parts.volumes, ...parts.thinVolumes];
  const wanted = filter.toLowerCase();
  return (
    <section aria-labelledby="volumes">
      <h2 id="volumes">Volumes ({all.length})</h2>
      <label>
        Filter by name <input type="search" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
      </label>
      <VolumeTable parts={parts} volumes={all.filter(({ label }) => label.toLowerCase().includes(wanted))} />
    </section>
  );
}

function Snapshots({ parts }: { readonly parts: ArrayParts }) {
  const labels = new Map([...parts.volumes, ...parts.thinVolumes].map(({ volumeRef, label }) => [volumeRef, label]));
  if (parts.snapshotGroups.length + parts.snapshotViews.length === 0) return null;
  return (
    <section aria-labelledby="snapshots">
      <h2 id="snapshots">Snapshots</h2>
      <ul class="lines">
        {parts.snapshotGroups.slice(0, firstShown).map((group) => (
          <li key={group.pitGroupRef}>
            <a href={hashOf({ kind: 'snapshotGroup', ref: group.pitGroupRef })}>{group.label}</a>:{' '}
            {counted(group.snapshotCount, 'image')} of {labels.get(group.baseVolume) ?? 'a volume'},{' '}
            {words(group.status)}
          </li>
        ))}
        {parts.snapshotViews.slice(0, firstShown).map((view) => (
          <li key={view.viewRef}>
            <a href={hashOf({ kind: 'view', ref: view.viewRef })}>{view.label}</a>: view of{' '}
            {labels.get(view.baseVol) ?? 'a volume'}, {words(view.status)}
          </li>
        ))}
      </ul>
      <MoreOnMap count={parts.snapshotGroups.length} />
      <MoreOnMap count={parts.snapshotViews.length} />
    </section>
  );
}

function Hosts({ parts }: { readonly parts: ArrayParts }) {
  const groups = new Map(parts.hostGroups.map(({ clusterRef, label }) => [clusterRef, label]));
  return (
    <section aria-labelledby="hosts">
      <h2 id="hosts">Hosts ({parts.hosts.length})</h2>
      <ul class="lines">
        {parts.hosts.slice(0, firstShown).map((host) => (
          <li key={host.hostRef}>
            <a href={hashOf({ kind: 'host', ref: host.hostRef })}>{host.label}</a>
            {groups.has(host.clusterRef) ? ` in ${groups.get(host.clusterRef)}` : ''}:{' '}
            {host.hostSidePorts.map(({ address }) => address).join(', ') || 'no initiator'}
          </li>
        ))}
      </ul>
      <MoreOnMap count={parts.hosts.length} />
    </section>
  );
}

function MoreOnMap({ count }: { readonly count: number }) {
  if (count <= firstShown) return null;
  return (
    <p>
      {firstShown} of {count} are shown: <a href="#/map">the map has them all</a>.
    </p>
  );
}
