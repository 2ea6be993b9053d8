import type { Database } from './database.js';
import type {
  AttachmentRecord,
  ConnectorRecord,
  GroupRecord,
  GroupSnapshotRecord,
  SnapshotRecord,
  VolumeRecord,
  VolumeTypeRecord,
} from './records.js';

/**
 * What drivers are handed: fresh plain objects that look as Cinder's objects do, made of the records for one call
 * (source: Cinder's volume objects; R9, R60).
 */
export type Payload = Record<string, unknown>;

const owner = { user_id: 'user', project_id: 'project' } as const;

/** The id that the array's volume is named by (source: R21). */
export function nameId(volume: VolumeRecord): string {
  return volume._name_id ?? volume.id;
}

/** A volume. `consistencyGroup` is set where members of groups are created or handed over as CG views (R9, R60). */
export function volumePayload(
  database: Database,
  volume: VolumeRecord,
  { consistencyGroup }: { readonly consistencyGroup?: GroupRecord } = {},
): Payload {
  const { other, ...fields } = volume;
  const type = volume.volume_type_id === null ? undefined : database.volumeTypes.get(volume.volume_type_id);
  const group = volume.group_id === null ? undefined : database.groups.get(volume.group_id);
  return structuredClone({
    ...other,
    ...fields,
    ...owner,
    name: `volume-${nameId(volume)}`,
    name_id: nameId(volume),
    bootable: false,
    metadata: other.metadata ?? {},
    admin_metadata: other.admin_metadata ?? {},
    volume_type: type === undefined ? null : typePayload(type),
    volume_attachment: database.attachmentsOf(volume).map(attachmentPayload),
    group: group === undefined ? null : groupPayload(group),
    consistencygroup_id: consistencyGroup?.id ?? null,
    consistencygroup: consistencyGroup === undefined ? null : consistencyGroupView(consistencyGroup),
  });
}

export function typePayload({ id, name, extra_specs, qos_specs_id }: VolumeTypeRecord): Payload {
  return { id, name, extra_specs: { ...extra_specs }, qos_specs_id: qos_specs_id ?? null };
}

export function attachmentPayload({ id, volume_id, attach_status, connector }: AttachmentRecord): Payload {
  return {
    id,
    volume_id,
    attach_status,
    attached_host: connector?.host ?? null,
    attach_mode: 'rw',
    instance_uuid: null,
    mountpoint: null,
    connector: structuredClone(connector),
  };
}

/** A snapshot with its volume. `cgsnapshot` is set in CG views (R60). */
export function snapshotPayload(
  database: Database,
  snapshot: SnapshotRecord,
  { cgsnapshot, group }: { readonly cgsnapshot?: GroupSnapshotRecord; readonly group?: GroupRecord } = {},
): Payload {
  const { other, ...fields } = snapshot;
  const volume = database.volumes.get(snapshot.volume_id);
  return {
    ...structuredClone({ ...other, ...fields }),
    ...owner,
    name: `snapshot-${snapshot.id}`,
    volume_name: volume === undefined ? null : `volume-${nameId(volume)}`,
    volume_type_id: volume?.volume_type_id ?? null,
    metadata: other.metadata ?? {},
    cgsnapshot_id: cgsnapshot?.id ?? null,
    cgsnapshot: cgsnapshot === undefined ? null : cgsnapshotView(cgsnapshot, group),
    volume: volume === undefined ? null : volumePayload(database, volume),
  };
}

/** A generic volume group. */
export function groupPayload(group: GroupRecord): Payload {
  return { ...structuredClone(group), ...owner, group_type_id: group.group_type_id ?? null, volume_type_ids: [] };
}

/** A generic volume group as a consistency group: the same id (R60). */
export function consistencyGroupView({
  id,
  name,
  status,
  host,
  group_snapshot_id,
  source_group_id,
}: GroupRecord): Payload {
  return { id, name, status, host, ...owner, cgsnapshot_id: group_snapshot_id, source_cgid: source_group_id };
}

/** A snapshot of a generic volume group, with its group. */
export function groupSnapshotPayload(groupSnapshot: GroupSnapshotRecord, group: GroupRecord | undefined): Payload {
  return {
    ...structuredClone(groupSnapshot),
    ...owner,
    group_type_id: group?.group_type_id ?? null,
    group: group === undefined ? null : groupPayload(group),
  };
}

/** A group's snapshot as a consistency group's: the same ids (R60). */
export function cgsnapshotView({ id, name, status, group_id }: GroupSnapshotRecord, group?: GroupRecord): Payload {
  return {
    id,
    name,
    status,
    ...owner,
    consistencygroup_id: group_id,
    consistencygroup: group === undefined ? null : consistencyGroupView(group),
  };
}

export function connectorPayload(connector: ConnectorRecord | null): Payload | null {
  return connector === null ? null : structuredClone({ ...connector });
}
