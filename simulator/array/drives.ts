import { ArrayError, ObjectNotFound } from './errors.js';
import type { DriveMedia, DriveRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** The drives: in pools, as hot spares, or free; and what happens when one fails. */
export class Drives {
  private readonly byPool: (poolRef: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    this.byPool = array.tables.drives.index((drive) => drive.poolRef ?? undefined);
    array.jobs.onEnd('reconstruction', {
      complete: (job) => array.poolRedundancy.reconstructed(job.objectRef, String(job.detail.driveRef)),
    });
    array.jobs.onEnd('copyback', { complete: (job) => this.copiedBack(String(job.detail.driveRef)) });
  }

  require(ref: string): DriveRecord {
    const drive = this.array.tables.drives.get(ref.toUpperCase());
    if (drive === undefined) throw new ObjectNotFound('invalidDriveref', 'drive', ref);
    return drive;
  }

  /** The drives of a pool, failed ones included, in order of their slots. */
  inPool(poolRef: string): DriveRecord[] {
    return [...this.byPool(poolRef)].map((ref) => this.require(ref));
  }

  /** Makes drives part of a pool; `secure` turns their encryption on or off, undefined leaves it. */
  join(drives: readonly DriveRecord[], poolRef: string, secure?: boolean): void {
    for (const drive of drives) {
      this.array.tables.drives.patch(drive.ref, {
        assignment: 'pool',
        poolRef,
        fdeEnabled: secure ?? drive.fdeEnabled,
      });
    }
  }

  isAvailable(drive: DriveRecord): boolean {
    return drive.assignment === 'unassigned' && drive.status === 'optimal';
  }

  /** Drives that need mending: failed ones, and those that are missed. */
  ailing(): DriveRecord[] {
    return this.array.tables.drives
      .toJSON()
      .filter(({ status, assignment }) => status === 'failed' || (status === 'removed' && assignment !== 'unassigned'));
  }

  available(): DriveRecord[] {
    return this.array.tables.drives.toJSON().filter((drive) => this.isAvailable(drive));
  }

  /** References of the first `count` free drives of a medium. Throws ArrayError numdrivesGroup when there are fewer. */
  unassigned(media: DriveMedia, count: number): string[] {
    const free = this.available().filter((drive) => drive.media === media);
    if (free.length < count) {
      throw new ArrayError('numdrivesGroup', `${count} free ${media} drives are wanted: the array has ${free.length}.`);
    }
    return free.slice(0, count).map((drive) => drive.ref);
  }

  /** Makes a free drive a hot spare, or a hot spare that stands in for none a free drive. */
  setHotSpare(ref: string, hotSpare: boolean): DriveRecord {
    return this.array.transact(() => {
      const drive = this.require(ref);
      if (hotSpare && !this.isAvailable(drive)) {
        throw new ArrayError(
          'driveNotUnassigned',
          `Drive '${drive.ref}' is ${drive.assignment}: only a free, optimal drive can be a hot spare.`,
        );
      }
      if (!hotSpare && (drive.assignment !== 'hotSpare' || drive.sparedForRef !== null)) {
        throw new ArrayError('someSparesAssigned', `Drive '${drive.ref}' is not an idle hot spare.`);
      }
      return this.array.tables.drives.patch(drive.ref, { assignment: hotSpare ? 'hotSpare' : 'unassigned' });
    });
  }

  /** A drive fails: its pool degrades, and a hot spare or the pool's reserve takes over if there is one. */
  fail(ref: string): DriveRecord {
    return this.lose(ref, 'failed', { eventType: 0x222d, description: 'Drive manually failed' });
  }

  /** A drive is pulled out of its slot, with the same consequences. */
  remove(ref: string): DriveRecord {
    return this.lose(ref, 'removed', { eventType: 0x2249, description: 'Drive removed' });
  }

  /** A drive that was pulled out comes back with what is on it; what was written meanwhile is rebuilt. */
  reinsert(ref: string): DriveRecord {
    return this.array.transact(() => {
      const drive = this.require(ref);
      if (drive.status !== 'removed') {
        throw new ArrayError(
          'driveNotExist',
          `Drive '${drive.ref}' is ${drive.status}: only a removed drive can come back.`,
        );
      }
      const back = this.array.tables.drives.patch(drive.ref, { status: 'optimal' });
      this.array.events.record({
        eventType: 0x2267,
        category: 'notification',
        componentType: 'drive',
        description: 'Drive inserted',
        location: this.location(drive),
        objectRef: drive.ref,
      });
      if (drive.poolRef !== null) this.array.poolRedundancy.driveReturned(drive.poolRef, back);
      return back;
    });
  }

  /** A new drive comes into the slot of a failed one; what stood in for it is copied back. */
  replace(ref: string): DriveRecord {
    return this.array.transact(() => {
      const drive = this.require(ref);
      if (drive.status !== 'failed') {
        throw new ArrayError(
          'driveNotExist',
          `Drive '${drive.ref}' is ${drive.status}: only a failed drive can be replaced.`,
        );
      }
      const replaced = this.array.tables.drives.patch(drive.ref, { status: 'optimal' });
      this.array.events.record({
        eventType: 0x2266,
        category: 'notification',
        componentType: 'drive',
        description: 'Drive replaced',
        location: this.location(drive),
        objectRef: drive.ref,
      });
      if (drive.poolRef !== null) this.array.poolRedundancy.driveReplaced(drive.poolRef, replaced);
      return replaced;
    });
  }

  /** Takes an idle hot spare for a failed drive of at most its size; undefined when none fits. */
  takeSpare(failed: DriveRecord): DriveRecord | undefined {
    const spare = this.array.tables.drives
      .toJSON()
      .find(
        (drive) =>
          drive.assignment === 'hotSpare' &&
          drive.sparedForRef === null &&
          drive.status === 'optimal' &&
          drive.media === failed.media &&
          drive.physicalType === failed.physicalType &&
          drive.usableBytes >= failed.usableBytes,
      );
    return spare && this.array.tables.drives.patch(spare.ref, { sparedForRef: failed.ref });
  }

  spareOf(driveRef: string): DriveRecord | undefined {
    return this.array.tables.drives.toJSON().find((drive) => drive.sparedForRef === driveRef);
  }

  private lose(
    ref: string,
    status: 'failed' | 'removed',
    event: { readonly eventType: number; readonly description: string },
  ): DriveRecord {
    return this.array.transact(() => {
      const drive = this.require(ref);
      if (drive.status === status) return drive;
      const wasThere = drive.status === 'optimal';
      const lost = this.array.tables.drives.patch(drive.ref, { status });
      this.array.events.record({
        ...event,
        category: 'failure',
        priority: 'priorityCritical',
        componentType: 'drive',
        location: this.location(drive),
        objectRef: drive.ref,
      });
      if (wasThere && drive.poolRef !== null) this.array.poolRedundancy.driveFailed(drive.poolRef, lost);
      return lost;
    });
  }

  private copiedBack(driveRef: string): void {
    const spare = this.spareOf(driveRef);
    if (spare !== undefined) this.array.tables.drives.patch(spare.ref, { sparedForRef: null });
  }

  /** Where a drive sits, as events say it. */
  location(drive: DriveRecord): string {
    const tray = this.array.tables.trays.get(drive.trayRef);
    return `Shelf ${tray?.trayId ?? 0}, Bay ${drive.slot}`;
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const drive of this.array.tables.drives.values()) {
      if ((drive.assignment === 'pool') !== (drive.poolRef !== null)) {
        problems.push(`drive ${drive.ref} is ${drive.assignment} but its pool is ${drive.poolRef}`);
      }
      if (drive.poolRef !== null && !this.array.tables.pools.has(drive.poolRef)) {
        problems.push(`drive ${drive.ref} is in pool ${drive.poolRef}, which does not exist`);
      }
    }
    return problems;
  }
}
