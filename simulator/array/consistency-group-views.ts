import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import type { ConsistencyGroupViewRecord, SnapshotVolumeRecord } from './records.js';
import type { RepositorySource, RepositoryWish } from './repositories.js';
import type { StorageArray } from './storage-array.js';

/** One member of a view to make: which image, how, and where its repository comes from. */
interface ViewMember {
  readonly imageRef: string;
  readonly accessMode?: SnapshotVolumeRecord['accessMode'];
  readonly repositorySource?: RepositorySource;
}

export interface NewConsistencyGroupView extends RepositoryWish {
  readonly label: string;
  readonly members: readonly ViewMember[];
  readonly accessMode?: SnapshotVolumeRecord['accessMode'];
}

/** Views of consistency groups: the snapshot volumes of one snapshot, held together. */
export class ConsistencyGroupViews {
  private readonly byGroup: (ref: string) => ReadonlySet<string>;
  private readonly byLabel: (label: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    const { consistencyGroupViews } = array.tables;
    this.byGroup = consistencyGroupViews.index((view) => view.consistencyGroupRef);
    this.byLabel = consistencyGroupViews.index((view) => view.label);
  }

  inGroup(groupRef: string): ConsistencyGroupViewRecord[] {
    return [...this.byGroup(groupRef)].flatMap((ref) => this.array.tables.consistencyGroupViews.get(ref) ?? []);
  }

  /** A view of a group. Throws ObjectNotFound for one of another group. */
  require(groupRef: string, viewRef: string): ConsistencyGroupViewRecord {
    const view = this.array.tables.consistencyGroupViews.get(viewRef.toUpperCase());
    if (view === undefined || view.consistencyGroupRef !== this.array.consistencyGroups.require(groupRef).ref) {
      throw new ObjectNotFound('invalidPitConsistencyGroupViewRef', 'consistency group snapshot volume', viewRef);
    }
    return view;
  }

  /** Makes snapshot volumes of the named images of one snapshot, held together by a view. */
  create(ref: string, wanted: NewConsistencyGroupView): ConsistencyGroupViewRecord {
    return this.array.transact(() => {
      const group = this.array.consistencyGroups.require(ref);
      checkLabel(wanted.label, 'invalidPitConsistencyGroupViewLabel');
      if (this.byLabel(wanted.label).size > 0) {
        throw new ArrayError(
          'invalidPitConsistencyGroupViewLabel',
          `There is a consistency group snapshot volume '${wanted.label}' already: the name must be unique.`,
          'name',
        );
      }
      const images = wanted.members.map((member) => this.array.snapshotImages.require(member.imageRef));
      const [first] = images;
      if (first === undefined)
        throw new ArrayError('invalidPitForView', 'A view shows at least one snapshot image.', 'pitId');
      if (images.some((image) => image.consistencyGroupRef !== group.ref || image.sequence !== first.sequence)) {
        throw new ArrayError(
          'invalidPitForView',
          `The images of a view are of one snapshot of consistency group '${group.label}'.`,
          'pitId',
        );
      }
      const view = this.array.tables.consistencyGroupViews.put({
        ref: this.array.newRef('consistencyGroupView'),
        label: wanted.label,
        consistencyGroupRef: group.ref,
        viewTimeMs: first.createdMs,
        sequence: first.sequence,
      });
      for (const [index, image] of images.entries()) {
        const member = wanted.members[index];
        this.array.snapshotVolumes.create({
          label: `${wanted.label}:${this.array.volumes.require(image.baseRef).label}`,
          imageRef: image.ref,
          accessMode: member?.accessMode ?? wanted.accessMode ?? 'readOnly',
          consistencyGroupViewRef: view.ref,
          repositoryPercent: wanted.repositoryPercent,
          repositoryPoolRef: wanted.repositoryPoolRef,
          repositorySource: member?.repositorySource,
          warnThreshold: group.warnThreshold,
        });
      }
      return view;
    });
  }

  delete(groupRef: string, viewRef: string): void {
    this.array.transact(() => this.drop(this.require(groupRef, viewRef)));
  }

  /** Views whose members went with a volume go too. */
  dropEmpty(groupRef: string): void {
    this.array.transact(() => {
      for (const view of this.inGroup(groupRef)) {
        if (this.array.snapshotVolumes.ofGroupView(view.ref).length === 0)
          this.array.tables.consistencyGroupViews.delete(view.ref);
      }
    });
  }

  dropInGroup(groupRef: string): void {
    for (const view of this.inGroup(groupRef)) this.drop(view);
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const view of this.array.tables.consistencyGroupViews.values()) {
      if (!this.array.tables.consistencyGroups.has(view.consistencyGroupRef))
        problems.push(`view ${view.label} belongs to no consistency group`);
      if (this.array.snapshotVolumes.ofGroupView(view.ref).length === 0)
        problems.push(`view ${view.label} has no members`);
    }
    return problems;
  }

  private drop(view: ConsistencyGroupViewRecord): void {
    for (const member of this.array.snapshotVolumes.ofGroupView(view.ref)) this.array.snapshotVolumes.drop(member);
    this.array.tables.consistencyGroupViews.delete(view.ref);
  }
}
