import type { SnapshotRecord, VolumeRecord } from '../../manager/records.js';
import { pools } from '../properties/parts.js';
import type { CommandKind } from './command.js';
import { call, chosen, type Resolver } from './move.js';
import type { Named, World } from './world.js';

/** More make a story no better, only slower. */
const mostVolumes = 8;

const retypings: readonly Readonly<Record<string, string>>[] = [
  { 'netapp:write_cache': 'false' },
  { 'netapp:read_cache': 'true' },
  {},
];

/** Commands about volumes alone. */
export const volumeMoves: { readonly [Kind in CommandKind]?: Resolver } = {
  create(world, { one, other }) {
    if (world.volumes.length >= mostVolumes) return undefined;
    const group = chosen(
      [undefined, undefined, ...world.groups.filter(({ row }) => row.status === 'available')],
      other,
    );
    const pool = chosen(pools, one);
    const type = pool === 'DDP_1' && one % 7 === 3 ? { netapp_thin_provisioned: 'true' } : undefined;
    return call(
      world,
      {
        call: 'create_volume',
        as: world.newName('v'),
        size: 1 + (one % 3),
        ...(pool === undefined ? {} : { pool }),
        ...(type === undefined ? {} : { type }),
        ...(group === undefined ? {} : { group: group.name }),
        ...(other % 2 === 0 ? { multiattach: true } : {}),
      },
      { becomes: 'available', about: group === undefined ? [] : [group.name] },
    );
  },
  clone(world, { one, other }) {
    const source = chosen(usable(world), one);
    if (source === undefined || world.volumes.length >= mostVolumes) return undefined;
    const as = world.newName('v');
    return call(
      world,
      { call: 'create_cloned_volume', from: source.name, as, size: source.row.size + (other % 2), ...poolBy(other) },
      {
        becomes: 'available',
        about: [source.name],
        onlyLooks: true,
        learn: () => copyContents(world, source.name, as),
      },
    );
  },
  copy(world, { one, other }) {
    const source = chosen(
      world.snapshots.filter(({ row }) => row.status === 'available'),
      one,
    );
    if (source === undefined || world.volumes.length >= mostVolumes) return undefined;
    const as = world.newName('v');
    const size = source.row.volume_size + (other % 2);
    return call(
      world,
      { call: 'create_volume_from_snapshot', from: source.name, as, size, ...poolBy(other) },
      {
        becomes: 'available',
        about: [source.name],
        onlyLooks: true,
        learn: () => copyContents(world, source.name, as),
      },
    );
  },
  extend(world, { one, other }) {
    const volume = chosen(usable(world), one);
    if (volume === undefined) return undefined;
    const { name, row } = volume;
    const size = row.size + 1 + (other % 2);
    return call(world, { call: 'extend_volume', of: name, size }, { becomes: row.status, about: [name] });
  },
  delete(world, { one, other }) {
    const volume = chosen(
      world.volumes.filter((each) => isDeletable(world, each)),
      one,
    );
    if (volume === undefined) return undefined;
    const { name, row } = volume;
    const cascade = world.snapshotsOf(row).length > 0;
    if (cascade && (other % 2 === 0 || !world.snapshotsOf(row).every(isDroppable))) return undefined;
    const step = { call: 'delete_volume', of: name, ...(cascade ? { cascade } : {}) };
    return call(world, step, { becomes: 'gone', about: [name] });
  },
  retype(world, { one, other }) {
    const type = { ...(chosen(retypings, other) ?? {}) };
    const volume = chosen(
      usable(world).filter(({ row }) => row.group_id === null && !hasType(world, row, type)),
      one,
    );
    if (volume === undefined) return undefined;
    // A driver need not be able to, and then there is no other way for what is not to be migrated.
    const expect = { mayRaise: true };
    return call(world, { call: 'retype', of: volume.name, type, expect }, { about: [volume.name] });
  },
  migrate(world, { one, other }) {
    const idle = world.volumes.filter(
      ({ row }) => row.status === 'available' && row.group_id === null && world.snapshotsOf(row).length === 0,
    );
    const volume = chosen(idle, one);
    if (volume === undefined) return undefined;
    const destination = chosen(
      idle.filter(({ row }) => row !== volume.row && row.size === volume.row.size),
      other,
    );
    if (destination === undefined) return undefined;
    return call(
      world,
      { call: 'update_migrated_volume', of: volume.name, to: destination.name },
      {
        becomes: 'available',
        about: [volume.name, destination.name],
        learn: () => copyContents(world, destination.name, volume.name),
      },
    );
  },
};

/** Those that Cinder lets a user do something with. */
export function usable(world: World): Named<VolumeRecord>[] {
  return world.volumes.filter(({ row }) => ['available', 'in-use'].includes(row.status));
}

/** Snapshots that Cinder lets a user delete by themselves, or along with their volume. */
export function isDroppable({ status, group_snapshot_id }: SnapshotRecord): boolean {
  return group_snapshot_id === null && ['available', 'error', 'error_deleting'].includes(status);
}

function hasType(world: World, { volume_type_id }: VolumeRecord, specs: Readonly<Record<string, string>>): boolean {
  const type = world.play.stage.database.volumeTypes.get(volume_type_id ?? '');
  return type !== undefined && JSON.stringify(type.extra_specs) === JSON.stringify(specs);
}

/** The copy holds what its source held. */
export function copyContents(world: World, from: string, to: string): void {
  const pattern = world.contents.get(from);
  if (pattern === undefined) world.contents.delete(to);
  else world.contents.set(to, pattern);
}

function isDeletable(world: World, { row }: Named<VolumeRecord>): boolean {
  if (row.group_id !== null || world.attachmentsOf(row).length > 0) return false;
  return ['available', 'error', 'error_deleting', 'error_extending'].includes(row.status);
}

function poolBy(number: number): { readonly pool?: string } {
  const pool = chosen(pools, number);
  return pool === undefined ? {} : { pool };
}
