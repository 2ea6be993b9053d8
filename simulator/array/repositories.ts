import { ArrayError, ObjectNotFound } from './errors.js';
import { diskPoolGranularityBytes, roundUp } from './pool-capacity.js';
import type { PoolRecord, RepositoryRecord, ThickVolumeRecord, VolumeRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** How the members of a new repository come about: a new volume in a pool, or free repository volumes by reference. */
export type RepositorySource =
  | { readonly kind: 'new'; readonly poolRef: string; readonly capacityBytes: number }
  | { readonly kind: 'existing'; readonly memberRefs: readonly string[] };

export interface RepositoryWish {
  /** The pool of the repository; the base volume's by default. */
  readonly repositoryPoolRef?: string;
  /** Capacity in percent of the base volume. */
  readonly repositoryPercent?: number;
  /** Instead of pool and percent. */
  readonly repositorySource?: RepositorySource;
}

export interface NewRepository {
  readonly baseKind: RepositoryRecord['baseKind'];
  readonly baseRef: string;
  readonly source: RepositorySource;
}

/** The smallest repository on a volume group. */
const minimumBytes = 32 * 2 ** 20;

/** Share of the base volume that a repository has unless told otherwise (source: SANtricity and clients' defaults). */
export const defaultRepositoryPercent = 20;

/** Concat repository volumes: members named `repos_NNNN` that together hold what copy-on-write keeps. */
export class Repositories {
  private readonly byBase: (baseRef: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    this.byBase = array.tables.repositories.index((repository) => repository.baseRef);
  }

  require(ref: string): RepositoryRecord {
    const repository = this.array.tables.repositories.get(ref.toUpperCase());
    if (repository === undefined) throw new ObjectNotFound('repositoryMissing', 'repository volume', ref);
    return repository;
  }

  ofBase(baseRef: string): RepositoryRecord | undefined {
    const [ref] = this.byBase(baseRef);
    return ref === undefined ? undefined : this.array.tables.repositories.get(ref);
  }

  /** Capacity in bytes that a repository of `percent` of a base volume gets in a pool. */
  capacityFor(pool: PoolRecord, baseBytes: number, percent: number): number {
    if (!Number.isFinite(percent) || percent <= 0 || percent > 1000) {
      throw new ArrayError(
        'invalidRepositoryCapacity',
        `The repository percentage is ${percent}: allowed is more than 0 to 1000.`,
        'repositoryPercentage',
      );
    }
    const wanted = Math.ceil((baseBytes * percent) / 100);
    if (pool.diskPool !== null) return roundUp(wanted, diskPoolGranularityBytes);
    return roundUp(Math.max(wanted, minimumBytes), this.array.pools.granularityBytes(pool));
  }

  /** Where the repository of something based on a volume comes from. */
  sourceFor(base: Pick<VolumeRecord, 'poolRef' | 'capacityBytes'>, wish: RepositoryWish): RepositorySource {
    if (wish.repositorySource !== undefined) return wish.repositorySource;
    const pool = this.array.volumes.usablePool(wish.repositoryPoolRef ?? base.poolRef);
    const percent = wish.repositoryPercent ?? defaultRepositoryPercent;
    return {
      kind: 'new',
      poolRef: pool.ref,
      capacityBytes: this.capacityFor(pool, base.capacityBytes, percent),
    };
  }

  create(wanted: NewRepository): RepositoryRecord {
    return this.array.transact(() => {
      const members = this.members(wanted.source);
      return this.array.tables.repositories.put({
        ref: this.array.newRef('repository'),
        handle: this.array.takeCounter('highLevelHandle'),
        memberRefs: members.map((member) => member.ref),
        capacityBytes: members.reduce((sum, member) => sum + member.capacityBytes, 0),
        baseKind: wanted.baseKind,
        baseRef: wanted.baseRef,
      });
    });
  }

  /** Says whom the repository belongs to, once that has been made. */
  setBase(ref: string, baseRef: string): void {
    this.array.tables.repositories.patch(ref, { baseRef });
  }

  delete(ref: string, options: { readonly retainMembers?: boolean } = {}): void {
    this.array.transact(() => {
      const repository = this.require(ref);
      this.array.tables.repositories.delete(repository.ref);
      for (const member of repository.memberRefs)
        this.array.volumes.releaseMember(member, options.retainMembers ?? false);
    });
  }

  /** Adds a member. Throws ArrayError when the repository has as many as it can. */
  expand(ref: string, source: RepositorySource): RepositoryRecord {
    return this.array.transact(() => {
      const repository = this.require(ref);
      const members = this.members(source);
      const memberRefs = [...repository.memberRefs, ...members.map((member) => member.ref)];
      const { repositoryMembers } = this.array.system.limits;
      if (memberRefs.length > repositoryMembers) {
        throw new ArrayError(
          'illegalParam',
          `The repository would have ${memberRefs.length} members: allowed are ${repositoryMembers}.`,
        );
      }
      const capacityBytes = repository.capacityBytes + members.reduce((sum, member) => sum + member.capacityBytes, 0);
      return this.array.tables.repositories.patch(repository.ref, { memberRefs, capacityBytes });
    });
  }

  /** Takes members away from the end; the first one always stays, and so does what is in use. */
  trim(ref: string, count: number, retainMembers: boolean): RepositoryRecord {
    return this.array.transact(() => {
      const repository = this.require(ref);
      if (!Number.isInteger(count) || count < 1 || count >= repository.memberRefs.length) {
        throw new ArrayError(
          'illegalParam',
          `${count} members of ${repository.memberRefs.length} cannot be taken away: allowed are 1 to ${repository.memberRefs.length - 1}.`,
          'trimCount',
        );
      }
      const going = repository.memberRefs.slice(-count);
      const capacityBytes =
        repository.capacityBytes -
        going.reduce((sum, member) => sum + this.array.volumes.requireThick(member).capacityBytes, 0);
      if (this.usedBytes(repository) > capacityBytes) {
        throw new ArrayError(
          'insufficientRepositoryCapacity',
          `The repository holds ${this.usedBytes(repository)} bytes: ${capacityBytes} would be too few.`,
          'trimCount',
        );
      }
      const trimmed = this.array.tables.repositories.patch(repository.ref, {
        memberRefs: repository.memberRefs.slice(0, -count),
        capacityBytes,
      });
      for (const member of going) this.array.volumes.releaseMember(member, retainMembers);
      return trimmed;
    });
  }

  usedBytes(repository: RepositoryRecord): number {
    const { snapshotGroups, snapshotVolumes } = this.array.tables;
    return snapshotGroups.get(repository.baseRef)?.usedBytes ?? snapshotVolumes.get(repository.baseRef)?.usedBytes ?? 0;
  }

  /** Free repository volumes: left over by a repository whose members were to stay. */
  freeMembers(): ThickVolumeRecord[] {
    return [...this.array.volumes.withUse('freeRepositoryVolume')].map((ref) => this.array.volumes.requireThick(ref));
  }

  /** The name that the next new member gets. */
  upcomingLabel(): string {
    return labelOf(this.array.tables.counters.get('counters')?.repository ?? 1);
  }

  problems(): string[] {
    const problems: string[] = [];
    const seen = new Set<string>();
    for (const repository of this.array.tables.repositories.values()) {
      let capacity = 0;
      for (const ref of repository.memberRefs) {
        const member = this.array.tables.volumes.get(ref);
        if (member === undefined) problems.push(`repository ${repository.ref} has member ${ref}, which does not exist`);
        else capacity += member.capacityBytes;
        if (seen.has(ref)) problems.push(`volume ${ref} is a member of two repositories`);
        seen.add(ref);
      }
      if (capacity !== repository.capacityBytes)
        problems.push(
          `repository ${repository.ref} counts ${repository.capacityBytes} bytes, its members have ${capacity}`,
        );
      if (this.usedBytes(repository) > repository.capacityBytes)
        problems.push(`repository ${repository.ref} holds more than its capacity`);
      const { snapshotGroups, snapshotVolumes, volumes, asyncMirrorMembers } = this.array.tables;
      const base =
        snapshotGroups.get(repository.baseRef) ??
        snapshotVolumes.get(repository.baseRef) ??
        volumes.get(repository.baseRef) ??
        asyncMirrorMembers.get(repository.baseRef);
      if (base === undefined)
        problems.push(`repository ${repository.ref} belongs to ${repository.baseRef}, which does not exist`);
    }
    for (const ref of this.array.volumes.withUse('repositoryVolume')) {
      if (!seen.has(ref)) problems.push(`repository volume ${ref} belongs to no repository`);
    }
    return problems;
  }

  private members(source: RepositorySource): ThickVolumeRecord[] {
    if (source.kind === 'new') {
      const label = labelOf(this.array.takeCounter('repository'));
      return [this.array.volumes.createMember({ label, poolRef: source.poolRef, capacityBytes: source.capacityBytes })];
    }
    if (source.memberRefs.length === 0)
      throw new ArrayError('illegalParam', 'The candidate names no repository volume.', 'repositoryCandidate');
    return source.memberRefs.map((id) => {
      const member = this.array.volumes.requireThick(id);
      if (member.use !== 'freeRepositoryVolume') {
        throw new ArrayError(
          'volumeInUse',
          `Volume '${member.label}' is not a free repository volume.`,
          'repositoryCandidate',
        );
      }
      this.array.volumes.useMember(member.ref);
      return this.array.volumes.requireThick(member.ref);
    });
  }
}

function labelOf(number: number): string {
  return `repos_${String(number).padStart(4, '0')}`;
}
