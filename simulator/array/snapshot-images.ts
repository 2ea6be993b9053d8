import { given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { type SnapshotGroupRecord, type SnapshotImageRecord, snapshotImageDefaults } from './records.js';
import type { StorageArray } from './storage-array.js';
import type { Lookup } from './table.js';

export interface NewSnapshotImage {
  readonly groupRef: string;
  /** Shared by the images of one consistency group snapshot; the next number by default. */
  readonly sequence?: number;
  /** When it is taken: images of one consistency group snapshot are of the same moment. Now by default. */
  readonly createdMs?: number;
  readonly creationMethod?: SnapshotImageRecord['creationMethod'];
}

/** Snapshot images (PiTs): what a base volume was at one time. Only the oldest of a group can be deleted. */
export class SnapshotImages {
  private readonly byGroup: Lookup;

  constructor(private readonly array: StorageArray) {
    this.byGroup = array.tables.snapshotImages.index((image) => image.groupRef);
    array.jobs.onEnd('rollback', {
      complete: (job) => this.rolledBack(String(job.detail.imageRef)),
      fail: (job) => this.array.tables.volumes.touch(String(job.detail.baseRef)),
    });
  }

  require(ref: string): SnapshotImageRecord {
    const image = this.array.tables.snapshotImages.get(ref.toUpperCase());
    if (image === undefined) throw new ObjectNotFound('invalidPitRef', 'snapshot image', ref);
    return image;
  }

  /** The images of a group, oldest first. */
  inGroup(groupRef: string): SnapshotImageRecord[] {
    return [...this.byGroup(groupRef)].map((ref) => this.require(ref));
  }

  count(groupRef: string): number {
    return this.byGroup(groupRef).size;
  }

  newest(groupRef: string): SnapshotImageRecord | undefined {
    const ref = this.byGroup.newest(groupRef);
    return ref === undefined ? undefined : this.require(ref);
  }

  /** Freezes the base volume. A full group with an auto-delete limit loses its oldest image for it. */
  create(wanted: NewSnapshotImage): SnapshotImageRecord {
    return this.array.transact(() => {
      const group = this.array.snapshotGroups.require(wanted.groupRef);
      if (group.consistencyGroupRef !== null && wanted.sequence === undefined) {
        throw new ArrayError(
          'pitGroupInConsistencyGroup',
          `Snapshot group '${group.label}' belongs to a consistency group: take a snapshot of that group instead.`,
          'groupId',
        );
      }
      const base = this.array.volumes.require(group.baseRef);
      if (base.offline) throw new ArrayError('baseVolumeOffline', `Volume '${base.label}' is offline.`);
      if (this.rollbackOf(base.ref))
        throw new ArrayError(
          'rollbackInProgress',
          `Volume '${base.label}' is being rolled back: wait until that is complete.`,
        );
      this.makeRoom(group);
      const ref = this.array.newRef('snapshotImage');
      return this.array.tables.snapshotImages.put({
        ...given(snapshotImageDefaults, { creationMethod: wanted.creationMethod }),
        ref,
        groupRef: group.ref,
        baseRef: base.ref,
        consistencyGroupRef: group.consistencyGroupRef,
        sequence: wanted.sequence ?? this.array.takeCounter('snapshotSequence'),
        createdMs: wanted.createdMs ?? this.array.now(),
        capacityBytes: base.capacityBytes,
        epoch: this.array.contents.freeze(base.ref, base.capacityBytes, ref),
      });
    });
  }

  /** Deletes the oldest image of a group. Throws ArrayError notOldestPit for any other. */
  delete(ref: string): void {
    this.array.transact(() => {
      const image = this.require(ref);
      if (image.consistencyGroupRef !== null) {
        throw new ArrayError(
          'pitInConsistencyGroup',
          `Snapshot image '${image.ref}' belongs to a consistency group snapshot: delete that by its sequence number.`,
        );
      }
      this.deleteOldest(image);
    });
  }

  /** As `delete`, for the consistency group that the image belongs to as well. */
  deleteOldest(image: SnapshotImageRecord): void {
    const [oldest] = this.inGroup(image.groupRef);
    if (oldest?.ref !== image.ref) {
      throw new ArrayError(
        'notOldestPit',
        `Snapshot image '${image.ref}' is not the oldest of its group: the oldest is '${oldest?.ref}'.`,
      );
    }
    this.remove(image);
  }

  /** The repository ran full: the image goes, whatever hangs on it stops. */
  purge(image: SnapshotImageRecord): void {
    this.array.events.record({
      eventType: 0x6600,
      category: 'notification',
      priority: 'priorityWarning',
      description: `Snapshot image ${image.sequence} purged: its repository is full`,
      objectRef: image.ref,
    });
    this.remove(image);
  }

  dropInGroup(groupRef: string): void {
    for (const image of this.inGroup(groupRef)) {
      for (const view of this.array.snapshotVolumes.ofImage(image.ref)) this.array.snapshotVolumes.drop(view);
      this.remove(image);
    }
  }

  /** Rolls base volumes back to the given images, all of them or none. The images stay. */
  rollback(refs: readonly string[]): void {
    this.array.transact(() => {
      if (refs.length === 0)
        throw new ArrayError('invalidPitRef', 'No snapshot image is named to roll back to.', 'pitRef');
      const running = this.array.tables.jobs.toJSON().filter((job) => job.kind === 'rollback').length;
      const { concurrentRollbacks } = this.array.system.limits;
      const images = refs.map((ref) => this.require(ref));
      if (running + images.length > concurrentRollbacks) {
        throw new ArrayError(
          'rollbackInProgress',
          `${running} rollbacks are in progress: the array does ${concurrentRollbacks} at a time.`,
        );
      }
      const bases = new Set(images.map((image) => image.baseRef));
      if (bases.size !== images.length)
        throw new ArrayError(
          'rollbackInProgress',
          'Two of the images are of the same volume: one rollback at a time.',
          'pitRef',
        );
      for (const image of images) this.startRollback(image);
    });
  }

  /** Whether a rollback of a base volume is in progress. */
  rollbackOf(baseRef: string): boolean {
    return this.array.snapshotGroups
      .ofBase(baseRef)
      .some((group) => this.array.jobs.find('rollback', group.ref) !== undefined);
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const image of this.array.tables.snapshotImages.values()) {
      const group = this.array.tables.snapshotGroups.get(image.groupRef);
      if (group === undefined) problems.push(`snapshot image ${image.ref} belongs to no group`);
      else if (group.baseRef !== image.baseRef)
        problems.push(`snapshot image ${image.ref} is of another volume than its group`);
      if (this.array.contents.image(image.ref) === undefined)
        problems.push(`snapshot image ${image.ref} has no content`);
    }
    for (const group of this.array.tables.snapshotGroups.values()) {
      const sequences = this.inGroup(group.ref).map((image) => image.sequence);
      if (sequences.some((sequence, index) => index > 0 && sequence <= (sequences[index - 1] ?? 0))) {
        problems.push(`the sequence numbers of snapshot group ${group.label} do not ascend`);
      }
    }
    return problems;
  }

  private makeRoom(group: SnapshotGroupRecord): void {
    const { snapshotImagesPerGroup, snapshotImages } = this.array.system.limits;
    const count = this.count(group.ref);
    const most = group.autoDeleteLimit > 0 ? group.autoDeleteLimit : snapshotImagesPerGroup;
    if (count >= most) {
      if (group.autoDeleteLimit === 0) {
        throw new ArrayError(
          'maxPitsPerGroupExceeded',
          `Snapshot group '${group.label}' has ${count} images: it can have no more than ${snapshotImagesPerGroup}.`,
        );
      }
      for (const image of this.inGroup(group.ref).slice(0, count - most + 1)) this.remove(image);
    }
    if (this.array.tables.snapshotImages.size >= snapshotImages) {
      throw new ArrayError('maxPitsExceeded', `The array has ${snapshotImages} snapshot images: it can have no more.`);
    }
  }

  private startRollback(image: SnapshotImageRecord): void {
    const group = this.array.snapshotGroups.require(image.groupRef);
    const base = this.array.volumes.require(image.baseRef);
    if (base.offline) throw new ArrayError('baseVolumeOffline', `Volume '${base.label}' is offline.`);
    if (this.rollbackOf(base.ref))
      throw new ArrayError('rollbackInProgress', `Volume '${base.label}' is being rolled back already.`);
    if (this.array.volumeCopies.isBusy(base.ref))
      throw new ArrayError('copyActive', `Volume '${base.label}' is being copied.`);
    this.array.tables.volumes.touch(base.ref);
    this.array.jobs.start('rollback', group.ref, base.capacityBytes, { imageRef: image.ref, baseRef: base.ref });
  }

  private rolledBack(imageRef: string): void {
    const image = this.array.tables.snapshotImages.get(imageRef);
    if (image === undefined) return;
    if (this.array.contents.image(image.ref) !== undefined)
      this.array.contents.replace(image.baseRef, image.capacityBytes, image.ref);
    const base = this.array.volumes.require(image.baseRef);
    this.array.contents.resize(base.ref, base.capacityBytes);
    this.array.tables.volumes.touch(base.ref);
    this.array.tables.snapshotGroups.touch(image.groupRef);
  }

  private remove(image: SnapshotImageRecord): void {
    if (this.array.jobs.on(image.groupRef).some((job) => job.detail.imageRef === image.ref)) {
      throw new ArrayError(
        'rollbackInProgress',
        `Snapshot image '${image.ref}' is the source of a rollback: wait until that is complete.`,
      );
    }
    this.array.snapshotVolumes.stopForImage(image.ref);
    this.array.tables.snapshotImages.delete(image.ref);
    this.array.contents.dropImage(image.ref);
    if (image.usedBytes > 0) this.array.snapshotCharges.discharge(image.groupRef, image.usedBytes);
  }
}
