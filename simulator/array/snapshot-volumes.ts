import { clusterBytes } from '../blocks/tree.js';
import type { VolumeContent } from '../blocks/volume-content.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import { type SnapshotVolumeRecord, snapshotVolumeDefaults } from './records.js';
import { wwnOf } from './refs.js';
import type { RepositoryWish } from './repositories.js';
import type { StorageArray } from './storage-array.js';

export interface NewSnapshotVolume extends RepositoryWish {
  readonly label: string;
  readonly imageRef: string;
  readonly accessMode: SnapshotVolumeRecord['accessMode'];
  readonly warnThreshold?: number;
  /** For the members of a consistency group view, whose labels the array makes. */
  readonly consistencyGroupViewRef?: string;
}

/** Snapshot volumes (views): an image as a volume, to read, or with a repository of its own to write. */
export class SnapshotVolumes {
  private readonly byLabel: (label: string) => ReadonlySet<string>;
  private readonly byWwn: (wwn: string) => ReadonlySet<string>;
  private readonly byImage: (imageRef: string) => ReadonlySet<string>;
  private readonly byGroupView: (viewRef: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    const { snapshotVolumes } = array.tables;
    this.byLabel = snapshotVolumes.index((view) => view.label);
    this.byWwn = snapshotVolumes.index((view) => view.wwn);
    this.byImage = snapshotVolumes.index((view) => view.imageRef ?? undefined);
    this.byGroupView = snapshotVolumes.index((view) => view.consistencyGroupViewRef ?? undefined);
  }

  require(ref: string): SnapshotVolumeRecord {
    const view = this.find(ref);
    if (view === undefined) throw new ObjectNotFound('invalidPitViewRef', 'snapshot volume', ref);
    return view;
  }

  /** By reference or WWN in any case, or by label. */
  find(id: string): SnapshotVolumeRecord | undefined {
    const { snapshotVolumes } = this.array.tables;
    const upper = id.toUpperCase();
    const [ref] = [upper, ...this.byLabel(id), ...this.byWwn(upper)].filter((each) => snapshotVolumes.has(each));
    return ref === undefined ? undefined : snapshotVolumes.get(ref);
  }

  ofImage(imageRef: string): SnapshotVolumeRecord[] {
    return [...this.byImage(imageRef)].map((ref) => this.require(ref));
  }

  ofGroupView(viewRef: string): SnapshotVolumeRecord[] {
    return [...this.byGroupView(viewRef)].map((ref) => this.require(ref));
  }

  create(wanted: NewSnapshotVolume): SnapshotVolumeRecord {
    return this.array.transact(() => {
      const image = this.array.snapshotImages.require(wanted.imageRef);
      const base = this.array.volumes.require(image.baseRef);
      const { limits } = this.array.system;
      this.checkFreeLabel(wanted.label, wanted.consistencyGroupViewRef !== undefined);
      if (this.byImage(image.ref).size >= limits.viewsPerImage) {
        throw new ArrayError(
          'maxViewsPerPitExceeded',
          `Snapshot image '${image.ref}' has ${limits.viewsPerImage} snapshot volumes: it can have no more.`,
        );
      }
      if (this.array.tables.snapshotVolumes.size >= limits.views) {
        throw new ArrayError(
          'maxViewsExceeded',
          `The array has ${limits.views} snapshot volumes: it can have no more.`,
        );
      }
      const ref = this.array.newRef('snapshotVolume');
      const controller = this.array.pools.takeController(base.poolRef);
      return this.array.tables.snapshotVolumes.put({
        ...snapshotVolumeDefaults,
        ref,
        label: wanted.label,
        wwn: wwnOf(ref),
        handle: this.array.takeCounter('highLevelHandle'),
        imageRef: image.ref,
        baseRef: image.baseRef,
        consistencyGroupViewRef: wanted.consistencyGroupViewRef ?? null,
        consistencyGroupRef: image.consistencyGroupRef,
        accessMode: wanted.accessMode,
        repositoryRef: wanted.accessMode === 'readWrite' ? this.newRepository(ref, base, wanted) : null,
        warnThreshold:
          wanted.accessMode === 'readWrite'
            ? checkThreshold(wanted.warnThreshold ?? snapshotVolumeDefaults.warnThreshold)
            : 0,
        capacityBytes: image.capacityBytes,
        viewTimeMs: image.createdMs,
        sequence: image.sequence,
        preferredController: controller,
        currentController: this.array.controllers.serving(controller),
      });
    });
  }

  update(ref: string, changes: { readonly label?: string; readonly warnThreshold?: number }): SnapshotVolumeRecord {
    return this.array.transact(() => {
      const view = this.require(ref);
      if (changes.label !== undefined && changes.label !== view.label) this.checkFreeLabel(changes.label, false);
      return this.array.tables.snapshotVolumes.patch(view.ref, {
        label: changes.label ?? view.label,
        warnThreshold: checkThreshold(changes.warnThreshold ?? view.warnThreshold),
      });
    });
  }

  /** Gives a read-only view a repository, so that it can be written. */
  convertToReadWrite(ref: string, wish: RepositoryWish & { readonly warnThreshold?: number }): SnapshotVolumeRecord {
    return this.array.transact(() => {
      const view = this.require(ref);
      if (view.accessMode === 'readWrite')
        throw new ArrayError('invalidModeSwitch', `Snapshot volume '${view.label}' is readWrite already.`);
      if (view.imageRef === null)
        throw new ArrayError('invalidPitForView', `Snapshot volume '${view.label}' is stopped: its image is gone.`);
      const base = this.array.volumes.require(view.baseRef);
      return this.array.tables.snapshotVolumes.patch(view.ref, {
        accessMode: 'readWrite',
        repositoryRef: this.newRepository(view.ref, base, wish),
        warnThreshold: checkThreshold(wish.warnThreshold ?? snapshotVolumeDefaults.warnThreshold),
      });
    });
  }

  /** Deletes a view; one of a consistency group view may go by itself. */
  delete(ref: string): void {
    this.array.transact(() => {
      const view = this.require(ref);
      if (this.array.volumeCopies.isBusy(view.ref)) {
        throw new ArrayError(
          'copyActive',
          `Snapshot volume '${view.label}' is the source of a volume copy: stop or await it first.`,
        );
      }
      this.drop(view);
      const groupView = view.consistencyGroupViewRef;
      if (groupView !== null && this.byGroupView(groupView).size === 0)
        this.array.tables.consistencyGroupViews.delete(groupView);
    });
  }

  drop(view: SnapshotVolumeRecord): void {
    if (this.array.volumeCopies.isBusy(view.ref)) {
      throw new ArrayError(
        'copyActive',
        `Snapshot volume '${view.label}' is the source of a volume copy: stop or await it first.`,
      );
    }
    this.array.volumeCopies.dropVolume(view.ref);
    this.array.mappings.dropMappable(view.ref);
    this.array.contents.drop(view.ref);
    this.array.tables.snapshotVolumes.delete(view.ref);
    if (view.repositoryRef !== null) this.array.repositories.delete(view.repositoryRef);
  }

  /** The image goes: its views stay, but show nothing any more. */
  stopForImage(imageRef: string): void {
    for (const view of this.ofImage(imageRef)) {
      if (this.array.volumeCopies.isBusy(view.ref)) {
        throw new ArrayError(
          'copyActive',
          `Snapshot volume '${view.label}' of the image is the source of a volume copy.`,
        );
      }
      this.array.contents.drop(view.ref);
      this.array.tables.snapshotVolumes.patch(view.ref, { imageRef: null, status: 'stopped' });
    }
  }

  /** What the image of a view holds. */
  readImage(view: SnapshotVolumeRecord, offset: number, length: number): Buffer {
    return this.array.contents.readImage(view.imageRef ?? '', view.capacityBytes, offset, length);
  }

  /** The content of a read-write view, made from its image at the first write. */
  writableContent(view: SnapshotVolumeRecord): VolumeContent {
    return (
      this.array.contents.find(view.ref) ?? this.array.contents.clone(view.imageRef ?? '', view.ref, view.capacityBytes)
    );
  }

  /** A write changes that many clusters of the view for the first time. Throws ArrayError when its repository is full. */
  chargeWrite(view: SnapshotVolumeRecord, previousEpochs: readonly number[]): void {
    if (view.repositoryRef === null) return;
    const { capacityBytes } = this.array.repositories.require(view.repositoryRef);
    const usedBytes = view.usedBytes + previousEpochs.length * clusterBytes;
    if (usedBytes > capacityBytes) {
      throw new ArrayError(
        'repositoryFull',
        `The repository of snapshot volume '${view.label}' is full: writes to it fail.`,
      );
    }
    const over = usedBytes * 100 > capacityBytes * view.warnThreshold;
    this.array.tables.snapshotVolumes.patch(view.ref, { usedBytes, status: over ? 'overThreshold' : 'optimal' });
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const view of this.array.tables.snapshotVolumes.values()) {
      const { snapshotImages, repositories, consistencyGroupViews } = this.array.tables;
      if (view.imageRef !== null && !snapshotImages.has(view.imageRef))
        problems.push(`snapshot volume ${view.label} shows an image that does not exist`);
      if ((view.imageRef === null) !== (view.status === 'stopped'))
        problems.push(`snapshot volume ${view.label} is ${view.status} with image ${view.imageRef}`);
      if ((view.repositoryRef !== null) !== (view.accessMode === 'readWrite'))
        problems.push(`snapshot volume ${view.label} is ${view.accessMode} with repository ${view.repositoryRef}`);
      if (view.repositoryRef !== null && !repositories.has(view.repositoryRef))
        problems.push(`snapshot volume ${view.label} has no repository`);
      if (view.consistencyGroupViewRef !== null && !consistencyGroupViews.has(view.consistencyGroupViewRef)) {
        problems.push(`snapshot volume ${view.label} is a member of a view that does not exist`);
      }
      if (this.byLabel(view.label).size !== 1) problems.push(`snapshot volume label ${view.label} is not unique`);
    }
    return problems;
  }

  private newRepository(
    viewRef: string,
    base: { readonly poolRef: string; readonly capacityBytes: number },
    wish: RepositoryWish,
  ): string {
    const source = this.array.repositories.sourceFor(base, wish);
    return this.array.repositories.create({ baseKind: 'snapshotVolume', baseRef: viewRef, source }).ref;
  }

  private checkFreeLabel(label: string, madeByArray: boolean): void {
    if (!madeByArray) checkLabel(label, 'invalidPitViewLabel');
    if (this.byLabel(label).size > 0) {
      throw new ArrayError(
        'invalidPitViewLabel',
        `There is a snapshot volume '${label}' already: the name must be unique.`,
        'name',
      );
    }
  }
}

function checkThreshold(percent: number): number {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    throw new ArrayError(
      'invalidWarnThreshold',
      `The full threshold is ${percent}: allowed are whole percents from 0 to 100.`,
      'fullThreshold',
    );
  }
  return percent;
}
