import { type BlockTrees, copyBlockTrees } from '../blocks/block-trees.js';
import { AsyncMirrorGroups } from './async-mirror-groups.js';
import { AsyncMirrorMembers } from './async-mirror-members.js';
import { type Clock, realClock } from './clock.js';
import { Components } from './components.js';
import { ConsistencyGroupViews } from './consistency-group-views.js';
import { ConsistencyGroups } from './consistency-groups.js';
import type { ContentJournal } from './content-changes.js';
import { Contents } from './contents.js';
import { Controllers } from './controllers.js';
import { DeclaredWorkloads } from './declared-workloads.js';
import { Documents } from './documents.js';
import { type DomainEventListener, DomainEventListeners, eventsOf } from './domain-events.js';
import { DriveServices } from './drive-services.js';
import { Drives } from './drives.js';
import { Events } from './events.js';
import { type FirmwareProfile, firmwareProfile } from './firmware-profile.js';
import { FirmwareUpgrades } from './firmware-upgrades.js';
import { HostGroups } from './host-groups.js';
import { Hosts } from './hosts.js';
import { HotSpares } from './hot-spares.js';
import { IscsiTarget } from './iscsi-target.js';
import { Jobs } from './jobs.js';
import { checkLabel } from './labels.js';
import { Mappings } from './mappings.js';
import { MirrorSync } from './mirror-sync.js';
import { ParityScans } from './parity-scans.js';
import { Passwords } from './passwords.js';
import { PoolReconfiguration } from './pool-reconfiguration.js';
import { PoolRedundancy } from './pool-redundancy.js';
import { Pools } from './pools.js';
import type { ArrayPreset } from './preset.js';
import { furnish } from './preset.js';
import type { CountersRecord, SystemRecord } from './records.js';
import { Records } from './records-store.js';
import { hex, type RefKind, refPrefixes } from './refs.js';
import { Repositories } from './repositories.js';
import { Reservations } from './reservations.js';
import { randomStream } from './rng.js';
import { readStatistics, readTables, type SavedArray, savedFormat } from './saved-array.js';
import { SnapshotCharges } from './snapshot-charges.js';
import { SnapshotGroups } from './snapshot-groups.js';
import { SnapshotImages } from './snapshot-images.js';
import { SnapshotVolumes } from './snapshot-volumes.js';
import { SsdCaches } from './ssd-caches.js';
import { Statistics } from './statistics/statistics.js';
import { makeTables, type SavedTables, type TableName } from './tables.js';
import { ThinVolumes } from './thin-volumes.js';
import { Trays } from './trays.js';
import { UndoLog } from './undo-log.js';
import { VolumeCopies } from './volume-copies.js';
import { VolumeIo } from './volume-io.js';
import { VolumeReconfiguration } from './volume-reconfiguration.js';
import { Volumes } from './volumes.js';
import { Workloads } from './workloads.js';

type PeerLookup = (wwn: string) => StorageArray | undefined;

export interface StorageArrayOptions {
  readonly preset: ArrayPreset;
  /** Decides every name and number that looks random: a whole number, 0 by default. */
  readonly seed?: number;
  readonly clock?: Clock;
}

/**
 * An E-Series array: a deterministic state machine. The same preset, seed and operations at the same times make the
 * same state, byte for byte. Every operation happens whole or throws ArrayError having changed nothing.
 */
export class StorageArray {
  readonly seed: number;
  readonly clock: Clock;
  readonly undo = new UndoLog();
  readonly tables = makeTables(this.undo);
  readonly contents = new Contents(this.undo);
  readonly jobs = new Jobs(this);
  readonly events = new Events(this);
  readonly controllers = new Controllers(this);
  readonly components = new Components(this);
  readonly drives = new Drives(this);
  readonly trays = new Trays(this);
  readonly driveServices = new DriveServices(this);
  readonly hotSpares = new HotSpares(this);
  readonly pools = new Pools(this);
  readonly poolRedundancy = new PoolRedundancy(this);
  readonly poolReconfiguration = new PoolReconfiguration(this);
  readonly ssdCaches = new SsdCaches(this);
  readonly volumes = new Volumes(this);
  readonly volumeReconfiguration = new VolumeReconfiguration(this);
  readonly parityScans = new ParityScans(this);
  readonly repositories = new Repositories(this);
  readonly thinVolumes = new ThinVolumes(this);
  readonly snapshotGroups = new SnapshotGroups(this);
  readonly snapshotCharges = new SnapshotCharges(this);
  readonly snapshotImages = new SnapshotImages(this);
  readonly snapshotVolumes = new SnapshotVolumes(this);
  readonly consistencyGroups = new ConsistencyGroups(this);
  readonly consistencyGroupViews = new ConsistencyGroupViews(this);
  readonly volumeCopies = new VolumeCopies(this);
  readonly hosts = new Hosts(this);
  readonly hostGroups = new HostGroups(this);
  readonly mappings = new Mappings(this);
  readonly reservations = new Reservations(this);
  readonly iscsiTarget = new IscsiTarget(this);
  readonly workloads = new Workloads(this);
  readonly declaredWorkloads = new DeclaredWorkloads(this);
  readonly asyncMirrorGroups = new AsyncMirrorGroups(this);
  readonly asyncMirrorMembers = new AsyncMirrorMembers(this);
  readonly mirrorSync = new MirrorSync(this);
  readonly documents = new Documents(this);
  readonly firmwareUpgrades = new FirmwareUpgrades(this);
  readonly records = new Records(this);
  readonly passwords = new Passwords(this);
  readonly io = new VolumeIo(this);
  readonly statistics = new Statistics(this);
  /** Counts the operations that changed something: equal versions mean equal states. */
  version = 0;
  /** Counts those of them that did more than write bytes and charge for them. */
  structureVersion = 0;
  /** What `now` said last, for what happens often and may be a moment late. */
  seenMs = 0;
  private readonly listeners = new DomainEventListeners();
  private readonly peerLookups = new Set<PeerLookup>();
  private resetBaseline: KeptState;

  constructor(options: StorageArrayOptions | { readonly saved: SavedArray; readonly clock: Clock }) {
    this.clock = options.clock ?? realClock();
    if ('saved' in options) {
      const [system] = options.saved.tables.system;
      this.seed = system?.seed ?? 0;
      this.restore(options.saved);
    } else {
      this.seed = options.seed ?? 0;
      this.transact(() => furnish(this, options.preset));
      this.statistics.reset();
    }
    this.resetBaseline = this.keep();
  }

  /** An array that goes on from a saved state; resetting it leads back to that. */
  static from(saved: SavedArray, clock: Clock): StorageArray {
    return new StorageArray({ saved, clock });
  }

  /** Makes the present state the one that `reset` leads back to. */
  setResetBaseline(): void {
    this.resetBaseline = this.keep();
  }

  /** Tells a listener of everything that happens from now on; gives what ends that. Any number may listen. */
  subscribe(listener: DomainEventListener): () => void {
    const end = this.listeners.add(listener);
    this.undo.gathers = true;
    return () => {
      end();
      this.undo.gathers = this.listeners.size > 0;
    };
  }

  /** Another array by its WWN, where this one's mirrors lead to; undefined when none of the lookups knows it. */
  peer(wwn: string): StorageArray | undefined {
    for (const lookup of this.peerLookups) {
      const found = lookup(wwn);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Adds a place to look for other arrays; gives what removes it. */
  addPeerLookup(lookup: PeerLookup): () => void {
    this.peerLookups.add(lookup);
    return () => this.peerLookups.delete(lookup);
  }

  get system(): SystemRecord {
    const record = this.tables.system.get('system');
    if (record === undefined) throw new Error('the array is not furnished yet');
    return record;
  }

  patchSystem(changes: Partial<SystemRecord>): SystemRecord {
    return this.tables.system.patch('system', changes);
  }

  /** What clients see differently by the firmware. */
  get firmwareProfile(): FirmwareProfile {
    return firmwareProfile(this.system.firmware.bundle);
  }

  /** Gives the array another name. */
  rename(label: string): void {
    checkLabel(label);
    this.transact(() => this.patchSystem({ label }));
  }

  /** The array's time in milliseconds since the epoch. */
  now(): number {
    this.seenMs = this.clock.now();
    return this.seenMs;
  }

  /** Hands out the next number of a counter. */
  takeCounter(name: Exclude<keyof CountersRecord, 'ref'>): number {
    const counters = this.tables.counters.get('counters');
    if (counters === undefined) throw new Error('the array is not furnished yet');
    this.tables.counters.put({ ...counters, [name]: counters[name] + 1 });
    return counters[name];
  }

  /**
   * A new reference as the array makes them: kind (8 digits), the array's own 16, a serial number and the time
   * (8 digits each). The last 32 digits are the object's world-wide name.
   */
  newRef(kind: RefKind): string {
    const serial = hex(this.takeCounter('serial'), 8);
    return refPrefixes[kind] + this.system.refBase + serial + hex(Math.floor(this.now() / 1000), 8);
  }

  /** A random stream for something made once; `secret` counts so that each is different. */
  newRandom(concern: string) {
    return randomStream(this.seed, `${concern}:${this.takeCounter('secret')}`);
  }

  /** Runs an operation whole or not at all. Work whose time has come ends first. Some change nothing but bytes. */
  transact<T>(operation: () => T, what: 'structure' | 'bytes' = 'structure'): T {
    if (this.undo.active) return this.undo.run(operation);
    this.jobs.completeDue();
    const before = this.undo.changes;
    const result = this.undo.run(operation);
    if (this.undo.changes !== before) {
      this.version++;
      if (what === 'structure') {
        this.structureVersion++;
        this.statistics.notice();
      }
      this.contents.committed();
      if (this.listeners.size > 0) this.listeners.publish(eventsOf(this.undo.gathered));
    }
    return result;
  }

  /**
   * Does again what was done before this process began, or before a state was taken back: work does not go on
   * meanwhile, and no journal is told but the one that is given. Throws what the operation throws, having changed nothing.
   */
  redo(operation: () => void, told?: ContentJournal): void {
    const { journal } = this.contents;
    this.contents.journal = told;
    try {
      this.undo.run(operation);
      this.contents.committed();
    } finally {
      this.contents.journal = journal;
    }
  }

  /** Bytes on a volume changed: nothing to take back, but something to keep. */
  contentChanged(): void {
    this.undo.note(() => undefined);
  }

  /** Completes the jobs whose time has come, those of mirrors included. Cheap when there are none. */
  completeDueJobs(): void {
    this.jobs.completeDue();
    this.mirrorSync.keepUp();
  }

  /** What is wrong with the state, in sentences; empty when every invariant holds. */
  check(): string[] {
    return [
      ...this.components.problems(),
      ...this.drives.problems(),
      ...this.pools.problems(),
      ...this.volumes.problems(),
      ...this.repositories.problems(),
      ...this.thinVolumes.problems(),
      ...this.snapshotGroups.problems(),
      ...this.snapshotImages.problems(),
      ...this.snapshotVolumes.problems(),
      ...this.consistencyGroups.problems(),
      ...this.consistencyGroupViews.problems(),
      ...this.volumeCopies.problems(),
      ...this.asyncMirrorMembers.problems(),
      ...this.hosts.problems(),
      ...this.mappings.problems(),
      ...this.reservations.problems(),
      ...this.iscsiTarget.problems(),
    ];
  }

  save(): SavedArray {
    return {
      format: savedFormat,
      tables: this.saveTables(),
      contents: this.contents.save(),
      statistics: this.statistics.save(),
    };
  }

  /** The state without what is on the volumes. */
  saveTables(): SavedTables {
    const tables = {} as Record<TableName, unknown[]>;
    for (const name of Object.keys(this.tables) as TableName[]) tables[name] = this.tables[name].toJSON();
    return tables as SavedTables;
  }

  /** Replaces the whole state by a saved one; nothing is on the volumes when its contents are kept apart. */
  restore(saved: SavedArray): void {
    const { contents } = saved;
    const statistics = readStatistics(saved);
    this.replace('restore', readTables(saved), () => {
      if (contents === undefined) this.contents.adopt(emptyTrees);
      else this.contents.load(contents);
      if (statistics === undefined) this.statistics.reset();
      else this.statistics.restore(statistics);
    });
  }

  private replace(by: 'reset' | 'restore', saved: SavedTables, replaceContents: () => void): void {
    for (const name of Object.keys(this.tables) as TableName[]) {
      // A state of an earlier version lacks the tables that came later.
      this.tables[name].load((saved[name] ?? []) as never);
    }
    replaceContents();
    this.jobs.reschedule();
    this.version++;
    this.structureVersion++;
    this.listeners.publish([{ kind: 'replaced', by }]);
  }

  /** Drives only: takes pools, volumes, hosts and all that hangs on them away. */
  clear(): void {
    this.transact(() => {
      for (const group of this.tables.consistencyGroups.toJSON()) this.consistencyGroups.delete(group.ref);
      for (const job of this.tables.jobs.toJSON()) this.jobs.end(job, 'complete');
      for (const copy of this.tables.volumeCopies.toJSON()) this.volumeCopies.delete(copy.ref);
      for (const member of this.tables.asyncMirrorMembers.toJSON()) this.asyncMirrorMembers.drop(member);
      for (const { ref } of this.tables.asyncMirrorGroups.toJSON()) this.tables.asyncMirrorGroups.delete(ref);
      for (const group of this.tables.hostGroups.toJSON()) this.hostGroups.delete(group.ref);
      for (const host of this.tables.hosts.toJSON()) this.hosts.delete(host.ref);
      for (const cache of this.ssdCaches.list()) this.ssdCaches.delete(cache.ref);
      for (const pool of this.tables.pools.toJSON()) this.pools.delete(pool.ref, { deleteVolumes: true });
      for (const name of ['workloads', 'keyValues', 'documents', 'unassociatedPorts', 'events'] as const) {
        for (const { ref } of this.tables[name].toJSON()) this.tables[name].delete(ref);
      }
    });
  }

  /** Back to the preset, as it was when the array was made. */
  reset(): void {
    const { tables, contents } = this.resetBaseline;
    this.replace('reset', tables, () => {
      this.contents.adopt(copyBlockTrees(contents));
      this.statistics.reset();
    });
  }

  /** Goes back to a state that was kept. */
  returnTo({ tables, contents }: KeptState): void {
    this.replace('restore', tables, () => this.contents.adopt(copyBlockTrees(contents)));
  }

  /** The state as it is now. Bytes are shared with it until they are written. */
  keep(): KeptState {
    return { tables: this.saveTables(), contents: copyBlockTrees(this.contents.trees()) };
  }
}

/** A state that is kept in memory: cheap, as what is on the volumes is shared with the array. */
export interface KeptState {
  readonly tables: SavedTables;
  readonly contents: BlockTrees;
}

/** A state that was kept, as plain data. */
export function asSaved({ tables, contents }: KeptState): SavedArray {
  const apart = new Contents(new UndoLog());
  apart.adopt(copyBlockTrees(contents));
  return { format: savedFormat, tables, contents: apart.save() };
}

const emptyTrees: BlockTrees = { volumes: new Map(), images: new Map(), nextEpoch: 1 };
