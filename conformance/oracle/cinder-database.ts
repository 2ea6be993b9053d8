import type {
  AttachmentRecord,
  GroupRecord,
  GroupSnapshotRecord,
  SnapshotRecord,
  VolumeRecord,
  VolumeTypeRecord,
} from '../manager/records.js';

/** What the oracle reads of Cinder's database: its records by id. */
export interface CinderDatabase {
  readonly volumes: ReadonlyMap<string, VolumeRecord>;
  readonly snapshots: ReadonlyMap<string, SnapshotRecord>;
  readonly groups: ReadonlyMap<string, GroupRecord>;
  readonly groupSnapshots: ReadonlyMap<string, GroupSnapshotRecord>;
  readonly attachments: ReadonlyMap<string, AttachmentRecord>;
  /** Ids of records for which Cinder's own code stood in for the driver's: of groups, their members and snapshots. */
  readonly leftToCinder?: ReadonlySet<string>;
  /** Without it nothing is said about thin and thick. */
  readonly volumeTypes?: ReadonlyMap<string, VolumeTypeRecord>;
}
