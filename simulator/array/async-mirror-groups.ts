import { defined, given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import { type AsyncMirrorGroupRecord, asyncMirrorGroupDefaults, asyncMirrorSettings } from './records.js';
import { wwnOf } from './refs.js';
import type { StorageArray } from './storage-array.js';

/** Groups that an array can have (source: SANtricity's limits). */
const maxGroups = 4;

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

/**
 * Groups of volumes whose content another array gets at intervals. What is done at the primary is done at both arrays, or
 * at none; an array whose peer is out of reach can only take its own half away.
 */
export class AsyncMirrorGroups {
  private readonly byLabel: (label: string) => ReadonlySet<string>;
  private readonly byWwn: (wwn: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    const { asyncMirrorGroups } = array.tables;
    this.byLabel = asyncMirrorGroups.index((group) => group.label);
    this.byWwn = asyncMirrorGroups.index((group) => group.wwn);
  }

  require(refOrWwn: string): AsyncMirrorGroupRecord {
    const [byWwn] = this.byWwn(refOrWwn.toUpperCase());
    const group = this.array.tables.asyncMirrorGroups.get(byWwn ?? refOrWwn.toUpperCase());
    if (group === undefined) throw new ObjectNotFound('arvmGroupDoesNotExist', 'asynchronous mirror group', refOrWwn);
    return group;
  }

  /** A group of which this array is the primary. Throws ArrayError when it is the secondary. */
  requirePrimary(ref: string): AsyncMirrorGroupRecord {
    const group = this.require(ref);
    if (group.role !== 'primary')
      throw new ArrayError(
        'arvmGroupNotPrimary',
        `This array is the secondary of mirror group '${group.label}': ask the primary.`,
      );
    return group;
  }

  /** The counterpart of a group, on the array that it leads to; undefined when that is out of reach or knows it no more. */
  counterpart(group: AsyncMirrorGroupRecord): { peer: StorageArray; group: AsyncMirrorGroupRecord } | undefined {
    const peer = this.array.peer(group.peerWwn);
    const [ref] = peer?.asyncMirrorGroups.byWwn(group.wwn) ?? [];
    const found = ref === undefined ? undefined : peer?.tables.asyncMirrorGroups.get(ref);
    return peer === undefined || found === undefined ? undefined : { peer, group: found };
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
        peer.asyncMirrorGroups.checkNew(
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
      if (this.array.asyncMirrorMembers.ofGroup(group.ref).length > 0)
        throw new ArrayError(
          'arvmGroupNotEmpty',
          `Mirror group '${group.label}' has mirrored volumes: remove them first.`,
        );
      const counterpart = this.counterpart(group);
      this.array.tables.asyncMirrorGroups.delete(group.ref);
      counterpart?.peer.transact(() => counterpart.peer.tables.asyncMirrorGroups.delete(counterpart.group.ref));
    });
  }

  setSuspended(ref: string, suspended: boolean): void {
    this.array.transact(() => {
      const group = this.requirePrimary(ref);
      if (group.suspended === suspended)
        throw suspended
          ? new ArrayError('mirrorAlreadySuspended', `Mirror group '${group.label}' is suspended already.`)
          : new ArrayError('arvmGroupNotSuspended', `Mirror group '${group.label}' is not suspended.`);
      this.array.tables.asyncMirrorGroups.patch(group.ref, { suspended });
      for (const job of this.array.asyncMirrorMembers
        .ofGroup(group.ref)
        .flatMap((member) => this.array.jobs.on(member.ref))) {
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
      const isBusy =
        this.array.mirrorSync.isRunning(group.ref) ||
        counterpart?.peer.mirrorSync.isRunning(counterpart.group.ref) === true;
      if (isBusy && !options.force)
        throw new ArrayError(
          'arvmRoleChangeInProgress',
          `Mirror group '${group.label}' is being synchronised: wait, or force the change.`,
        );
      const changed = this.array.tables.asyncMirrorGroups.patch(group.ref, { role });
      this.array.asyncMirrorMembers.touchVolumes(group.ref);
      counterpart?.peer.transact(() =>
        counterpart.peer.tables.asyncMirrorGroups.patch(counterpart.group.ref, {
          role: role === 'primary' ? 'secondary' : 'primary',
        }),
      );
      counterpart?.peer.transact(() => counterpart.peer.asyncMirrorMembers.touchVolumes(counterpart.group.ref));
      return changed;
    });
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
}
