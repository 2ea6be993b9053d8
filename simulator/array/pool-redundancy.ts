import { logPoolEvent } from './pool-events.js';
import type { DriveRecord, PoolRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** What becomes of a pool when drives fail, come back and are replaced. */
export class PoolRedundancy {
  constructor(private readonly array: StorageArray) {}

  /** optimal, degraded (data is there, redundancy is not), or failed (data is lost). */
  raidStatus(pool: PoolRecord): 'optimal' | 'degraded' | 'failed' {
    const missing = pool.missingDriveRefs.length;
    if (missing === 0) return 'optimal';
    switch (pool.raidLevel) {
      case 'raid0':
        return 'failed';
      case 'raid1':
        return this.lostPair(pool) ? 'failed' : 'degraded';
      case 'raid5':
        return missing > 1 ? 'failed' : 'degraded';
      default:
        return missing > 2 ? 'failed' : 'degraded';
    }
  }

  /** The pool has lost a drive: redundancy goes, and reconstruction begins where there is something to rebuild on. */
  driveFailed(poolRef: string, drive: DriveRecord): void {
    const pool = this.array.pools.require(poolRef);
    const missingDriveRefs = [...new Set([...pool.missingDriveRefs, drive.ref])];
    const present = this.array.tables.pools.patch(pool.ref, { missingDriveRefs });
    this.showStatus(present);
    if (this.raidStatus(present) === 'failed') {
      logPoolEvent(
        this.array,
        0x2255,
        `Storage pool '${pool.label}' failed: too many drives are missing`,
        pool.ref,
        true,
      );
      return;
    }
    const canRebuild =
      pool.diskPool === null ? this.array.drives.takeSpare(drive) !== undefined : this.reserveLeft(present) > 0;
    if (canRebuild) this.reconstruct(present, drive);
  }

  /** A drive of the pool was replaced: it gets the pool's data by copying back, or by reconstruction. */
  driveReplaced(poolRef: string, drive: DriveRecord): void {
    const pool = this.array.pools.require(poolRef);
    if (!pool.missingDriveRefs.includes(drive.ref)) {
      this.array.jobs.start('copyback', pool.ref, drive.usableBytes, { driveRef: drive.ref });
    } else if (this.raidStatus(pool) === 'degraded' && !this.isRebuilding(pool, drive.ref)) {
      this.reconstruct(pool, drive);
    }
  }

  /** A drive came back with its data. A pool that had failed for want of it goes on; any other rebuilds what it missed. */
  driveReturned(poolRef: string, drive: DriveRecord): void {
    const pool = this.array.pools.require(poolRef);
    if (this.raidStatus(pool) !== 'failed') {
      this.driveReplaced(poolRef, drive);
      return;
    }
    const missingDriveRefs = pool.missingDriveRefs.filter((ref) => ref !== drive.ref);
    const present = this.array.tables.pools.patch(pool.ref, { missingDriveRefs });
    this.showStatus(present);
    if (this.raidStatus(present) === 'failed') return;
    logPoolEvent(this.array, 0x2264, `Storage pool '${pool.label}' is back`, pool.ref);
    // Drives that were replaced while the pool was failed had nothing to be rebuilt from until now.
    const replaced = missingDriveRefs.map((ref) => this.array.drives.require(ref));
    for (const each of replaced) if (each.status === 'optimal') this.driveReplaced(pool.ref, each);
  }

  /** The drive holds the pool's data again. */
  reconstructed(poolRef: string, driveRef: string): void {
    const pool = this.array.pools.require(poolRef);
    const missingDriveRefs = pool.missingDriveRefs.filter((ref) => ref !== driveRef);
    this.showStatus(this.array.tables.pools.patch(pool.ref, { missingDriveRefs }));
    logPoolEvent(this.array, 0x2047, `Reconstruction of storage pool '${pool.label}' completed`, pool.ref);
  }

  /** The pool's volumes show what state it is in. */
  showStatus(pool: PoolRecord): void {
    const status = this.raidStatus(pool);
    for (const ref of this.array.volumes.inPool(pool.ref)) {
      this.array.tables.volumes.patch(ref, { status, offline: status === 'failed' });
    }
  }

  private reserveLeft(pool: PoolRecord): number {
    const rebuilt = this.array.drives.inPool(pool.ref).filter((drive) => drive.status !== 'optimal').length;
    return (pool.diskPool?.reservedDriveCount ?? 0) - rebuilt + 1;
  }

  private isRebuilding(pool: PoolRecord, driveRef: string): boolean {
    return this.array.jobs
      .on(pool.ref)
      .some((job) => job.kind === 'reconstruction' && job.detail.driveRef === driveRef);
  }

  private reconstruct(pool: PoolRecord, drive: DriveRecord): void {
    logPoolEvent(this.array, 0x2048, `Reconstruction of storage pool '${pool.label}' started`, pool.ref);
    this.array.jobs.start('reconstruction', pool.ref, drive.usableBytes, { driveRef: drive.ref });
  }

  private lostPair(pool: PoolRecord): boolean {
    const drives = this.array.drives.inPool(pool.ref);
    const half = drives.length / 2;
    return drives
      .slice(0, half)
      .some((drive, index) =>
        [drive, drives[index + half]].every((each) => each && pool.missingDriveRefs.includes(each.ref)),
      );
  }
}
