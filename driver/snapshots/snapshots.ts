import type { DeferredDeletions } from '../cleanup/deferred-deletions.js';
import { foundIfThere } from '../cleanup/gone.js';
import type { Leftovers } from '../cleanup/leftovers.js';
import type { OrphanCleanup } from '../cleanup/orphan-cleanup.js';
import { ignoreMissing, isUncertain, made, tidied, type Undo, undoing } from '../cleanup/undo.js';
import {
  isBusy,
  messageOf,
  NetAppDriverException,
  SnapshotIsBusy,
  SnapshotLimitExceeded,
  SnapshotNotFound,
} from '../errors.js';
import { isReserved, labelOf, randomLabel, randomReservedLabel, uuidOf } from '../labels.js';
import type { Locks } from '../locks.js';
import { nameId, type Snapshot, type Volume } from '../model.js';
import type { Runtime } from '../runtime.js';
import type { ArrayClient } from '../transport/array-client.js';
import {
  type ArrayVolume,
  bySequence,
  isSet,
  type SnapshotGroup,
  type SnapshotImage,
} from '../transport/array-types.js';

const imagesPerGroup = 32;

/** Snapshot groups that a volume may have, and those of them that are for snapshots: one is kept for clones. */
const groupsPerVolume = 4;
const groupsForSnapshots = 3;

/** A group and an image that one clone has to itself. */
export interface TemporaryImage {
  readonly image: SnapshotImage;
  release(): Promise<void>;
}

/** Cinder's snapshots as images in the array's snapshot groups. */
export class Snapshots {
  constructor(
    private readonly client: ArrayClient,
    private readonly deferredDeletions: DeferredDeletions,
    private readonly orphanCleanup: OrphanCleanup,
    private readonly leftovers: Leftovers,
    private readonly locks: Locks,
    private readonly runtime: Runtime,
  ) {}

  /** Takes an image of a volume. Throws SnapshotLimitExceeded when its groups are full. */
  create(volume: ArrayVolume): Promise<SnapshotImage> {
    return this.locks.run(`volume ${volume.volumeRef}`, async () => {
      const groups = await this.groupsOf(volume);
      const kept = groups.filter((group) => !isReserved(group.label));
      const usable = await this.fullest(kept.filter((group) => !group.consistencyGroup));
      if (usable !== undefined) return this.image(usable);
      if (kept.length >= groupsForSnapshots)
        throw new SnapshotLimitExceeded({ allowed: groupsForSnapshots * imagesPerGroup });
      return undoing(this.runtime, async (undo) => {
        const group = await this.group(volume, randomLabel(this.runtime));
        undo.add(`Snapshot group '${group.label}'`, () => this.client.deleteSnapshotGroup(group.id));
        return this.image(group);
      });
    });
  }

  /** Takes an image in a group of its own, for a clone in the making. */
  async temporary(volume: ArrayVolume): Promise<TemporaryImage> {
    return this.locks.run(`volume ${volume.volumeRef}`, () =>
      undoing(this.runtime, async (undo) => {
        const groups = await this.groupsOf(volume);
        if (groups.length >= groupsPerVolume && !(await this.orphanCleanup.removeGroups(groups)))
          throw new SnapshotLimitExceeded({ allowed: groupsForSnapshots * imagesPerGroup });
        const group = await this.group(volume, randomReservedLabel(this.runtime));
        const what = `Snapshot group '${group.label}'`;
        const remove = () => this.client.deleteSnapshotGroup(group.id);
        undo.add(what, remove, this.leftovers);
        return { image: await this.image(group), release: () => this.leftovers.remove(what, remove) };
      }),
    );
  }

  /** The image of a snapshot. Throws SnapshotNotFound when there is none. */
  async imageOf(snapshot: Snapshot): Promise<SnapshotImage> {
    const image = await this.find(snapshot);
    if (image === undefined) throw new SnapshotNotFound({ snapshot_id: snapshot.id });
    return image;
  }

  /** By the id that Cinder keeps; otherwise, as early drivers did it, the oldest image of a group named after the snapshot. */
  private async find(snapshot: Snapshot): Promise<SnapshotImage | undefined> {
    if (snapshot.provider_id) return this.client.findSnapshotImage(snapshot.provider_id);
    const label = labelOf(snapshot.id);
    const group = (await this.client.snapshotGroups()).find((each) => each.label === label);
    return group === undefined ? undefined : (await this.imagesIn(group.id))[0];
  }

  /** The group is not the snapshot's any more: repeating the deletion must not find the next image in it. */
  private async disown(snapshot: Snapshot, image: SnapshotImage, undo: Undo): Promise<void> {
    undo.add(`The new name of snapshot group '${image.pitGroupRef}'`, () =>
      this.client.renameSnapshotGroup(image.pitGroupRef, labelOf(snapshot.id)),
    );
    await this.client.renameSnapshotGroup(image.pitGroupRef, randomLabel(this.runtime));
  }

  /**
   * Deletes a snapshot. The array deletes only the oldest image of a group: one that is not is marked, and goes when all
   * older ones are gone. Throws SnapshotIsBusy while the image is being used.
   */
  async delete(snapshot: Snapshot): Promise<void> {
    const image = await foundIfThere(this.runtime, () => this.find(snapshot));
    if (image === undefined) {
      this.runtime.logger.warn(`Snapshot '${snapshot.id}' is not on the array: it counts as deleted.`);
      await this.removeEmptyGroups(snapshot.volume);
      await this.finishDeletions();
      return;
    }
    if (isSet(image.consistencyGroupId))
      throw new NetAppDriverException(
        `Snapshot '${snapshot.id}' is part of a group snapshot: it can only be deleted with that.`,
      );
    try {
      await this.locks.run(`volume ${image.baseVol}`, () =>
        undoing(this.runtime, async (undo) => {
          if (!snapshot.provider_id) await this.disown(snapshot, image, undo);
          await this.deferredDeletions.dropImage(image);
        }),
      );
    } catch (error) {
      if (isBusy(error))
        throw new SnapshotIsBusy({ snapshot_name: snapshot.id, reason: messageOf(error) }, { cause: error });
      throw error;
    }
  }

  /**
   * Removes the groups of a volume that have no image: a creation ended between the two, and could not take the group
   * back. Not being able to now fails nothing.
   */
  private async removeEmptyGroups(volume: Volume): Promise<void> {
    await tidied(this.runtime, `Empty snapshot groups of volume '${volume.id}'`, async () => {
      const found = await this.client.findVolume(labelOf(nameId(volume)));
      if (found === undefined) return;
      // A creation in this process holds the lock from its group to its image.
      await this.locks.run(`volume ${found.volumeRef}`, async () => {
        for (const group of await this.groupsOf(found))
          if (isEmpty(group)) await ignoreMissing(this.client.deleteSnapshotGroup(group.id));
      });
    });
  }

  /** Finishes what an earlier deletion was interrupted in. Not being able to now fails nothing. */
  async finishDeletions(): Promise<void> {
    try {
      await this.deferredDeletions.finishDeletions();
    } catch (error) {
      this.runtime.logger.warn(`Snapshots deleted earlier stay until the next time: ${messageOf(error)}`);
    }
  }

  async groupsOf(volume: Pick<ArrayVolume, 'id' | 'volumeRef'>): Promise<SnapshotGroup[]> {
    return (await this.client.snapshotGroups()).filter((group) => group.baseVolume === volume.volumeRef);
  }

  async imagesIn(group: string): Promise<SnapshotImage[]> {
    return (await this.client.snapshotImages()).filter((each) => each.pitGroupRef === group).sort(bySequence);
  }

  /** The group to go on in: of those with room, that keep all they have, the one with the newest image. */
  private async fullest(groups: readonly SnapshotGroup[]): Promise<SnapshotGroup | undefined> {
    const open = groups.filter((group) => group.snapshotCount < imagesPerGroup && group.autoDeleteLimit === 0);
    if (open.length < 2) return open[0];
    const images = (await this.client.snapshotImages()).sort(bySequence);
    const newest = images.findLast((image) => open.some((group) => group.id === image.pitGroupRef));
    return open.find((group) => group.id === newest?.pitGroupRef) ?? open[0];
  }

  private group(volume: ArrayVolume, label: string): Promise<SnapshotGroup> {
    return made(
      () => this.client.createSnapshotGroup(volume.volumeRef, label),
      async () => (await this.client.snapshotGroups()).find((group) => group.label === label),
    );
  }

  /** An image in a group; when the reply was lost, the one that the group has more than before, if it is one. */
  private image(group: SnapshotGroup): Promise<SnapshotImage> {
    const before = group.snapshotCount;
    return made(
      () => this.client.createSnapshotImage(group.id),
      async () => {
        const images = await this.imagesIn(group.id);
        // With more, another driver was at work as well: to take its image for one's own would lose it later.
        return images.length === before + 1 ? images[before] : undefined;
      },
      isUncertain,
    );
  }
}

/** One that a creation has made, under a name that was made up for it, and that has no image. */
function isEmpty(group: SnapshotGroup): boolean {
  return group.snapshotCount === 0 && !group.consistencyGroup && uuidOf(group.label)?.[14] === '4';
}
