import type {
  AttachmentRecord,
  GroupRecord,
  GroupSnapshotRecord,
  SnapshotRecord,
  VolumeRecord,
} from '../manager/records.js';

/**
 * What a record's status says of its object. 'whole': it is there as the record describes it; 'present': it is there, and
 * may be in the middle of a change; 'unsure': it may be there or not (source: Cinder's fields).
 */
export type Certainty = 'whole' | 'present' | 'unsure';

const wholeVolume = new Set([
  'available',
  'in-use',
  'reserved',
  'attaching',
  'detaching',
  'maintenance',
  'awaiting-transfer',
  'backing-up',
  'error_backing-up',
  'uploading',
]);
const presentVolume = new Set([
  'extending',
  'error_extending',
  'retyping',
  'reverting',
  'restoring-backup',
  'error_restoring',
]);
const wholeSnapshot = new Set(['available', 'in-use', 'backing-up', 'restoring']);
const wholeGroup = new Set(['available', 'in-use']);

export function volumeCertainty({ status }: VolumeRecord): Certainty {
  if (wholeVolume.has(status)) return 'whole';
  return presentVolume.has(status) ? 'present' : 'unsure';
}

export function isWholeSnapshot({ status }: SnapshotRecord): boolean {
  return wholeSnapshot.has(status);
}

export function isWholeGroup({ status }: GroupRecord | GroupSnapshotRecord): boolean {
  return wholeGroup.has(status);
}

/** Whether an attachment's host was told how to reach the volume and not yet told to leave it. */
export function isConnected({ attach_status: status, connection_info: info }: AttachmentRecord): boolean {
  return info !== null && (status === 'attached' || status === 'attaching');
}

/**
 * Whether a mapping may be there because of an attachment. One that failed to come about explains none: the driver takes
 * back what it made in the failing call (source: R26).
 */
export function mayBeConnected({ attach_status: status, connection_info: info }: AttachmentRecord): boolean {
  if (status === 'error_attaching') return info !== null;
  return status !== 'reserved' && status !== 'detached' && status !== 'deleted';
}
