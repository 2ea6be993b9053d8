import type { GroupRecord, VolumeRecord } from '../../manager/records.js';
import type { CommandKind } from './command.js';
import { call, chosen, type Resolver } from './move.js';
import type { Named, StoryState } from './story-state.js';
import { copyContents, usable } from './volume-moves.js';

const mostGroups = 3;
const mostMembers = 4;
const mostSnapshots = 4;

/** What Cinder lets leave a group. */
const canLeave = ['available', 'in-use', 'error', 'error_deleting'];

/** Commands about groups and their snapshots. */
export const groupMoves: { readonly [Kind in CommandKind]?: Resolver } = {
  group(story) {
    if (story.groups.length >= mostGroups) return undefined;
    return call(story, { call: 'create_group', as: story.newName('g') }, { becomes: 'available' });
  },
  join(story, { one, other }) {
    const group = chosen(sound(story), one);
    // A group that is a volume's costs it a quarter of its snapshots: volumes with many are left alone.
    const free = usable(story).filter(({ row }) => row.group_id === null && story.snapshotsOf(row).length === 0);
    const volume = chosen(free, other);
    if (group === undefined || volume === undefined || membersOf(story, group.row).length >= mostMembers)
      return undefined;
    return call(
      story,
      { call: 'update_group', of: group.name, add: [volume.name] },
      { becomes: 'available', about: [group.name, volume.name] },
    );
  },
  leave(story, { one, other }) {
    // The array takes the images of a member that leaves along: drivers may refuse, so it is not tried.
    const group = chosen(
      sound(story).filter(({ row }) => groupSnapshotsOf(story, row).length === 0),
      one,
    );
    const members = group === undefined ? [] : membersOf(story, group.row);
    const member = chosen(
      members.filter(({ row }) => canLeave.includes(row.status)),
      other,
    );
    if (group === undefined || member === undefined) return undefined;
    return call(
      story,
      { call: 'update_group', of: group.name, remove: [member.name] },
      { becomes: 'available', about: [group.name, member.name] },
    );
  },
  ungroup(story, { one }) {
    const group = chosen(
      story.groups.filter(({ row }) => isDeletable(story, row)),
      one,
    );
    if (group === undefined) return undefined;
    const members = membersOf(story, group.row).map(({ name }) => name);
    return call(story, { call: 'delete_group', of: group.name }, { becomes: 'gone', about: [group.name, ...members] });
  },
  'group-snapshot'(story, { one }) {
    const group = chosen(
      sound(story).filter(({ row }) => {
        const members = membersOf(story, row);
        return (
          members.length > 0 &&
          members.every((member) => ['available', 'in-use'].includes(member.row.status)) &&
          groupSnapshotsOf(story, row).length < mostSnapshots
        );
      }),
      one,
    );
    if (group === undefined) return undefined;
    const members = membersOf(story, group.row).map(({ name }) => name);
    const as = story.newName('gs');
    for (const member of members) story.alsoGiven(`${as}.${member}`);
    return call(
      story,
      { call: 'create_group_snapshot', of: group.name, as },
      {
        becomes: 'available',
        about: [group.name, ...members],
        learn: () => {
          for (const member of members) copyContents(story, member, `${as}.${member}`);
        },
      },
    );
  },
  'group-drop'(story, { one }) {
    const groupSnapshot = chosen(
      story.groupSnapshots.filter(({ row }) => ['available', 'error'].includes(row.status)),
      one,
    );
    if (groupSnapshot === undefined) return undefined;
    const { name, row } = groupSnapshot;
    const members = story.snapshots.filter((each) => each.row.group_snapshot_id === row.id);
    return call(
      story,
      { call: 'delete_group_snapshot', of: name },
      { becomes: 'gone', about: [name, ...members.map((member) => member.name)] },
    );
  },
  'group-copy'(story, { one, other }) {
    if (story.groups.length >= mostGroups) return undefined;
    const { database } = story.play.harness;
    const fromSnapshots = story.groupSnapshots
      .filter(({ row }) => row.status === 'available')
      .map(({ name, row }) => {
        const members = database.membersOf(row);
        return {
          from: name,
          parts: story.snapshots.filter((each) => members.includes(each.row)).map((each) => each.name),
          volumes: members.flatMap(({ volume_id }) => database.volumes.get(volume_id) ?? []),
        };
      });
    const fromGroups = sound(story)
      .map(({ name, row }) => ({ from: name, members: membersOf(story, row) }))
      .filter(({ members }) => members.length > 0 && members.every(({ row }) => row.status === 'available'))
      .map(({ from, members }) => ({
        from,
        parts: members.map(({ name }) => name),
        volumes: members.map(({ row }) => row),
      }));
    // The array copies to no thin volume, and copies have the types of their sources.
    const sources = (other % 2 === 0 ? fromSnapshots : fromGroups).filter(
      ({ volumes }) => !volumes.some((volume) => isThin(story, volume)),
    );
    const source = chosen(sources, one);
    if (source === undefined || source.parts.length === 0) return undefined;
    const { from, parts } = source;
    const as = story.newName('g');
    const names = parts.map(() => story.newName('v'));
    return call(
      story,
      { call: 'create_group_from_src', from, as, names },
      {
        becomes: 'available',
        about: [from, ...parts],
        learn: () => {
          for (const [index, part] of parts.entries()) copyContents(story, part, names[index] ?? '');
        },
      },
    );
  },
};

function sound(story: StoryState): Named<GroupRecord>[] {
  return story.groups.filter(({ row }) => row.status === 'available');
}

/** In the order of the database, which is the order of the group's snapshots. */
function membersOf(story: StoryState, group: GroupRecord) {
  const { database } = story.play.harness;
  const byId = new Map(story.volumes.map((volume) => [volume.row.id, volume]));
  return database.volumesOf(group).flatMap(({ id }) => byId.get(id) ?? []);
}

function isThin(story: StoryState, { volume_type_id }: VolumeRecord): boolean {
  const type = story.play.harness.database.volumeTypes.get(volume_type_id ?? '');
  return type?.extra_specs.netapp_thin_provisioned === 'true';
}

function groupSnapshotsOf(story: StoryState, group: GroupRecord) {
  return story.play.harness.database.groupSnapshotsOf(group);
}

function isDeletable(story: StoryState, group: GroupRecord): boolean {
  if (!['available', 'error'].includes(group.status) || groupSnapshotsOf(story, group).length > 0) return false;
  return story.play.harness.database
    .volumesOf(group)
    .every((volume) => story.attachmentsOf(volume).length === 0 && story.snapshotsOf(volume).length === 0);
}
