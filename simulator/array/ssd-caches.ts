import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import { type SsdCacheRecord, ssdCacheDefaults } from './records.js';
import type { StorageArray } from './storage-array.js';

interface NewSsdCache {
  readonly label: string;
  readonly driveRefs: readonly string[];
  /** Every mapped volume uses it from now on. */
  readonly enableExistingVolumes?: boolean | undefined;
}

/** The SSD cache: drives that hold what is often read of the volumes that use it. An array has one at most. */
export class SsdCaches {
  constructor(private readonly array: StorageArray) {}

  list(): SsdCacheRecord[] {
    return this.array.tables.ssdCaches.toJSON();
  }

  require(ref: string): SsdCacheRecord {
    const cache = this.array.tables.ssdCaches.get(ref.toUpperCase());
    if (cache === undefined) throw new ObjectNotFound('flashcacheDeleted', 'SSD cache', ref);
    return cache;
  }

  /** The one that there is. Throws ObjectNotFound without one. */
  only(): SsdCacheRecord {
    const [cache] = this.list();
    if (cache === undefined) throw new ObjectNotFound('flashcacheDeleted', 'SSD cache', 'flash-cache');
    return cache;
  }

  /** Throws ArrayError flashcacheAlreadyExists for a second one, and for drives that are not free SSDs. */
  create({ label, driveRefs, enableExistingVolumes = false }: NewSsdCache): SsdCacheRecord {
    return this.array.transact(() => {
      const [present] = this.list();
      if (present !== undefined)
        throw new ArrayError('flashcacheAlreadyExists', `There is an SSD cache '${present.label}' already.`);
      checkLabel(label);
      if (driveRefs.length === 0)
        throw new ArrayError('numdrivesGroup', 'An SSD cache needs one drive at least.', 'driveIds');
      const ref = this.array.newRef('ssdCache');
      const cache = this.array.tables.ssdCaches.put({ ...ssdCacheDefaults, ref, label, wwn: ref.slice(8) });
      this.take(driveRefs);
      if (enableExistingVolumes)
        for (const volume of this.array.tables.volumes.toJSON())
          if (this.array.mappings.ofMappable(volume.ref).length > 0)
            this.array.tables.volumes.patch(volume.ref, { flashCached: true });
      return cache;
    });
  }

  delete(ref: string): void {
    this.array.transact(() => {
      const cache = this.require(ref);
      for (const drive of this.drives()) this.array.tables.drives.patch(drive.ref, { assignment: 'unassigned' });
      for (const { ref: volume } of this.cachedVolumes())
        this.array.tables.volumes.patch(volume, { flashCached: false });
      this.array.tables.ssdCaches.delete(cache.ref);
    });
  }

  update(ref: string, changes: Partial<Pick<SsdCacheRecord, 'label' | 'configType'>>): SsdCacheRecord {
    return this.array.transact(() => {
      const cache = this.require(ref);
      if (changes.label !== undefined) checkLabel(changes.label);
      return this.array.tables.ssdCaches.put({ ...cache, ...changes });
    });
  }

  /** Throws ArrayError when it is suspended already, or not suspended. */
  setSuspended(ref: string, isSuspended: boolean): SsdCacheRecord {
    return this.array.transact(() => {
      const cache = this.require(ref);
      if (cache.isSuspended === isSuspended)
        throw new ArrayError(
          isSuspended ? 'flashcacheAlreadySuspended' : 'flashcacheNotSuspended',
          `The SSD cache '${cache.label}' is ${isSuspended ? 'suspended already' : 'not suspended'}.`,
        );
      return this.array.tables.ssdCaches.patch(cache.ref, { isSuspended });
    });
  }

  addDrives(ref: string, driveRefs: readonly string[]): SsdCacheRecord {
    return this.array.transact(() => {
      const cache = this.require(ref);
      this.take(driveRefs);
      this.array.tables.ssdCaches.touch(cache.ref);
      return cache;
    });
  }

  /** Throws ArrayError for a drive that is not of it, and for the last one. */
  removeDrives(ref: string, driveRefs: readonly string[]): SsdCacheRecord {
    return this.array.transact(() => {
      const cache = this.require(ref);
      for (const each of driveRefs) {
        const drive = this.array.drives.require(each);
        if (drive.assignment !== 'flashCache')
          throw new ArrayError('invalidDriveState', `Drive '${drive.ref}' is ${drive.assignment}.`, 'driveIds');
        this.array.tables.drives.patch(drive.ref, { assignment: 'unassigned' });
      }
      if (this.drives().length === 0)
        throw new ArrayError('numdrivesGroup', 'The last drive of an SSD cache stays: delete the cache.', 'driveIds');
      return cache;
    });
  }

  drives() {
    return this.array.tables.drives.toJSON().filter(({ assignment }) => assignment === 'flashCache');
  }

  /** Free SSDs that could be added. */
  compatibleDrives() {
    return this.array.drives.available().filter(({ media }) => media === 'ssd');
  }

  cachedVolumes() {
    return this.array.tables.volumes.toJSON().filter(({ flashCached }) => flashCached);
  }

  /** Volumes on hard disks: others would gain nothing. */
  compatibleVolumes() {
    return this.array.tables.volumes.toJSON().filter((volume) => {
      const [drive] = this.array.drives.inPool(volume.poolRef);
      return drive?.media === 'hdd' && !(volume.kind === 'thick' && volume.use !== 'standardVolume');
    });
  }

  /** Bytes of its drives. */
  get usedBytes(): number {
    return this.drives().reduce((sum, { usableBytes }) => sum + usableBytes, 0);
  }

  private take(driveRefs: readonly string[]): void {
    for (const ref of driveRefs) {
      const drive = this.array.drives.require(ref);
      if (!this.array.drives.isAvailable(drive) || drive.media !== 'ssd')
        throw new ArrayError(
          'driveNotUnassigned',
          `Drive '${drive.ref}' is ${drive.assignment} and of the medium ${drive.media}: allowed are free SSDs.`,
          'driveIds',
        );
      this.array.tables.drives.patch(drive.ref, { assignment: 'flashCache' });
    }
  }
}
