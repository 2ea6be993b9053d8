import { type Changes, changed, given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import {
  type PoolRecord,
  type ThickVolumeRecord,
  thickVolumeDefaults,
  type VolumeRecord,
  volumeDefaults,
  volumeSettings,
} from './records.js';
import { wwnOf } from './refs.js';
import type { StorageArray } from './storage-array.js';
import { checkBlockSize, checkCapacity, checkSegmentSize } from './volume-rules.js';

export interface NewVolume extends Changes<typeof volumeSettings> {
  readonly label: string;
  readonly poolRef: string;
  readonly capacityBytes: number;
  readonly segmentSizeBytes?: number;
  /** 512 or 4096. */
  readonly blockSizeBytes?: number;
  readonly controller?: string;
  readonly dataAssurance?: boolean;
}

type CheckedVolume = Omit<NewVolume, 'blockSizeBytes'> & { readonly blockSizeBytes?: 512 | 4096 };

export interface VolumeChanges extends Changes<typeof volumeSettings> {
  readonly label?: string;
  readonly controller?: string;
}

/** Thick volumes, and what is common to thick and thin: names, look-ups, changes. */
export class Volumes {
  private readonly byLabel: (label: string) => ReadonlySet<string>;
  private readonly byWwn: (wwn: string) => ReadonlySet<string>;
  private readonly byPool: (poolRef: string) => ReadonlySet<string>;
  private readonly byUse: (use: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    const { volumes } = array.tables;
    this.byLabel = volumes.index((volume) => volume.label);
    this.byWwn = volumes.index((volume) => volume.wwn);
    this.byPool = volumes.index((volume) => volume.poolRef);
    this.byUse = volumes.index((volume) => (volume.kind === 'thin' ? 'thin' : volume.use));
    array.jobs.onEnd('initialization', {
      complete: (job) => volumes.touch(job.objectRef),
      fail: (job) => this.failed(job.objectRef),
    });
    array.jobs.onEnd('volumeExpansion', {
      complete: (job) => volumes.patch(job.objectRef, { increasingByBytes: 0 }),
      fail: (job) => volumes.patch(job.objectRef, { increasingByBytes: 0 }),
    });
  }

  require(refOrLabelOrWwn: string): VolumeRecord {
    const volume = this.find(refOrLabelOrWwn);
    if (volume === undefined) throw new ObjectNotFound('volumeNotExist', 'volume', refOrLabelOrWwn);
    return volume;
  }

  requireThick(id: string): ThickVolumeRecord {
    const volume = this.require(id);
    if (volume.kind !== 'thick')
      throw new ArrayError('invalidVolumeref', `Volume '${volume.label}' is thin: this works on thick volumes only.`);
    return volume;
  }

  /** By reference or WWN in any case, or by label. */
  find(refOrLabelOrWwn: string): VolumeRecord | undefined {
    const { volumes } = this.array.tables;
    const exact = volumes.get(refOrLabelOrWwn);
    if (exact !== undefined) return exact;
    const upper = refOrLabelOrWwn.toUpperCase();
    const [ref] = [upper, ...this.byLabel(refOrLabelOrWwn), ...this.byWwn(upper)].filter((each) => volumes.has(each));
    return ref === undefined ? undefined : volumes.get(ref);
  }

  inPool(poolRef: string): ReadonlySet<string> {
    return this.byPool(poolRef);
  }

  withUse(use: ThickVolumeRecord['use'] | 'thin'): ReadonlySet<string> {
    return this.byUse(use);
  }

  /** Makes a thick volume. It is usable at once and initialises in the background. */
  create(wanted: NewVolume): ThickVolumeRecord {
    return this.array.transact(() => {
      const { system } = this.array;
      this.checkFreeLabel(wanted.label);
      const pool = this.usablePool(wanted.poolRef);
      const blockSizeBytes = checkBlockSize(wanted.blockSizeBytes ?? volumeDefaults.blockSizeBytes);
      const capacityBytes = checkCapacity(wanted.capacityBytes, system.limits.maxVolumeBytes, { blockSizeBytes });
      const { segmentSizeBytes } = given(volumeDefaults, { ...wanted, blockSizeBytes });
      checkSegmentSize(segmentSizeBytes);
      if (this.byUse('standardVolume').size + this.byUse('thin').size >= system.limits.volumes) {
        throw new ArrayError(
          'maxVolumesExceeded',
          `The array has ${system.limits.volumes} volumes: it can have no more.`,
        );
      }
      if (wanted.dataAssurance && !this.assuresData(pool)) {
        throw new ArrayError(
          'illegalParam',
          `Storage pool '${pool.label}' is not capable of data assurance.`,
          'dataAssuranceEnabled',
        );
      }
      const volume = this.put(pool, { ...wanted, capacityBytes, blockSizeBytes }, 'standardVolume');
      this.array.events.record({
        eventType: 0x2010,
        description: `Volume '${volume.label}' created`,
        componentType: 'volume',
        objectRef: volume.ref,
      });
      this.array.jobs.start('initialization', volume.ref, capacityBytes);
      return this.requireThick(volume.ref);
    });
  }

  /** Makes a member of a repository: named by the array, not initialised, not counted as a user's. */
  createMember(wanted: Pick<NewVolume, 'label' | 'poolRef' | 'capacityBytes'>): ThickVolumeRecord {
    return this.array.transact(() => {
      const pool = this.usablePool(wanted.poolRef);
      return this.put(pool, wanted, 'repositoryVolume');
    });
  }

  /** A repository gives up a member: deleted, or kept as a free repository volume. */
  releaseMember(ref: string, retain: boolean): void {
    const volume = this.requireThick(ref);
    if (retain) this.array.tables.volumes.patch(ref, { use: 'freeRepositoryVolume' });
    else this.remove(volume);
  }

  useMember(ref: string): void {
    this.array.tables.volumes.patch(ref, { use: 'repositoryVolume' });
  }

  /** Changes what a user may change on a thick or thin volume. */
  update(ref: string, changes: VolumeChanges): VolumeRecord {
    return this.array.transact(() => {
      const volume = this.require(ref);
      if (changes.label !== undefined && changes.label !== volume.label) this.checkFreeLabel(changes.label);
      const controller =
        changes.controller === undefined
          ? volume.preferredController
          : this.array.controllers.require(changes.controller).ref;
      if (changes.reconPriority !== undefined && (changes.reconPriority < 0 || changes.reconPriority > 4)) {
        throw new ArrayError(
          'invalidReconpriority',
          `The reconPriority is ${changes.reconPriority}: allowed are 0 to 4.`,
          'reconPriority',
        );
      }
      return this.array.tables.volumes.put({
        ...volume,
        label: changes.label ?? volume.label,
        preferredController: controller,
        currentController:
          changes.controller === undefined ? volume.currentController : this.array.controllers.serving(controller),
        ...changed(volumeSettings, volume, changes),
      });
    });
  }

  /**
   * Makes a thick volume larger: `capacityBytes` is the new total. Immediate on a disk pool; on a volume group the
   * capacity shows at once while `remappingDve` goes on. Throws ArrayError when it is not larger, or already growing.
   */
  expand(ref: string, capacityBytes: number): ThickVolumeRecord {
    return this.array.transact(() => {
      const volume = this.requireThick(ref);
      this.refuseMember(volume, 'expanded');
      const wanted = checkCapacity(capacityBytes, this.array.system.limits.maxVolumeBytes, {
        field: 'expansionSize',
        blockSizeBytes: volume.blockSizeBytes,
      });
      if (wanted <= volume.capacityBytes) {
        throw new ArrayError(
          'illegalParam',
          `The expansionSize is ${wanted} bytes: it is the new total and must exceed the present ${volume.capacityBytes}.`,
          'expansionSize',
        );
      }
      const { jobs, pools } = this.array;
      const pool = pools.require(volume.poolRef);
      if (jobs.find('volumeExpansion', volume.ref) !== undefined || jobs.on(pool.ref).length > 0) {
        throw new ArrayError(
          'volumeReconfiguring',
          `Volume '${volume.label}' or its pool is being reconfigured: wait until that is complete.`,
        );
      }
      if (volume.offline) throw new ArrayError('volumeOffline', `Volume '${volume.label}' is offline.`);
      if (this.array.volumeCopies.isBusy(volume.ref))
        throw new ArrayError('copyActive', `Volume '${volume.label}' is being copied.`);
      const more = wanted - volume.allocatedBytes;
      const allocated = more > 0 ? pools.allocate(pool.ref, more) : 0;
      const increasingByBytes = pool.diskPool === null ? wanted - volume.capacityBytes : 0;
      this.array.tables.volumes.put({
        ...volume,
        capacityBytes: wanted,
        allocatedBytes: volume.allocatedBytes + allocated,
        increasingByBytes,
      });
      this.array.contents.resize(volume.ref, wanted);
      if (pool.diskPool === null) jobs.start('volumeExpansion', volume.ref, increasingByBytes);
      return this.requireThick(volume.ref);
    });
  }

  /** Forgets what is on a thick volume and initialises it anew. */
  initialize(ref: string): VolumeRecord {
    return this.array.transact(() => {
      const volume = this.requireThick(ref);
      this.refuseMember(volume, 'initialised');
      if (this.array.snapshotGroups.ofBase(volume.ref).length > 0 || this.array.volumeCopies.isBusy(volume.ref)) {
        throw new ArrayError(
          'volumeInUse',
          `Volume '${volume.label}' has snapshots or is being copied: it cannot be initialised.`,
        );
      }
      if (this.array.jobs.on(volume.ref).length > 0)
        throw new ArrayError('volumeInitializing', `Volume '${volume.label}' is being worked on already.`);
      this.array.contents.drop(volume.ref);
      this.array.tables.volumes.put({
        ...volume,
        status: this.array.poolRedundancy.raidStatus(this.array.pools.require(volume.poolRef)),
      });
      this.array.jobs.start('initialization', volume.ref, volume.capacityBytes);
      return this.require(volume.ref);
    });
  }

  /** Deletes a volume with everything that hangs on it: mappings, snapshot groups, memberships, finished copies. */
  delete(ref: string): void {
    this.array.transact(() => {
      const volume = this.require(ref);
      if (volume.kind === 'thin') {
        this.array.thinVolumes.delete(volume.ref);
        return;
      }
      if (volume.use === 'repositoryVolume') this.refuseMember(volume, 'deleted');
      this.drop(volume);
      this.remove(volume);
      this.array.events.record({
        eventType: 0x2011,
        description: `Volume '${volume.label}' deleted`,
        componentType: 'volume',
        objectRef: volume.ref,
      });
    });
  }

  /** Takes away what hangs on a volume that is about to go. Throws ArrayError while it is being copied. */
  drop(volume: VolumeRecord): void {
    if (this.array.volumeCopies.isBusy(volume.ref)) {
      throw new ArrayError(
        'volumeHasVolcopyRelationship',
        `Volume '${volume.label}' is being copied: stop or await the copy first.`,
      );
    }
    if (this.array.asyncMirrorMembers.ofVolume(volume.ref) !== undefined)
      throw new ArrayError(
        'volumeHasAsyncMirror',
        `Volume '${volume.label}' is mirrored: take it out of its mirror group first.`,
      );
    this.array.jobs.cancelAll(volume.ref);
    this.array.volumeCopies.dropVolume(volume.ref);
    this.array.mappings.dropMappable(volume.ref);
    this.array.snapshotGroups.dropBase(volume.ref);
    this.array.contents.drop(volume.ref);
  }

  /** Deletes all of a pool's volumes with their snapshots and repositories. */
  deleteAllIn(poolRef: string): void {
    const users = () =>
      [...this.byPool(poolRef)]
        .map((ref) => this.require(ref))
        .filter((volume) => volume.kind === 'thin' || volume.use !== 'repositoryVolume');
    for (let [volume] = users(); volume !== undefined; [volume] = users()) this.delete(volume.ref);
  }

  /** Throws ArrayError when the name is no name or another volume's. */
  checkFreeLabel(label: string): void {
    checkLabel(label);
    if (this.byLabel(label).size > 0) {
      throw new ArrayError('invalidLabel', `There is a volume '${label}' already: the name must be unique.`, 'name');
    }
  }

  /** The pool by reference or label, if volumes can be made in it. */
  usablePool(refOrLabel: string): PoolRecord {
    const pool = this.array.pools.require(refOrLabel);
    if (this.array.poolRedundancy.raidStatus(pool) === 'failed')
      throw new ArrayError('volumeGroupNotOnline', `Storage pool '${pool.label}' has failed.`, 'poolId');
    if (pool.usage !== 'standard')
      throw new ArrayError('invalidVolumegroupref', `Storage pool '${pool.label}' is for ${pool.usage}.`, 'poolId');
    if (this.byPool(pool.ref).size >= this.array.system.limits.volumesPerPool) {
      throw new ArrayError(
        'numVolumesGroup',
        `Storage pool '${pool.label}' has ${this.array.system.limits.volumesPerPool} volumes: it can have no more.`,
        'poolId',
      );
    }
    return pool;
  }

  assuresData(pool: PoolRecord): boolean {
    return this.array.drives.inPool(pool.ref).every((drive) => drive.protectionInformationCapable);
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const volume of this.array.tables.volumes.values()) {
      if (this.byLabel(volume.label).size !== 1) problems.push(`volume label ${volume.label} is not unique`);
      if (!this.array.tables.pools.has(volume.poolRef))
        problems.push(`volume ${volume.label} is in pool ${volume.poolRef}, which does not exist`);
      if (volume.kind === 'thick' && volume.allocatedBytes < volume.capacityBytes)
        problems.push(`volume ${volume.label} holds more than it takes of its pool`);
    }
    return problems;
  }

  private put(pool: PoolRecord, wanted: CheckedVolume, use: ThickVolumeRecord['use']): ThickVolumeRecord {
    const allocatedBytes = this.array.pools.allocate(pool.ref, wanted.capacityBytes);
    const controller =
      wanted.controller === undefined
        ? this.array.pools.takeController(pool.ref)
        : this.array.controllers.require(wanted.controller).ref;
    const ref = this.array.newRef('volume');
    const volume: ThickVolumeRecord = {
      ...given({ ...volumeDefaults, ...thickVolumeDefaults }, wanted),
      ref,
      kind: 'thick',
      use,
      label: wanted.label,
      wwn: wwnOf(ref),
      handle: this.array.takeCounter('volumeHandle'),
      poolRef: pool.ref,
      capacityBytes: wanted.capacityBytes,
      allocatedBytes,
      preferredController: controller,
      currentController: this.array.controllers.serving(controller),
      status: this.array.poolRedundancy.raidStatus(pool),
      createdMs: this.array.now(),
    };
    this.array.tables.volumes.put(volume);
    return volume;
  }

  private remove(volume: ThickVolumeRecord): void {
    this.array.tables.volumes.delete(volume.ref);
    this.array.pools.release(volume.poolRef, volume.allocatedBytes);
  }

  private refuseMember(volume: ThickVolumeRecord, what: string): void {
    if (volume.use === 'repositoryVolume') {
      throw new ArrayError(
        'volumeInUse',
        `Volume '${volume.label}' is a member of a repository: it cannot be ${what} by itself.`,
      );
    }
  }

  private failed(ref: string): void {
    this.array.tables.volumes.patch(ref, { status: 'failed' });
    const volume = this.require(ref);
    this.array.events.record({
      eventType: 0x2013,
      category: 'failure',
      priority: 'priorityCritical',
      description: `Initialisation of volume '${volume.label}' failed`,
      componentType: 'volume',
      objectRef: ref,
    });
  }
}
