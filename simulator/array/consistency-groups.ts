import { changed, given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import {
  type ConsistencyGroupRecord,
  consistencyGroupDefaults,
  type SnapshotGroupRecord,
  type SnapshotImageRecord,
} from './records.js';
import type { RepositoryWish } from './repositories.js';
import type { StorageArray } from './storage-array.js';

type Settings = Omit<ConsistencyGroupRecord, 'ref' | 'label'>;

export interface NewConsistencyGroup extends Partial<Settings> {
  readonly label: string;
}

/** Consistency groups: volumes whose snapshots are taken at one moment, under one sequence number. */
export class ConsistencyGroups {
  private readonly byLabel: (label: string) => ReadonlySet<string>;
  private readonly membersByGroup: (ref: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    const { consistencyGroups, snapshotGroups } = array.tables;
    this.byLabel = consistencyGroups.index((group) => group.label);
    this.membersByGroup = snapshotGroups.index((group) => group.consistencyGroupRef ?? undefined);
  }

  require(ref: string): ConsistencyGroupRecord {
    const group = this.array.tables.consistencyGroups.get(ref.toUpperCase());
    if (group === undefined) throw new ObjectNotFound('invalidPitConsistencyGroupRef', 'consistency group', ref);
    return group;
  }

  create(wanted: NewConsistencyGroup): ConsistencyGroupRecord {
    return this.array.transact(() => {
      this.checkFreeLabel(wanted.label);
      const { consistencyGroups } = this.array.system.limits;
      if (this.array.tables.consistencyGroups.size >= consistencyGroups) {
        throw new ArrayError(
          'maxConsistencyGroupsExceeded',
          `The array has ${consistencyGroups} consistency groups: it can have no more.`,
        );
      }
      const settings: Settings = given(consistencyGroupDefaults, wanted);
      this.checkSettings(settings);
      return this.array.tables.consistencyGroups.put({
        ref: this.array.newRef('consistencyGroup'),
        label: wanted.label,
        ...settings,
      });
    });
  }

  /** Changes the group; what it says of repositories and deletion holds for its members' groups too. */
  update(ref: string, changes: Partial<NewConsistencyGroup>): ConsistencyGroupRecord {
    return this.array.transact(() => {
      const group = this.require(ref);
      if (changes.label !== undefined && changes.label !== group.label) this.checkFreeLabel(changes.label);
      const settings: Settings = changed(consistencyGroupDefaults, group, changes);
      this.checkSettings(settings);
      for (const member of this.members(group.ref)) this.array.snapshotGroups.update(member.ref, settings);
      return this.array.tables.consistencyGroups.put({
        ref: group.ref,
        label: changes.label ?? group.label,
        ...settings,
      });
    });
  }

  /** Deletes a group with its views, snapshots and members; the volumes stay. */
  delete(ref: string): void {
    this.array.transact(() => {
      const group = this.require(ref);
      this.array.consistencyGroupViews.dropInGroup(group.ref);
      for (const member of this.members(group.ref)) this.array.snapshotGroups.drop(member);
      this.array.tables.consistencyGroups.delete(group.ref);
    });
  }

  /** The members: a snapshot group for each volume, in order of joining. */
  members(groupRef: string): SnapshotGroupRecord[] {
    return [...this.membersByGroup(groupRef)].map((ref) => this.array.snapshotGroups.require(ref));
  }

  member(groupRef: string, volumeId: string): SnapshotGroupRecord {
    const volume = this.array.volumes.find(volumeId);
    const member = this.members(groupRef).find(
      (each) => each.baseRef === (volume?.ref ?? volumeId.toUpperCase()) || each.ref === volumeId.toUpperCase(),
    );
    if (member === undefined)
      throw new ObjectNotFound('volumeNotExist', 'member volume of the consistency group', volumeId);
    return member;
  }

  addMember(groupRef: string, volumeId: string, wish: RepositoryWish): SnapshotGroupRecord {
    return this.array.transact(() => {
      const group = this.require(groupRef);
      const volume = this.array.volumes.require(volumeId);
      const members = this.members(group.ref);
      const { consistencyGroupMembers } = this.array.system.limits;
      if (members.some((member) => member.baseRef === volume.ref)) {
        throw new ArrayError(
          'volumeInUse',
          `Volume '${volume.label}' is a member of consistency group '${group.label}' already.`,
          'volumeId',
        );
      }
      if (members.length >= consistencyGroupMembers) {
        throw new ArrayError(
          'maxConsistencyGroupMembersExceeded',
          `Consistency group '${group.label}' has ${consistencyGroupMembers} members: it can have no more.`,
        );
      }
      const { ref: _ref, label, ...settings } = group;
      return this.array.snapshotGroups.create({
        ...settings,
        ...wish,
        label: `${label}:${volume.label}`,
        baseRef: volume.ref,
        consistencyGroupRef: group.ref,
      });
    });
  }

  removeMember(groupRef: string, volumeId: string, options: { readonly retainRepositories?: boolean } = {}): void {
    this.array.transact(() =>
      this.array.snapshotGroups.drop(this.member(this.require(groupRef).ref, volumeId), options),
    );
  }

  /** Sequence numbers of the group's snapshots, oldest first. */
  sequences(groupRef: string): number[] {
    const numbers = new Set<number>();
    for (const member of this.members(groupRef)) {
      for (const image of this.array.snapshotImages.inGroup(member.ref)) numbers.add(image.sequence);
    }
    return [...numbers].sort((a, b) => a - b);
  }

  /** The images of all members, oldest first; of one snapshot when a sequence number is given. */
  images(groupRef: string, sequence?: number): SnapshotImageRecord[] {
    return this.members(groupRef)
      .flatMap((member) => this.array.snapshotImages.inGroup(member.ref))
      .filter((image) => sequence === undefined || image.sequence === sequence)
      .sort((a, b) => a.sequence - b.sequence);
  }

  /** Takes a snapshot of all members at one moment. Throws ArrayError when the group has none. */
  createSnapshot(ref: string): SnapshotImageRecord[] {
    return this.array.transact(() => {
      const group = this.require(ref);
      const members = this.members(group.ref);
      if (members.length === 0)
        throw new ArrayError(
          'noVolumes',
          `Consistency group '${group.label}' has no member volumes: there is nothing to take a snapshot of.`,
        );
      const sequence = this.array.takeCounter('snapshotSequence');
      const createdMs = this.array.now();
      return members.map((member) => this.array.snapshotImages.create({ groupRef: member.ref, sequence, createdMs }));
    });
  }

  /** Deletes the oldest snapshot of the group, all its images. Throws ArrayError notOldestPit for a newer one. */
  deleteSnapshot(ref: string, sequence: number): void {
    this.array.transact(() => {
      const group = this.require(ref);
      const images = this.snapshot(group, sequence);
      const [oldest] = this.sequences(group.ref);
      if (oldest !== sequence) {
        throw new ArrayError(
          'notOldestPit',
          `Snapshot ${sequence} is not the oldest of consistency group '${group.label}': that is ${oldest}.`,
        );
      }
      for (const image of images) this.array.snapshotImages.deleteOldest(image);
    });
  }

  /** Rolls all members that a snapshot has images of back to it. */
  rollback(ref: string, sequence: number): void {
    this.array.transact(() =>
      this.array.snapshotImages.rollback(this.snapshot(this.require(ref), sequence).map((image) => image.ref)),
    );
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const group of this.array.tables.consistencyGroups.values()) {
      if (this.byLabel(group.label).size !== 1) problems.push(`consistency group label ${group.label} is not unique`);
      for (const sequence of this.sequences(group.ref)) {
        const times = new Set(this.images(group.ref, sequence).map((image) => image.createdMs));
        if (times.size !== 1)
          problems.push(`snapshot ${sequence} of consistency group ${group.label} has images of different times`);
      }
    }
    return problems;
  }

  private snapshot(group: ConsistencyGroupRecord, sequence: number): SnapshotImageRecord[] {
    const images = this.images(group.ref, sequence);
    if (images.length === 0)
      throw new ObjectNotFound(
        'invalidPitRef',
        `snapshot of consistency group '${group.label}' with sequence number`,
        String(sequence),
      );
    return images;
  }

  private checkFreeLabel(label: string): void {
    checkLabel(label, 'invalidPitConsistencyGroupLabel');
    if (this.byLabel(label).size > 0) {
      throw new ArrayError(
        'invalidPitConsistencyGroupLabel',
        `There is a consistency group '${label}' already: the name must be unique.`,
        'name',
      );
    }
  }

  private checkSettings({ warnThreshold, autoDeleteLimit }: Settings): void {
    const { snapshotImagesPerGroup } = this.array.system.limits;
    if (!Number.isInteger(warnThreshold) || warnThreshold < 0 || warnThreshold > 100) {
      throw new ArrayError(
        'invalidWarnThreshold',
        `The fullWarnThresholdPercent is ${warnThreshold}: allowed are whole percents from 0 to 100.`,
        'fullWarnThresholdPercent',
      );
    }
    if (!Number.isInteger(autoDeleteLimit) || autoDeleteLimit < 0 || autoDeleteLimit > snapshotImagesPerGroup) {
      throw new ArrayError(
        'invalidPitAutoDeleteLimit',
        `The autoDeleteThreshold is ${autoDeleteLimit}: allowed are 0 (never) to ${snapshotImagesPerGroup}.`,
        'autoDeleteThreshold',
      );
    }
  }
}
