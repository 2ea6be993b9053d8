import type { CommandKind } from './command.js';
import { call, chosen, type Resolver } from './move.js';
import { copyContents, isDroppable, usable } from './volume-moves.js';

const mostOfOneVolume = 8;

/** Commands about snapshots. */
export const snapshotMoves: { readonly [Kind in CommandKind]?: Resolver } = {
  snapshot(world, { one }) {
    const volume = chosen(usable(world), one);
    if (volume === undefined || world.snapshotsOf(volume.row).length >= mostOfOneVolume) return undefined;
    const as = world.newName('s');
    return call(
      world,
      { call: 'create_snapshot', of: volume.name, as },
      {
        becomes: 'available',
        about: [volume.name],
        onlyLooks: true,
        learn: () => copyContents(world, volume.name, as),
      },
    );
  },
  drop(world, { one }) {
    const snapshot = chosen(
      world.snapshots.filter(({ row }) => isDroppable(row)),
      one,
    );
    if (snapshot === undefined) return undefined;
    return call(world, { call: 'delete_snapshot', of: snapshot.name }, { becomes: 'gone', about: [snapshot.name] });
  },
  revert(world, { one }) {
    const { database } = world.play.stage;
    const latest = world.snapshots.filter(({ row }) => {
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
    const volume = world.volumes.find(({ row }) => row.id === snapshot.row.volume_id);
    if (volume === undefined) return undefined;
    return {
      step: { call: 'revert_to_snapshot', of: snapshot.name },
      about: [snapshot.name, volume.name],
      isDone: () => world.statusOf(volume.name) === 'available',
      learn: () => copyContents(world, snapshot.name, volume.name),
    };
  },
};
