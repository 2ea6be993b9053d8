import type { CommandKind } from './command.js';
import { call, chosen, type Resolver } from './move.js';
import { copyContents, isDroppable, usable } from './volume-moves.js';

const mostOfOneVolume = 8;

/** Commands about snapshots. */
export const snapshotMoves: { readonly [Kind in CommandKind]?: Resolver } = {
  snapshot(story, { one }) {
    const volume = chosen(usable(story), one);
    if (volume === undefined || story.snapshotsOf(volume.row).length >= mostOfOneVolume) return undefined;
    const as = story.newName('s');
    return call(
      story,
      { call: 'create_snapshot', of: volume.name, as },
      {
        becomes: 'available',
        about: [volume.name],
        onlyLooks: true,
        learn: () => copyContents(story, volume.name, as),
      },
    );
  },
  drop(story, { one }) {
    const snapshot = chosen(
      story.snapshots.filter(({ row }) => isDroppable(row)),
      one,
    );
    if (snapshot === undefined) return undefined;
    return call(story, { call: 'delete_snapshot', of: snapshot.name }, { becomes: 'gone', about: [snapshot.name] });
  },
  revert(story, { one }) {
    const { database } = story.play.harness;
    const latest = story.snapshots.filter(({ row }) => {
      const volume = database.volumes.get(row.volume_id);
      return (
        volume?.status === 'available' &&
        volume.size === row.volume_size &&
        row.status === 'available' &&
        row.group_snapshot_id === null &&
        database.snapshotsOf(volume).at(-1) === row
      );
    });
    const snapshot = chosen(latest, one);
    if (snapshot === undefined) return undefined;
    const volume = story.volumes.find(({ row }) => row.id === snapshot.row.volume_id);
    if (volume === undefined) return undefined;
    return {
      step: { call: 'revert_to_snapshot', of: snapshot.name },
      about: [snapshot.name, volume.name],
      isDone: () => story.statusOf(volume.name) === 'available',
      learn: () => copyContents(story, snapshot.name, volume.name),
    };
  },
};
