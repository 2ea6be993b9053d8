import type { Operation } from './operation.js';
import type { VolumeRecord } from './records.js';

/** in-use with attachments, else available. */
export function statusByAttachments({ database }: Operation, volume: VolumeRecord): string {
  return database.attachmentsOf(volume).length > 0 ? 'in-use' : 'available';
}

/** Gives a volume the statuses that follow from its attachments. */
export function deriveAttachStatus(operation: Operation, volume: VolumeRecord): void {
  volume.status = statusByAttachments(operation, volume);
  volume.attach_status = volume.status === 'in-use' ? 'attached' : 'detached';
}
