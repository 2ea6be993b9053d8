import type { GroupRecord, VolumeRecord } from '../../manager/records.js';
import type { CommandKind } from './command.js';
import { call, chosen, type Resolver } from './move.js';
import { copyContents, usable } from './volume-moves.js';
import type { Named, World } from './world.js';

const mostGroups = 3;
const mostMembers = 4;
const mostSnapshots = 4;

/** What Cinder lets leave a group. */
const canLeave = ['available', 'in-use', 'error', 'error_deleting'];

/** Commands about groups and their snapshots. */
export const groupMoves: { readonly [Kind in CommandKind]?: Resolver } = {
  group(world) {
    if (world.groups.length >= mostGroups) return undefined;
    return call(world, { call: 'create_group', as: world.newName('g') }, { becomes: 'available' });
  },
  join(world, { one, other }) {
    const group = chosen(sound(world), one);
    // A group that is a volume's costs it a quarter of its snapshots: volumes with many are left alone.
    const free = usable(world).filter(({ row }) => row.group_id === null && world.snapshotsOf(row).length === 0);
    const volume = chosen(free, other);
    if (group === undefined || volume === undefined || membersOf(world, group.row).length >= mostMembers)
      return undefined;
    return call(
      world,
      { call: 'update_group', of: group.name, add: [volume.name] },
      { becomes: 'available', about: [group.name, volume.name] },
    );
  },
  leave(world, { one, other }) {
    // The array takes the images of a member that leaves along: drivers may refuse, so it is not tried.
    const group = chosen(
      sound(world).filter(({ row }) => groupSnapshotsOf(world, row).length === 0),
      one,
    );
    const members = group === undefined ? [] : membersOf(world, group.row);
    const member = chosen(
      members.filter(({ row }) => canLeave.includes(row.status)),
      other,
    );
    if (group === undefined || member === undefined) return undefined;
    return call(
      world,
      { call: 'update_group', of: group.name, remove: [member.name] },
      { becomes: 'available', about: [group.name, member.name] },
    );
  },
  ungroup(world, { one }) {
    const group = chosen(
      world.groups.filter(({ row }) => isDeletable(world, row)),
      one,
    );
    if (group === undefined) return undefined;
    const members = membersOf(world, group.row).map(({ name }) => name);
    return call(world, { call: 'delete_group', of: group.name }, { becomes: 'gone', about: [group.name, ...members] });
  },
  'group-snapshot'(world, { one }) {
    const group = chosen(
      sound(world).filter(({ row }) => {
        const members = membersOf(world, row);
        return (
          members.length > 0 &&
          members.every((member) => ['available', 'in-use'].includes(member.row.status)) &&
          groupSnapshotsOf(world, row).length < mostSnapshots
        );
      }),
      one,
    );
    if (group === undefined) return undefined;
    const members = membersOf(world, group.row).map(({ name }) => name);
    const as = world.newName('gs');
    for (const member of members) world.alsoGiven(`${as}.${member}`);
    return call(
      world,
      { call: 'create_group_snapshot', of: group.name, as },
      {
        becomes: 'available',
        about: [group.name, ...members],
        learn: () => {
          for (const member of members) copyContents(world, member, `${as}.${member}`);
        },
      },
    );
  },
  'group-drop'(world, { one }) {
    const groupSnapshot = chosen(
      world.groupSnapshots.filter(({ row }) => ['available', 'error'].includes(row.status)),
      one,
    );
    if (groupSnapshot === undefined) return undefined;
    const { name, row } = groupSnapshot;
    const members = world.snapshots.filter((each) => each.row.group_snapshot_id === row.id);
    return call(
      world,
      { call: 'delete_group_snapshot', of: name },
      { becomes: 'gone', about: [name, ...members.map((member) => member.name)] },
    );
  },
  'group-copy'(world, { one, other }) {
    if (world.groups.length >= mostGroups) return undefined;
    const { database } = world.play.stage;
    const fromSnapshots = world.groupSnapshots
      .filter(({ row }) => row.status === 'available')
      .map(({ name, row }) => {
        const members = database.membersOf(row);
        return {
          from: name,
          parts: world.snapshots.filter((each) => members.includes(each.row)).map((each) => each.name),
          volumes: members.flatMap(({ volume_id }) => database.volumes.get(volume_id) ?? []),
        };
      });
    const fromGroups = sound(world)
      .map(({ name, row }) => ({ from: name, members: membersOf(world, row) }))
      .filter(({ members }) => members.length > 0 && members.every(({ row }) => row.status === 'available'))
      .map(({ from, members }) => ({
        from,
        parts: members.map(({ name }) => name),
        volumes: members.map(({ row }) => row),
      }));
    // The array copies to no thin volume, and copies have the types of their sources.
    const sources = (other % 2 === 0 ? fromSnapshots : fromGroups).filter(
      ({ volumes }) => !volumes.some((volume) => isThin(world, volume)),
    );
    const source = chosen(sources, one);
    if (source === undefined || source.parts.length === 0) return undefined;
    const { from, parts } = source;
    const as = world.newName('g');
    const names = parts.map(() => world.newName('v'));
    return call(
      world,
      { call: 'create_group_from_src', from, as, names },
      {
        becomes: 'available',
        about: [from, ...parts],
        learn: () => {
          for (const [index, part] of parts.entries()) copyContents(world, part, names[index] ?? '');
        },
      },
    );
  },
};

function sound(world: World): Named<GroupRecord>[] {
  return world.groups.filter(({ row }) => row.status === 'available');
}

/** In the order of the database, which is the order of the group's snapshots. */
function membersOf(world: World, group: GroupRecord) {
  const { database } = world.play.stage;
  const byId = new Map(world.volumes.map((volume) => [volume.row.id, volume]));
  return database.volumesOf(group).flatMap(({ id }) => byId.get(id) ?? []);
}

function isThin(world: World, { volume_type_id }: VolumeRecord): boolean {
  const type = world.play.stage.database.volumeTypes.get(volume_type_id ?? '');
  return type?.extra_specs.netapp_thin_provisioned === 'true';
}

function groupSnapshotsOf(world: World, group: GroupRecord) {
  return world.play.stage.database.groupSnapshotsOf(group);
}

function isDeletable(world: World, group: GroupRecord): boolean {
  if (!['available', 'error'].includes(group.status) || groupSnapshotsOf(world, group).length > 0) return false;
  return world.play.stage.database
    .volumesOf(group)
    .every((volume) => world.attachmentsOf(volume).length === 0 && world.snapshotsOf(volume).length === 0);
}
