import type { GroupRecord, GroupSnapshotRecord, SnapshotRecord, VolumeRecord, VolumeTypeRecord } from './records.js';

/** What a user asks for when a volume is to be made. */
export interface VolumeRequest {
  readonly name: string;
  /** GiB. */
  readonly size: number;
  /** The pool that the scheduler chose. */
  readonly pool: string;
  readonly type?: VolumeTypeRecord;
  readonly group?: GroupRecord;
  readonly multiattach?: boolean;
}

/** What a user asks for when a group is to be made of a group's snapshot or of a group: one of the two. */
export interface GroupSourceRequest {
  readonly name: string;
  /** Of the new volumes, in the order of the source's. */
  readonly names: readonly string[];
  readonly groupSnapshot?: GroupSnapshotRecord;
  readonly group?: GroupRecord;
}

/** What names an object of the array that is to be managed, e.g. {'source-name': 'vol1'}. */
export type ExistingReference = Readonly<Record<string, unknown>>;

export interface VolumeFromSnapshotRequest extends VolumeRequest {
  readonly snapshot: SnapshotRecord;
}

export interface VolumeFromVolumeRequest extends VolumeRequest {
  readonly source: VolumeRecord;
}
