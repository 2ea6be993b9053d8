/**
 * What Cinder's database knows of a backend's objects, as far as drivers see it or change it. Field names and statuses
 * are Cinder's own (source: Cinder's volume objects).
 */

export interface VolumeTypeRecord {
  readonly id: string;
  readonly name: string;
  readonly extra_specs: Readonly<Record<string, string>>;
  readonly qos_specs_id?: string | null;
}

export interface GroupTypeRecord {
  readonly id: string;
  readonly name: string;
  readonly group_specs: Readonly<Record<string, string>>;
}

/** The type of the groups that stories make: with consistent snapshots, as consistency groups have them. */
export const groupsOfOneMoment: GroupTypeRecord = {
  id: '5bd3a2a0-1ff5-4d9c-8f4f-0b7c6b8f8a11',
  name: 'groups of one moment',
  group_specs: { consistent_group_snapshot_enabled: '<is> True' },
};

export interface QosSpecsRecord {
  readonly id: string;
  readonly name: string;
  /** Who applies the specs. */
  readonly consumer: 'back-end' | 'front-end' | 'both';
  readonly specs: Readonly<Record<string, string>>;
}

export interface VolumeRecord {
  readonly id: string;
  display_name: string;
  /** Set by a migration: the id that the array's volume is named by. */
  _name_id: string | null;
  /** GiB. */
  size: number;
  /** `host@backend#pool`; null when the create is to be scheduled again. */
  host: string | null;
  status: string;
  attach_status: string;
  migration_status: string | null;
  multiattach: boolean;
  volume_type_id: string | null;
  snapshot_id: string | null;
  source_volid: string | null;
  group_id: string | null;
  provider_id: string | null;
  provider_location: string | null;
  provider_auth: string | null;
  replication_status: string | null;
  replication_extended_status: string | null;
  replication_driver_data: string | null;
  /** What a driver returned beyond these, by field. */
  readonly other: Record<string, unknown>;
}

export interface SnapshotRecord {
  readonly id: string;
  display_name: string;
  readonly volume_id: string;
  /** GiB. */
  readonly volume_size: number;
  status: string;
  progress: string;
  provider_id: string | null;
  group_snapshot_id: string | null;
  readonly other: Record<string, unknown>;
}

export interface GroupRecord {
  readonly id: string;
  name: string;
  status: string;
  host: string;
  group_snapshot_id: string | null;
  source_group_id: string | null;
  group_type_id?: string | null;
}

export interface GroupSnapshotRecord {
  readonly id: string;
  name: string;
  readonly group_id: string;
  status: string;
}

export interface AttachmentRecord {
  readonly id: string;
  readonly volume_id: string;
  /** attaching, attached, detaching, error_attaching, error_detaching */
  attach_status: string;
  connector: ConnectorRecord | null;
  /** What the driver returned, as the compute host gets it. */
  connection_info: Readonly<Record<string, unknown>> | null;
}

export interface ConnectorRecord {
  readonly initiator?: string;
  readonly host?: string;
  readonly ip?: string;
  readonly multipath?: boolean;
}
