import type { StorageArray } from '../../array/storage-array.js';
import type { HeldResults } from './copy-results.js';
import { ItNexus } from './nexuses.js';
import { CheckCondition, good, senseKeys } from './sense.js';
import type { Nexus, Outcome, TaskControl } from './types.js';
import { attentions, Unit } from './unit.js';

export interface LogicalUnitsOptions {
  readonly tasks: TaskControl;
  /** Resolves once all bytes written so far are on disk; undefined when they are kept in memory only. */
  readonly durable?: (() => Promise<void>) | undefined;
  /** Whether so much is still to be written to disk that every write has to wait. */
  readonly isBehind?: (() => boolean) | undefined;
  /** Calls back after some milliseconds. Without it, what would take time is done at once. */
  readonly after?: ((delayMs: number, then: () => void) => void) | undefined;
}

/** What all commands share: the array, the nexuses and the units that they see. */
export class LogicalUnits {
  readonly tasks: TaskControl;
  readonly durable: (() => Promise<void>) | undefined;
  readonly isBehind: (() => boolean) | undefined;
  readonly after: ((delayMs: number, then: () => void) => void) | undefined;
  readonly nexuses = new Map<Nexus, ItNexus>();
  /** Results of EXTENDED COPY that initiators may still ask for. */
  readonly copyResults: HeldResults = new Map();
  /** The nexus whose command makes the change that is being noticed: it need not be told. */
  acting: ItNexus | undefined;
  private readonly units = new Map<string, Unit>();
  private mappingsSeen = -1;
  private volumesSeen = -1;

  constructor(
    readonly array: StorageArray,
    options: LogicalUnitsOptions,
  ) {
    this.tasks = options.tasks;
    this.durable = options.durable;
    this.isBehind = options.isBehind;
    this.after = options.after;
    this.catchUp();
  }

  attach(nexus: Nexus): ItNexus {
    this.catchUp();
    const attached = new ItNexus(this, nexus);
    this.nexuses.set(nexus, attached);
    return attached;
  }

  detach(nexus: Nexus): void {
    this.nexuses.get(nexus)?.leave();
    this.nexuses.delete(nexus);
    this.forgetUnseen();
  }

  /** The state of a volume, view or the access volume as a logical unit. */
  unit(ref: string): Unit {
    const present = this.units.get(ref);
    if (present !== undefined) return present;
    const unit = new Unit(this, ref, ref === this.array.mappings.accessVolumeRef);
    this.units.set(ref, unit);
    return unit;
  }

  allUnits(): IterableIterator<Unit> {
    return this.units.values();
  }

  /** Notices what changed on the array since the last time. Costs a few additions when nothing did. */
  catchUp(): void {
    const { mappings, hosts, hostPorts, hostGroups, volumes, snapshotVolumes, controllers } = this.array.tables;
    const seenVolumes = volumes.revision + snapshotVolumes.revision + controllers.revision;
    if (seenVolumes !== this.volumesSeen) {
      this.volumesSeen = seenVolumes;
      for (const unit of this.units.values()) unit.notice();
    }
    const seenMappings = mappings.revision + hosts.revision + hostPorts.revision + hostGroups.revision;
    if (seenMappings !== this.mappingsSeen) {
      this.mappingsSeen = seenMappings;
      for (const attached of this.nexuses.values()) {
        if (!attached.look()) continue;
        for (const itl of attached.occupied()) itl.tell(attentions.reportedLunsChanged);
      }
      this.forgetUnseen();
    }
  }

  /** Does something on the array for a nexus, which itself is not told of what changes. */
  act(attached: ItNexus, work: () => void): void {
    this.acting = attached;
    try {
      work();
      this.catchUp();
    } finally {
      this.acting = undefined;
    }
  }

  /** Good once what was written so far is safe; at once when contents are in memory only. */
  persist(): Outcome | Promise<Outcome> {
    if (this.durable === undefined) return good;
    return this.durable().then(
      () => good,
      () => {
        throw new CheckCondition(senseKeys.mediumError, 0x0c00);
      },
    );
  }

  /** Removes units of deleted volumes that no nexus sees any longer. */
  private forgetUnseen(): void {
    for (const [ref, unit] of this.units) {
      if (unit.itlNexuses.size === 0 && !unit.isAccessVolume && unit.record === undefined) this.units.delete(ref);
    }
  }
}
