import { given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import {
  checkDriveCount,
  defaultReservedDrives,
  diskPoolGranularityBytes,
  maxReservedDrives,
  roundUp,
  usableBytes,
  volumeGroupGranularityBytes,
} from './pool-capacity.js';
import { type DiskPoolSettings, type DriveRecord, type PoolRecord, poolDefaults, type RaidLevel } from './records.js';
import { controllerRefs, wwnOf } from './refs.js';
import type { StorageArray } from './storage-array.js';

export interface NewPool {
  readonly label: string;
  readonly driveRefs: readonly string[];
  readonly securityEnabled?: boolean;
}

export interface NewDiskPool extends NewPool, Partial<DiskPoolSettings> {}

export interface NewVolumeGroup extends NewPool {
  readonly raidLevel: Exclude<RaidLevel, 'raidDiskPool'>;
}

export interface PoolChanges extends Partial<DiskPoolSettings> {
  readonly label?: string;
  readonly securityEnabled?: boolean;
}

/** Disk pools and volume groups. Capacity is conserved: total = used + free, always. */
export class Pools {
  private readonly byLabel: (label: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    this.byLabel = array.tables.pools.index((pool) => pool.label);
    array.jobs.onEnd('poolExpansion', { complete: (job) => this.recount(job.objectRef) });
    array.jobs.onEnd('raidMigration', {
      complete: (job) => this.migrated(job.objectRef, job.detail.raidLevel as RaidLevel),
    });
  }

  require(ref: string): PoolRecord {
    const pool = this.find(ref);
    if (pool === undefined) throw new ObjectNotFound('invalidVolumegroupref', 'storage pool', ref);
    return pool;
  }

  /** By reference in any case, or by label. */
  find(refOrLabel: string): PoolRecord | undefined {
    const { pools } = this.array.tables;
    const [labelled] = this.byLabel(refOrLabel);
    return pools.get(refOrLabel.toUpperCase()) ?? (labelled === undefined ? undefined : pools.get(labelled));
  }

  freeBytes(pool: PoolRecord): number {
    return pool.totalBytes - pool.usedBytes;
  }

  granularityBytes(pool: PoolRecord): number {
    return pool.diskPool === null ? volumeGroupGranularityBytes : diskPoolGranularityBytes;
  }

  /** Takes capacity from a pool, rounded up to its granularity; returns what was taken. Throws when it has not so much. */
  allocate(poolRef: string, bytes: number): number {
    const pool = this.require(poolRef);
    const charged = roundUp(bytes, this.granularityBytes(pool));
    if (charged > this.freeBytes(pool)) {
      throw new ArrayError(
        pool.diskPool === null ? 'insufficientCapacity' : 'exceedDiskPoolCapacity',
        `Storage pool '${pool.label}' has ${this.freeBytes(pool)} bytes free: ${charged} are wanted.`,
        'size',
      );
    }
    this.setUsed(pool, pool.usedBytes + charged);
    return charged;
  }

  /** Gives capacity back. */
  release(poolRef: string, bytes: number): void {
    const pool = this.require(poolRef);
    this.setUsed(pool, pool.usedBytes - bytes);
  }

  /** The controller that the pool's next volume is to prefer: they alternate. */
  takeController(poolRef: string): string {
    const { nextController, ref } = this.require(poolRef);
    this.array.tables.pools.patch(ref, { nextController: nextController === 'A' ? 'B' : 'A' });
    return controllerRefs[nextController];
  }

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

  createDiskPool(wanted: NewDiskPool): PoolRecord {
    return this.array.transact(() => {
      checkDriveCount('raidDiskPool', wanted.driveRefs.length);
      const reserved = wanted.reservedDriveCount ?? defaultReservedDrives(wanted.driveRefs.length);
      checkReserve(wanted.driveRefs.length, reserved);
      const settings: DiskPoolSettings = {
        reservedDriveCount: reserved,
        warningThreshold: wanted.warningThreshold ?? 50,
        criticalThreshold: wanted.criticalThreshold ?? 85,
        degradedReconstructPriority: wanted.degradedReconstructPriority ?? 'high',
        criticalReconstructPriority: wanted.criticalReconstructPriority ?? 'highest',
        backgroundOperationPriority: wanted.backgroundOperationPriority ?? 'low',
      };
      checkThresholds(settings);
      return this.create(wanted, 'raidDiskPool', settings);
    });
  }

  createVolumeGroup(wanted: NewVolumeGroup): PoolRecord {
    return this.array.transact(() => this.create(wanted, wanted.raidLevel, null));
  }

  update(ref: string, changes: PoolChanges): PoolRecord {
    return this.array.transact(() => {
      const pool = this.require(ref);
      if (changes.label !== undefined && changes.label !== pool.label) {
        this.checkFreeLabel(changes.label);
        this.array.tables.pools.patch(pool.ref, { label: changes.label });
      }
      if (changes.securityEnabled !== undefined) this.secure(pool, changes.securityEnabled);
      const { label: _label, securityEnabled: _security, ...settings } = changes;
      const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
      if (Object.keys(given).length > 0) this.changeDiskPool(pool, given);
      return this.require(pool.ref);
    });
  }

  /** Adds drives. They belong to the pool at once; their capacity comes when the expansion is complete. */
  expand(ref: string, driveRefs: readonly string[]): PoolRecord {
    return this.array.transact(() => {
      const pool = this.require(ref);
      this.checkIdle(pool);
      if (driveRefs.length === 0)
        throw new ArrayError('invalidExpansionList', `No drive is named to expand '${pool.label}' with.`, 'driveRef');
      const present = this.array.drives.inPool(pool.ref);
      const drives = this.checkDrives(driveRefs, present[0]);
      checkDriveCount(pool.raidLevel, present.length + drives.length);
      if (pool.securityEnabled && drives.some((drive) => !drive.fdeCapable)) {
        throw new ArrayError(
          'invalidDriveref',
          `Pool '${pool.label}' is secure: only drives capable of security can join it.`,
          'driveRef',
        );
      }
      this.join(drives, pool.ref);
      this.array.jobs.start(
        'poolExpansion',
        pool.ref,
        drives.reduce((sum, drive) => sum + drive.usableBytes, 0),
      );
      return this.require(pool.ref);
    });
  }

  /** Turns a volume group into another RAID level with the drives it has. */
  migrate(ref: string, raidLevel: RaidLevel): PoolRecord {
    return this.array.transact(() => {
      const pool = this.require(ref);
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
      return this.require(pool.ref);
    });
  }

  /** Deletes an empty pool, or one with its volumes. Throws ArrayError when it has some and they are to stay. */
  delete(ref: string, options: { readonly deleteVolumes?: boolean } = {}): void {
    this.array.transact(() => {
      const pool = this.require(ref);
      if (options.deleteVolumes) this.array.volumes.deleteAllIn(pool.ref);
      if (this.array.volumes.inPool(pool.ref).size > 0) {
        throw new ArrayError(
          pool.diskPool === null ? 'volumeGroupHasMappedVols' : 'diskPoolNotEmpty',
          `Storage pool '${pool.label}' still has volumes: delete them first, or with it (delete-volumes=true).`,
        );
      }
      this.array.jobs.cancelAll(pool.ref);
      for (const drive of this.array.drives.inPool(pool.ref)) {
        this.array.tables.drives.patch(drive.ref, { poolRef: null, assignment: 'unassigned', fdeEnabled: false });
      }
      this.array.tables.pools.delete(pool.ref);
      this.log(0x2061, `Storage pool '${pool.label}' deleted`, pool.ref);
    });
  }

  /** The pool has lost a drive: redundancy goes, and reconstruction begins where there is something to rebuild on. */
  driveFailed(poolRef: string, drive: DriveRecord): void {
    const pool = this.require(poolRef);
    const missingDriveRefs = [...new Set([...pool.missingDriveRefs, drive.ref])];
    const present = this.array.tables.pools.patch(pool.ref, { missingDriveRefs });
    this.showStatus(present);
    if (this.raidStatus(present) === 'failed') {
      this.log(0x2255, `Storage pool '${pool.label}' failed: too many drives are missing`, pool.ref, true);
      return;
    }
    const canRebuild =
      pool.diskPool === null ? this.array.drives.takeSpare(drive) !== undefined : this.reserveLeft(present) > 0;
    if (canRebuild) this.reconstruct(present, drive);
  }

  driveReplaced(poolRef: string, drive: DriveRecord): void {
    const pool = this.require(poolRef);
    if (!pool.missingDriveRefs.includes(drive.ref)) {
      this.array.jobs.start('copyback', pool.ref, drive.usableBytes, { driveRef: drive.ref });
    } else if (this.raidStatus(pool) === 'degraded' && !this.rebuilding(pool, drive.ref)) {
      this.reconstruct(pool, drive);
    }
  }

  /** A drive came back with its data. A pool that had failed for want of it goes on; any other rebuilds what it missed. */
  driveReturned(poolRef: string, drive: DriveRecord): void {
    const pool = this.require(poolRef);
    if (this.raidStatus(pool) !== 'failed') {
      this.driveReplaced(poolRef, drive);
      return;
    }
    const missingDriveRefs = pool.missingDriveRefs.filter((ref) => ref !== drive.ref);
    const present = this.array.tables.pools.patch(pool.ref, { missingDriveRefs });
    this.showStatus(present);
    if (this.raidStatus(present) === 'failed') return;
    this.log(0x2264, `Storage pool '${pool.label}' is back`, pool.ref);
    // Drives that were replaced while the pool was failed had nothing to be rebuilt from until now.
    const replaced = missingDriveRefs.map((ref) => this.array.drives.require(ref));
    for (const each of replaced) if (each.status === 'optimal') this.driveReplaced(pool.ref, each);
  }

  reconstructed(poolRef: string, driveRef: string): void {
    const pool = this.require(poolRef);
    const missingDriveRefs = pool.missingDriveRefs.filter((ref) => ref !== driveRef);
    this.showStatus(this.array.tables.pools.patch(pool.ref, { missingDriveRefs }));
    this.log(0x2047, `Reconstruction of storage pool '${pool.label}' completed`, pool.ref);
  }

  /** Disk pools: how full the pool is, judged by its thresholds. */
  utilizationState(
    pool: PoolRecord,
  ): 'utilizationOptimal' | 'utilizationWarning' | 'utilizationCritical' | 'capacityDepleted' {
    const settings = pool.diskPool;
    if (settings === null || pool.totalBytes === 0) return 'utilizationOptimal';
    const percent = (100 * pool.usedBytes) / pool.totalBytes;
    if (percent >= 100) return 'capacityDepleted';
    if (settings.criticalThreshold > 0 && percent >= settings.criticalThreshold) return 'utilizationCritical';
    if (settings.warningThreshold > 0 && percent >= settings.warningThreshold) return 'utilizationWarning';
    return 'utilizationOptimal';
  }

  problems(): string[] {
    const problems: string[] = [];
    const used = new Map<string, number>();
    for (const volume of this.array.tables.volumes.values()) {
      if (volume.kind === 'thick') used.set(volume.poolRef, (used.get(volume.poolRef) ?? 0) + volume.allocatedBytes);
    }
    for (const pool of this.array.tables.pools.values()) {
      const sum = used.get(pool.ref) ?? 0;
      if (sum !== pool.usedBytes)
        problems.push(`pool ${pool.label} counts ${pool.usedBytes} bytes used, its volumes take ${sum}`);
      if (pool.usedBytes > pool.totalBytes)
        problems.push(`pool ${pool.label} uses ${pool.usedBytes} of ${pool.totalBytes} bytes`);
      if (this.byLabel(pool.label).size !== 1) problems.push(`pool label ${pool.label} is not unique`);
      if (this.array.drives.inPool(pool.ref).length === 0) problems.push(`pool ${pool.label} has no drives`);
    }
    return problems;
  }

  private create(wanted: NewPool, raidLevel: RaidLevel, diskPool: DiskPoolSettings | null): PoolRecord {
    this.checkFreeLabel(wanted.label);
    checkDriveCount(raidLevel, wanted.driveRefs.length);
    const drives = this.checkDrives(wanted.driveRefs);
    if (wanted.securityEnabled && drives.some((drive) => !drive.fdeCapable)) {
      throw new ArrayError(
        'invalidDriveref',
        `A secure pool needs drives capable of security: not all of the ${drives.length} are.`,
        'diskDriveIds',
      );
    }
    const ref = this.array.newRef('pool');
    const trays = new Set(drives.map((drive) => drive.trayRef));
    this.array.tables.pools.put({
      ...given(poolDefaults, { securityEnabled: wanted.securityEnabled }),
      ref,
      label: wanted.label,
      wwn: wwnOf(ref),
      sequence: this.array.takeCounter('poolSequence'),
      raidLevel,
      diskPool,
      totalBytes: usableBytes(raidLevel, drives, diskPool?.reservedDriveCount ?? 0),
      usedBytes: 0,
      trayLossProtection: trays.size === drives.length,
    });
    this.join(drives, ref, wanted.securityEnabled);
    this.log(0x2060, `Storage pool '${wanted.label}' created`, ref);
    return this.require(ref);
  }

  private join(drives: readonly DriveRecord[], poolRef: string, secure?: boolean): void {
    for (const drive of drives) {
      this.array.tables.drives.patch(drive.ref, {
        assignment: 'pool',
        poolRef,
        fdeEnabled: secure ?? drive.fdeEnabled,
      });
    }
  }

  private checkFreeLabel(label: string): void {
    checkLabel(label);
    if (this.byLabel(label).size > 0) {
      throw new ArrayError(
        'invalidLabel',
        `There is a storage pool '${label}' already: the name must be unique.`,
        'name',
      );
    }
  }

  private checkDrives(refs: readonly string[], like?: DriveRecord): DriveRecord[] {
    const drives = refs.map((ref) => this.array.drives.require(ref));
    const kind = like ?? drives[0];
    if (new Set(drives.map((drive) => drive.ref)).size !== drives.length) {
      throw new ArrayError('duplicateDrives', 'A drive is named twice.', 'diskDriveIds');
    }
    for (const drive of drives) {
      if (!this.array.drives.isAvailable(drive)) {
        throw new ArrayError(
          'driveNotUnassigned',
          `Drive '${drive.ref}' is not free: it is ${drive.status}, ${drive.assignment}.`,
          'diskDriveIds',
        );
      }
      if (kind !== undefined && (drive.media !== kind.media || drive.physicalType !== kind.physicalType)) {
        throw new ArrayError(
          'invalidDriveref',
          `Drive '${drive.ref}' is ${drive.physicalType} ${drive.media}: a pool has drives of one kind, here ${kind.physicalType} ${kind.media}.`,
          'diskDriveIds',
        );
      }
    }
    return drives;
  }

  private checkIdle(pool: PoolRecord): void {
    if (this.array.jobs.on(pool.ref).length > 0) {
      throw new ArrayError(
        'volumeGroupReconfiguring',
        `Storage pool '${pool.label}' is being reconfigured or rebuilt: wait until that is complete.`,
      );
    }
    if (this.raidStatus(pool) === 'failed')
      throw new ArrayError('volumeOffline', `Storage pool '${pool.label}' has failed.`);
  }

  private changeDiskPool(pool: PoolRecord, changes: Partial<DiskPoolSettings>): void {
    if (pool.diskPool === null) {
      throw new ArrayError(
        'invalidVolumegroupref',
        `'${pool.label}' is a volume group: reserve, priorities and thresholds belong to disk pools.`,
      );
    }
    const diskPool = { ...pool.diskPool, ...changes };
    checkThresholds(diskPool);
    const drives = this.array.drives.inPool(pool.ref);
    checkReserve(drives.length, diskPool.reservedDriveCount);
    const totalBytes = usableBytes('raidDiskPool', drives, diskPool.reservedDriveCount);
    if (totalBytes < pool.usedBytes) {
      throw new ArrayError(
        'diskPoolExceedSpareCapacity',
        `With ${diskPool.reservedDriveCount} drives in reserve '${pool.label}' has ${totalBytes} bytes: ${pool.usedBytes} are in use.`,
        'reservedDriveCount',
      );
    }
    this.array.tables.pools.patch(pool.ref, { diskPool, totalBytes });
  }

  private secure(pool: PoolRecord, securityEnabled: boolean): void {
    const drives = this.array.drives.inPool(pool.ref);
    if (!securityEnabled && pool.securityEnabled) {
      throw new ArrayError(
        'illegalParam',
        `Pool '${pool.label}' is secure: security cannot be taken off a pool.`,
        'securePool',
      );
    }
    if (securityEnabled && drives.some((drive) => !drive.fdeCapable)) {
      throw new ArrayError(
        'invalidDriveref',
        `Pool '${pool.label}' has drives that are not capable of security.`,
        'securePool',
      );
    }
    this.array.tables.pools.patch(pool.ref, { securityEnabled });
    for (const drive of drives) this.array.tables.drives.patch(drive.ref, { fdeEnabled: securityEnabled });
  }

  private setUsed(pool: PoolRecord, usedBytes: number): void {
    const before = this.utilizationState(pool);
    const changed = this.array.tables.pools.patch(pool.ref, { usedBytes });
    const after = this.utilizationState(changed);
    if (before === after || after === 'utilizationOptimal') return;
    this.log(0x3802, `Disk pool '${pool.label}' capacity: ${after}`, pool.ref, after !== 'utilizationWarning');
  }

  private reserveLeft(pool: PoolRecord): number {
    const rebuilt = this.array.drives.inPool(pool.ref).filter((drive) => drive.status !== 'optimal').length;
    return (pool.diskPool?.reservedDriveCount ?? 0) - rebuilt + 1;
  }

  private rebuilding(pool: PoolRecord, driveRef: string): boolean {
    return this.array.jobs
      .on(pool.ref)
      .some((job) => job.kind === 'reconstruction' && job.detail.driveRef === driveRef);
  }

  private reconstruct(pool: PoolRecord, drive: DriveRecord): void {
    this.log(0x2048, `Reconstruction of storage pool '${pool.label}' started`, pool.ref);
    this.array.jobs.start('reconstruction', pool.ref, drive.usableBytes, { driveRef: drive.ref });
  }

  private recount(poolRef: string): void {
    const pool = this.require(poolRef);
    const drives = this.array.drives.inPool(poolRef);
    const totalBytes = usableBytes(pool.raidLevel, drives, pool.diskPool?.reservedDriveCount ?? 0);
    this.array.tables.pools.patch(poolRef, { totalBytes });
    this.log(0x2063, `Storage pool '${pool.label}' expanded`, poolRef);
  }

  private migrated(poolRef: string, raidLevel: RaidLevel): void {
    this.array.tables.pools.patch(poolRef, { raidLevel });
    this.recount(poolRef);
    this.showStatus(this.require(poolRef));
  }

  /** The pool's volumes show what state it is in. */
  private showStatus(pool: PoolRecord): void {
    const status = this.raidStatus(pool);
    for (const ref of this.array.volumes.inPool(pool.ref)) {
      this.array.tables.volumes.patch(ref, { status, offline: status === 'failed' });
    }
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

  private log(eventType: number, description: string, objectRef: string, critical = false): void {
    this.array.events.record({
      eventType,
      description,
      objectRef,
      componentType: 'volumeGrp',
      category: critical ? 'failure' : 'notification',
      priority: critical ? 'priorityCritical' : 'priorityInfo',
    });
  }
}

function checkReserve(driveCount: number, reserved: number): void {
  const max = maxReservedDrives(driveCount);
  if (reserved < 0 || reserved > max) {
    throw new ArrayError(
      'illegalParam',
      `${reserved} drives in reserve of ${driveCount} is not possible: allowed are 0 to ${max}.`,
      'reservedDriveCount',
    );
  }
}

function checkThresholds({ warningThreshold, criticalThreshold }: DiskPoolSettings): void {
  for (const [field, value] of Object.entries({ warningThreshold, criticalThreshold })) {
    if (!Number.isInteger(value) || value < 0 || value > 100) {
      throw new ArrayError(
        'invalidWarnThreshold',
        `The ${field} is ${value}: allowed are whole percents from 0 to 100.`,
        field,
      );
    }
  }
}
