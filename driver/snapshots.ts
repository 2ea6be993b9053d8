import type { ArrayClient } from './array-client.js';
import { type ArrayVolume, bySequence, type SnapshotGroup, type SnapshotImage } from './array-types.js';
import { isBusy, isMissing, messageOf, SnapshotIsBusy, SnapshotLimitExceeded, SnapshotNotFound } from './errors.js';
import { isReserved, labelOf, randomLabel, randomReservedLabel } from './labels.js';
import type { Ledger } from './ledger.js';
import type { Locks } from './locks.js';
import type { Snapshot } from './model.js';
import type { Logger } from './runtime.js';
import { made, undoing } from './undo.js';

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
    private readonly ledger: Ledger,
    private readonly locks: Locks,
    private readonly logger: Logger,
  ) {}

  /** Takes an image of a volume. Throws SnapshotLimitExceeded when its groups are full. */
  create(volume: ArrayVolume): Promise<SnapshotImage> {
    return this.locks.run(`volume ${volume.id}`, async () => {
      const groups = await this.groupsOf(volume);
      const kept = groups.filter((group) => !isReserved(group.label));
      const usable = await this.fullest(kept.filter((group) => !group.consistencyGroup));
      if (usable !== undefined) return this.image(usable);
      if (kept.length >= groupsForSnapshots)
        throw new SnapshotLimitExceeded({ allowed: groupsForSnapshots * imagesPerGroup });
      return undoing(this.logger, async (undo) => {
        const group = await this.group(volume, randomLabel());
        undo.add(`snapshot group '${group.label}'`, () => this.client.deleteSnapshotGroup(group.id));
        return this.image(group);
      });
    });
  }

  /** Takes an image in a group of its own, for a clone in the making. */
  async temporary(volume: ArrayVolume): Promise<TemporaryImage> {
    return this.locks.run(`volume ${volume.id}`, () =>
      undoing(this.logger, async (undo) => {
        if ((await this.groupsOf(volume)).length >= groupsPerVolume)
          throw new SnapshotLimitExceeded({ allowed: groupsForSnapshots * imagesPerGroup });
        const group = await this.group(volume, randomReservedLabel());
        const release = () => this.client.deleteSnapshotGroup(group.id);
        undo.add(`snapshot group '${group.label}'`, release);
        return { image: await this.image(group), release };
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

  /**
   * Deletes a snapshot. The array deletes only the oldest image of a group: one that is not is marked, and goes when all
   * older ones are gone. Throws SnapshotIsBusy while the image is being used.
   */
  async delete(snapshot: Snapshot): Promise<void> {
    const image = await this.find(snapshot);
    if (image === undefined) {
      this.logger.warn(`Snapshot '${snapshot.id}' is not on the array: it counts as deleted.`);
      return;
    }
    try {
      await this.locks.run(`volume ${image.baseVol}`, () => this.drop(image));
    } catch (error) {
      if (isBusy(error))
        throw new SnapshotIsBusy({ snapshot_name: snapshot.id, reason: messageOf(error) }, { cause: error });
      throw error;
    }
  }

  private async drop(image: SnapshotImage): Promise<void> {
    const group = image.pitGroupRef;
    const present = (await this.imagesIn(group)).map((each) => each.id);
    await this.ledger.drop(group, image.id, present, {
      one: (id) => ignoreMissing(this.client.deleteSnapshotImage(id)),
      all: () => ignoreMissing(this.client.deleteSnapshotGroup(group)),
      left: (error) => this.logger.warn(`Images deleted earlier stay until the next time: ${messageOf(error)}`),
    });
  }

  /** Forgets the marks of groups that went with their volume. */
  async groupsGone(groups: readonly SnapshotGroup[]): Promise<void> {
    await this.ledger.forget(groups.map((group) => group.id));
  }

  async groupsOf(volume: Pick<ArrayVolume, 'id' | 'volumeRef'>): Promise<SnapshotGroup[]> {
    return (await this.client.snapshotGroups()).filter((group) => group.baseVolume === volume.volumeRef);
  }

  async imagesIn(group: string): Promise<SnapshotImage[]> {
    return (await this.client.snapshotImages()).filter((each) => each.pitGroupRef === group).sort(bySequence);
  }

  /** The group to go on in: of those with room the one with the newest image. */
  private async fullest(groups: readonly SnapshotGroup[]): Promise<SnapshotGroup | undefined> {
    const open = groups.filter((group) => group.snapshotCount < imagesPerGroup);
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

  /** An image in a group; when the reply was lost, the one that the group has more than before. */
  private image(group: SnapshotGroup): Promise<SnapshotImage> {
    return made(
      () => this.client.createSnapshotImage(group.id),
      async () => (await this.imagesIn(group.id))[group.snapshotCount],
    );
  }
}

/** What is gone already counts as deleted. */
export async function ignoreMissing(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
