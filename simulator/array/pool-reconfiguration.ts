import { ArrayError } from './errors.js';
import { checkDriveCount, usableBytes } from './pool-capacity.js';
import { logPoolEvent } from './pool-events.js';
import { checkPoolDrives } from './pool-rules.js';
import type { PoolRecord, RaidLevel } from './records.js';
import type { StorageArray } from './storage-array.js';

/** Changes of a pool that take time: more drives, and another RAID level. One at a time for each pool. */
export class PoolReconfiguration {
  constructor(private readonly array: StorageArray) {
    array.jobs.onEnd('poolExpansion', { complete: (job) => this.recount(job.objectRef) });
    array.jobs.onEnd('raidMigration', {
      complete: (job) => this.migrated(job.objectRef, job.detail.raidLevel as RaidLevel),
    });
  }

  /** Adds drives. They belong to the pool at once; their capacity comes when the expansion is complete. */
  expand(ref: string, driveRefs: readonly string[]): PoolRecord {
    return this.array.transact(() => {
      const pool = this.array.pools.require(ref);
      this.checkIdle(pool);
      if (driveRefs.length === 0)
        throw new ArrayError('invalidExpansionList', `No drive is named to expand '${pool.label}' with.`, 'driveRef');
      const present = this.array.drives.inPool(pool.ref);
      const drives = checkPoolDrives(this.array, driveRefs, present[0]);
      checkDriveCount(pool.raidLevel, present.length + drives.length);
      if (pool.securityEnabled && drives.some((drive) => !drive.fdeCapable)) {
        throw new ArrayError(
          'invalidDriveref',
          `Pool '${pool.label}' is secure: only drives capable of security can join it.`,
          'driveRef',
        );
      }
      this.array.drives.join(drives, pool.ref);
      this.array.jobs.start(
        'poolExpansion',
        pool.ref,
        drives.reduce((sum, drive) => sum + drive.usableBytes, 0),
      );
      return this.array.pools.require(pool.ref);
    });
  }

  /** Turns a volume group into another RAID level with the drives it has. */
  migrate(ref: string, raidLevel: RaidLevel): PoolRecord {
    return this.array.transact(() => {
      const pool = this.array.pools.require(ref);
      this.checkIdle(pool);
      if (pool.diskPool !== null || raidLevel === 'raidDiskPool') {
        throw new ArrayError(
          'invalidRaidlevel',
          `'${pool.label}' cannot become ${raidLevel}: only volume groups change among raid0, raid1, raid5 and raid6.`,
          'raidLevel',
        );
      }
      if (raidLevel === pool.raidLevel) return pool;
      const drives = this.array.drives.inPool(pool.ref);
      checkDriveCount(raidLevel, drives.length);
      const totalBytes = usableBytes(raidLevel, drives, 0);
      if (totalBytes < pool.usedBytes) {
        throw new ArrayError(
          'insufficientCapacity',
          `As ${raidLevel} '${pool.label}' has ${totalBytes} bytes: its volumes take ${pool.usedBytes}.`,
          'raidLevel',
        );
      }
      this.array.jobs.start('raidMigration', pool.ref, pool.totalBytes, { raidLevel });
      return this.array.pools.require(pool.ref);
    });
  }

  private checkIdle(pool: PoolRecord): void {
    if (this.array.jobs.on(pool.ref).length > 0) {
      throw new ArrayError(
        'volumeGroupReconfiguring',
        `Storage pool '${pool.label}' is being reconfigured or rebuilt: wait until that is complete.`,
      );
    }
    if (this.array.poolRedundancy.raidStatus(pool) === 'failed')
      throw new ArrayError('volumeOffline', `Storage pool '${pool.label}' has failed.`);
  }

  private recount(poolRef: string): void {
    const pool = this.array.pools.require(poolRef);
    const drives = this.array.drives.inPool(poolRef);
    const totalBytes = usableBytes(pool.raidLevel, drives, pool.diskPool?.reservedDriveCount ?? 0);
    this.array.tables.pools.patch(poolRef, { totalBytes });
    logPoolEvent(this.array, 0x2063, `Storage pool '${pool.label}' expanded`, poolRef);
  }

  private migrated(poolRef: string, raidLevel: RaidLevel): void {
    this.array.tables.pools.patch(poolRef, { raidLevel });
    this.recount(poolRef);
    this.array.poolRedundancy.showStatus(this.array.pools.require(poolRef));
  }
}
