import type { SnapshotRecord, VolumeRecord } from '../manager/records.js';
import type { CinderDatabase } from './cinder-database.js';
import { nameIdOf } from './labels.js';
import type { Scene } from './scene.js';

/** A volume's record as it was, and the reference of its volume. */
interface RememberedVolume {
  readonly record: Readonly<VolumeRecord>;
  readonly ref: string | undefined;
}

/**
 * What the judgement before had before it. It changes no finding's being one, but names the requirement: a volume without
 * a record is a delete that was swallowed if the record was good before, and a create that was not undone if it was not.
 */
export class Memory {
  private readonly volumes = new Map<string, RememberedVolume>();
  private readonly snapshots = new Map<string, Readonly<SnapshotRecord>>();
  private readonly groupsFromSources = new Set<string>();
  private readonly attachedVolumes = new Set<string>();
  /** The volume of each attachment of the judgement before, by the attachment's id. */
  private attachments = new Map<string, string>();
  /** Snapshots of the judgement before that were good then. */
  private goodSnapshots = new Set<string>();
  private presentVolumes = new Set<string>();

  /** By the id that the array's volume is named by. */
  volume(nameId: string): RememberedVolume | undefined {
    return this.volumes.get(nameId);
  }

  wasGood(snapshot: SnapshotRecord): boolean {
    return this.goodSnapshots.has(snapshot.id);
  }

  /** Whether a snapshot of the volume was ever there. */
  hadSnapshots(volumeId: string): boolean {
    return [...this.snapshots.values()].some((snapshot) => snapshot.volume_id === volumeId);
  }

  /** Whether the volume has snapshots that have come, or have failed to, since. */
  hasNewSnapshots(database: CinderDatabase, volumeId: string): boolean {
    return [...database.snapshots.values()].some(
      ({ id, volume_id }) => volume_id === volumeId && !this.snapshots.has(id),
    );
  }

  /** Whether a volume made of this one has come since. */
  hasNewClones(database: CinderDatabase, volumeId: string): boolean {
    return [...database.volumes.values()].some(
      ({ id, source_volid }) => source_volid === volumeId && !this.presentVolumes.has(id),
    );
  }

  wasAttached(volumeId: string): boolean {
    return this.attachedVolumes.has(volumeId);
  }

  /** Whether the attachment was there at the judgement before. */
  knewAttachment(id: string): boolean {
    return this.attachments.has(id);
  }

  /** Whether the volume had attachments other than this one at the judgement before. */
  hadOtherAttachments(volumeId: string, id: string): boolean {
    return [...this.attachments].some(([each, volume]) => volume === volumeId && each !== id);
  }

  wasFromSource(groupId: string): boolean {
    return this.groupsFromSources.has(groupId);
  }

  /** Keeps what the next judgement compares with. */
  remember({ database, volumeOf }: Scene): void {
    for (const record of database.volumes.values())
      this.volumes.set(nameIdOf(record), { record: { ...record }, ref: volumeOf(record)?.volumeRef });
    for (const snapshot of database.snapshots.values()) this.snapshots.set(snapshot.id, { ...snapshot });
    for (const { id, group_snapshot_id, source_group_id } of database.groups.values())
      if (group_snapshot_id !== null || source_group_id !== null) this.groupsFromSources.add(id);
    for (const { volume_id } of database.attachments.values()) this.attachedVolumes.add(volume_id);
    this.attachments = new Map([...database.attachments.values()].map(({ id, volume_id }) => [id, volume_id]));
    this.presentVolumes = new Set(database.volumes.keys());
    this.goodSnapshots = new Set(
      [...database.snapshots.values()].filter(({ status }) => status === 'available').map(({ id }) => id),
    );
  }
}
