import type { ArrayClient } from './array-client.js';
import { type ArrayGroup, type ArrayVolume, big, bySequence, type SnapshotImage } from './array-types.js';
import type { Copier } from './copier.js';
import { ConsistencyGroupNotFound, messageOf, NetAppDriverException } from './errors.js';
import { labelOf } from './labels.js';
import { type Ledger, sequenceOf } from './ledger.js';
import type { Locks } from './locks.js';
import {
  type Group,
  type GroupSnapshot,
  type ModelUpdate,
  nameId,
  type ObjectUpdate,
  type Snapshot,
  type Volume,
} from './model.js';
import type { Logger } from './runtime.js';
import { ignoreMissing, type Snapshots } from './snapshots.js';
import { made, undoing } from './undo.js';
import type { Volumes } from './volumes.js';

/** Cinder's groups, generic ones and consistency groups alike, as the array's consistency groups. */
export class Groups {
  constructor(
    private readonly client: ArrayClient,
    private readonly volumes: Volumes,
    private readonly snapshots: Snapshots,
    private readonly copier: Copier,
    private readonly ledger: Ledger,
    private readonly locks: Locks,
    private readonly logger: Logger,
  ) {}

  async find(groupId: string): Promise<ArrayGroup | undefined> {
    const label = labelOf(groupId);
    return (await this.client.groups()).find((group) => group.label === label);
  }

  async require(groupId: string): Promise<ArrayGroup> {
    const group = await this.find(groupId);
    if (group === undefined) throw new ConsistencyGroupNotFound({ consistencygroup_id: groupId });
    return group;
  }

  create(group: Group): Promise<ArrayGroup> {
    return made(
      () => this.client.createGroup(labelOf(group.id)),
      () => this.find(group.id),
    );
  }

  async join(groupId: string, volume: ArrayVolume): Promise<void> {
    await this.joinGroup(await this.require(groupId), volume);
  }

  private async joinGroup(group: ArrayGroup, volume: ArrayVolume): Promise<void> {
    await made<unknown>(
      () => this.client.addGroupMember(group.id, volume.volumeRef),
      async () => (await this.client.groupMembers(group.id)).find((each) => each.volumeId === volume.volumeRef),
    );
  }

  /** Deletes a group with its volumes; says of each volume what became of it. The array's group goes when all are gone. */
  async delete(group: Group, volumes: readonly Volume[]): Promise<[ModelUpdate, ObjectUpdate[]]> {
    const updates: ObjectUpdate[] = [];
    for (const volume of volumes) {
      try {
        await this.volumes.delete(volume);
        updates.push({ id: volume.id, status: 'deleted' });
      } catch (error) {
        this.logger.error(`Volume '${volume.id}' of group '${group.id}' could not be deleted: ${messageOf(error)}`);
        updates.push({ id: volume.id, status: 'error_deleting' });
      }
    }
    if (updates.some((update) => update.status !== 'deleted')) return [{ status: 'error_deleting' }, updates];
    try {
      const found = await this.find(group.id);
      if (found === undefined) {
        this.logger.warn(`Group '${group.id}' is not on the array: it counts as deleted.`);
      } else {
        await ignoreMissing(this.client.deleteGroup(found.id));
        await this.ledger.forget([found.id]);
      }
    } catch (error) {
      this.logger.error(`Group '${group.id}' could not be deleted: ${messageOf(error)}`);
      return [{ status: 'error_deleting' }, updates];
    }
    return [{ status: 'deleted' }, updates];
  }

  /** Adds and removes members. When one cannot be added, those added before leave again. */
  async update(group: Group, added: readonly Volume[], removed: readonly Volume[]): Promise<void> {
    const found = await this.require(group.id);
    const [members, present] = await Promise.all([this.client.groupMembers(found.id), this.byLabel()]);
    const isMember = (volume: ArrayVolume) => members.some((each) => each.volumeId === volume.volumeRef);
    await undoing(this.logger, async (undo) => {
      for (const volume of added) {
        const target = present.get(labelOf(nameId(volume))) ?? (await this.volumes.require(volume));
        if (isMember(target)) continue;
        await this.joinGroup(found, target);
        undo.add(`membership of volume '${volume.id}'`, () =>
          this.client.removeGroupMember(found.id, target.volumeRef),
        );
      }
      for (const volume of removed) {
        const target = present.get(labelOf(nameId(volume)));
        if (target === undefined || !isMember(target)) continue;
        await ignoreMissing(this.client.removeGroupMember(found.id, target.volumeRef));
      }
    });
  }

  /** Takes a snapshot of all members at one moment. Fails, leaving nothing, when a listed snapshot got no image. */
  async createSnapshot(groupSnapshot: GroupSnapshot, snapshots: readonly Snapshot[]): Promise<ObjectUpdate[]> {
    const group = await this.require(groupIdOf(groupSnapshot));
    const present = await this.byLabel();
    const images = await this.snapshotOf(group);
    const updates: ObjectUpdate[] = [];
    for (const snapshot of snapshots) {
      const volume = present.get(labelOf(volumeNameOf(snapshot)));
      const image = images.find((each) => each.baseVol === volume?.volumeRef);
      if (image === undefined) {
        await this.release(group, images);
        throw new NetAppDriverException(
          `Volume '${snapshot.volume_id ?? snapshot.volume?.id}' is no member of group '${groupIdOf(groupSnapshot)}' on the array: no snapshot of it was taken.`,
        );
      }
      updates.push({ id: snapshot.id, provider_id: image.id, status: 'available' });
    }
    return updates;
  }

  /** Deletes a snapshot of a group; one that is gone counts as deleted. */
  async deleteSnapshot(groupSnapshot: GroupSnapshot, snapshots: readonly Snapshot[]): Promise<void> {
    const group = await this.find(groupIdOf(groupSnapshot));
    if (group === undefined) {
      this.logger.warn(`Group '${groupIdOf(groupSnapshot)}' is not on the array: its snapshot counts as deleted.`);
      return;
    }
    await this.drop(group, (images) => images.find((image) => snapshots.some((each) => each.provider_id === image.id)));
  }

  /** Makes a group and its volumes out of a group snapshot. A failure leaves none of them behind. */
  async createFromSnapshot(group: Group, volumes: readonly Volume[], snapshots: readonly Snapshot[]): Promise<void> {
    const images = await Promise.all(snapshots.map((snapshot) => this.snapshots.imageOf(snapshot)));
    await this.createFromImages(group, volumes, images);
  }

  /** Makes a group and its volumes out of another group as it is at one moment. */
  async createFromGroup(
    group: Group,
    volumes: readonly Volume[],
    source: Group,
    sourceVolumes: readonly Volume[],
  ): Promise<void> {
    const found = await this.require(source.id);
    const present = await this.byLabel();
    const images = await this.snapshotOf(found);
    try {
      const ordered = sourceVolumes.map((volume) => {
        const base = present.get(labelOf(nameId(volume)));
        const image = images.find((each) => each.baseVol === base?.volumeRef);
        if (image === undefined)
          throw new NetAppDriverException(`Volume '${volume.id}' is no member of group '${source.id}' on the array.`);
        return image;
      });
      await this.createFromImages(group, volumes, ordered);
    } finally {
      await this.release(found, images);
    }
  }

  private async createFromImages(
    group: Group,
    volumes: readonly Volume[],
    images: readonly SnapshotImage[],
  ): Promise<void> {
    await undoing(this.logger, async (undo) => {
      const found = await this.create(group);
      undo.add(`group '${group.id}'`, () => this.client.deleteGroup(found.id));
      const copies = volumes.map(async (volume, index) => {
        const image = images[index];
        if (image === undefined)
          throw new NetAppDriverException(`Volume '${volume.id}' of group '${group.id}' has no source.`);
        const target = await this.volumes.create(volume);
        undo.add(`volume '${volume.id}'`, () => this.client.deleteVolume(target.volumeRef));
        await this.copier.copy(image, target, volume.size);
        await this.joinGroup(found, target);
      });
      const failed = (await Promise.allSettled(copies)).find((copy) => copy.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    });
  }

  /** A snapshot of all members; when the reply was lost, the images that were not there before. */
  private snapshotOf(group: ArrayGroup): Promise<SnapshotImage[]> {
    const before = new Set((group.uniqueSequenceNumber ?? []).map(String));
    return made(
      () => this.client.createGroupSnapshot(group.id),
      async () => {
        const fresh = (await this.client.groupImages(group.id)).filter((image) => !before.has(sequenceOf(image)));
        return fresh.length === 0 ? undefined : fresh;
      },
    );
  }

  /** A snapshot that was only for a while goes, now or when older ones have gone. */
  private async release(group: ArrayGroup, images: readonly SnapshotImage[]): Promise<void> {
    try {
      await this.drop(group, () => images[0]);
    } catch (error) {
      this.logger.error(`A temporary snapshot of group '${group.label}' could not be deleted: ${messageOf(error)}`);
    }
  }

  private drop(
    group: ArrayGroup,
    choose: (images: readonly SnapshotImage[]) => SnapshotImage | undefined,
  ): Promise<void> {
    return this.locks.run(`group ${group.id}`, async () => {
      const images = (await this.client.groupImages(group.id)).sort(bySequence);
      const image = choose(images);
      if (image === undefined) {
        this.logger.warn(`The snapshot is not in group '${group.label}' on the array: it counts as deleted.`);
        return;
      }
      const present = [...new Set(images.map(sequenceOf))].sort((a, b) => (big(a) < big(b) ? -1 : 1));
      await this.ledger.drop(group.id, sequenceOf(image), present, {
        one: (sequence) => ignoreMissing(this.client.deleteGroupSnapshot(group.id, sequence)),
        left: (error) =>
          this.logger.warn(`Group snapshots deleted earlier stay until the next time: ${messageOf(error)}`),
      });
    });
  }

  private async byLabel(): Promise<Map<string, ArrayVolume>> {
    return new Map((await this.client.volumes()).map((volume) => [volume.label, volume]));
  }
}

function groupIdOf(groupSnapshot: GroupSnapshot): string {
  return groupSnapshot.consistencygroup_id ?? groupSnapshot.group_id ?? groupSnapshot.id;
}

function volumeNameOf(snapshot: Snapshot): string {
  return snapshot.volume ? nameId(snapshot.volume) : (snapshot.volume_id ?? snapshot.id);
}
