import type { SnapshotRecord } from '../manager/records.js';

/** Whether a snapshot's record says which image is its own. */
export function namesImage(snapshot: SnapshotRecord): snapshot is SnapshotRecord & { readonly provider_id: string } {
  return snapshot.provider_id !== null && /^34[0-9A-F]{38}$/i.test(snapshot.provider_id);
}
