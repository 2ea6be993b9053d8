/** The statuses that Cinder's objects can have (source: Cinder's fields; R39, R53). */
export const volumeStatuses: ReadonlySet<unknown> = new Set([
  'creating',
  'available',
  'reserved',
  'attaching',
  'detaching',
  'in-use',
  'maintenance',
  'deleting',
  'deleted',
  'awaiting-transfer',
  'error',
  'error_deleting',
  'error_extending',
  'error_managing',
  'error_managing_deleting',
  'error_unmanaging',
  'error_backing-up',
  'error_restoring',
  'backing-up',
  'restoring-backup',
  'downloading',
  'uploading',
  'extending',
  'retyping',
  'reverting',
  'managing',
  'unmanaging',
]);

const groupSnapshotStatusList = ['error', 'available', 'creating', 'deleting', 'deleted', 'updating', 'error_deleting'];

export const groupSnapshotStatuses: ReadonlySet<unknown> = new Set(groupSnapshotStatusList);
export const groupStatuses: ReadonlySet<unknown> = new Set([...groupSnapshotStatusList, 'in-use']);
export const snapshotStatuses: ReadonlySet<unknown> = new Set([
  ...groupSnapshotStatusList,
  'unmanaging',
  'backing-up',
  'restoring',
]);

/** The statuses that say that a member was not done. */
export function isFailure(status: unknown): boolean {
  return status === 'error' || status === 'error_deleting';
}
