import { ArrayError } from './errors.js';
import type { DriveRecord, PoolRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** For each so many drives of one medium and interface, auto-assignment makes one hot spare (source: vendor's manual). */
const drivesPerSpare = 30;

/** Which drives stand by for which volume groups. Disk pools have a reserve of their own and no hot spares. */
export class HotSpares {
  constructor(private readonly array: StorageArray) {}

  list(): DriveRecord[] {
    return this.array.tables.drives.toJSON().filter(({ assignment }) => assignment === 'hotSpare');
  }

  /** The volume groups that a hot spare could rebuild each drive of. */
  groupsOf(spare: DriveRecord): PoolRecord[] {
    return this.groups().filter((group) => this.covers(spare, group));
  }

  /** The hot spares that stand by for a volume group. */
  coverage(group: PoolRecord): DriveRecord[] {
    return this.list().filter((spare) => this.covers(spare, group));
  }

  /** Free drives that would cover a volume group, the smallest first. */
  candidates(group: PoolRecord): DriveRecord[] {
    return this.array.drives
      .available()
      .filter((drive) => this.covers(drive, group))
      .sort((a, b) => a.usableBytes - b.usableBytes);
  }

  groups(): PoolRecord[] {
    return this.array.tables.pools.toJSON().filter(({ diskPool }) => diskPool === null);
  }

  assign(ref: string): DriveRecord {
    return this.array.transact(() => this.log(this.array.drives.setHotSpare(ref, true), 'assigned'));
  }

  /** Throws ArrayError someSparesAssigned for a drive that stands in for another, or is not a hot spare. */
  unassign(ref: string): DriveRecord {
    return this.array.transact(() => this.log(this.array.drives.setHotSpare(ref, false), 'unassigned'));
  }

  /** Makes so many more free drives hot spares that cover a volume group. Throws ArrayError when there are fewer. */
  assignTo(ref: string, count: number): DriveRecord[] {
    return this.array.transact(() => {
      const group = this.requireGroup(ref);
      if (count < 1)
        throw new ArrayError('illegalParam', `hotSpareCount is ${count}: allowed are 1 and more.`, 'hotSpareCount');
      const candidates = this.candidates(group);
      if (candidates.length < count)
        throw new ArrayError(
          'noHotspareAvailable',
          `${count} drives are to stand by for '${group.label}': ${candidates.length} free drives fit.`,
          'hotSpareCount',
        );
      return candidates.slice(0, count).map(({ ref }) => this.assign(ref));
    });
  }

  /** Gives the volume groups of each medium and interface one hot spare for every 30 drives, as far as drives are free. */
  autoAssign(): void {
    this.array.transact(() => {
      const kinds = new Set(this.groups().map((group) => this.kindOf(group)));
      for (const kind of kinds) {
        const groups = this.groups().filter((group) => this.kindOf(group) === kind);
        const drives = groups.reduce((sum, { ref }) => sum + this.array.drives.inPool(ref).length, 0);
        const spares = this.list().filter((spare) => driveKind(spare) === kind).length;
        const largest = groups.toSorted((a, b) => this.largestBytes(b) - this.largestBytes(a))[0];
        if (largest === undefined) continue;
        const missing = Math.max(0, Math.ceil(drives / drivesPerSpare) - spares);
        for (const { ref } of this.candidates(largest).slice(0, missing)) this.assign(ref);
      }
    });
  }

  /** Throws ArrayError invalidVolumegroupref for a disk pool. */
  private requireGroup(ref: string): PoolRecord {
    const pool = this.array.pools.require(ref);
    if (pool.diskPool !== null)
      throw new ArrayError(
        'invalidVolumegroupref',
        `'${pool.label}' is a disk pool, which has a reserve and no hot spares: name a volume group.`,
      );
    return pool;
  }

  private covers(drive: DriveRecord, group: PoolRecord): boolean {
    if (group.diskPool !== null) return false;
    return driveKind(drive) === this.kindOf(group) && drive.usableBytes >= this.largestBytes(group);
  }

  private kindOf(group: PoolRecord): string {
    const [drive] = this.array.drives.inPool(group.ref);
    return drive === undefined ? '' : driveKind(drive);
  }

  private largestBytes(group: PoolRecord): number {
    return Math.max(...this.array.drives.inPool(group.ref).map(({ usableBytes }) => usableBytes));
  }

  private log(drive: DriveRecord, what: 'assigned' | 'unassigned'): DriveRecord {
    this.array.events.record({
      eventType: what === 'assigned' ? 0x2248 : 0x224a,
      componentType: 'drive',
      description: `Hot spare drive ${what}`,
      location: this.array.drives.location(drive),
      objectRef: drive.ref,
    });
    return drive;
  }
}

/** What a spare and the drive that it stands in for have in common. */
function driveKind({ media, physicalType }: DriveRecord): string {
  return `${media} ${physicalType}`;
}
