import type { DeferredDeletions } from '../cleanup/deferred-deletions.js';
import { foundIfThere } from '../cleanup/gone.js';
import { ignoreMissing, isUncertain, made, tidied, undoing } from '../cleanup/undo.js';
import { InvalidInput, messageOf, NetAppDriverException, VolumeNotFound } from '../errors.js';
import { labelOf } from '../labels.js';
import type { Locks } from '../locks.js';
import {
  type Group,
  type GroupSnapshot,
  type ModelUpdate,
  nameId,
  type ObjectUpdate,
  type Snapshot,
  type Volume,
} from '../model.js';
import type { Provisioning } from '../provisioning/provisioning.js';
import type { Runtime } from '../runtime.js';
import type { Snapshots } from '../snapshots/snapshots.js';
import type { ArrayClient } from '../transport/array-client.js';
import { type ArrayGroup, type ArrayVolume, type SnapshotImage, sequenceOf } from '../transport/array-types.js';
import type { ArrayGroups } from './array-groups.js';

/** Cinder's groups, generic ones and consistency groups alike, as the array's consistency groups. */
export class Groups {
  constructor(
    private readonly client: ArrayClient,
    private readonly groups: ArrayGroups,
    private readonly provisioning: Provisioning,
    private readonly snapshots: Snapshots,
    private readonly deferredDeletions: DeferredDeletions,
    private readonly locks: Locks,
    private readonly runtime: Runtime,
  ) {}

  /** Deletes a group with its volumes; says of each volume what became of it. The array's group goes when all are gone. */
  async delete(group: Group, volumes: readonly Volume[]): Promise<[ModelUpdate, ObjectUpdate[]]> {
    const updates: ObjectUpdate[] = [];
    for (const volume of volumes) {
      try {
        await this.provisioning.delete(volume);
        updates.push({ id: volume.id, status: 'deleted' });
      } catch (error) {
        this.runtime.logger.error(
          `Volume '${volume.id}' of group '${group.id}' could not be deleted: ${messageOf(error)}`,
        );
        updates.push({ id: volume.id, status: 'error_deleting' });
      }
    }
    if (updates.some((update) => update.status !== 'deleted')) return [{ status: 'error_deleting' }, updates];
    try {
      const found = await foundIfThere(this.runtime, () => this.groups.find(group.id));
      if (found === undefined) {
        this.runtime.logger.warn(`Group '${group.id}' is not on the array: it counts as deleted.`);
      } else {
        await ignoreMissing(this.client.deleteGroup(found.id));
        await this.deferredDeletions.forget([found.id]);
      }
    } catch (error) {
      this.runtime.logger.error(`Group '${group.id}' could not be deleted: ${messageOf(error)}`);
      return [{ status: 'error_deleting' }, updates];
    }
    return [{ status: 'deleted' }, updates];
  }

  /** Adds and removes members. When one of them fails, the members are again those that were. */
  async update(group: Group, added: readonly Volume[], removed: readonly Volume[]): Promise<void> {
    const found = await this.groups.require(group.id);
    const [members, present] = await Promise.all([this.client.groupMembers(found.id), this.byLabel()]);
    const isMember = (volume: ArrayVolume) => members.some((each) => each.volumeId === volume.volumeRef);
    await undoing(this.runtime, async (undo) => {
      for (const volume of added) {
        const target = present.get(labelOf(nameId(volume)));
        if (target === undefined) throw new VolumeNotFound({ volume_id: volume.id });
        if (isMember(target)) continue;
        // Before it is asked for: whether it has joined cannot be known of a lost reply.
        undo.add(`Membership of volume '${volume.id}'`, () =>
          this.client.removeGroupMember(found.id, target.volumeRef),
        );
        await this.groups.join(found, target);
      }
      const leaving = removed.flatMap((volume) => {
        const target = present.get(labelOf(nameId(volume)));
        return target !== undefined && isMember(target) ? [target] : [];
      });
      if (leaving.length > 0) await this.checkNoSnapshots(group, found, leaving);
      for (const target of leaving) {
        // Before it is asked for: whether it has left cannot be known of a lost reply.
        undo.add(`Leaving of volume '${target.label}'`, () => this.rejoin(found, target));
        await ignoreMissing(this.client.removeGroupMember(found.id, target.volumeRef));
      }
    });
  }

  private async rejoin(group: ArrayGroup, volume: ArrayVolume): Promise<void> {
    const members = await this.client.groupMembers(group.id);
    if (!members.some((each) => each.volumeId === volume.volumeRef)) await this.groups.join(group, volume);
  }

  /** A volume that leaves a consistency group loses the images that the group's snapshots have of it. */
  private async checkNoSnapshots(group: Group, found: ArrayGroup, leaving: readonly ArrayVolume[]): Promise<void> {
    const images = await this.client.groupImages(found.id);
    if (images.length === 0) return;
    const wanted = await this.deferredDeletions.wanted(found.id, images);
    const kept = images.find(
      (image) => wanted.has(sequenceOf(image)) && leaving.some((volume) => volume.volumeRef === image.baseVol),
    );
    if (kept !== undefined)
      throw new NetAppDriverException(
        `Group '${group.id}' has snapshots: a volume that left it would lose them. Delete the group's snapshots first.`,
      );
  }

  /** Takes a snapshot of all members at one moment. Fails, leaving nothing, when a listed snapshot got no image. */
  async createSnapshot(groupSnapshot: GroupSnapshot, snapshots: readonly Snapshot[]): Promise<ObjectUpdate[]> {
    const group = await this.groups.require(groupIdOf(groupSnapshot));
    const present = await this.byLabel();
    const images = await this.snapshotOf(group);
    const updates: ObjectUpdate[] = [];
    for (const snapshot of snapshots) {
      const volume = present.get(labelOf(nameId(snapshot.volume)));
      const image = images.find((each) => each.baseVol === volume?.volumeRef);
      if (image === undefined) {
        await this.release(group, images);
        throw new NetAppDriverException(
          `Volume '${snapshot.volume.id}' is no member of group '${groupIdOf(groupSnapshot)}' on the array: no snapshot of it was taken.`,
        );
      }
      updates.push({ id: snapshot.id, provider_id: image.id, status: 'available' });
    }
    return updates;
  }

  /** Deletes a snapshot of a group; one that is gone counts as deleted. */
  async deleteSnapshot(groupSnapshot: GroupSnapshot, snapshots: readonly Snapshot[]): Promise<void> {
    const group = await foundIfThere(this.runtime, () => this.groups.find(groupIdOf(groupSnapshot)));
    const ids = new Set(snapshots.map((snapshot) => snapshot.provider_id));
    if (group !== undefined && (await this.drop(group, (images) => images.find((image) => ids.has(image.id))))) return;
    this.runtime.logger.warn(`Group snapshot '${groupSnapshot.id}' is not on the array: it counts as deleted.`);
    await this.snapshots.finishDeletions();
  }

  /** Makes a group and its volumes out of a group snapshot. A failure leaves none of them behind. */
  async createFromSnapshot(
    group: Group,
    volumes: readonly Volume[],
    snapshots: readonly Snapshot[],
  ): Promise<ObjectUpdate[]> {
    const images = await Promise.all(snapshots.map((snapshot) => this.snapshots.imageOf(snapshot)));
    return this.createFromImages(group, volumes, images);
  }

  /** Makes a group and its volumes out of another group as it is at one moment. */
  async createFromGroup(
    group: Group,
    volumes: readonly Volume[],
    source: Group,
    sourceVolumes: readonly Volume[],
  ): Promise<ObjectUpdate[]> {
    const found = await this.groups.require(source.id);
    const present = await this.byLabel();
    const images = await this.snapshotOf(found);
    try {
      await this.deferredDeletions.hold(found.id, images);
      const ordered = sourceVolumes.map((volume) => {
        const base = present.get(labelOf(nameId(volume)));
        const image = images.find((each) => each.baseVol === base?.volumeRef);
        if (image === undefined)
          throw new NetAppDriverException(`Volume '${volume.id}' is no member of group '${source.id}' on the array.`);
        return image;
      });
      return await this.createFromImages(group, volumes, ordered);
    } finally {
      await this.release(found, images);
      await this.deferredDeletions.letGo(found.id, images);
    }
  }

  private async createFromImages(
    group: Group,
    volumes: readonly Volume[],
    images: readonly SnapshotImage[],
  ): Promise<ObjectUpdate[]> {
    if (volumes.length !== images.length)
      throw new InvalidInput({
        reason: `group '${group.id}' has ${volumes.length} volumes, and ${images.length} sources for them.`,
      });
    for (const volume of volumes) this.provisioning.checkType(volume);
    return undoing(this.runtime, async (undo) => {
      const found = await this.groups.create(group.id);
      undo.add(`Group '${group.id}'`, () => this.client.deleteGroup(found.id));
      const made = await Promise.allSettled(
        volumes.map(async (volume, index) => ({
          ...(await this.provisioning.create(volume, { image: images[index], group: found }, undo)),
          id: volume.id,
          status: 'available',
        })),
      );
      return made.map((each) => {
        if (each.status === 'rejected') throw each.reason;
        return each.value;
      });
    });
  }

  /** A snapshot of all members; when the reply was lost, the one that was not there before, if it is one. */
  private snapshotOf(group: ArrayGroup): Promise<SnapshotImage[]> {
    return this.locks.run(`group ${group.id}`, async () => {
      const before = new Set(group.uniqueSequenceNumber.map(String));
      return made(
        () => this.client.createGroupSnapshot(group.id),
        async () => {
          const fresh = (await this.client.groupImages(group.id)).filter((image) => !before.has(sequenceOf(image)));
          // With more than one, another client was at work as well: which is whose cannot be known.
          return new Set(fresh.map(sequenceOf)).size === 1 ? fresh : undefined;
        },
        isUncertain,
      );
    });
  }

  /** A snapshot that was only for a while goes, now or when older ones have gone. */
  private async release(group: ArrayGroup, images: readonly SnapshotImage[]): Promise<void> {
    await tidied(this.runtime, `A temporary snapshot of group '${group.label}'`, () =>
      this.drop(group, () => images[0]),
    );
  }

  /** Deletes the snapshot that one of the group's images is of. Resolves to whether there is such an image. */
  private drop(
    group: ArrayGroup,
    choose: (images: readonly SnapshotImage[]) => SnapshotImage | undefined,
  ): Promise<boolean> {
    return this.locks.run(`group ${group.id}`, async () => {
      const images = await this.client.groupImages(group.id);
      const image = choose(images);
      if (image !== undefined) await this.deferredDeletions.dropGroupSnapshot(group.id, images, sequenceOf(image));
      return image !== undefined;
    });
  }

  private async byLabel(): Promise<Map<string, ArrayVolume>> {
    return new Map((await this.client.volumes()).map((volume) => [volume.label, volume]));
  }
}

function groupIdOf(groupSnapshot: GroupSnapshot): string {
  return String(groupSnapshot.consistencygroup_id ?? groupSnapshot.group_id);
}
