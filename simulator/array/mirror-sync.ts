import { clusterBytes } from '../blocks/tree.js';
import { ArrayError } from './errors.js';
import type { AsyncMirrorGroupRecord, AsyncMirrorMemberRecord, JobRecord, VolumeRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** Brings the secondaries of asynchronous mirror groups up to date: on demand, and at each group's interval. */
export class MirrorSync {
  private keepingUp = false;

  constructor(private readonly array: StorageArray) {
    array.jobs.onEnd('mirrorSync', {
      complete: (job) => this.completed(job),
      fail: (job) => this.failed(job),
    });
  }

  /** Synchronises all members of a primary group now. */
  startGroup(ref: string): void {
    this.array.transact(() => {
      const group = this.array.asyncMirrorGroups.requirePrimary(ref);
      if (group.suspended)
        throw new ArrayError(
          'arvmInvalidAmgRequestWhileSuspended',
          `Mirror group '${group.label}' is suspended: resume it first.`,
        );
      for (const member of this.array.asyncMirrorMembers.ofGroup(group.ref)) {
        if (this.array.jobs.on(member.ref).length > 0)
          throw new ArrayError(
            'arvmManualSyncAlreadyInProgress',
            `Mirror group '${group.label}' is being synchronised already.`,
          );
      }
      this.array.tables.asyncMirrorGroups.patch(group.ref, { lastSyncMs: this.array.now() });
      for (const member of this.array.asyncMirrorMembers.ofGroup(group.ref)) {
        const volume = this.array.volumes.require(member.localVolumeRef);
        this.start(member, this.array.contents.find(volume.ref)?.allocatedBytes ?? 0);
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
        else if (this.isDue(group)) this.startGroup(group.ref);
      }
    } finally {
      this.keepingUp = false;
    }
  }

  isRunning(groupRef: string): boolean {
    return this.array.asyncMirrorMembers.ofGroup(groupRef).some((member) => this.array.jobs.on(member.ref).length > 0);
  }

  /** Begins to bring one pair up to date; `bytes` is how much there is to send. */
  start(member: AsyncMirrorMemberRecord, bytes: number): void {
    this.array.jobs.start('mirrorSync', member.ref, Math.max(1, bytes), { volumeRef: member.localVolumeRef });
  }

  private isDue(group: AsyncMirrorGroupRecord): boolean {
    const dueMs = group.lastSyncMs + group.syncIntervalMinutes * 60_000;
    return (
      group.syncIntervalMinutes > 0 &&
      this.array.now() >= dueMs &&
      !group.suspended &&
      this.array.asyncMirrorMembers.ofGroup(group.ref).length > 0 &&
      !this.isRunning(group.ref) &&
      this.array.asyncMirrorGroups.counterpart(group) !== undefined
    );
  }

  /** The secondary gets what the primary holds now. */
  private completed(job: JobRecord): void {
    const member = this.array.tables.asyncMirrorMembers.get(job.objectRef);
    if (member === undefined) return;
    const remote = this.array.asyncMirrorMembers.counterpart(member);
    const counterpart = this.array.asyncMirrorGroups.counterpart(this.array.asyncMirrorGroups.require(member.groupRef));
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
