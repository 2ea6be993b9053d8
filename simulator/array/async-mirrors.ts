import { clusterBytes } from '../blocks/tree.js';
import { defined, given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import {
  type AsyncMirrorGroupRecord,
  type AsyncMirrorMemberRecord,
  asyncMirrorGroupDefaults,
  asyncMirrorMemberDefaults,
  asyncMirrorSettings,
  type JobRecord,
  type VolumeRecord,
} from './records.js';
import { wwnOf } from './refs.js';
import type { RepositoryWish } from './snapshot-groups.js';
import type { StorageArray } from './storage-array.js';

/** Groups that an array can have, and members of one (source: SANtricity's limits). */
const maxGroups = 4;
const maxMembers = 64;

type Settings = Pick<
  AsyncMirrorGroupRecord,
  'syncIntervalMinutes' | 'syncWarnThresholdMinutes' | 'recoveryWarnThresholdMinutes' | 'repositoryWarnThreshold'
>;

export interface NewAsyncMirrorGroup extends Partial<Settings> {
  readonly label: string;
  /** The other array. */
  readonly peerWwn: string;
  readonly connection?: AsyncMirrorGroupRecord['connection'];
}

export interface NewAsyncMirrorMember {
  readonly groupRef: string;
  readonly primaryVolume: string;
  /** A volume of the other array, of at least the same capacity. */
  readonly secondaryVolume: string;
  readonly primaryRepository?: RepositoryWish;
  readonly secondaryRepository?: RepositoryWish;
}

/**
 * Asynchronous mirroring: groups of volumes whose content another array gets at intervals. What is done at the primary
 * is done at both arrays, or at none; an array whose peer is out of reach can only take its own half away.
 */
export class AsyncMirrors {
  private keepingUp = false;
  private readonly byLabel: (label: string) => ReadonlySet<string>;
  private readonly byWwn: (wwn: string) => ReadonlySet<string>;
  private readonly memberByWwn: (wwn: string) => ReadonlySet<string>;
  private readonly byGroup: (groupRef: string) => ReadonlySet<string>;
  private readonly byVolume: (volumeRef: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    const { asyncMirrorGroups, asyncMirrorMembers } = array.tables;
    this.byLabel = asyncMirrorGroups.index((group) => group.label);
    this.byWwn = asyncMirrorGroups.index((group) => group.wwn);
    this.memberByWwn = asyncMirrorMembers.index((member) => member.wwn);
    this.byGroup = asyncMirrorMembers.index((member) => member.groupRef);
    this.byVolume = asyncMirrorMembers.index((member) => member.localVolumeRef);
    array.jobs.onEnd('mirrorSync', {
      complete: (job) => this.synchronised(job),
      fail: (job) => this.failed(job),
    });
  }

  require(refOrWwn: string): AsyncMirrorGroupRecord {
    const [byWwn] = this.byWwn(refOrWwn.toUpperCase());
    const group = this.array.tables.asyncMirrorGroups.get(byWwn ?? refOrWwn.toUpperCase());
    if (group === undefined) throw new ObjectNotFound('arvmGroupDoesNotExist', 'asynchronous mirror group', refOrWwn);
    return group;
  }

  member(ref: string): AsyncMirrorMemberRecord {
    const member = this.array.tables.asyncMirrorMembers.get(ref.toUpperCase());
    if (member === undefined) throw new ObjectNotFound('arvmMirrorMemberDoesNotExist', 'mirrored pair', ref);
    return member;
  }

  members(groupRef: string): AsyncMirrorMemberRecord[] {
    return [...this.byGroup(groupRef)].map((ref) => this.member(ref));
  }

  ofVolume(volumeRef: string): AsyncMirrorMemberRecord | undefined {
    const [ref] = this.byVolume(volumeRef);
    return ref === undefined ? undefined : this.member(ref);
  }

  /** A secondary takes no writes but the mirror's. */
  isSecondary(volumeRef: string): boolean {
    const member = this.ofVolume(volumeRef);
    return member !== undefined && this.require(member.groupRef).role === 'secondary';
  }

  /** The counterpart of a group, on the array that it leads to; undefined when that is out of reach or knows it no more. */
  counterpart(group: AsyncMirrorGroupRecord): { peer: StorageArray; group: AsyncMirrorGroupRecord } | undefined {
    const peer = this.array.peer(group.peerWwn);
    const [ref] = peer?.asyncMirrors.byWwn(group.wwn) ?? [];
    const found = ref === undefined ? undefined : peer?.tables.asyncMirrorGroups.get(ref);
    return peer === undefined || found === undefined ? undefined : { peer, group: found };
  }

  remoteMember(member: AsyncMirrorMemberRecord): AsyncMirrorMemberRecord | undefined {
    const counterpart = this.counterpart(this.require(member.groupRef));
    const [ref] = counterpart?.peer.asyncMirrors.memberByWwn(member.wwn) ?? [];
    return ref === undefined ? undefined : counterpart?.peer.asyncMirrors.member(ref);
  }

  /** Makes a group here, as the primary, and its counterpart on the other array. */
  create(wanted: NewAsyncMirrorGroup): AsyncMirrorGroupRecord {
    return this.array.transact(() => {
      const peer = this.array.peer(wanted.peerWwn);
      if (peer === undefined || peer === this.array)
        throw new ArrayError(
          'arvmRemoteGroupDoesNotExist',
          `There is no other storage system '${wanted.peerWwn}' to mirror to.`,
          'secondaryArrayId',
        );
      this.checkNew(wanted.label, 'arvmGroupUserLabelExists', 'arvmMaxAsyncMirrorGroupsExceeded');
      const ref = this.array.newRef('asyncMirrorGroup');
      const settings = this.settings(wanted);
      const common = {
        label: wanted.label,
        wwn: wwnOf(ref),
        connection: wanted.connection ?? asyncMirrorGroupDefaults.connection,
        lastSyncMs: this.array.now(),
      };
      const group = this.array.tables.asyncMirrorGroups.put({
        ...asyncMirrorGroupDefaults,
        ref,
        role: 'primary',
        peerWwn: peer.system.wwn,
        peerLabel: peer.system.label,
        ...common,
        ...settings,
      });
      peer.transact(() => {
        peer.asyncMirrors.checkNew(
          wanted.label,
          'arvmRemoteGroupUserLabelExists',
          'arvmRemoteMaxAsyncMirrorGroupsExceeded',
        );
        peer.tables.asyncMirrorGroups.put({
          ...asyncMirrorGroupDefaults,
          ref: peer.newRef('asyncMirrorGroup'),
          role: 'secondary',
          peerWwn: this.array.system.wwn,
          peerLabel: this.array.system.label,
          ...common,
          ...settings,
        });
      });
      return group;
    });
  }

  update(ref: string, changes: Partial<Settings> & { readonly label?: string }): AsyncMirrorGroupRecord {
    return this.array.transact(() => {
      const group = this.require(ref);
      if (changes.label !== undefined && changes.label !== group.label)
        this.checkNew(changes.label, 'arvmGroupUserLabelExists');
      const changed = { label: changes.label ?? group.label, ...this.settings({ ...group, ...defined(changes) }) };
      const counterpart = this.counterpart(group);
      const updated = this.array.tables.asyncMirrorGroups.patch(group.ref, changed);
      counterpart?.peer.transact(() => counterpart.peer.tables.asyncMirrorGroups.patch(counterpart.group.ref, changed));
      return updated;
    });
  }

  /** Deletes an empty group and its counterpart. */
  delete(ref: string): void {
    this.array.transact(() => {
      const group = this.require(ref);
      if (this.byGroup(group.ref).size > 0)
        throw new ArrayError(
          'arvmGroupNotEmpty',
          `Mirror group '${group.label}' has mirrored volumes: remove them first.`,
        );
      const counterpart = this.counterpart(group);
      this.array.tables.asyncMirrorGroups.delete(group.ref);
      counterpart?.peer.transact(() => counterpart.peer.tables.asyncMirrorGroups.delete(counterpart.group.ref));
    });
  }

  /** Mirrors a volume of the primary to one of the secondary, and begins to synchronise them. */
  addMember(wanted: NewAsyncMirrorMember): AsyncMirrorMemberRecord {
    return this.array.transact(() => {
      const group = this.primary(wanted.groupRef);
      const counterpart = this.counterpart(group);
      if (counterpart === undefined)
        throw new ArrayError('arvmOrphanGroup', `The other array of mirror group '${group.label}' cannot be reached.`);
      const { peer } = counterpart;
      if (this.byGroup(group.ref).size >= maxMembers)
        throw new ArrayError(
          'arvmMemberLimitExceeded',
          `Mirror group '${group.label}' has ${maxMembers} members: it can have no more.`,
        );
      const primary = this.mirrorable(wanted.primaryVolume, 'primaryVolumeRef');
      const secondary = peer.asyncMirrors.mirrorable(wanted.secondaryVolume, 'secondaryVolumeRef');
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
        peer.asyncMirrors.put(remoteRef, wwn, counterpart.group, secondary, primary, wanted.secondaryRepository ?? {});
      });
      this.startSync(member, primary.capacityBytes);
      return this.member(ref);
    });
  }

  /** Ends the mirroring of a volume on both arrays; both volumes stay as they are. */
  removeMember(groupRef: string, ref: string): void {
    this.array.transact(() => {
      const member = this.member(ref);
      if (member.groupRef !== this.require(groupRef).ref)
        throw new ObjectNotFound('arvmMirrorMemberDoesNotExist', 'mirrored pair of that group', ref);
      const counterpart = this.counterpart(this.require(member.groupRef));
      const remote = this.remoteMember(member);
      this.dropMember(member);
      if (counterpart !== undefined && remote !== undefined)
        counterpart.peer.transact(() => counterpart.peer.asyncMirrors.dropMember(remote));
    });
  }

  /** Takes this array's half of a pair away. */
  dropMember(member: AsyncMirrorMemberRecord): void {
    this.array.jobs.cancelAll(member.ref);
    this.array.tables.asyncMirrorMembers.delete(member.ref);
    this.array.repositories.delete(member.repositoryRef);
    this.array.tables.volumes.touch(member.localVolumeRef);
  }

  /** Synchronises all members of a primary group now. */
  synchronise(ref: string): void {
    this.array.transact(() => {
      const group = this.primary(ref);
      if (group.suspended)
        throw new ArrayError(
          'arvmInvalidAmgRequestWhileSuspended',
          `Mirror group '${group.label}' is suspended: resume it first.`,
        );
      for (const member of this.members(group.ref)) {
        if (this.array.jobs.on(member.ref).length > 0)
          throw new ArrayError(
            'arvmManualSyncAlreadyInProgress',
            `Mirror group '${group.label}' is being synchronised already.`,
          );
      }
      this.array.tables.asyncMirrorGroups.patch(group.ref, { lastSyncMs: this.array.now() });
      for (const member of this.members(group.ref)) {
        const volume = this.array.volumes.require(member.localVolumeRef);
        this.startSync(member, this.array.contents.find(volume.ref)?.allocatedBytes ?? 0);
      }
    });
  }

  /** Synchronises the groups whose interval has passed; what this array is the secondary of, its peers bring up to date. */
  keepUp(): void {
    if (this.array.tables.asyncMirrorGroups.size === 0 || this.keepingUp) return;
    this.keepingUp = true;
    try {
      for (const group of this.array.tables.asyncMirrorGroups.toJSON()) {
        if (group.role === 'secondary') this.array.peer(group.peerWwn)?.completeDueJobs();
        else if (this.isDue(group)) this.synchronise(group.ref);
      }
    } finally {
      this.keepingUp = false;
    }
  }

  private isDue(group: AsyncMirrorGroupRecord): boolean {
    const dueMs = group.lastSyncMs + group.syncIntervalMinutes * 60_000;
    return (
      group.syncIntervalMinutes > 0 &&
      this.array.now() >= dueMs &&
      !group.suspended &&
      this.byGroup(group.ref).size > 0 &&
      !this.isSynchronising(group.ref) &&
      this.counterpart(group) !== undefined
    );
  }

  setSuspended(ref: string, suspended: boolean): void {
    this.array.transact(() => {
      const group = this.primary(ref);
      if (group.suspended === suspended)
        throw suspended
          ? new ArrayError('mirrorAlreadySuspended', `Mirror group '${group.label}' is suspended already.`)
          : new ArrayError('arvmGroupNotSuspended', `Mirror group '${group.label}' is not suspended.`);
      this.array.tables.asyncMirrorGroups.patch(group.ref, { suspended });
      for (const job of this.members(group.ref).flatMap((member) => this.array.jobs.on(member.ref))) {
        if (suspended) this.array.jobs.pause(job);
        else this.array.jobs.resume(job);
      }
    });
  }

  /** Makes this array the primary or secondary of a group, and the other one the opposite. */
  setRole(
    ref: string,
    role: AsyncMirrorGroupRecord['role'],
    options: { readonly force?: boolean } = {},
  ): AsyncMirrorGroupRecord {
    return this.array.transact(() => {
      const group = this.require(ref);
      if (group.role === role) return group;
      const counterpart = this.counterpart(group);
      if (counterpart === undefined && !options.force)
        throw new ArrayError(
          'arvmOrphanGroup',
          `The other array of mirror group '${group.label}' cannot be reached: force the change.`,
        );
      const busy = [this.array, ...(counterpart === undefined ? [] : [counterpart.peer])].some((each) =>
        each.asyncMirrors.membersByWwn(group.wwn).some((member) => each.jobs.on(member.ref).length > 0),
      );
      if (busy && !options.force)
        throw new ArrayError(
          'arvmRoleChangeInProgress',
          `Mirror group '${group.label}' is being synchronised: wait, or force the change.`,
        );
      const changed = this.array.tables.asyncMirrorGroups.patch(group.ref, { role });
      this.touchVolumes(group.ref);
      counterpart?.peer.transact(() =>
        counterpart.peer.tables.asyncMirrorGroups.patch(counterpart.group.ref, {
          role: role === 'primary' ? 'secondary' : 'primary',
        }),
      );
      counterpart?.peer.transact(() => counterpart.peer.asyncMirrors.touchVolumes(counterpart.group.ref));
      return changed;
    });
  }

  isSynchronising(groupRef: string): boolean {
    return this.members(groupRef).some((member) => this.array.jobs.on(member.ref).length > 0);
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
  private touchVolumes(groupRef: string): void {
    for (const member of this.members(groupRef)) this.array.tables.volumes.touch(member.localVolumeRef);
  }

  private membersByWwn(groupWwn: string): AsyncMirrorMemberRecord[] {
    const [ref] = this.byWwn(groupWwn);
    return ref === undefined ? [] : this.members(ref);
  }

  private primary(ref: string): AsyncMirrorGroupRecord {
    const group = this.require(ref);
    if (group.role !== 'primary')
      throw new ArrayError(
        'arvmGroupNotPrimary',
        `This array is the secondary of mirror group '${group.label}': ask the primary.`,
      );
    return group;
  }

  private checkNew(
    label: string,
    taken: 'arvmGroupUserLabelExists' | 'arvmRemoteGroupUserLabelExists',
    full?: 'arvmMaxAsyncMirrorGroupsExceeded' | 'arvmRemoteMaxAsyncMirrorGroupsExceeded',
  ): void {
    checkLabel(label);
    if (this.byLabel(label).size > 0)
      throw new ArrayError(
        taken,
        `There is a mirror group '${label}' on '${this.array.system.label}' already: the name must be unique.`,
        'name',
      );
    if (full !== undefined && this.array.tables.asyncMirrorGroups.size >= maxGroups)
      throw new ArrayError(
        full,
        `The array '${this.array.system.label}' has ${maxGroups} mirror groups: it can have no more.`,
      );
  }

  private settings(wanted: Partial<Settings>): Settings {
    const settings = given(asyncMirrorSettings, wanted);
    const { syncIntervalMinutes: minutes } = settings;
    if (minutes !== 0 && (minutes < 10 || minutes > 1440))
      throw new ArrayError(
        'arvmInvalidSyncInterval',
        `The interval is ${minutes} minutes: allowed are 10 to 1440, or 0 for none.`,
        'syncIntervalMinutes',
      );
    return settings;
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
    const source = this.array.snapshotGroups.sourceFor(local, wish);
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

  private startSync(member: AsyncMirrorMemberRecord, bytes: number): void {
    this.array.jobs.start('mirrorSync', member.ref, Math.max(1, bytes), { volumeRef: member.localVolumeRef });
  }

  /** The secondary gets what the primary holds now. */
  private synchronised(job: JobRecord): void {
    const member = this.array.tables.asyncMirrorMembers.get(job.objectRef);
    if (member === undefined) return;
    const remote = this.remoteMember(member);
    const counterpart = this.counterpart(this.require(member.groupRef));
    if (remote === undefined || counterpart === undefined) {
      this.failed(job);
      return;
    }
    const point = { state: 'optimal', lastRecoveryPointMs: this.array.now() } as const;
    this.array.tables.asyncMirrorMembers.patch(member.ref, point);
    const { peer } = counterpart;
    peer.transact(() => {
      peer.tables.asyncMirrorMembers.patch(remote.ref, point);
      this.transfer(
        this.array.volumes.require(member.localVolumeRef),
        peer,
        peer.volumes.require(remote.localVolumeRef),
      );
      peer.contentChanged();
    });
  }

  private transfer(from: VolumeRecord, peer: StorageArray, to: VolumeRecord): void {
    peer.contents.replace(to.ref, to.capacityBytes, null);
    const source = this.array.contents.find(from.ref);
    for (const cluster of source?.writtenClusters() ?? []) {
      const offset = cluster * clusterBytes;
      const length = Math.min(clusterBytes, from.capacityBytes - offset);
      if (source !== undefined && length > 0)
        peer.contents.fill(to.ref, to.capacityBytes, offset, source.read(offset, length));
    }
  }

  private failed(job: JobRecord): void {
    const member = this.array.tables.asyncMirrorMembers.get(job.objectRef);
    if (member === undefined) return;
    this.array.tables.asyncMirrorMembers.patch(member.ref, { state: 'failed' });
    this.array.events.record({
      eventType: 0x7305,
      category: 'failure',
      priority: 'priorityCritical',
      description: 'Synchronisation of an asynchronous mirror failed',
      objectRef: member.ref,
    });
  }
}
