import { ArrayError, ObjectNotFound } from './errors.js';
import type { JobRecord, ParityScanRecord, ThickVolumeRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** A range of blocks, the last one included, and what is done about errors in it. */
export interface NewParityScan extends Pick<ParityScanRecord, 'kind'>, Partial<Pick<ParityScanRecord, 'priority'>> {
  readonly startLba?: number | undefined;
  readonly endLba?: number | undefined;
  readonly repairsParity?: boolean | undefined;
  readonly repairsMedia?: boolean | undefined;
}

/** How many scans the array remembers. */
const capacity = 64;

const jobKinds = { check: 'parityCheck', repair: 'parityRepair' } as const;

/**
 * Scans that hold the data of a volume against its redundancy, and repairs of a range. Each is remembered when it has
 * ended, until its volume goes or newer ones push it out. Nothing breaks the parity of this array: scans find no errors.
 */
export class ParityScans {
  constructor(private readonly array: StorageArray) {
    const { parityScans, volumes } = array.tables;
    volumes.onDelete((ref) => {
      for (const scan of this.list()) if (scan.volumeRef === ref) parityScans.delete(scan.ref);
    });
    for (const kind of Object.values(jobKinds))
      array.jobs.onEnd(kind, {
        complete: (job) => this.ended(job, 'completed'),
        fail: (job) => this.ended(job, 'failed'),
      });
  }

  list(kind?: ParityScanRecord['kind']): ParityScanRecord[] {
    return this.array.tables.parityScans.toJSON().filter((scan) => kind === undefined || scan.kind === kind);
  }

  require(kind: ParityScanRecord['kind'], ref: string): ParityScanRecord {
    const scan = this.array.tables.parityScans.get(ref);
    if (scan?.kind !== kind) throw new ObjectNotFound('illegalParam', `parity ${kind} job`, ref);
    return scan;
  }

  /** Throws ArrayError for volumes without redundancy, those that are not optimal or busy, and ranges beyond the end. */
  start(volumeRef: string, wanted: NewParityScan): ParityScanRecord {
    return this.array.transact(() => {
      const volume = this.array.volumes.requireThick(volumeRef);
      this.checkScannable(volume);
      const last = volume.capacityBytes / volume.blockSizeBytes - 1;
      const { startLba = 0, endLba = last } = wanted;
      if (startLba < 0 || startLba > endLba || endLba > last)
        throw new ArrayError(
          'illegalParam',
          `Blocks ${startLba} to ${endLba} are not a range of volume '${volume.label}': its blocks are 0 to ${last}.`,
          'startLba',
        );
      const { parityScans } = this.array.tables;
      const [oldest] = parityScans.values();
      if (parityScans.size >= capacity && oldest !== undefined) parityScans.delete(oldest.ref);
      const ref = String(this.array.takeCounter('parityScan'));
      parityScans.put({
        ref,
        kind: wanted.kind,
        volumeRef: volume.ref,
        startLba,
        endLba,
        priority: wanted.priority ?? 'priority2',
        repairsParity: wanted.repairsParity ?? true,
        repairsMedia: wanted.repairsMedia ?? true,
        startMs: this.array.now(),
        endMs: null,
        outcome: null,
      });
      const bytes = (endLba - startLba + 1) * volume.blockSizeBytes;
      this.array.jobs.start(jobKinds[wanted.kind], volume.ref, bytes, { scanRef: ref });
      return this.require(wanted.kind, ref);
    });
  }

  /** Ends a scan that is going on. Throws ArrayError when it has ended. */
  cancel(ref: string): void {
    this.array.transact(() => {
      const scan = this.require('check', ref);
      const job = this.jobOf(scan);
      if (job === undefined)
        throw new ArrayError('illegalParam', `Parity check job '${ref}' has ended: ${this.state(scan)}.`);
      this.array.jobs.end(job, 'cancel');
      this.ended(job, 'cancelled');
    });
  }

  state(scan: ParityScanRecord): 'inProgress' | 'completed' | 'cancelled' | 'failed' {
    return scan.outcome ?? (this.jobOf(scan) === undefined ? 'cancelled' : 'inProgress');
  }

  /** How far a scan has come, in whole percent. */
  percent(scan: ParityScanRecord): number {
    if (scan.outcome === 'completed') return 100;
    const job = this.jobOf(scan);
    return job === undefined ? 0 : this.array.jobs.percent(job);
  }

  jobOf(scan: ParityScanRecord): JobRecord | undefined {
    return this.array.jobs.on(scan.volumeRef).find(({ detail }) => detail.scanRef === scan.ref);
  }

  private checkScannable(volume: ThickVolumeRecord): void {
    const pool = this.array.pools.require(volume.poolRef);
    if (pool.raidLevel === 'raid0')
      throw new ArrayError(
        'invalidRaidlevel',
        `Volume '${volume.label}' is in a volume group of raid0: it has no redundancy to check.`,
      );
    if (volume.status !== 'optimal')
      throw new ArrayError('volumeNotOptimal', `Volume '${volume.label}' is ${volume.status}.`);
    if (this.array.jobs.on(volume.ref).length > 0)
      throw new ArrayError('parityScanInProgress', `Volume '${volume.label}' is being worked on already.`);
  }

  private ended(job: JobRecord, outcome: NonNullable<ParityScanRecord['outcome']>): void {
    const scan = this.array.tables.parityScans.patch(String(job.detail.scanRef), {
      outcome,
      endMs: this.array.now(),
    });
    const { label } = this.array.volumes.require(scan.volumeRef);
    this.array.events.record({
      eventType: scan.kind === 'check' ? 0x2050 : 0x2051,
      componentType: 'volume',
      description: `Parity ${scan.kind} of volume '${label}' ${outcome}`,
      objectRef: scan.volumeRef,
    });
  }
}
