import type { ManagerRuntime } from './operation.js';
import {
  type AttachmentRecord,
  type GroupRecord,
  type GroupSnapshotRecord,
  groupsOfOneMoment,
  type SnapshotRecord,
  type VolumeRecord,
} from './records.js';
import type { VolumeRequest } from './requests.js';

/** Records as Cinder's API makes them before the manager has its turn; they are not in the database yet. */

export function newVolume(
  { newId, host }: ManagerRuntime,
  { name, size, pool, type, group, multiattach }: VolumeRequest,
  source: { readonly snapshot?: SnapshotRecord; readonly volume?: VolumeRecord } = {},
): VolumeRecord {
  return {
    id: newId(),
    display_name: name,
    _name_id: null,
    size,
    host: `${host}#${pool}`,
    status: 'creating',
    attach_status: 'detached',
    migration_status: null,
    multiattach: multiattach ?? false,
    volume_type_id: type?.id ?? null,
    snapshot_id: source.snapshot?.id ?? null,
    source_volid: source.volume?.id ?? null,
    group_id: group?.id ?? null,
    provider_id: null,
    provider_location: null,
    provider_auth: null,
    replication_status: null,
    replication_extended_status: null,
    replication_driver_data: null,
    other: { metadata: { purpose: name } },
  };
}

export function newSnapshot(
  { newId }: ManagerRuntime,
  { name, volume, groupSnapshotId }: { name: string; volume: VolumeRecord; groupSnapshotId?: string },
): SnapshotRecord {
  return {
    id: newId(),
    display_name: name,
    volume_id: volume.id,
    volume_size: volume.size,
    status: 'creating',
    progress: '0%',
    provider_id: null,
    group_snapshot_id: groupSnapshotId ?? null,
    other: { metadata: { purpose: name } },
  };
}

/** An attachment is reserved, without a connector, until the host is connected. */
export function newAttachment({ newId }: ManagerRuntime, volume: VolumeRecord): AttachmentRecord {
  return { id: newId(), volume_id: volume.id, attach_status: 'reserved', connector: null, connection_info: null };
}

export function newGroup(
  { newId, host }: ManagerRuntime,
  { name, groupSnapshotId, sourceGroupId }: { name: string; groupSnapshotId?: string; sourceGroupId?: string },
): GroupRecord {
  return {
    id: newId(),
    name,
    status: 'creating',
    host,
    group_snapshot_id: groupSnapshotId ?? null,
    source_group_id: sourceGroupId ?? null,
    group_type_id: groupsOfOneMoment.id,
  };
}

export function newGroupSnapshot(
  { newId }: ManagerRuntime,
  { name, group }: { name: string; group: GroupRecord },
): GroupSnapshotRecord {
  return { id: newId(), name, group_id: group.id, status: 'creating' };
}
