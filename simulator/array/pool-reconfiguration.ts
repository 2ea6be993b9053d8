import { ArrayError } from './errors.js';
import { checkDriveCount, driveCounts, maxReservedDrives, poolBytes } from './pool-capacity.js';
import { logPoolEvent } from './pool-events.js';
import { checkPoolDrives } from './pool-rules.js';
import type { DriveRecord, PoolRecord, RaidLevel } from './records.js';
import type { StorageArray } from './storage-array.js';

/** Changes of a pool that take time: more drives, and another RAID level. One at a time for each pool. */
export class PoolReconfiguration {
  constructor(private readonly array: StorageArray) {
    array.jobs.onEnd('poolExpansion', { complete: (job) => this.recount(job.objectRef) });
    array.jobs.onEnd('raidMigration', {
      complete: (job) => this.migrated(job.objectRef, job.detail.raidLevel as RaidLevel),
    });
    array.jobs.onEnd('poolReduction', {
      complete: ({ objectRef, detail }) => this.reduced(objectRef, String(detail.driveRefs).split(' ')),
    });
    array.jobs.onEnd('defragmentation', {
      complete: ({ objectRef }) => {
        const { label } = array.pools.require(objectRef);
        logPoolEvent(array, 0x2064, `Storage pool '${label}' defragmented`, objectRef);
      },
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
      const totalBytes = poolBytes({ ...pool, raidLevel }, drives);
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

  /** How many drives a disk pool could give up: with what is left its volumes and its reserve still fit. */
  removableDrives(ref: string): number {
    const pool = this.requireDiskPool(ref);
    const drives = this.array.drives.inPool(pool.ref);
    let count = 0;
    while (this.holdsIn(pool, drives.slice(count + 1))) count++;
    return count;
  }

  /** Takes drives out of a disk pool. They are free when what is on them has moved. */
  reduce(ref: string, driveRefs: readonly string[]): PoolRecord {
    return this.array.transact(() => {
      const pool = this.requireDiskPool(ref);
      this.checkIdle(pool);
      const leaving = new Set(driveRefs.map((each) => this.array.drives.require(each).ref));
      const present = this.array.drives.inPool(pool.ref);
      const staying = present.filter((drive) => !leaving.has(drive.ref));
      if (leaving.size === 0 || staying.length + leaving.size !== present.length)
        throw new ArrayError('invalidDriveref', `Name one drive or more of '${pool.label}', and no others.`, 'drives');
      if (this.array.poolRedundancy.raidStatus(pool) !== 'optimal')
        throw new ArrayError('volumeNotOptimal', `Storage pool '${pool.label}' is not optimal.`);
      if (!this.holdsIn(pool, staying))
        throw new ArrayError(
          'diskPoolExceedSpareCapacity',
          `'${pool.label}' cannot lose ${leaving.size} drives: it can lose ${this.removableDrives(pool.ref)}.`,
          'drives',
        );
      const bytes = present
        .filter(({ ref }) => leaving.has(ref))
        .reduce((sum, { usableBytes }) => sum + usableBytes, 0);
      this.array.jobs.start('poolReduction', pool.ref, bytes, { driveRefs: [...leaving].join(' ') });
      return this.array.pools.require(pool.ref);
    });
  }

  /** Moves the free space of a volume group together. */
  defragment(ref: string): void {
    this.array.transact(() => {
      const pool = this.array.pools.require(ref);
      if (pool.diskPool !== null)
        throw new ArrayError('invalidVolumegroupref', `'${pool.label}' is a disk pool: only volume groups fragment.`);
      this.checkIdle(pool);
      this.array.jobs.start('defragmentation', pool.ref, pool.usedBytes);
    });
  }

  /** Leaves so many percent of a pool's SSDs unused. Throws ArrayError for pools of hard disks, or when volumes need it. */
  setSsdOptimization(ref: string, ssdOptimizationPercent: number): PoolRecord {
    return this.array.transact(() => {
      const pool = this.array.pools.require(ref);
      const drives = this.array.drives.inPool(pool.ref);
      if (drives[0]?.media !== 'ssd')
        throw new ArrayError('invalidVolumegroupref', `'${pool.label}' has no SSDs to optimise.`, 'id');
      const totalBytes = poolBytes({ ...pool, ssdOptimizationPercent }, drives);
      if (ssdOptimizationPercent < 0 || ssdOptimizationPercent > 100 || totalBytes < pool.usedBytes)
        throw new ArrayError(
          'illegalParam',
          `With ${ssdOptimizationPercent} percent unused '${pool.label}' would not hold the ${pool.usedBytes} bytes in use: allowed are 0 to 100.`,
          'ssdOptimizationCapacity',
        );
      return this.array.tables.pools.patch(pool.ref, { ssdOptimizationPercent, totalBytes });
    });
  }

  private requireDiskPool(ref: string): PoolRecord {
    const pool = this.array.pools.require(ref);
    if (pool.diskPool === null)
      throw new ArrayError('invalidVolumegroupref', `'${pool.label}' is a volume group: only disk pools lose drives.`);
    return pool;
  }

  private holdsIn(pool: PoolRecord, drives: readonly DriveRecord[]): boolean {
    return (
      drives.length >= driveCounts.raidDiskPool.min &&
      (pool.diskPool?.reservedDriveCount ?? 0) <= maxReservedDrives(drives.length) &&
      poolBytes(pool, drives) >= pool.usedBytes
    );
  }

  private reduced(poolRef: string, driveRefs: readonly string[]): void {
    for (const ref of driveRefs)
      this.array.tables.drives.patch(ref, { poolRef: null, assignment: 'unassigned', fdeEnabled: false });
    const pool = this.array.pools.require(poolRef);
    const totalBytes = poolBytes(pool, this.array.drives.inPool(poolRef));
    this.array.tables.pools.patch(poolRef, { totalBytes });
    logPoolEvent(this.array, 0x2065, `Storage pool '${pool.label}' reduced by ${driveRefs.length} drives`, poolRef);
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
    const totalBytes = poolBytes(pool, drives);
    this.array.tables.pools.patch(poolRef, { totalBytes });
    logPoolEvent(this.array, 0x2063, `Storage pool '${pool.label}' expanded`, poolRef);
  }

  private migrated(poolRef: string, raidLevel: RaidLevel): void {
    this.array.tables.pools.patch(poolRef, { raidLevel });
    this.recount(poolRef);
    this.array.poolRedundancy.showStatus(this.array.pools.require(poolRef));
  }
}
