import { type Changes, given } from './defaults.js';
import { ArrayError } from './errors.js';
import {
  type PoolRecord,
  type ThinVolumeRecord,
  thinVolumeDefaults,
  volumeDefaults,
  type volumeSettings,
} from './records.js';
import { wwnOf } from './refs.js';
import type { StorageArray } from './storage-array.js';
import { checkCapacity } from './volume-rules.js';

const gib = 2 ** 30;

/** Repositories of thin volumes grow in steps of 4 GiB, by 4 to 256 GiB at a time (source: SANtricity REST semantics). */
const thinStepBytes = 4 * gib;
const maxStepBytes = 256 * gib;

/** The largest virtual capacity, in bytes: 256 TiB. */
export const maxVirtualBytes = 2 ** 48;

export interface NewThinVolume extends Changes<typeof volumeSettings> {
  readonly label: string;
  readonly poolRef: string;
  readonly virtualBytes: number;
  readonly repositoryBytes?: number;
  readonly quotaBytes?: number;
  readonly growthAlertThreshold?: number;
  readonly expansionPolicy?: ThinVolumeRecord['expansionPolicy'];
  readonly controller?: string;
  readonly dataAssurance?: boolean;
}

/** Thin volumes: virtual capacity, with a repository that grows as it is written to. Only on disk pools. */
export class ThinVolumes {
  constructor(private readonly array: StorageArray) {}

  require(id: string): ThinVolumeRecord {
    const volume = this.array.volumes.require(id);
    if (volume.kind !== 'thin') throw new ArrayError('invalidVolumeref', `Volume '${volume.label}' is not thin.`);
    return volume;
  }

  list(): ThinVolumeRecord[] {
    return [...this.array.volumes.withUse('thin')].map((ref) => this.require(ref));
  }

  create(wanted: NewThinVolume): ThinVolumeRecord {
    return this.array.transact(() => {
      const { volumes, system } = this.array;
      volumes.checkFreeLabel(wanted.label);
      const pool = volumes.usablePool(wanted.poolRef);
      if (pool.diskPool === null)
        throw new ArrayError(
          'invalidVolumegroupref',
          `'${pool.label}' is a volume group: thin volumes live on disk pools only.`,
          'poolId',
        );
      const capacityBytes = checkCapacity(wanted.virtualBytes, maxVirtualBytes, { field: 'virtualSize' });
      const provisionedBytes = wanted.repositoryBytes ?? thinStepBytes;
      checkRepository(provisionedBytes, 'repositorySize');
      const quotaBytes =
        wanted.quotaBytes ?? Math.max(provisionedBytes, Math.ceil(capacityBytes / thinStepBytes) * thinStepBytes);
      if (quotaBytes < provisionedBytes)
        throw new ArrayError(
          'invalidProvisionedCapacityQuota',
          `The maximumRepositorySize is ${quotaBytes} bytes: it is at least the repositorySize, ${provisionedBytes}.`,
          'maximumRepositorySize',
        );
      if (
        volumes.withUse('thin').size >= system.limits.thinVolumes ||
        volumes.withUse('thin').size + volumes.withUse('standardVolume').size >= system.limits.volumes
      ) {
        throw new ArrayError(
          'maxThinVolumesExceeded',
          `The array has ${system.limits.thinVolumes} thin volumes: it can have no more.`,
        );
      }
      const growthAlertThreshold = checkAlert(wanted.growthAlertThreshold ?? thinVolumeDefaults.growthAlertThreshold);
      if (wanted.dataAssurance && !volumes.assuresData(pool))
        throw new ArrayError(
          'illegalParam',
          `Storage pool '${pool.label}' is not capable of data assurance.`,
          'dataAssuranceEnabled',
        );
      const controller =
        wanted.controller === undefined
          ? this.array.pools.takeController(pool.ref)
          : this.array.controllers.require(wanted.controller).ref;
      const volume = this.put(pool, {
        ...wanted,
        capacityBytes,
        provisionedBytes,
        quotaBytes,
        growthAlertThreshold,
        controller,
      });
      this.array.events.record({
        eventType: 0x2010,
        description: `Thin volume '${volume.label}' created`,
        componentType: 'volume',
        objectRef: volume.ref,
      });
      return volume;
    });
  }

  /**
   * Raises the virtual capacity, and the repository's quota (automatic policy) or present size (manual policy).
   * Both are new totals in bytes.
   */
  expand(ref: string, wanted: { readonly virtualBytes?: number; readonly repositoryBytes?: number }): ThinVolumeRecord {
    return this.array.transact(() => {
      const volume = this.require(ref);
      const capacityBytes = checkCapacity(wanted.virtualBytes ?? volume.capacityBytes, maxVirtualBytes, {
        field: 'newVirtualSize',
      });
      const quotaBytes = wanted.repositoryBytes ?? volume.quotaBytes;
      if (
        capacityBytes < volume.capacityBytes ||
        (capacityBytes === volume.capacityBytes && wanted.repositoryBytes === undefined)
      ) {
        throw new ArrayError(
          'invalidVirtualCapacity',
          `The newVirtualSize is ${capacityBytes} bytes: it is the new total and must exceed the present ${volume.capacityBytes}.`,
          'newVirtualSize',
        );
      }
      this.array.contents.resize(volume.ref, capacityBytes);
      if (volume.expansionPolicy === 'manual' && wanted.repositoryBytes !== undefined) {
        const more = wanted.repositoryBytes - volume.provisionedBytes;
        checkRepository(more, 'newRepositorySize');
        this.grow(volume, more);
        return this.array.tables.volumes.patch(volume.ref, {
          capacityBytes,
          quotaBytes: Math.max(volume.quotaBytes, quotaBytes),
        }) as ThinVolumeRecord;
      }
      const enough = Math.max(quotaBytes, volume.provisionedBytes);
      return this.array.tables.volumes.put({
        ...volume,
        capacityBytes,
        quotaBytes: Math.max(volume.quotaBytes, enough),
      }) as ThinVolumeRecord;
    });
  }

  update(
    ref: string,
    changes: { readonly growthAlertThreshold?: number; readonly expansionPolicy?: ThinVolumeRecord['expansionPolicy'] },
  ): ThinVolumeRecord {
    return this.array.transact(() => {
      const volume = this.require(ref);
      return this.array.tables.volumes.put({
        ...volume,
        growthAlertThreshold: checkAlert(changes.growthAlertThreshold ?? volume.growthAlertThreshold),
        expansionPolicy: changes.expansionPolicy ?? volume.expansionPolicy,
      }) as ThinVolumeRecord;
    });
  }

  delete(ref: string): void {
    this.array.transact(() => {
      const volume = this.require(ref);
      this.array.volumes.drop(volume);
      this.array.tables.volumes.delete(volume.ref);
      this.array.repositories.delete(volume.repositoryRef);
      this.array.events.record({
        eventType: 0x2011,
        description: `Thin volume '${volume.label}' deleted`,
        componentType: 'volume',
        objectRef: volume.ref,
      });
    });
  }

  /** Forgets what is on a volume; its repository stays as large as it is. Throws ArrayError when others need the data. */
  initialize(ref: string): ThinVolumeRecord {
    return this.array.transact(() => {
      const volume = this.require(ref);
      if (this.array.snapshotGroups.ofBase(volume.ref).length > 0 || this.array.volumeCopies.isBusy(volume.ref))
        throw new ArrayError(
          'volumeInUse',
          `Volume '${volume.label}' has snapshots or is being copied: it cannot be initialised.`,
        );
      this.array.contents.drop(volume.ref);
      this.array.tables.volumes.patch(volume.ref, { ballastBytes: 0, status: 'optimal' });
      this.array.events.record({
        eventType: 0x2012,
        description: `Thin volume '${volume.label}' initialised`,
        componentType: 'volume',
        objectRef: volume.ref,
      });
      return this.require(volume.ref);
    });
  }

  /** Bytes of the repository that hold data. */
  usedBytes(volume: ThinVolumeRecord): number {
    return (this.array.contents.find(volume.ref)?.allocatedBytes ?? 0) + volume.ballastBytes;
  }

  status(volume: ThinVolumeRecord): 'optimal' | 'full' | 'overThresh' | 'failed' {
    if (volume.status === 'failed') return 'failed';
    const used = this.usedBytes(volume);
    if (used >= volume.quotaBytes) return 'full';
    return used * 100 > volume.quotaBytes * volume.growthAlertThreshold ? 'overThresh' : 'optimal';
  }

  /** A write needs that much more room. Grows the repository; throws ArrayError repositoryFull when it may not. */
  chargeWrite(volume: ThinVolumeRecord, bytes: number): void {
    const needed = this.usedBytes(volume) + bytes;
    const present = this.require(volume.ref);
    if (needed <= present.provisionedBytes) return;
    if (present.expansionPolicy === 'manual' || needed > present.quotaBytes) {
      throw new ArrayError(
        'repositoryFull',
        `The repository of thin volume '${volume.label}' is full at ${present.provisionedBytes} bytes.`,
      );
    }
    const more = Math.ceil((needed - present.provisionedBytes) / thinStepBytes) * thinStepBytes;
    this.grow(present, more);
  }

  /**
   * Fills the volume up to its quota, or as far as its pool can follow, with what no host wrote; `leaveBytes` stay free.
   * `unfill` takes it back; the repository stays as large as it has become.
   */
  fill(ref: string, leaveBytes = 0): ThinVolumeRecord {
    return this.array.transact(() => {
      const before = this.require(ref);
      const pool = this.array.pools.require(before.poolRef);
      const room = Math.floor(this.array.pools.freeBytes(pool) / thinStepBytes) * thinStepBytes;
      const wanted = before.expansionPolicy === 'manual' ? 0 : before.quotaBytes - before.provisionedBytes;
      const more = Math.min(room, Math.floor(wanted / thinStepBytes) * thinStepBytes);
      if (more > 0) this.grow(before, more);
      const volume = this.require(before.ref);
      const limit = Math.min(volume.provisionedBytes, volume.quotaBytes);
      const bytes = Math.max(0, limit - this.usedBytes(volume) - leaveBytes);
      this.array.tables.volumes.patch(volume.ref, { ballastBytes: volume.ballastBytes + bytes });
      return this.require(volume.ref);
    });
  }

  unfill(ref: string): void {
    this.array.transact(() => {
      this.array.tables.volumes.patch(this.require(ref).ref, { ballastBytes: 0 });
    });
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const volume of this.list()) {
      const repository = this.array.tables.repositories.get(volume.repositoryRef);
      if (repository === undefined) problems.push(`thin volume ${volume.label} has no repository`);
      else if (repository.capacityBytes !== volume.provisionedBytes)
        problems.push(
          `thin volume ${volume.label} counts ${volume.provisionedBytes} bytes, its repository has ${repository.capacityBytes}`,
        );
      if (this.usedBytes(volume) > volume.provisionedBytes)
        problems.push(`thin volume ${volume.label} holds more than is provisioned`);
    }
    return problems;
  }

  private put(
    pool: PoolRecord,
    wanted: NewThinVolume & {
      capacityBytes: number;
      provisionedBytes: number;
      quotaBytes: number;
      growthAlertThreshold: number;
      controller: string;
    },
  ): ThinVolumeRecord {
    const ref = this.array.newRef('thinVolume');
    const source = { kind: 'new', poolRef: pool.ref, capacityBytes: wanted.provisionedBytes } as const;
    const repository = this.array.repositories.create({ baseKind: 'thinVolume', baseRef: ref, source });
    return this.array.tables.volumes.put({
      ...given({ ...volumeDefaults, ...thinVolumeDefaults }, wanted),
      ref,
      kind: 'thin',
      label: wanted.label,
      wwn: wwnOf(ref),
      handle: this.array.takeCounter('highLevelHandle'),
      poolRef: pool.ref,
      capacityBytes: wanted.capacityBytes,
      preferredController: wanted.controller,
      currentController: this.array.controllers.serving(wanted.controller),
      createdMs: this.array.now(),
      repositoryRef: repository.ref,
      storageVolumeRef: repository.memberRefs[0] ?? repository.ref,
      initialProvisionedBytes: wanted.provisionedBytes,
      provisionedBytes: wanted.provisionedBytes,
      quotaBytes: wanted.quotaBytes,
    }) as ThinVolumeRecord;
  }

  /** The repository's one member grows with it. */
  private grow(volume: ThinVolumeRecord, moreBytes: number): void {
    const member = this.array.volumes.requireThick(volume.storageVolumeRef);
    const allocated = this.array.pools.allocate(volume.poolRef, moreBytes);
    this.array.tables.volumes.put({
      ...member,
      capacityBytes: member.capacityBytes + moreBytes,
      allocatedBytes: member.allocatedBytes + allocated,
    });
    const repository = this.array.repositories.require(volume.repositoryRef);
    this.array.tables.repositories.patch(repository.ref, { capacityBytes: repository.capacityBytes + moreBytes });
    this.array.tables.volumes.patch(volume.ref, { provisionedBytes: volume.provisionedBytes + moreBytes });
  }
}

function checkRepository(bytes: number, field: string): void {
  if (bytes < thinStepBytes || bytes > maxStepBytes || bytes % thinStepBytes !== 0) {
    throw new ArrayError(
      'invalidRepositoryCapacity',
      `The ${field} comes to ${bytes} bytes: allowed are 4 to 256 GiB in steps of 4 GiB.`,
      field,
    );
  }
}

function checkAlert(percent: number): number {
  if (!Number.isInteger(percent) || percent < 10 || percent > 99) {
    throw new ArrayError(
      'invalidWarnThreshold',
      `The growthAlertThreshold is ${percent}: allowed are whole percents from 10 to 99.`,
      'growthAlertThreshold',
    );
  }
  return percent;
}
