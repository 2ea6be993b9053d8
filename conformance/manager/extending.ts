import { statusByAttachments } from './attachment-status.js';
import { volumePayload } from './cinder-payloads.js';
import { asException, refusal } from './exceptions.js';
import type { Operation } from './operation.js';
import type { VolumeRecord } from './records.js';
import { mustBeThere } from './usage.js';

/** Extends a volume; nothing is raised when that fails, its status shows it (source: R16). */
export async function extendVolume(operation: Operation, volume: VolumeRecord, newSize: number): Promise<void> {
  const { database } = operation;
  mustBeThere(database, 'volumes', volume);
  if (!['available', 'in-use'].includes(volume.status))
    throw refusal('InvalidVolume', `Volume ${volume.id} can't be extended: it is ${volume.status}`);
  if (!Number.isInteger(newSize) || newSize <= volume.size)
    throw refusal('InvalidInput', `Volume ${volume.id} of ${volume.size} GiB can't be extended to ${newSize} GiB`);
  volume.status = 'extending';
  try {
    await operation.call('extend_volume', { volume: volumePayload(database, volume), new_size: newSize });
  } catch (thrown) {
    if (!asException(thrown).is('TargetUpdateFailed', 'ExtendVolumeTargetUpdateFailed')) {
      volume.status = 'error_extending';
      return;
    }
  }
  volume.size = newSize;
  volume.status = statusByAttachments(operation, volume);
}
