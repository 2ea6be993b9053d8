import type { Undo } from '../cleanup/undo.js';
import { InvalidReplicationTarget } from '../errors.js';
import type { ArrayGroups } from '../groups/array-groups.js';
import { labelOf } from '../labels.js';
import { extraSpecs, type ModelUpdate, nameId, type Volume } from '../model.js';
import type { Copier } from '../snapshots/copier.js';
import type { ArrayGroup, ArrayVolume, SnapshotImage } from '../transport/array-types.js';
import { isReplicated } from './extra-specs.js';
import type { Replica, Replication } from './replication.js';
import type { Volumes } from './volumes.js';

/** Whole volumes: with what they begin with, the group that they are in, and the replica that their type asks for. */
export class Provisioning {
  constructor(
    private readonly volumes: Volumes,
    private readonly groups: ArrayGroups,
    private readonly copier: Copier,
    private readonly replication: Replication | undefined,
  ) {}

  /** Throws InvalidReplicationTarget for a volume whose type asks for a replica where there can be none. */
  checkType(volume: Volume): void {
    if (this.replication === undefined && isReplicated(extraSpecs(volume)))
      throw new InvalidReplicationTarget({
        reason: 'the volume type asks for replication, and no second array is configured (replication_device).',
      });
  }

  /**
   * Makes a volume, fills it from an image if there is one, enters it into its group, replicates it. How to take all of
   * it back goes to `undo`. Resolves to what Cinder is to keep, null for nothing.
   */
  async create(volume: Volume, from: { readonly image?: SnapshotImage; readonly group?: ArrayGroup }, undo: Undo) {
    const { image, group = await this.groupOf(volume) } = from;
    const target = await this.volumes.create(volume, undo);
    if (image !== undefined) await this.copier.copy(image, target, volume.size);
    if (group !== undefined) await this.groups.join(group, target);
    return this.replicated(volume, target, undo);
  }

  /** Deletes a volume, its replica first. What is gone counts as deleted. Throws VolumeIsBusy. */
  async delete(volume: Volume): Promise<void> {
    if (this.replication !== undefined && hasReplica(volume)) {
      const target = await this.volumes.find(volume);
      // A volume that is busy stays, and so does its replica.
      if (target !== undefined) await this.volumes.checkIdle(volume, target);
      await this.replication.remove(target, replicaOf(volume));
    }
    await this.volumes.delete(volume);
  }

  /** Makes a volume larger, its replica first: that may not be the smaller one. `sizeGib` is the new total. */
  async extend(volume: Volume, sizeGib: number): Promise<void> {
    if (this.replication !== undefined && hasReplica(volume))
      await this.replication.extend(await this.volumes.find(volume), replicaOf(volume), sizeGib);
    await this.volumes.extend(volume, sizeGib);
  }

  private async groupOf(volume: Volume): Promise<ArrayGroup | undefined> {
    const id = volume.consistencygroup?.id ?? volume.consistencygroup_id;
    return volume.consistencygroup_id && id ? this.groups.require(id) : undefined;
  }

  private async replicated(volume: Volume, target: ArrayVolume, undo: Undo): Promise<ModelUpdate | null> {
    if (this.replication === undefined || !isReplicated(extraSpecs(volume))) return null;
    return {
      ...(await this.replication.replicate(target, this.volumes.wanted(volume, target.volumeGroupRef), undo)),
    };
  }
}

/** By its type, or by what Cinder kept when it was made: the type may have changed since. */
function hasReplica(volume: Volume): boolean {
  return isReplicated(extraSpecs(volume)) || keptOf(volume).includes('mirror_pair');
}

function replicaOf(volume: Volume): Replica {
  const [, ref] = /"secondary_volume":\s*"([^"]+)"/.exec(keptOf(volume)) ?? [];
  return { ref, name: labelOf(nameId(volume)) };
}

/** The text that Cinder keeps of a replicated volume, as `replicate` gave it. */
function keptOf(volume: Volume): string {
  return volume.driver_data ?? volume.replication_driver_data ?? '';
}
