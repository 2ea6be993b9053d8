import { given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { type SnapshotVolumeRecord, type VolumeCopyRecord, type VolumeRecord, volumeCopyDefaults } from './records.js';
import { defaultRepositoryPercent } from './repositories.js';
import type { StorageArray } from './storage-array.js';

export interface NewVolumeCopy {
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly priority?: VolumeCopyRecord['priority'];
  readonly targetWriteProtected?: boolean;
  /** The source stays writable: an internal snapshot is what is copied. */
  readonly online?: boolean;
}

/** How fast a copy proceeds by its priority, relative to the highest. */
const paces: Record<VolumeCopyRecord['priority'], number> = {
  priority0: 0.2,
  priority1: 0.4,
  priority2: 0.6,
  priority3: 0.8,
  priority4: 1,
};

/** Volume copies: a pair of source and target that exists until it is deleted, also when the copying is done. */
export class VolumeCopies {
  private readonly bySource: (ref: string) => ReadonlySet<string>;
  private readonly byTarget: (ref: string) => ReadonlySet<string>;
  private readonly byGroup: (ref: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    this.bySource = array.tables.volumeCopies.index((copy) => copy.sourceRef);
    this.byTarget = array.tables.volumeCopies.index((copy) => copy.targetRef);
    this.byGroup = array.tables.volumeCopies.index((copy) => copy.snapshotGroupRef ?? undefined);
    array.jobs.onEnd('volumeCopy', {
      complete: (job) => this.completed(job.objectRef),
      fail: (job) => this.failed(job.objectRef),
    });
  }

  require(ref: string): VolumeCopyRecord {
    const copy = this.array.tables.volumeCopies.get(ref.toUpperCase());
    if (copy === undefined) throw new ObjectNotFound('invalidVolumecopyref', 'volume copy', ref);
    return copy;
  }

  isSource(ref: string): boolean {
    return this.bySource(ref).size > 0;
  }

  isTarget(ref: string): boolean {
    return this.byTarget(ref).size > 0;
  }

  /** Whether a snapshot group is that of an online copy: it and its image are in no list. */
  hides(groupRef: string): boolean {
    return this.byGroup(groupRef).size > 0;
  }

  /** The pairs that a volume or view is in. */
  of(ref: string): VolumeCopyRecord[] {
    return [...this.bySource(ref), ...this.byTarget(ref)].map((copy) => this.require(copy));
  }

  /** Whether a copy from or to the volume is pending or in progress. */
  isBusy(ref: string): boolean {
    return this.of(ref).some((copy) => copy.status === 'inProgress' || copy.status === 'pending');
  }

  /** A target takes no writes while it is copied to, nor later while the pair exists if it is to be protected. */
  isWriteProtected(ref: string): boolean {
    return [...this.byTarget(ref)]
      .map((copy) => this.require(copy))
      .some((copy) => copy.targetWriteProtected || copy.status === 'inProgress' || copy.status === 'pending');
  }

  create(wanted: NewVolumeCopy): VolumeCopyRecord {
    return this.array.transact(() => {
      const source = this.source(wanted.sourceRef);
      const target = this.target(wanted.targetRef);
      const online = wanted.online ?? false;
      this.checkNewPair(source, target, online);
      const ref = this.array.newRef('volumeCopy');
      const groupRef = online ? this.internalSnapshot(source.ref) : null;
      const copy = this.array.tables.volumeCopies.put({
        ...given(volumeCopyDefaults, { priority: wanted.priority, targetWriteProtected: wanted.targetWriteProtected }),
        ref,
        handle: this.array.takeCounter('highLevelHandle'),
        sourceRef: source.ref,
        targetRef: target.ref,
        online,
        snapshotGroupRef: groupRef,
        hidden: groupRef === null ? null : { groupRef, viewRef: this.array.newRef('snapshotVolume') },
      });
      this.start(copy);
      return this.require(ref);
    });
  }

  update(
    ref: string,
    changes: { readonly priority?: VolumeCopyRecord['priority']; readonly targetWriteProtected?: boolean },
  ): VolumeCopyRecord {
    return this.array.transact(() => {
      const copy = this.require(ref);
      this.touch(copy);
      return this.array.tables.volumeCopies.patch(copy.ref, {
        priority: changes.priority ?? copy.priority,
        targetWriteProtected: changes.targetWriteProtected ?? copy.targetWriteProtected,
      });
    });
  }

  /** Starts a copy that was stopped or done once more, or stops one in progress. */
  control(ref: string, what: 'start' | 'stop'): VolumeCopyRecord {
    return this.array.transact(() => {
      const copy = this.require(ref);
      const active = copy.status === 'inProgress' || copy.status === 'pending';
      if (what === 'start') {
        if (active) throw new ArrayError('copyActive', `Volume copy '${copy.ref}' is in progress already.`);
        this.start(copy);
      } else {
        if (!active)
          throw new ArrayError(
            'copyInactive',
            `Volume copy '${copy.ref}' is ${copy.status}: only one in progress can be stopped.`,
          );
        this.array.jobs.cancelAll(copy.ref);
        this.set(copy, { status: 'halted' });
      }
      return this.require(copy.ref);
    });
  }

  /** Deletes the pair; the target becomes writable. A copy in progress is stopped. */
  delete(ref: string, options: { readonly retainRepositories?: boolean } = {}): void {
    this.array.transact(() => this.drop(this.require(ref), options.retainRepositories));
  }

  /** A volume or view goes, and its finished pairs with it. */
  dropVolume(ref: string): void {
    for (const copy of this.of(ref)) if (this.array.tables.volumeCopies.has(copy.ref)) this.drop(copy);
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const copy of this.array.tables.volumeCopies.values()) {
      for (const ref of [copy.sourceRef, copy.targetRef]) {
        if (!this.array.tables.volumes.has(ref) && !this.array.tables.snapshotVolumes.has(ref))
          problems.push(`volume copy ${copy.ref} names ${ref}, which does not exist`);
      }
      const running = this.array.jobs.on(copy.ref).length > 0;
      if (running !== (copy.status === 'inProgress' || copy.status === 'pending'))
        problems.push(`volume copy ${copy.ref} is ${copy.status} ${running ? 'with' : 'without'} work going on`);
    }
    return problems;
  }

  /** Throws ArrayError when the two cannot be a pair, and when the array has as many pairs as it can. */
  private checkNewPair(source: VolumeRecord | SnapshotVolumeRecord, target: VolumeRecord, online: boolean): void {
    if (source.ref === target.ref)
      throw new ArrayError(
        'copyIncompatibleTarget',
        `Volume '${target.label}' cannot be copied to itself.`,
        'targetId',
      );
    if (target.capacityBytes < source.capacityBytes) {
      throw new ArrayError(
        'copyTargetTooSmall',
        `The target '${target.label}' has ${target.capacityBytes} bytes: the source has ${source.capacityBytes}.`,
        'targetId',
      );
    }
    if (this.isTarget(target.ref))
      throw new ArrayError(
        'copyTargetLimit',
        `Volume '${target.label}' is the target of a volume copy already.`,
        'targetId',
      );
    if (this.isBusy(target.ref))
      throw new ArrayError('copyInvalidTargetState', `Volume '${target.label}' is being copied.`, 'targetId');
    if (this.array.snapshotGroups.ofBase(target.ref).length > 0) {
      throw new ArrayError(
        'copyIncompatibleTarget',
        `Volume '${target.label}' has snapshots: it cannot be the target of a volume copy.`,
        'targetId',
      );
    }
    const { volumeCopies } = this.array.system.limits;
    if (this.array.tables.volumeCopies.size >= volumeCopies) {
      throw new ArrayError(
        'maxVolumeCopysExceeded',
        `The array has ${volumeCopies} volume copies: it can have no more.`,
      );
    }
    if (online && 'accessMode' in source) {
      throw new ArrayError(
        'copyIncompatibleSource',
        `'${source.label}' is a snapshot volume: it can be copied offline only.`,
        'onlineCopy',
      );
    }
  }

  private source(ref: string): VolumeRecord | SnapshotVolumeRecord {
    const source = this.array.volumes.find(ref) ?? this.array.snapshotVolumes.find(ref);
    if (source === undefined) throw new ObjectNotFound('copyInvalidSourceRef', 'volume', ref);
    if ('accessMode' in source ? source.imageRef === null : source.offline || this.isWriteProtected(source.ref)) {
      throw new ArrayError(
        'copyInvalidSourceState',
        `'${source.label}' is stopped, offline or itself being written by a copy: it cannot be copied now.`,
        'sourceId',
      );
    }
    return source;
  }

  private target(ref: string): VolumeRecord {
    const target = this.array.volumes.find(ref);
    if (target === undefined && this.array.snapshotVolumes.find(ref) !== undefined) {
      throw new ArrayError(
        'copyIncompatibleTarget',
        `'${ref}' is a snapshot volume: a copy's target is a standard volume.`,
        'targetId',
      );
    }
    if (target === undefined) throw new ObjectNotFound('copyInvalidTargetRef', 'volume', ref);
    if (target.kind === 'thin' || target.use !== 'standardVolume') {
      throw new ArrayError(
        'copyIncompatibleTarget',
        `Volume '${target.label}' is ${target.kind === 'thin' ? 'thin' : target.use}: a copy's target is a standard volume.`,
        'targetId',
      );
    }
    if (target.offline)
      throw new ArrayError('copyInvalidTargetState', `Volume '${target.label}' is offline.`, 'targetId');
    return target;
  }

  private start(copy: VolumeCopyRecord): void {
    const started = this.set(copy, { status: 'inProgress', startMs: this.array.now(), completeMs: 0 });
    const { capacityBytes } = this.source(copy.sourceRef);
    this.array.jobs.start('volumeCopy', started.ref, Math.ceil(capacityBytes / paces[copy.priority]));
  }

  private completed(ref: string): void {
    const copy = this.require(ref);
    const target = this.array.volumes.require(copy.targetRef);
    this.copyContent(copy, target);
    this.dropInternalSnapshot(copy);
    this.set(copy, { status: 'complete', completeMs: this.array.now(), snapshotGroupRef: null });
  }

  private failed(ref: string): void {
    const copy = this.require(ref);
    this.dropInternalSnapshot(copy);
    this.set(copy, { status: 'failed', snapshotGroupRef: null });
    this.array.events.record({
      eventType: 0x6202,
      category: 'failure',
      priority: 'priorityCritical',
      description: `Volume copy ${copy.ref} failed`,
      objectRef: copy.ref,
    });
  }

  /** The target's content becomes an image's, or what the source holds now. */
  private copyContent(copy: VolumeCopyRecord, target: VolumeRecord): void {
    const { contents } = this.array;
    const internal =
      copy.snapshotGroupRef === null ? undefined : this.array.snapshotImages.newest(copy.snapshotGroupRef);
    const view = this.array.snapshotVolumes.find(copy.sourceRef);
    const isUnwritten = view !== undefined && contents.find(view.ref) === undefined;
    const imageRef = internal?.ref ?? (isUnwritten ? (view.imageRef ?? '') : undefined);
    if (imageRef === undefined) contents.copy(this.source(copy.sourceRef), target.ref, target.capacityBytes);
    else contents.replace(target.ref, target.capacityBytes, imageRef);
  }

  private internalSnapshot(baseRef: string): string {
    const label = `copy_${this.array.takeCounter('secret')}_snapshot`;
    const group = this.array.snapshotGroups.create({ label, baseRef, repositoryPercent: defaultRepositoryPercent });
    this.array.snapshotImages.create({ groupRef: group.ref });
    return group.ref;
  }

  private dropInternalSnapshot(copy: VolumeCopyRecord): void {
    if (copy.snapshotGroupRef !== null)
      this.array.snapshotGroups.drop(this.array.snapshotGroups.require(copy.snapshotGroupRef));
  }

  private drop(copy: VolumeCopyRecord, retainRepositories = false): void {
    this.array.jobs.cancelAll(copy.ref);
    if (copy.snapshotGroupRef !== null) {
      this.array.snapshotGroups.drop(this.array.snapshotGroups.require(copy.snapshotGroupRef), { retainRepositories });
    }
    this.array.tables.volumeCopies.delete(copy.ref);
    this.touch(copy);
  }

  private set(copy: VolumeCopyRecord, changes: Partial<VolumeCopyRecord>): VolumeCopyRecord {
    this.touch(copy);
    return this.array.tables.volumeCopies.patch(copy.ref, changes);
  }

  private touch(copy: VolumeCopyRecord): void {
    for (const ref of [copy.sourceRef, copy.targetRef]) {
      this.array.tables.volumes.touch(ref);
      this.array.tables.snapshotVolumes.touch(ref);
    }
  }
}
