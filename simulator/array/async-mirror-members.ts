import { ArrayError, ObjectNotFound } from './errors.js';
import {
  type AsyncMirrorGroupRecord,
  type AsyncMirrorMemberRecord,
  asyncMirrorMemberDefaults,
  type VolumeRecord,
} from './records.js';
import { wwnOf } from './refs.js';
import type { RepositoryWish } from './repositories.js';
import type { StorageArray } from './storage-array.js';

/** Members that a group can have (source: SANtricity's limits). */
const maxMembers = 64;

export interface NewAsyncMirrorMember {
  readonly groupRef: string;
  readonly primaryVolume: string;
  /** A volume of the other array, of at least the same capacity. */
  readonly secondaryVolume: string;
  readonly primaryRepository?: RepositoryWish;
  readonly secondaryRepository?: RepositoryWish;
}

/** The mirrored pairs of asynchronous mirror groups: a volume here, and one of the other array. */
export class AsyncMirrorMembers {
  private readonly byWwn: (wwn: string) => ReadonlySet<string>;
  private readonly byGroup: (groupRef: string) => ReadonlySet<string>;
  private readonly byVolume: (volumeRef: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    const { asyncMirrorMembers } = array.tables;
    this.byWwn = asyncMirrorMembers.index((member) => member.wwn);
    this.byGroup = asyncMirrorMembers.index((member) => member.groupRef);
    this.byVolume = asyncMirrorMembers.index((member) => member.localVolumeRef);
  }

  require(ref: string): AsyncMirrorMemberRecord {
    const member = this.array.tables.asyncMirrorMembers.get(ref.toUpperCase());
    if (member === undefined) throw new ObjectNotFound('arvmMirrorMemberDoesNotExist', 'mirrored pair', ref);
    return member;
  }

  ofGroup(groupRef: string): AsyncMirrorMemberRecord[] {
    return [...this.byGroup(groupRef)].map((ref) => this.require(ref));
  }

  ofVolume(volumeRef: string): AsyncMirrorMemberRecord | undefined {
    const [ref] = this.byVolume(volumeRef);
    return ref === undefined ? undefined : this.require(ref);
  }

  /** A secondary takes no writes but the mirror's. */
  isSecondary(volumeRef: string): boolean {
    const member = this.ofVolume(volumeRef);
    return member !== undefined && this.array.asyncMirrorGroups.require(member.groupRef).role === 'secondary';
  }

  /** The other array's half of a pair; undefined when that array is out of reach or knows it no more. */
  counterpart(member: AsyncMirrorMemberRecord): AsyncMirrorMemberRecord | undefined {
    const counterpart = this.array.asyncMirrorGroups.counterpart(this.array.asyncMirrorGroups.require(member.groupRef));
    const [ref] = counterpart?.peer.asyncMirrorMembers.byWwn(member.wwn) ?? [];
    return ref === undefined ? undefined : counterpart?.peer.asyncMirrorMembers.require(ref);
  }

  /** Mirrors a volume of the primary to one of the secondary, and begins to synchronise them. */
  add(wanted: NewAsyncMirrorMember): AsyncMirrorMemberRecord {
    return this.array.transact(() => {
      const group = this.array.asyncMirrorGroups.requirePrimary(wanted.groupRef);
      const counterpart = this.array.asyncMirrorGroups.counterpart(group);
      if (counterpart === undefined)
        throw new ArrayError('arvmOrphanGroup', `The other array of mirror group '${group.label}' cannot be reached.`);
      const { peer } = counterpart;
      if (this.byGroup(group.ref).size >= maxMembers)
        throw new ArrayError(
          'arvmMemberLimitExceeded',
          `Mirror group '${group.label}' has ${maxMembers} members: it can have no more.`,
        );
      const primary = this.mirrorable(wanted.primaryVolume, 'primaryVolumeRef');
      const secondary = peer.asyncMirrorMembers.mirrorable(wanted.secondaryVolume, 'secondaryVolumeRef');
      if (secondary.capacityBytes < primary.capacityBytes)
        throw new ArrayError(
          'arvmInvalidSecondaryCapacity',
          `The secondary '${secondary.label}' has ${secondary.capacityBytes} bytes: the primary has ${primary.capacityBytes}.`,
          'secondaryVolumeRef',
        );
      const ref = this.array.newRef('asyncMirrorMember');
      const wwn = wwnOf(ref);
      const member = this.put(ref, wwn, group, primary, secondary, wanted.primaryRepository ?? {});
      peer.transact(() => {
        const remoteRef = peer.newRef('asyncMirrorMember');
        peer.asyncMirrorMembers.put(
          remoteRef,
          wwn,
          counterpart.group,
          secondary,
          primary,
          wanted.secondaryRepository ?? {},
        );
      });
      this.array.mirrorSync.start(member, primary.capacityBytes);
      return this.require(ref);
    });
  }

  /** Ends the mirroring of a volume on both arrays; both volumes stay as they are. */
  remove(groupRef: string, ref: string): void {
    this.array.transact(() => {
      const member = this.require(ref);
      if (member.groupRef !== this.array.asyncMirrorGroups.require(groupRef).ref)
        throw new ObjectNotFound('arvmMirrorMemberDoesNotExist', 'mirrored pair of that group', ref);
      const counterpart = this.array.asyncMirrorGroups.counterpart(
        this.array.asyncMirrorGroups.require(member.groupRef),
      );
      const remote = this.counterpart(member);
      this.drop(member);
      if (counterpart !== undefined && remote !== undefined)
        counterpart.peer.transact(() => counterpart.peer.asyncMirrorMembers.drop(remote));
    });
  }

  /** A member whose synchronisation failed goes on, with a whole one first. Throws ArrayError for any other. */
  clearFailure(ref: string): void {
    this.array.transact(() => {
      const member = this.require(ref);
      if (member.state !== 'failed')
        throw new ArrayError(
          'illegalParam',
          `Mirrored pair '${member.ref}' is ${member.state}: no failure is to clear.`,
        );
      this.array.tables.asyncMirrorMembers.patch(member.ref, { state: 'initialSync' });
      this.array.events.record({
        eventType: 0x7306,
        description: 'Failure of an asynchronous mirror cleared',
        objectRef: member.ref,
      });
      const { capacityBytes } = this.array.volumes.require(member.localVolumeRef);
      if (this.array.asyncMirrorGroups.require(member.groupRef).role === 'primary')
        this.array.mirrorSync.start(member, capacityBytes);
    });
  }

  /** All failed members of a group go on. Throws ArrayError when none has failed. */
  clearFailuresOf(groupRef: string): void {
    this.array.transact(() => {
      const failed = this.ofGroup(groupRef).filter(({ state }) => state === 'failed');
      if (failed.length === 0)
        throw new ArrayError('illegalParam', 'No member of the mirror group has failed: no failure is to clear.');
      for (const { ref } of failed) this.clearFailure(ref);
    });
  }

  /** Takes this array's half of a pair away. */
  drop(member: AsyncMirrorMemberRecord): void {
    this.array.jobs.cancelAll(member.ref);
    this.array.tables.asyncMirrorMembers.delete(member.ref);
    this.array.repositories.delete(member.repositoryRef);
    this.array.tables.volumes.touch(member.localVolumeRef);
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const member of this.array.tables.asyncMirrorMembers.values()) {
      if (!this.array.tables.asyncMirrorGroups.has(member.groupRef))
        problems.push(`mirrored pair ${member.ref} belongs to no group`);
      if (!this.array.tables.volumes.has(member.localVolumeRef))
        problems.push(`mirrored pair ${member.ref} has no volume`);
      if (!this.array.tables.repositories.has(member.repositoryRef))
        problems.push(`mirrored pair ${member.ref} has no repository`);
      if (this.byVolume(member.localVolumeRef).size !== 1)
        problems.push(`volume ${member.localVolumeRef} is mirrored twice`);
    }
    return problems;
  }

  /** What shows of the group on its volumes changed. */
  touchVolumes(groupRef: string): void {
    for (const member of this.ofGroup(groupRef)) this.array.tables.volumes.touch(member.localVolumeRef);
  }

  /** A standard volume that is not mirrored yet. */
  private mirrorable(id: string, field: string): VolumeRecord {
    const volume = this.array.volumes.find(id);
    if (volume === undefined) throw new ObjectNotFound('volumeNotExist', `volume of '${this.array.system.label}'`, id);
    if (volume.kind === 'thin' || volume.use !== 'standardVolume')
      throw new ArrayError(
        'arvmIncorrectVolumeType',
        `Volume '${volume.label}' is not a standard volume: it cannot be mirrored.`,
        field,
      );
    if (this.ofVolume(volume.ref) !== undefined)
      throw new ArrayError(
        'arvmVolumeAlreadyInMirrorRelationship',
        `Volume '${volume.label}' is mirrored already.`,
        field,
      );
    return volume;
  }

  private put(
    ref: string,
    wwn: string,
    group: AsyncMirrorGroupRecord,
    local: VolumeRecord,
    remote: VolumeRecord,
    wish: RepositoryWish,
  ): AsyncMirrorMemberRecord {
    const source = this.array.repositories.sourceFor(local, wish);
    const repository = this.array.repositories.create({ baseKind: 'asyncMirrorMember', baseRef: ref, source });
    this.array.tables.volumes.touch(local.ref);
    return this.array.tables.asyncMirrorMembers.put({
      ...asyncMirrorMemberDefaults,
      ref,
      groupRef: group.ref,
      wwn,
      handle: this.array.takeCounter('highLevelHandle'),
      localVolumeRef: local.ref,
      repositoryRef: repository.ref,
      remoteVolumeWwn: remote.wwn,
      remoteVolumeLabel: remote.label,
    });
  }
}
