import { randomUUID } from 'node:crypto';
import type { ArrayAdminClient } from '../../../conformance/arrays/array-admin-client.js';
import { Database } from '../../../conformance/manager/database.js';
import type {
  AttachmentRecord,
  GroupRecord,
  GroupSnapshotRecord,
  SnapshotRecord,
  VolumeRecord,
} from '../../../conformance/manager/records.js';
import { labelOf } from '../../../conformance/oracle/index.js';

type Json = Record<string, string>;

/** Objects on an array as a driver would make them, and the records that Cinder would have of them; each can be had alone. */
export class HandMade {
  readonly database = new Database();

  constructor(readonly admin: ArrayAdminClient) {}

  /** A volume with its record. What is given overrides what the record says, not what is made. */
  async volume(given: Partial<VolumeRecord> = {}): Promise<{ record: VolumeRecord; ref: string }> {
    const record = this.volumeRecord(given);
    return { record, ref: await this.arrayVolume(labelOf(record._name_id ?? record.id)) };
  }

  volumeRecord(given: Partial<VolumeRecord> = {}): VolumeRecord {
    const record: VolumeRecord = {
      id: randomUUID(),
      display_name: 'volume',
      _name_id: null,
      size: 1,
      host: 'cinder@eseries#DDP_1',
      status: 'available',
      attach_status: 'detached',
      migration_status: null,
      multiattach: false,
      volume_type_id: null,
      snapshot_id: null,
      source_volid: null,
      group_id: null,
      provider_id: null,
      provider_location: null,
      provider_auth: null,
      replication_status: null,
      replication_extended_status: null,
      replication_driver_data: null,
      other: {},
      ...given,
    };
    this.database.volumes.set(record.id, record);
    return record;
  }

  async arrayVolume(name: string, { gib = 1, pool = 'DDP_1', thin = false } = {}): Promise<string> {
    const pools = await this.admin.get<Json[]>('storage-pools');
    const poolId = pools.find(({ label }) => label === pool)?.id;
    const wanted = { poolId, name, sizeUnit: 'gb', size: String(gib), thinProvision: thin };
    return (await this.made('ssc/volumes', wanted)).id ?? '';
  }

  async snapshotGroup(volumeRef: string, name = labelOf(randomUUID())): Promise<string> {
    const wanted = { baseMappableObjectId: volumeRef, name, repositoryPercentage: 20, fullPolicy: 'failbasewrites' };
    return (await this.made('snapshot-groups', wanted)).id ?? '';
  }

  async image(groupId: string): Promise<string> {
    return (await this.made('snapshot-images', { groupId })).id ?? '';
  }

  snapshotRecord(volume: VolumeRecord, image: string | null, given: Partial<SnapshotRecord> = {}): SnapshotRecord {
    const record: SnapshotRecord = {
      id: randomUUID(),
      display_name: 'snapshot',
      volume_id: volume.id,
      volume_size: volume.size,
      status: 'available',
      progress: '100%',
      provider_id: image,
      group_snapshot_id: null,
      other: {},
      ...given,
    };
    this.database.snapshots.set(record.id, record);
    return record;
  }

  async view(image: string): Promise<string> {
    const wanted = { snapshotImageId: image, name: labelOf(randomUUID()), viewMode: 'readOnly', fullThreshold: 99 };
    return (await this.made('snapshot-volumes', wanted)).id ?? '';
  }

  async group(given: Partial<GroupRecord> = {}): Promise<{ record: GroupRecord; ref: string }> {
    const record = this.groupRecord(given);
    return { record, ref: await this.consistencyGroup(labelOf(record.id)) };
  }

  groupRecord(given: Partial<GroupRecord> = {}): GroupRecord {
    const record: GroupRecord = {
      id: randomUUID(),
      name: 'group',
      status: 'available',
      host: 'cinder@eseries',
      group_snapshot_id: null,
      source_group_id: null,
      ...given,
    };
    this.database.groups.set(record.id, record);
    return record;
  }

  async consistencyGroup(name: string): Promise<string> {
    return (await this.made('consistency-groups', { name })).id ?? '';
  }

  async member(group: string, volumeId: string): Promise<void> {
    await this.made(`consistency-groups/${group}/member-volumes`, { volumeId, repositoryPercent: 20 });
  }

  /** Images of all members, at one moment. */
  async groupImages(group: string): Promise<Json[]> {
    return this.admin.succeed<Json[]>('POST', `consistency-groups/${group}/snapshots`);
  }

  groupSnapshotRecord(group: GroupRecord, given: Partial<GroupSnapshotRecord> = {}): GroupSnapshotRecord {
    const record = { id: randomUUID(), name: 'group snapshot', group_id: group.id, status: 'available', ...given };
    this.database.groupSnapshots.set(record.id, record);
    return record;
  }

  async host(name: string): Promise<string> {
    const ports = [{ type: 'iscsi', port: initiatorOf(name), label: `${name}_1` }];
    return (await this.made('hosts', { name, hostType: { index: 28 }, ports })).id ?? '';
  }

  async map(volumeRef: string, targetId: string, lun: number): Promise<string> {
    return (await this.made('volume-mappings', { mappableObjectId: volumeRef, targetId, lun })).id ?? '';
  }

  /** An attachment of a volume to a host that is named so. */
  attachmentRecord(volume: VolumeRecord, host: string, lun: number): AttachmentRecord {
    const record: AttachmentRecord = {
      id: randomUUID(),
      volume_id: volume.id,
      attach_status: 'attached',
      connector: { initiator: initiatorOf(host), host },
      connection_info: { driver_volume_type: 'iscsi', target_lun: lun, target_luns: [lun, lun] },
    };
    this.database.attachments.set(record.id, record);
    return record;
  }

  async remove(path: string): Promise<void> {
    await this.admin.succeed('DELETE', path);
  }

  private made(path: string, body: unknown): Promise<Json> {
    return this.admin.succeed<Json>('POST', path, body);
  }
}

export function initiatorOf(host: string): string {
  return `iqn.2026-01.com.example:${host}`;
}
