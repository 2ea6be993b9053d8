import type { SnapshotRecord, VolumeRecord } from '../../manager/records.js';
import { pools } from '../properties/arbitraries.js';
import type { CommandKind } from './command.js';
import { call, chosen, type Resolver } from './move.js';
import type { Named, StoryState } from './story-state.js';

/** More make a story no better, only slower. */
const mostVolumes = 8;

const retypings: readonly Readonly<Record<string, string>>[] = [
  { 'netapp:write_cache': 'false' },
  { 'netapp:read_cache': 'true' },
  {},
];

/** Commands about volumes alone. */
export const volumeMoves: { readonly [Kind in CommandKind]?: Resolver } = {
  create(story, { one, other }) {
    if (story.volumes.length >= mostVolumes) return undefined;
    const group = chosen(
      [undefined, undefined, ...story.groups.filter(({ row }) => row.status === 'available')],
      other,
    );
    const pool = chosen(pools, one);
    const type = pool === 'DDP_1' && one % 7 === 3 ? { netapp_thin_provisioned: 'true' } : undefined;
    return call(
      story,
      {
        call: 'create_volume',
        as: story.newName('v'),
        size: 1 + (one % 3),
        ...(pool === undefined ? {} : { pool }),
        ...(type === undefined ? {} : { type }),
        ...(group === undefined ? {} : { group: group.name }),
        ...(other % 2 === 0 ? { multiattach: true } : {}),
      },
      { becomes: 'available', about: group === undefined ? [] : [group.name] },
    );
  },
  clone(story, { one, other }) {
    const source = chosen(usable(story), one);
    if (source === undefined || story.volumes.length >= mostVolumes) return undefined;
    const as = story.newName('v');
    return call(
      story,
      { call: 'create_cloned_volume', from: source.name, as, size: source.row.size + (other % 2), ...poolBy(other) },
      {
        becomes: 'available',
        about: [source.name],
        onlyLooks: true,
        learn: () => copyContents(story, source.name, as),
      },
    );
  },
  copy(story, { one, other }) {
    const source = chosen(
      story.snapshots.filter(({ row }) => row.status === 'available'),
      one,
    );
    if (source === undefined || story.volumes.length >= mostVolumes) return undefined;
    const as = story.newName('v');
    const size = source.row.volume_size + (other % 2);
    return call(
      story,
      { call: 'create_volume_from_snapshot', from: source.name, as, size, ...poolBy(other) },
      {
        becomes: 'available',
        about: [source.name],
        onlyLooks: true,
        learn: () => copyContents(story, source.name, as),
      },
    );
  },
  extend(story, { one, other }) {
    const volume = chosen(usable(story), one);
    if (volume === undefined) return undefined;
    const { name, row } = volume;
    const size = row.size + 1 + (other % 2);
    return call(story, { call: 'extend_volume', of: name, size }, { becomes: row.status, about: [name] });
  },
  delete(story, { one, other }) {
    const volume = chosen(
      story.volumes.filter((each) => isDeletable(story, each)),
      one,
    );
    if (volume === undefined) return undefined;
    const { name, row } = volume;
    const cascade = story.snapshotsOf(row).length > 0;
    if (cascade && (other % 2 === 0 || !story.snapshotsOf(row).every(isDroppable))) return undefined;
    const step = { call: 'delete_volume', of: name, ...(cascade ? { cascade } : {}) };
    return call(story, step, { becomes: 'gone', about: [name] });
  },
  retype(story, { one, other }) {
    const type = { ...(chosen(retypings, other) ?? {}) };
    const volume = chosen(
      usable(story).filter(({ row }) => row.group_id === null && !hasType(story, row, type)),
      one,
    );
    if (volume === undefined) return undefined;
    // A driver need not be able to, and then there is no other way for what is not to be migrated.
    const expect = { mayRaise: true };
    return call(story, { call: 'retype', of: volume.name, type, expect }, { about: [volume.name] });
  },
  migrate(story, { one, other }) {
    const idle = story.volumes.filter(
      ({ row }) => row.status === 'available' && row.group_id === null && story.snapshotsOf(row).length === 0,
    );
    const volume = chosen(idle, one);
    if (volume === undefined) return undefined;
    const destination = chosen(
      idle.filter(({ row }) => row !== volume.row && row.size === volume.row.size),
      other,
    );
    if (destination === undefined) return undefined;
    return call(
      story,
      { call: 'update_migrated_volume', of: volume.name, to: destination.name },
      {
        becomes: 'available',
        about: [volume.name, destination.name],
        learn: () => copyContents(story, destination.name, volume.name),
      },
    );
  },
};

/** Those that Cinder lets a user do something with. */
export function usable(story: StoryState): Named<VolumeRecord>[] {
  return story.volumes.filter(({ row }) => ['available', 'in-use'].includes(row.status));
}

/** Snapshots that Cinder lets a user delete by themselves, or along with their volume. */
export function isDroppable({ status, group_snapshot_id }: SnapshotRecord): boolean {
  return group_snapshot_id === null && ['available', 'error', 'error_deleting'].includes(status);
}

function hasType(
  story: StoryState,
  { volume_type_id }: VolumeRecord,
  specs: Readonly<Record<string, string>>,
): boolean {
  const type = story.play.harness.database.volumeTypes.get(volume_type_id ?? '');
  return type !== undefined && JSON.stringify(type.extra_specs) === JSON.stringify(specs);
}

/** The copy holds what its source held. */
export function copyContents(story: StoryState, from: string, to: string): void {
  const pattern = story.contents.get(from);
  if (pattern === undefined) story.contents.delete(to);
  else story.contents.set(to, pattern);
}

function isDeletable(story: StoryState, { row }: Named<VolumeRecord>): boolean {
  if (row.group_id !== null || story.attachmentsOf(row).length > 0) return false;
  return ['available', 'error', 'error_deleting', 'error_extending'].includes(row.status);
}

function poolBy(number: number): { readonly pool?: string } {
  const pool = chosen(pools, number);
  return pool === undefined ? {} : { pool };
}
