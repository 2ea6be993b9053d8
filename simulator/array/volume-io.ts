import { clusterBytes } from '../blocks/tree.js';
import { rootSegments, type VolumeContent } from '../blocks/volume-content.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import type { SnapshotVolumeRecord, VolumeRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** Reading and writing what is on volumes and snapshot volumes, with all that a write sets off. */
export class VolumeIo {
  constructor(private readonly array: StorageArray) {}

  /** Bytes of a volume or view. Throws ArrayError when it is offline, stopped or the range is beyond its end. */
  read(ref: string, offset: number, length: number): Buffer {
    const target = this.target(ref);
    this.checkReadable(target);
    checkRange(target, offset, length);
    const content = this.array.contents.find(target.ref);
    if (content !== undefined) return content.read(offset, length);
    if (!isView(target)) return Buffer.alloc(length);
    return this.array.snapshotVolumes.readImage(target, offset, length);
  }

  /** The same bytes in pieces that must not be changed; they stay what they are until the volume is written again. */
  segments(ref: string, offset: number, length: number): readonly Uint8Array[] {
    const target = this.target(ref);
    this.checkReadable(target);
    checkRange(target, offset, length);
    const content = this.array.contents.find(target.ref);
    if (content !== undefined) return content.segments(offset, length);
    const image = isView(target) ? this.array.contents.image(target.imageRef ?? '') : undefined;
    return rootSegments(image, target.capacityBytes, offset, length);
  }

  /** Writes bytes whole or not at all. Throws ArrayError when the volume, view or a repository does not take them. */
  write(ref: string, offset: number, data: Uint8Array): void {
    this.change(
      ref,
      offset,
      data.length,
      (content) => content.firstWrites(offset, data.length),
      (content) => content.write(offset, data),
      data,
    );
  }

  /** Forgets a range: it reads as zeros. */
  unmap(ref: string, offset: number, length: number): void {
    const written = (content: VolumeContent) => content.firstWrites(offset, length).filter((epoch) => epoch !== 0);
    this.change(ref, offset, length, written, (content) => content.unmap(offset, length));
  }

  private change(
    ref: string,
    offset: number,
    length: number,
    firstWrites: (content: VolumeContent) => number[],
    apply: (content: VolumeContent) => void,
    data?: Uint8Array,
  ): void {
    this.array.transact(() => {
      const target = this.target(ref);
      this.checkWritable(target);
      checkRange(target, offset, length);
      if (this.array.contents.journal?.takesMore() === false)
        throw new ArrayError(
          'cacheSyncFailure',
          `What was written before cannot be kept: no room for '${target.label}'.`,
        );
      const content = isView(target)
        ? this.array.snapshotVolumes.writableContent(target)
        : this.array.contents.of(target.ref, target.capacityBytes);
      const first = firstWrites(content);
      if (first.length > 0) this.charge(target, first);
      apply(content);
      this.array.contentChanged();
      this.array.contents.wrote(target.ref, offset, length, data);
    }, 'bytes');
  }

  /** Charges the repositories that keep the old content or hold the new one. */
  private charge(target: VolumeRecord | SnapshotVolumeRecord, previousEpochs: readonly number[]): void {
    if (isView(target)) {
      this.array.snapshotVolumes.chargeWrite(target, previousEpochs);
      return;
    }
    this.array.snapshotCharges.chargeWrite(target.ref, previousEpochs);
    if (target.kind === 'thin') {
      const fresh = previousEpochs.filter((epoch) => epoch === 0).length;
      if (fresh > 0) this.array.thinVolumes.chargeWrite(target, fresh * clusterBytes);
    }
  }

  private target(ref: string): VolumeRecord | SnapshotVolumeRecord {
    const target = this.array.volumes.find(ref) ?? this.array.snapshotVolumes.find(ref);
    if (target === undefined) throw new ObjectNotFound('volumeNotExist', 'volume', ref);
    return target;
  }

  private checkReadable(target: VolumeRecord | SnapshotVolumeRecord): void {
    if (!isView(target)) {
      if (target.offline) throw new ArrayError('volumeOffline', `Volume '${target.label}' is offline.`);
      return;
    }
    if (target.imageRef === null || target.status === 'stopped' || target.status === 'failed') {
      throw new ArrayError('volumeOffline', `Snapshot volume '${target.label}' is ${target.status}.`);
    }
    const base = this.array.volumes.find(target.baseRef);
    if (base?.offline)
      throw new ArrayError('volumeOffline', `The base volume '${base.label}' of '${target.label}' is offline.`);
  }

  private checkWritable(target: VolumeRecord | SnapshotVolumeRecord): void {
    this.checkReadable(target);
    if (isView(target)) {
      if (target.accessMode === 'readOnly')
        throw new ArrayError('invalidModeSwitch', `Snapshot volume '${target.label}' is read-only.`);
      return;
    }
    if (this.array.asyncMirrorMembers.isSecondary(target.ref)) {
      throw new ArrayError('arvmGroupNotPrimary', `Volume '${target.label}' is the secondary of a mirror.`);
    }
    if (this.array.volumeCopies.isWriteProtected(target.ref)) {
      throw new ArrayError(
        'copyTargetReservation',
        `Volume '${target.label}' is the write-protected target of a volume copy.`,
      );
    }
  }
}

function isView(target: VolumeRecord | SnapshotVolumeRecord): target is SnapshotVolumeRecord {
  return 'accessMode' in target;
}

function checkRange(
  target: { readonly label: string; readonly capacityBytes: number },
  offset: number,
  length: number,
): void {
  const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!whole || offset + length > target.capacityBytes) {
    throw new ArrayError(
      'invalidOffset',
      `Bytes ${offset} to ${offset + length} are not within the ${target.capacityBytes} of '${target.label}'.`,
      'offset',
    );
  }
}
