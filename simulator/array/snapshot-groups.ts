import { given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import {
  type FullPolicy,
  type RollbackPriority,
  type SnapshotGroupRecord,
  snapshotGroupDefaults,
  type VolumeRecord,
} from './records.js';
import type { RepositoryWish } from './repositories.js';
import type { StorageArray } from './storage-array.js';

export interface NewSnapshotGroup extends RepositoryWish {
  readonly label: string;
  readonly baseRef: string;
  readonly warnThreshold?: number;
  readonly autoDeleteLimit?: number;
  readonly fullPolicy?: FullPolicy;
  readonly rollbackPriority?: RollbackPriority;
  /** For the members of a consistency group, whose labels the array makes. */
  readonly consistencyGroupRef?: string;
}

export type SnapshotGroupChanges = Partial<
  Pick<SnapshotGroupRecord, 'label' | 'warnThreshold' | 'autoDeleteLimit' | 'fullPolicy' | 'rollbackPriority'>
>;

/** Snapshot groups: the images of one base volume that share a repository. */
export class SnapshotGroups {
  private readonly byLabel: (label: string) => ReadonlySet<string>;
  private readonly byBase: (baseRef: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    this.byLabel = array.tables.snapshotGroups.index((group) => group.label);
    this.byBase = array.tables.snapshotGroups.index((group) => group.baseRef);
  }

  require(ref: string): SnapshotGroupRecord {
    const group = this.array.tables.snapshotGroups.get(ref.toUpperCase());
    if (group === undefined) throw new ObjectNotFound('invalidPitGroupRef', 'snapshot group', ref);
    return group;
  }

  /** The groups of a base volume, memberships of consistency groups included, oldest first. */
  ofBase(baseRef: string): SnapshotGroupRecord[] {
    return [...this.byBase(baseRef)].map((ref) => this.require(ref));
  }

  create(wanted: NewSnapshotGroup): SnapshotGroupRecord {
    return this.array.transact(() => {
      const base = this.usableBase(wanted.baseRef);
      this.checkFreeLabel(wanted.label, wanted.consistencyGroupRef !== undefined);
      const { limits } = this.array.system;
      if (this.byBase(base.ref).size >= limits.snapshotGroupsPerVolume) {
        throw new ArrayError(
          'maxPitGroupsPerBaseExceeded',
          `Volume '${base.label}' has ${limits.snapshotGroupsPerVolume} snapshot groups: it can have no more.`,
        );
      }
      if (this.array.tables.snapshotGroups.size >= limits.snapshotGroups) {
        throw new ArrayError(
          'maxPitGroupsExceeded',
          `The array has ${limits.snapshotGroups} snapshot groups: it can have no more.`,
        );
      }
      const settings = given(snapshotGroupDefaults, wanted);
      this.checkSettings(settings);
      const source = this.array.repositories.sourceFor(base, wanted);
      const ref = this.array.newRef('snapshotGroup');
      const repository = this.array.repositories.create({ baseKind: 'snapshotGroup', baseRef: ref, source });
      const group = this.array.tables.snapshotGroups.put({
        ref,
        label: wanted.label,
        handle: this.array.takeCounter('highLevelHandle'),
        baseRef: base.ref,
        repositoryRef: repository.ref,
        ...settings,
      });
      this.array.tables.volumes.touch(base.ref);
      return group;
    });
  }

  update(ref: string, changes: SnapshotGroupChanges): SnapshotGroupRecord {
    return this.array.transact(() => {
      const group = this.require(ref);
      if (changes.label !== undefined && changes.label !== group.label) this.checkFreeLabel(changes.label, false);
      const settings = {
        warnThreshold: changes.warnThreshold ?? group.warnThreshold,
        autoDeleteLimit: changes.autoDeleteLimit ?? group.autoDeleteLimit,
        fullPolicy: changes.fullPolicy ?? group.fullPolicy,
        rollbackPriority: changes.rollbackPriority ?? group.rollbackPriority,
      };
      this.checkSettings(settings);
      const updated = this.array.tables.snapshotGroups.put({
        ...group,
        label: changes.label ?? group.label,
        ...settings,
      });
      return this.array.snapshotCharges.showFullness(updated);
    });
  }

  /** Deletes a group of its own with its images and their views. */
  delete(ref: string): void {
    this.array.transact(() => {
      const group = this.require(ref);
      if (group.consistencyGroupRef !== null) {
        throw new ArrayError(
          'pitGroupInConsistencyGroup',
          `Snapshot group '${group.label}' belongs to a consistency group: remove its volume from that group instead.`,
        );
      }
      this.drop(group);
    });
  }

  /** Takes a group away with all that hangs on it. */
  drop(group: SnapshotGroupRecord, options: { readonly retainRepositories?: boolean } = {}): void {
    if (this.array.jobs.find('rollback', group.ref) !== undefined) {
      throw new ArrayError(
        'rollbackInProgress',
        `Snapshot group '${group.label}' is being rolled back: wait until that is complete.`,
      );
    }
    this.array.snapshotImages.dropInGroup(group.ref);
    if (group.consistencyGroupRef !== null) this.array.consistencyGroupViews.dropEmpty(group.consistencyGroupRef);
    this.array.tables.snapshotGroups.delete(group.ref);
    this.array.repositories.delete(group.repositoryRef, { retainMembers: options.retainRepositories });
    this.array.tables.volumes.touch(group.baseRef);
  }

  /** The base volume goes, and its groups with it. */
  dropBase(baseRef: string): void {
    for (const group of this.ofBase(baseRef)) this.drop(group);
  }

  problems(): string[] {
    const problems: string[] = [];
    const { snapshotGroupsPerVolume, snapshotImagesPerGroup } = this.array.system.limits;
    for (const group of this.array.tables.snapshotGroups.values()) {
      const images = this.array.snapshotImages.inGroup(group.ref);
      const used = images.reduce((sum, image) => sum + image.usedBytes, 0);
      if (used !== group.usedBytes)
        problems.push(`snapshot group ${group.label} counts ${group.usedBytes} bytes, its images hold ${used}`);
      if (images.length > snapshotImagesPerGroup)
        problems.push(`snapshot group ${group.label} has ${images.length} images`);
      if (!this.array.tables.volumes.has(group.baseRef))
        problems.push(`snapshot group ${group.label} has no base volume`);
      if (!this.array.tables.repositories.has(group.repositoryRef))
        problems.push(`snapshot group ${group.label} has no repository`);
      if (this.byBase(group.baseRef).size > snapshotGroupsPerVolume)
        problems.push(`volume ${group.baseRef} has too many snapshot groups`);
      if (this.byLabel(group.label).size !== 1) problems.push(`snapshot group label ${group.label} is not unique`);
      if (group.consistencyGroupRef !== null && !this.array.tables.consistencyGroups.has(group.consistencyGroupRef)) {
        problems.push(`snapshot group ${group.label} belongs to a consistency group that does not exist`);
      }
    }
    return problems;
  }

  private usableBase(ref: string): VolumeRecord {
    const base = this.array.volumes.find(ref);
    if (base === undefined && this.array.snapshotVolumes.find(ref) !== undefined) {
      throw new ArrayError(
        'invalidBasevol',
        `'${ref}' is a snapshot volume: only a volume can be the base of a snapshot group.`,
        'baseMappableObjectId',
      );
    }
    if (base === undefined) throw new ObjectNotFound('invalidBasevol', 'volume', ref);
    if (base.kind === 'thick' && base.use !== 'standardVolume') {
      throw new ArrayError(
        'invalidBasevol',
        `Volume '${base.label}' is a repository volume: it cannot be the base of snapshots.`,
        'baseMappableObjectId',
      );
    }
    if (base.offline)
      throw new ArrayError('baseVolumeOffline', `Volume '${base.label}' is offline.`, 'baseMappableObjectId');
    return base;
  }

  private checkFreeLabel(label: string, madeByArray: boolean): void {
    if (!madeByArray) checkLabel(label, 'invalidPitGroupLabel');
    if (this.byLabel(label).size > 0) {
      throw new ArrayError(
        'invalidPitGroupLabel',
        `There is a snapshot group '${label}' already: the name must be unique.`,
        'name',
      );
    }
  }

  private checkSettings({
    warnThreshold,
    autoDeleteLimit,
  }: {
    readonly warnThreshold: number;
    readonly autoDeleteLimit: number;
  }): void {
    const { snapshotImagesPerGroup } = this.array.system.limits;
    if (!Number.isInteger(warnThreshold) || warnThreshold < 0 || warnThreshold > 100) {
      throw new ArrayError(
        'invalidWarnThreshold',
        `The warning threshold is ${warnThreshold}: allowed are whole percents from 0 to 100.`,
        'warningThreshold',
      );
    }
    if (!Number.isInteger(autoDeleteLimit) || autoDeleteLimit < 0 || autoDeleteLimit > snapshotImagesPerGroup) {
      throw new ArrayError(
        'invalidPitAutoDeleteLimit',
        `The auto-delete limit is ${autoDeleteLimit}: allowed are 0 (never) to ${snapshotImagesPerGroup}.`,
        'autoDeleteLimit',
      );
    }
  }
}
