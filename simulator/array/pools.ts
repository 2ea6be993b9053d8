import { given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import {
  checkDriveCount,
  defaultReservedDrives,
  diskPoolGranularityBytes,
  poolBytes,
  roundUp,
  usableBytes,
  utilizationState,
  volumeGroupGranularityBytes,
} from './pool-capacity.js';
import { logPoolEvent } from './pool-events.js';
import { checkPoolDrives, checkReserve, checkThresholds } from './pool-rules.js';
import { type DiskPoolSettings, type PoolRecord, poolDefaults, type RaidLevel } from './records.js';
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
      logPoolEvent(this.array, 0x2061, `Storage pool '${pool.label}' deleted`, pool.ref);
    });
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
    const drives = checkPoolDrives(this.array, wanted.driveRefs);
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
    this.array.drives.join(drives, ref, wanted.securityEnabled);
    logPoolEvent(this.array, 0x2060, `Storage pool '${wanted.label}' created`, ref);
    return this.require(ref);
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
    const totalBytes = poolBytes({ ...pool, diskPool }, drives);
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
    const before = utilizationState(pool);
    const changed = this.array.tables.pools.patch(pool.ref, { usedBytes });
    const after = utilizationState(changed);
    if (before === after || after === 'utilizationOptimal') return;
    logPoolEvent(
      this.array,
      0x3802,
      `Disk pool '${pool.label}' capacity: ${after}`,
      pool.ref,
      after !== 'utilizationWarning',
    );
  }
}
