import type { SnapshotVolumeRecord, VolumeRecord } from '../../array/records.js';
import type { LogicalUnits } from './logical-units.js';
import { ModePages } from './mode-pages.js';
import type { ItlNexus, ItNexus } from './nexuses.js';
import { CheckCondition, senseKeys } from './sense.js';

/** Attentions that a unit raises; asc and ascq in one number (source: SPC-4, 5.14). */
export const attentions = {
  powerOn: 0x2900,
  deviceReset: 0x2903,
  modeParametersChanged: 0x2a01,
  reservationsPreempted: 0x2a03,
  reservationsReleased: 0x2a04,
  registrationsPreempted: 0x2a05,
  accessStateChanged: 0x2a06,
  capacityChanged: 0x2a09,
  contentChanged: 0x2800,
  commandsCleared: 0x2f00,
  reportedLunsChanged: 0x3f0e,
} as const;

/** What the access volume claims to have: it takes no blocks, but a capacity of nothing cannot be told. */
const accessVolumeBytes = 20 * 2 ** 20;

/** A logical unit: a volume, snapshot volume or the access volume, and what it remembers between commands. */
export class Unit {
  readonly itlNexuses = new Set<ItlNexus>();
  readonly pages: ModePages;
  /** Who holds RESERVE(6). */
  reservedBy: ItNexus | undefined;
  /** A sanitize that goes on; a look at it brings its end nearer. */
  sanitizing: { look(): number } | undefined;
  isThin = false;
  /** Takes UNMAP and WRITE SAME with UNMAP, and says so. */
  unmaps = false;
  /** The controller that owns it, as it was noticed last. */
  servedBy = '';
  blockBytes = 512;
  blocks = accessVolumeBytes / 512;
  private known: VolumeRecord | SnapshotVolumeRecord | undefined;

  constructor(
    readonly logicalUnits: LogicalUnits,
    readonly ref: string,
    readonly isAccessVolume: boolean,
  ) {
    this.pages = new ModePages(this);
    this.notice();
  }

  /** The volume's or view's record; undefined for the access volume. */
  get record(): VolumeRecord | SnapshotVolumeRecord | undefined {
    const { volumes, snapshotVolumes } = this.logicalUnits.array.tables;
    return volumes.get(this.ref) ?? snapshotVolumes.get(this.ref);
  }

  get view(): SnapshotVolumeRecord | undefined {
    const { record } = this;
    return record !== undefined && 'accessMode' in record ? record : undefined;
  }

  get volume(): VolumeRecord | undefined {
    const { record } = this;
    return record !== undefined && !('accessMode' in record) ? record : undefined;
  }

  /** 32 hex digits: the NAA designator. */
  get wwn(): string {
    return this.record?.wwn ?? this.ref.slice(8);
  }

  /** The controller that owns the unit. */
  get owner(): string {
    return this.record?.currentController ?? this.logicalUnits.array.controllers.list()[0]?.ref ?? '';
  }

  get preferred(): string {
    return this.record?.preferredController ?? this.owner;
  }

  /** Tells what of it is mapped: LBPME. */
  get isProvisioned(): boolean {
    return this.isThin || this.unmaps;
  }

  /** Whether what is written may be lost with the power until it is asked to be safe. */
  get cachesWrites(): boolean {
    const { array } = this.logicalUnits;
    const { cache } = this.volume ?? array.tables.volumes.get(this.view?.baseRef ?? '') ?? {};
    if (cache === undefined) return false;
    return cache.writeCacheEnable && (cache.cacheWithoutBatteries || array.components.cachesWrites());
  }

  /** Takes over what the array's record says now, and tells the initiators what changed for them. */
  notice(): void {
    const { record, known } = this;
    if (record === undefined || record === known) return;
    this.known = record;
    this.servedBy = record.currentController;
    const volume = this.volume ?? this.logicalUnits.array.tables.volumes.get(this.view?.baseRef ?? '');
    this.blockBytes = volume?.blockSizeBytes ?? 512;
    this.blocks = Math.floor(record.capacityBytes / this.blockBytes);
    this.isThin = this.volume?.kind === 'thin';
    this.unmaps = this.volume?.hostUnmapEnabled ?? false;
    if (known === undefined) return;
    if (known.capacityBytes !== record.capacityBytes) this.tell(attentions.capacityChanged);
    if (known.currentController !== record.currentController) this.tell(attentions.accessStateChanged);
  }

  /** Raises an attention for every nexus, or all but one. */
  tell(attention: number, except?: ItlNexus): void {
    for (const itl of this.itlNexuses)
      if (itl !== except && itl.attached !== this.logicalUnits.acting) itl.tell(attention);
  }

  /** Throws CheckCondition when there is no medium to read. */
  checkReady(): void {
    if (this.isAccessVolume) return;
    const { view } = this;
    const volume = this.volume ?? this.logicalUnits.array.tables.volumes.get(view?.baseRef ?? '');
    const stopped =
      view !== undefined && (view.imageRef === null || view.status === 'stopped' || view.status === 'failed');
    if (volume === undefined || volume.offline || volume.status === 'failed' || stopped) {
      throw new CheckCondition(senseKeys.notReady, 0x0403);
    }
  }

  /** Whether writes of every initiator are refused. */
  get isWriteProtected(): boolean {
    const { array } = this.logicalUnits;
    if (this.isAccessVolume || this.pages.isWriteProtected) return true;
    const { view } = this;
    if (view !== undefined) return view.accessMode === 'readOnly';
    return array.volumeCopies.isWriteProtected(this.ref) || array.asyncMirrorMembers.isSecondary(this.ref);
  }

  /** Throws CheckCondition when the unit takes no writes. */
  checkWritable(): void {
    if (this.isWriteProtected) throw new CheckCondition(senseKeys.dataProtect, 0x2700);
  }

  /** What a reset of the unit does to it; its tasks are the wire's. */
  reset(): void {
    this.reservedBy = undefined;
    this.pages.reset();
    for (const itl of this.itlNexuses) itl.tell(attentions.deviceReset);
  }
}
