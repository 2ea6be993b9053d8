import { ArrayError } from './errors.js';
import { usableBytes } from './pool-capacity.js';
import type { DriveRecord, RaidLevel } from './records.js';
import type { StorageArray } from './storage-array.js';

/** What is to blink: drives and trays, those of pools and volumes included. */
export interface Locating {
  readonly drives?: readonly string[];
  readonly trays?: readonly string[];
  readonly pools?: readonly string[];
  readonly volumes?: readonly string[];
  readonly wholeArray?: boolean;
}

/** Which free drives are wanted. */
export interface DriveWish {
  readonly count: number;
  readonly raidLevel?: RaidLevel | undefined;
  readonly leastUsableBytes?: number | undefined;
  readonly fits: (drive: DriveRecord) => boolean;
}

/** What is done with drives beside pools: erased, located, found. */
export class DriveServices {
  constructor(private readonly array: StorageArray) {
    array.jobs.onEnd('driveErase', {
      complete: ({ objectRef }) => this.erased(objectRef, 'optimal', 'Drive erase completed'),
      fail: ({ objectRef }) => this.erased(objectRef, 'failed', 'Drive erase failed'),
    });
  }

  /** Begins to erase free drives. Throws ArrayError for drives in use, and those that are being erased. */
  erase(refs: readonly string[]): void {
    this.array.transact(() => {
      for (const drive of this.erasable(refs)) {
        this.array.tables.drives.patch(drive.ref, { status: 'sanitizing' });
        this.log(drive, 0x2270, 'Drive erase started');
        this.array.jobs.start('driveErase', drive.ref, drive.rawBytes);
      }
    });
  }

  /** How long erasing those drives would take, in minutes: all at once, and so as long as the largest. */
  eraseMinutes(refs: readonly string[]): number {
    const progression = this.array.system.progressions.driveErase;
    const largest = Math.max(...this.erasable(refs).map(({ rawBytes }) => rawBytes));
    return progression.mode === 'timed' ? Math.ceil(largest / progression.bytesPerSecond / 60) : 0;
  }

  /** Turns security off at free drives that have it. Throws ArrayError for any other. */
  resetSecurity(refs: readonly string[]): void {
    this.array.transact(() => {
      for (const drive of this.named(refs, 'driveIds')) {
        if (drive.poolRef !== null || !drive.fdeEnabled)
          throw new ArrayError(
            'noFdeDrives',
            `Drive '${drive.ref}' is ${drive.assignment}, its security ${drive.fdeEnabled ? 'on' : 'off'}: only free drives whose security is on can be reset.`,
            'driveIds',
          );
        this.array.tables.drives.patch(drive.ref, { fdeEnabled: false });
      }
    });
  }

  /** Free drives to take the place of one: of its kind, and as large at least. */
  replacementsOf(ref: string): DriveRecord[] {
    const drive = this.array.drives.require(ref);
    return this.array.drives
      .available()
      .filter(
        (each) =>
          each.media === drive.media &&
          each.physicalType === drive.physicalType &&
          each.usableBytes >= drive.usableBytes &&
          each.ref !== drive.ref,
      );
  }

  /** As many free drives of one kind as are wanted; undefined when there are none that will do. */
  select({ count, raidLevel = 'raid0', leastUsableBytes = 0, fits }: DriveWish): DriveRecord[] | undefined {
    const kinds = new Map<string, DriveRecord[]>();
    for (const drive of this.array.drives.available().filter(fits)) {
      const kind = `${drive.media} ${drive.physicalType}`;
      kinds.set(kind, [...(kinds.get(kind) ?? []), drive]);
    }
    return [...kinds.values()]
      .map((drives) => drives.slice(0, count))
      .find((drives) => drives.length === count && usableBytes(raidLevel, drives, 0) >= leastUsableBytes);
  }

  /** Makes lights blink until `stopLocating`. */
  locate({ drives = [], trays = [], pools = [], volumes = [], wholeArray = false }: Locating): void {
    this.array.transact(() => {
      const ofPools = [
        ...pools.map((id) => this.array.pools.require(id).ref),
        ...volumes.map((id) => this.array.volumes.require(id).poolRef),
      ].flatMap((ref) => this.array.drives.inPool(ref).map((drive) => drive.ref));
      const known = this.array.tables.trays;
      const wanted = wholeArray
        ? known.toJSON().map(({ ref }) => ref)
        : trays.map((ref) => this.array.trays.require(ref).ref);
      for (const ref of wanted) known.patch(ref, { locating: true });
      for (const ref of [...drives, ...ofPools])
        this.array.tables.drives.patch(this.array.drives.require(ref).ref, { locating: true });
    });
  }

  stopLocating(): void {
    this.array.transact(() => {
      const { trays, drives } = this.array.tables;
      for (const { ref, locating } of trays.toJSON()) if (locating) trays.patch(ref, { locating: false });
      for (const { ref, locating } of drives.toJSON()) if (locating) drives.patch(ref, { locating: false });
    });
  }

  private named(refs: readonly string[], field: string): DriveRecord[] {
    if (refs.length === 0) throw new ArrayError('invalidDriveref', 'No drive is named.', field);
    return refs.map((ref) => this.array.drives.require(ref));
  }

  private erasable(refs: readonly string[]): DriveRecord[] {
    const drives = this.named(refs, 'driveRefs');
    for (const drive of drives)
      if (!this.array.drives.isAvailable(drive))
        throw new ArrayError(
          'driveNotUnassigned',
          `Drive '${drive.ref}' is ${drive.assignment} and ${drive.status}: only free, optimal drives are erased.`,
          'driveRefs',
        );
    return drives;
  }

  /** A drive that failed or was removed meanwhile stays so. */
  private erased(ref: string, status: 'optimal' | 'failed', description: string): void {
    if (this.array.drives.require(ref).status !== 'sanitizing') return;
    this.log(this.array.tables.drives.patch(ref, { status }), status === 'optimal' ? 0x2271 : 0x2272, description);
  }

  private log(drive: DriveRecord, eventType: number, description: string): void {
    this.array.events.record({
      eventType,
      componentType: 'drive',
      description,
      location: this.array.drives.location(drive),
      objectRef: drive.ref,
    });
  }
}
