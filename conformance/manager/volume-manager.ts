import type { Subject } from '../subjects/subject.js';
import { attach, connectAgain, detach, terminate } from './attachment-operations.js';
import type { CopyData } from './copying.js';
import { createVolume } from './creating.js';
import { Database } from './database.js';
import { deleteVolume } from './deleting.js';
import { extendVolume } from './extending.js';
import { createGroup, deleteGroup, updateGroup } from './group-operations.js';
import { createGroupSnapshot, deleteGroupSnapshot, newGroupSnapshotOf } from './group-snapshot-operations.js';
import { createGroupFromSource, newGroupFromSource } from './group-source-operations.js';
import { Locks } from './locks.js';
import {
  type Manageable,
  manageableSnapshots,
  manageableVolumes,
  manageExisting,
  manageExistingSnapshot,
  unmanage,
  unmanageSnapshot,
} from './managing.js';
import { completeMigration, type MigrationPolicy, retype } from './migrating.js';
import { newAttachment, newGroup, newSnapshot, newVolume } from './new-records.js';
import { type ManagerRuntime, type Operation, outcomeOf } from './operation.js';
import type { Outcome, Violation } from './outcome.js';
import type {
  AttachmentRecord,
  ConnectorRecord,
  GroupRecord,
  GroupSnapshotRecord,
  SnapshotRecord,
  VolumeRecord,
  VolumeTypeRecord,
} from './records.js';
import type {
  ExistingReference,
  GroupSourceRequest,
  VolumeFromSnapshotRequest,
  VolumeFromVolumeRequest,
  VolumeRequest,
} from './requests.js';
import { revertToSnapshot } from './reverting.js';
import { createSnapshot, deleteSnapshot } from './snapshot-operations.js';
import { initHost } from './start-up.js';
import { publishStats, type Stats } from './stats.js';

export interface ManagerOptions {
  readonly subject: Subject;
  readonly database?: Database;
  /** Fresh UUIDs. */
  readonly newId: () => string;
  /** `host@backend`. */
  readonly host: string;
  /**
   * How groups reach the driver: 'generic' by the methods of generic volume groups, 'consistency' by those of consistency
   * groups, as for the group type `default_cgsnapshot_type` (source: R31, R60).
   */
  readonly surface?: 'generic' | 'consistency';
  /** Whether a create that failed is scheduled again (source: R8); false by default. */
  readonly mayReschedule?: boolean;
  /** Copies bytes where the manager does, in migrations and generic reverts; without it they are not copied. */
  readonly copyData?: CopyData;
}

/**
 * Cinder's volume manager as far as it judges drivers: it calls the driver as Cinder does, does to its answers what Cinder
 * does, and keeps which rules the driver broke (source: R1–R64). Operations take records of the database. What Cinder
 * refuses is in the outcome; UsageError is thrown for what makes no sense, SubjectError where the driver's process does
 * not work.
 */
export class VolumeManager {
  readonly database: Database;
  /** How the driver broke rules, in all operations so far. */
  readonly violations: Violation[] = [];
  private readonly runtime: ManagerRuntime;

  constructor({ subject, database, newId, host, surface, mayReschedule, copyData }: ManagerOptions) {
    this.database = database ?? new Database();
    this.runtime = {
      subject,
      initialized: false,
      database: this.database,
      violations: this.violations,
      locks: new Locks(),
      newId,
      host,
      surface: surface ?? 'generic',
      mayReschedule: mayReschedule ?? false,
      copyData,
    };
  }

  /** Goes on with another process of the driver, which initHost is to set up. */
  useSubject(subject: Subject): void {
    this.runtime.subject = subject;
    this.runtime.initialized = false;
  }

  /** Whether the driver is set up: without that every call fails with DriverNotInitialized (R1). */
  get initialized(): boolean {
    return this.runtime.initialized;
  }

  /** Starts the service: sets the driver up and looks after what is in the database (R1–R5). */
  initHost(): Promise<Outcome> {
    return this.run(initHost);
  }

  /** The stats as the scheduler gets them (R6). */
  async publishStats(): Promise<Outcome & { readonly stats?: Stats }> {
    let stats: Stats | undefined;
    const outcome = await this.run(async (operation) => {
      stats = await publishStats(operation);
    });
    return { ...outcome, stats };
  }

  /** Makes an empty volume (R7–R9). */
  async createVolume(request: VolumeRequest): Promise<Outcome & { readonly volume: VolumeRecord }> {
    const volume = newVolume(this.runtime, request);
    const { type } = request;
    return { ...(await this.run((operation) => createVolume(operation, volume, { type }))), volume };
  }

  /** Makes a volume of a snapshot (R7–R10). */
  async createVolumeFromSnapshot(
    request: VolumeFromSnapshotRequest,
  ): Promise<Outcome & { readonly volume: VolumeRecord }> {
    const { type, snapshot } = request;
    const volume = newVolume(this.runtime, request, { snapshot });
    const outcome = await this.run((operation) => createVolume(operation, volume, { type, source: { snapshot } }));
    return { ...outcome, volume };
  }

  /** Makes a volume of a volume: a clone (R7–R10). */
  async createVolumeFromVolume(request: VolumeFromVolumeRequest): Promise<Outcome & { readonly volume: VolumeRecord }> {
    const { type, source: from } = request;
    const volume = newVolume(this.runtime, request, { volume: from });
    const source = { volume: from };
    return { ...(await this.run((operation) => createVolume(operation, volume, { type, source }))), volume };
  }

  /** Deletes a volume, with its snapshots where `cascade` is set (R11–R14). */
  deleteVolume(volume: VolumeRecord, options: { readonly cascade?: boolean } = {}): Promise<Outcome> {
    return this.run((operation) => deleteVolume(operation, volume, options));
  }

  /** Extends a volume to a new total in GiB (R16). */
  extendVolume(volume: VolumeRecord, newSize: number): Promise<Outcome> {
    return this.run((operation) => extendVolume(operation, volume, newSize));
  }

  /** Makes a snapshot of a volume (R17). */
  async createSnapshot(request: {
    readonly name: string;
    readonly volume: VolumeRecord;
  }): Promise<Outcome & { readonly snapshot: SnapshotRecord }> {
    const snapshot = newSnapshot(this.runtime, request);
    return { ...(await this.run((operation) => createSnapshot(operation, request.volume, snapshot))), snapshot };
  }

  /** Deletes a snapshot (R18). */
  deleteSnapshot(snapshot: SnapshotRecord): Promise<Outcome> {
    return this.run((operation) => deleteSnapshot(operation, snapshot));
  }

  /** Takes a volume back to its latest snapshot (R19). */
  revertToSnapshot(volume: VolumeRecord, snapshot: SnapshotRecord): Promise<Outcome> {
    return this.run((operation) => revertToSnapshot(operation, volume, snapshot));
  }

  /** Takes over a volume that the array has already (R22). */
  async manageExisting(request: {
    readonly name: string;
    readonly reference: ExistingReference;
    readonly pool: string;
    readonly type?: VolumeTypeRecord;
  }): Promise<Outcome & { readonly volume: VolumeRecord }> {
    const volume = newVolume(this.runtime, { ...request, size: 0 });
    return { ...(await this.run((operation) => manageExisting(operation, volume, request))), volume };
  }

  /** Lets a volume go that the array keeps (R15). */
  unmanage(volume: VolumeRecord): Promise<Outcome> {
    return this.run((operation) => unmanage(operation, volume));
  }

  /** The volumes of the array that could be managed (R23). */
  async getManageableVolumes(): Promise<Outcome & { readonly entries: readonly Manageable[] }> {
    return this.listed(manageableVolumes);
  }

  /** Takes over a snapshot that the array has already of a volume (R22). */
  async manageExistingSnapshot(request: {
    readonly name: string;
    readonly volume: VolumeRecord;
    readonly reference: ExistingReference;
  }): Promise<Outcome & { readonly snapshot: SnapshotRecord }> {
    const { volume, reference } = request;
    const snapshot = newSnapshot(this.runtime, request);
    const outcome = await this.run((operation) => manageExistingSnapshot(operation, volume, snapshot, reference));
    return { ...outcome, snapshot };
  }

  /** Lets a snapshot go that the array keeps (R18). */
  unmanageSnapshot(snapshot: SnapshotRecord): Promise<Outcome> {
    return this.run((operation) => unmanageSnapshot(operation, snapshot));
  }

  /** The snapshots of the array that could be managed (R23). */
  async getManageableSnapshots(): Promise<Outcome & { readonly entries: readonly Manageable[] }> {
    return this.listed(manageableSnapshots);
  }

  /**
   * Ends a migration of `volume` to `destination`, a volume of the same size that was made for it and has the bytes: the
   * one record has the new array volume from now on, the other is deleted with the old one (R21).
   */
  migrateCompletion(volume: VolumeRecord, destination: VolumeRecord): Promise<Outcome> {
    return this.run((operation) => completeMigration(operation, volume, destination));
  }

  /** Changes a volume's type; what the driver can't change in place fails, or is migrated 'on-demand' (R20). */
  retype(
    volume: VolumeRecord,
    newType: VolumeTypeRecord,
    { migrationPolicy = 'never', pool }: { readonly migrationPolicy?: MigrationPolicy; readonly pool?: string } = {},
  ): Promise<Outcome> {
    return this.run((operation) => retype(operation, volume, newType, { policy: migrationPolicy, pool }));
  }

  /** Attaches a volume to the host of a connector; the attachment has the connection info (R24–R28). */
  async attach(
    volume: VolumeRecord,
    connector: ConnectorRecord,
  ): Promise<Outcome & { readonly attachment: AttachmentRecord }> {
    const attachment = newAttachment(this.runtime, volume);
    return { ...(await this.run((operation) => attach(operation, volume, attachment, connector))), attachment };
  }

  /** Asks once more for the connection info of an attachment, which gets it (R27). */
  connectAgain(attachment: AttachmentRecord): Promise<Outcome> {
    return this.run((operation) => connectAgain(operation, attachment));
  }

  /** Takes an attachment away; `connector` stands in for the attachment's own (R29, R30). */
  detach(
    attachment: AttachmentRecord,
    options: { readonly force?: boolean; readonly connector?: ConnectorRecord | null } = {},
  ): Promise<Outcome> {
    return this.run((operation) => detach(operation, attachment, options));
  }

  /** Calls terminate_connection by itself, the attachments staying as they are (R29). */
  terminateConnection(
    volume: VolumeRecord,
    connector: ConnectorRecord | null,
    { force = false }: { readonly force?: boolean } = {},
  ): Promise<Outcome> {
    return this.run(async (operation) => {
      await terminate(operation, volume, connector, force);
    });
  }

  /** Makes an empty group (R36). */
  async createGroup(request: { readonly name: string }): Promise<Outcome & { readonly group: GroupRecord }> {
    const group = newGroup(this.runtime, request);
    return { ...(await this.run((operation) => createGroup(operation, group))), group };
  }

  /** Deletes a group with its volumes (R38–R43). */
  deleteGroup(group: GroupRecord): Promise<Outcome> {
    return this.run((operation) => deleteGroup(operation, group));
  }

  /** Adds volumes to a group and removes some (R44–R48). */
  updateGroup(
    group: GroupRecord,
    { add = [], remove = [] }: { readonly add?: readonly VolumeRecord[]; readonly remove?: readonly VolumeRecord[] },
  ): Promise<Outcome> {
    return this.run((operation) => updateGroup(operation, group, { add, remove }));
  }

  /** Makes a group of a group's snapshot or of a group, its volumes named in the order of the source's (R49–R52). */
  async createGroupFromSource(
    request: GroupSourceRequest,
  ): Promise<Outcome & { readonly group: GroupRecord; readonly volumes: readonly VolumeRecord[] }> {
    const made = newGroupFromSource(this.runtime, request);
    const outcome = await this.run((operation) => createGroupFromSource(operation, made));
    return { ...outcome, group: made.group, volumes: made.volumes };
  }

  /** Snapshots all volumes of a group; the snapshots come in the order of the volumes (R53–R55). */
  async createGroupSnapshot(request: {
    readonly name: string;
    readonly group: GroupRecord;
  }): Promise<
    Outcome & { readonly groupSnapshot: GroupSnapshotRecord; readonly snapshots: readonly SnapshotRecord[] }
  > {
    const made = newGroupSnapshotOf(this.runtime, request);
    return { ...(await this.run((operation) => createGroupSnapshot(operation, made, request.group))), ...made };
  }

  /** Deletes a group's snapshot with its members (R56–R59). */
  deleteGroupSnapshot(groupSnapshot: GroupSnapshotRecord): Promise<Outcome> {
    return this.run((operation) => deleteGroupSnapshot(operation, groupSnapshot));
  }

  private async listed(list: (operation: Operation) => Promise<readonly Manageable[]>) {
    let entries: readonly Manageable[] = [];
    const outcome = await this.run(async (operation) => {
      entries = await list(operation);
    });
    return { ...outcome, entries };
  }

  private run(work: (operation: Operation) => Promise<void>): Promise<Outcome> {
    return outcomeOf(this.runtime, work);
  }
}
