import { clusterBytes } from '../blocks/tree.js';
import { ArrayError } from './errors.js';
import type { SnapshotGroupRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** What the repositories of snapshot groups hold, in bytes, and what happens when one is full. */
export class SnapshotCharges {
  constructor(private readonly array: StorageArray) {}

  /**
   * A write is about to change clusters of a base volume whose last writes were in the given epochs: each group whose
   * newest image needs the old content keeps it. Throws ArrayError repositoryFull when a group can't and must not
   * purge images.
   */
  chargeWrite(baseRef: string, previousEpochs: readonly number[]): void {
    for (const group of this.array.snapshotGroups.ofBase(baseRef)) {
      const newest = this.array.snapshotImages.newest(group.ref);
      if (newest === undefined) continue;
      const bytes = previousEpochs.filter((epoch) => epoch <= newest.epoch).length * clusterBytes;
      if (bytes > 0) this.charge(group, newest.ref, bytes);
    }
  }

  /** An image of the group holds that much less. */
  discharge(groupRef: string, bytes: number): void {
    const group = this.array.snapshotGroups.require(groupRef);
    this.showFullness(this.array.tables.snapshotGroups.patch(group.ref, { usedBytes: group.usedBytes - bytes }));
  }

  /**
   * Fills the repository up to what is to stay free: its newest image holds that much more. Returns which image and how
   * much, for `unfill`. Throws ArrayError when the group has no image to hold anything.
   */
  fill(ref: string, leaveBytes = 0): { readonly imageRef: string; readonly bytes: number } {
    return this.array.transact(() => {
      const group = this.array.snapshotGroups.require(ref);
      const newest = this.array.snapshotImages.newest(group.ref);
      if (newest === undefined)
        throw new ArrayError(
          'illegalParam',
          `Snapshot group '${group.label}' has no image: its repository holds nothing.`,
        );
      const { capacityBytes } = this.array.repositories.require(group.repositoryRef);
      const bytes = Math.max(0, capacityBytes - group.usedBytes - leaveBytes);
      this.hold(group, newest.ref, bytes);
      return { imageRef: newest.ref, bytes };
    });
  }

  /** Takes back what `fill` did, as far as the image is still there. */
  unfill({ imageRef, bytes }: { readonly imageRef: string; readonly bytes: number }): void {
    this.array.transact(() => {
      const image = this.array.tables.snapshotImages.get(imageRef);
      if (image === undefined) return;
      this.hold(this.array.snapshotGroups.require(image.groupRef), image.ref, -Math.min(bytes, image.usedBytes));
    });
  }

  /** Status and alarms follow how full the repository is. */
  showFullness(group: SnapshotGroupRecord): SnapshotGroupRecord {
    const { capacityBytes } = this.array.repositories.require(group.repositoryRef);
    const status =
      group.usedBytes + clusterBytes > capacityBytes
        ? 'full'
        : group.usedBytes * 100 > capacityBytes * group.warnThreshold
          ? 'overThreshold'
          : 'optimal';
    if (status === group.status) return group;
    if (status !== 'optimal') {
      this.array.events.record({
        eventType: status === 'full' ? 0x6607 : 0x6606,
        category: 'failure',
        priority: status === 'full' ? 'priorityCritical' : 'priorityWarning',
        componentType: 'unknown',
        description: `Repository of snapshot group '${group.label}' is ${status === 'full' ? 'full' : 'above its threshold'}`,
        objectRef: group.ref,
      });
    }
    return this.array.tables.snapshotGroups.patch(group.ref, { status });
  }

  private charge(before: SnapshotGroupRecord, newestRef: string, bytes: number): void {
    let group = before;
    const { capacityBytes } = this.array.repositories.require(group.repositoryRef);
    while (group.usedBytes + bytes > capacityBytes) {
      const [oldest, ...others] = this.array.snapshotImages.inGroup(group.ref);
      if (group.fullPolicy === 'failbasewrites' || oldest === undefined) {
        throw new ArrayError(
          'repositoryFull',
          `The repository of snapshot group '${group.label}' is full: writes to its base volume fail.`,
        );
      }
      this.array.snapshotImages.purge(oldest);
      group = this.array.snapshotGroups.require(group.ref);
      if (others.length === 0) return;
    }
    this.hold(group, newestRef, bytes);
  }

  /** An image holds that much more, and so does its group. */
  private hold(group: SnapshotGroupRecord, imageRef: string, bytes: number): void {
    const image = this.array.snapshotImages.require(imageRef);
    this.array.tables.snapshotImages.patch(image.ref, { usedBytes: image.usedBytes + bytes });
    this.showFullness(this.array.tables.snapshotGroups.patch(group.ref, { usedBytes: group.usedBytes + bytes }));
  }
}
