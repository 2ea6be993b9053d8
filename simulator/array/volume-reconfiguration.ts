import { ArrayError } from './errors.js';
import type { ThickVolumeRecord, VolumeRecord } from './records.js';
import type { StorageArray } from './storage-array.js';
import { maxVirtualBytes } from './thin-volumes.js';
import { checkSegmentSize } from './volume-rules.js';

/** Changes of a volume's layout. */
export class VolumeReconfiguration {
  constructor(private readonly array: StorageArray) {
    array.jobs.onEnd('segmentSizeChange', {
      complete: ({ objectRef, detail }) => {
        array.tables.volumes.patch(objectRef, { segmentSizeBytes: Number(detail.segmentSizeBytes) });
        this.log(objectRef, 0x2054, 'segment size changed');
      },
    });
  }

  /** Throws ArrayError for sizes that there are not, the present one, disk pools and busy volumes. */
  changeSegmentSize(ref: string, segmentSizeBytes: number): ThickVolumeRecord {
    return this.array.transact(() => {
      const volume = this.array.volumes.requireThick(ref);
      checkSegmentSize(segmentSizeBytes, 'newSegmentSize');
      const pool = this.array.pools.require(volume.poolRef);
      if (pool.diskPool !== null)
        throw new ArrayError(
          'invalidSegmentsize',
          `Volume '${volume.label}' is in a disk pool, whose segment size is fixed.`,
          'newSegmentSize',
        );
      if (segmentSizeBytes === volume.segmentSizeBytes)
        throw new ArrayError(
          'invalidSegmentsize',
          `The segment size of volume '${volume.label}' is ${segmentSizeBytes} bytes already.`,
          'newSegmentSize',
        );
      this.checkIdle(volume);
      this.array.jobs.start('segmentSizeChange', volume.ref, volume.capacityBytes, { segmentSizeBytes });
      return this.array.volumes.requireThick(volume.ref);
    });
  }

  /** Takes data assurance off a volume, for good. Throws ArrayError when it has none. */
  disableDataAssurance(ref: string): VolumeRecord {
    return this.array.transact(() => {
      const volume = this.array.volumes.require(ref);
      if (!volume.dataAssurance)
        throw new ArrayError('illegalVolume', `Volume '${volume.label}' has no data assurance to disable.`);
      this.log(volume.ref, 0x2055, 'data assurance disabled');
      return this.array.tables.volumes.patch(volume.ref, { dataAssurance: false });
    });
  }

  /** The largest capacity that a volume can be expanded to, in bytes. */
  maximumBytes(ref: string): number {
    const volume = this.array.volumes.require(ref);
    if (volume.kind === 'thin') return maxVirtualBytes;
    const pool = this.array.pools.require(volume.poolRef);
    const room = volume.allocatedBytes + this.array.pools.freeBytes(pool);
    return Math.min(this.array.system.limits.maxVolumeBytes, room);
  }

  private checkIdle(volume: ThickVolumeRecord): void {
    const { jobs } = this.array;
    if (jobs.on(volume.ref).length > 0 || jobs.on(volume.poolRef).length > 0)
      throw new ArrayError(
        'volumeReconfiguring',
        `Volume '${volume.label}' or its pool is being reconfigured: wait until that is complete.`,
      );
    if (volume.offline) throw new ArrayError('volumeOffline', `Volume '${volume.label}' is offline.`);
  }

  private log(objectRef: string, eventType: number, what: string): void {
    const { label } = this.array.volumes.require(objectRef);
    this.array.events.record({
      eventType,
      componentType: 'volume',
      description: `Volume '${label}': ${what}`,
      objectRef,
    });
  }
}
