import {
  type AttachmentRecord,
  type GroupRecord,
  type GroupSnapshotRecord,
  type GroupTypeRecord,
  groupsOfOneMoment,
  type QosSpecsRecord,
  type SnapshotRecord,
  type VolumeRecord,
  type VolumeTypeRecord,
} from './records.js';

/** A database's contents as plain data. */
export interface DatabaseData {
  readonly volumes: readonly VolumeRecord[];
  readonly snapshots: readonly SnapshotRecord[];
  readonly groups: readonly GroupRecord[];
  readonly groupSnapshots: readonly GroupSnapshotRecord[];
  readonly attachments: readonly AttachmentRecord[];
  readonly volumeTypes: readonly VolumeTypeRecord[];
  readonly groupTypes: readonly GroupTypeRecord[];
  readonly qosSpecs: readonly QosSpecsRecord[];
}

/** What Cinder's database has of one backend, in memory. Records by their ids, in the order of creation. */
export class Database {
  readonly volumes = new Map<string, VolumeRecord>();
  readonly snapshots = new Map<string, SnapshotRecord>();
  readonly groups = new Map<string, GroupRecord>();
  readonly groupSnapshots = new Map<string, GroupSnapshotRecord>();
  readonly attachments = new Map<string, AttachmentRecord>();
  readonly volumeTypes = new Map<string, VolumeTypeRecord>();
  readonly groupTypes = new Map<string, GroupTypeRecord>([[groupsOfOneMoment.id, groupsOfOneMoment]]);
  readonly qosSpecs = new Map<string, QosSpecsRecord>();
  /**
   * Ids of records for which Cinder's own code stood in for the driver's: groups without a consistency group, volumes that
   * joined or left one in the records only, group snapshots of several moments (source: R31).
   */
  readonly leftToCinder = new Set<string>();

  /** A copy of all records as plain data. */
  save(): DatabaseData {
    return structuredClone({
      volumes: [...this.volumes.values()],
      snapshots: [...this.snapshots.values()],
      groups: [...this.groups.values()],
      groupSnapshots: [...this.groupSnapshots.values()],
      attachments: [...this.attachments.values()],
      volumeTypes: [...this.volumeTypes.values()],
      groupTypes: [...this.groupTypes.values()],
      qosSpecs: [...this.qosSpecs.values()],
    });
  }

  /** A database with copies of the records of `save`. */
  static load(data: DatabaseData): Database {
    const database = new Database();
    const copy = structuredClone(data);
    const { volumes, snapshots, groups, groupSnapshots, attachments, volumeTypes, groupTypes, qosSpecs } = copy;
    fill(database.volumes, volumes);
    fill(database.snapshots, snapshots);
    fill(database.groups, groups);
    fill(database.groupSnapshots, groupSnapshots);
    fill(database.attachments, attachments);
    fill(database.volumeTypes, volumeTypes);
    fill(database.groupTypes, groupTypes);
    fill(database.qosSpecs, qosSpecs);
    return database;
  }

  snapshotsOf(volume: VolumeRecord): SnapshotRecord[] {
    return [...this.snapshots.values()].filter(({ volume_id }) => volume_id === volume.id);
  }

  attachmentsOf(volume: VolumeRecord): AttachmentRecord[] {
    return [...this.attachments.values()].filter(({ volume_id }) => volume_id === volume.id);
  }

  volumesOf(group: GroupRecord): VolumeRecord[] {
    return [...this.volumes.values()].filter(({ group_id }) => group_id === group.id);
  }

  groupSnapshotsOf(group: GroupRecord): GroupSnapshotRecord[] {
    return [...this.groupSnapshots.values()].filter(({ group_id }) => group_id === group.id);
  }

  membersOf(groupSnapshot: GroupSnapshotRecord): SnapshotRecord[] {
    return [...this.snapshots.values()].filter(({ group_snapshot_id }) => group_snapshot_id === groupSnapshot.id);
  }
}

function fill<T extends { readonly id: string }>(table: Map<string, T>, records: readonly T[]): void {
  for (const record of records) table.set(record.id, record);
}
