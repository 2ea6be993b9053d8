import type { DeferredDeletions } from '../cleanup/deferred-deletions.js';
import { foundIfThere } from '../cleanup/gone.js';
import { ignoreMissing, isInDoubt, isUncertain, made, type Undo, undoing } from '../cleanup/undo.js';
import type { Configuration } from '../config.js';
import {
  isBusy,
  ManageExistingInvalidReference,
  messageOf,
  NetAppDriverException,
  VolumeIsBusy,
  VolumeNotFound,
} from '../errors.js';
import { labelOf, uuidOf } from '../labels.js';
import type { Locks } from '../locks.js';
import { type ExistingReference, extraSpecs, nameId, type Volume, type VolumeType } from '../model.js';
import type { Runtime } from '../runtime.js';
import { isAtWork } from '../snapshots/copier.js';
import type { Snapshots } from '../snapshots/snapshots.js';
import type { ArrayClient, NewVolume } from '../transport/array-client.js';
import type { ArrayVolume } from '../transport/array-types.js';
import { type Limits, waitFor, workSeconds } from '../waiting.js';
import { cachingOf } from './extra-specs.js';
import { gib, type Pools, poolOfHost } from './pools.js';
import type { Unmanaged } from './unmanaged.js';

/** LUNs 1 to 255 are usable: with multi-attach, LUNs are unique on the whole array, so no more volumes can be mapped. */
const mappableVolumes = 255;

/** Extra specs that can change while a volume stays where it is. */
const changeable = new Set(['netapp:read_cache', 'netapp:write_cache', 'netapp_eseries_flash_read_cache']);

/** Cinder's volumes as the array's, named by the encoded name id. */
export class Volumes {
  constructor(
    private readonly client: ArrayClient,
    private readonly pools: Pools,
    private readonly snapshots: Snapshots,
    private readonly deferredDeletions: DeferredDeletions,
    private readonly unmanaged: Unmanaged,
    private readonly configuration: Configuration,
    private readonly locks: Locks,
    private readonly runtime: Runtime,
    private readonly limits: Limits,
  ) {}

  /** The array's volume. Throws VolumeNotFound when there is none. */
  async require(volume: Volume): Promise<ArrayVolume> {
    const found = await this.find(volume);
    if (found === undefined) throw new VolumeNotFound({ volume_id: volume.id });
    return found;
  }

  find(volume: Volume): Promise<ArrayVolume | undefined> {
    return this.client.findVolume(labelOf(nameId(volume)));
  }

  /** Makes a volume in the scheduled pool as its type says. How to take it back goes to `undo`. */
  async create(volume: Volume, undo: Undo): Promise<ArrayVolume> {
    const pool = await this.pools.scheduled(volume);
    const wanted = this.wanted(volume, pool.volumeGroupRef);
    if (this.configuration.netapp_enable_multiattach) await this.checkMappable();
    const what = `Volume '${volume.id}'`;
    try {
      const target = await made(
        () => this.client.createVolume(wanted),
        () => this.client.findVolume(wanted.name),
        isInDoubt,
      );
      undo.add(what, () => this.client.deleteVolume(target.volumeRef));
      return target;
    } catch (error) {
      // It is unknown whether it was made: a leftover would be in the way of the next attempt.
      if (isUncertain(error)) undo.add(what, () => this.delete(volume));
      throw error;
    }
  }

  /** What a volume is to be like in a pool, as its type says. */
  wanted(volume: Volume, poolId: string): NewVolume {
    return { poolId, name: labelOf(nameId(volume)), size: volume.size, ...cachingOf(extraSpecs(volume)) };
  }

  private async checkMappable(): Promise<void> {
    const volumes = (await this.client.volumes()).filter(
      (each) => !each.label.startsWith('repos_') && each.volumeUse === 'standardVolume',
    );
    const mappable = mappableVolumes - (await this.lunsOfOthers(volumes));
    if (volumes.length >= mappable)
      throw new NetAppDriverException(
        `The array has ${volumes.length} volumes: with netapp_enable_multiattach no more than ${mappable} can be mapped.`,
      );
  }

  /** How many LUNs have what is no volume of users, such as the array's access volume. */
  private async lunsOfOthers(volumes: readonly ArrayVolume[]): Promise<number> {
    const users = new Set(volumes.map((volume) => volume.volumeRef));
    const others = (await this.client.mappings()).filter((mapping) => !users.has(mapping.volumeRef));
    return new Set(others.map(({ lun }) => Number(lun)).filter((lun) => lun > 0)).size;
  }

  /** Deletes a volume; one that is gone counts as deleted. Throws VolumeIsBusy while it is being worked on. */
  async delete(volume: Volume): Promise<void> {
    const found = await foundIfThere(this.runtime, () => this.find(volume));
    if (found === undefined) {
      this.runtime.logger.warn(`Volume '${volume.id}' is not on the array: it counts as deleted.`);
      await this.snapshots.finishDeletions();
      return;
    }
    const groups = found.pitBaseVolume ? await this.snapshots.groupsOf(found) : [];
    try {
      await this.remove(found);
    } catch (error) {
      if (isBusy(error)) throw new VolumeIsBusy({ volume_name: volume.id, reason: messageOf(error) }, { cause: error });
      if ((await this.find(volume)) !== undefined) throw error;
    }
    await this.deferredDeletions.forget(groups.map((group) => group.id));
  }

  /** Throws VolumeIsBusy for a volume that is copied from or to. */
  async checkIdle(volume: Volume, { volumeRef }: ArrayVolume): Promise<void> {
    const copy = (await this.client.copies()).find(
      (each) => isAtWork(each.status) && [each.sourceVolume, each.targetVolume].includes(volumeRef),
    );
    if (copy !== undefined) throw new VolumeIsBusy({ volume_name: volume.id, reason: 'it is being copied.' });
  }

  /** A copy to the volume that is over and was never put away, as after a crash, goes before it. */
  private async remove(found: ArrayVolume): Promise<void> {
    try {
      await ignoreMissing(this.client.deleteVolume(found.volumeRef));
    } catch (error) {
      if (!isBusy(error)) throw error;
      const over = (await this.client.copies()).filter(
        (copy) => copy.targetVolume === found.volumeRef && !isAtWork(copy.status),
      );
      if (over.length === 0) throw error;
      for (const copy of over) await ignoreMissing(this.client.deleteCopy(copy.volcopyRef));
      await ignoreMissing(this.client.deleteVolume(found.volumeRef));
    }
  }

  /** Makes a volume larger; on a volume group waits until its expansion is complete. */
  async extend(volume: Volume, sizeGib: number): Promise<void> {
    const found = await this.require(volume);
    const wanted = BigInt(sizeGib) * gib;
    const thin = found.thinProvisioned;
    if (BigInt(found.capacity) < wanted) {
      try {
        await (thin ? this.client.expandThinVolume(found.id, sizeGib) : this.client.expandVolume(found.id, sizeGib));
      } catch (error) {
        if (!isUncertain(error) || BigInt((await this.require(volume)).capacity) < wanted) throw error;
      }
    }
    if (thin || found.diskPool) return;
    await waitFor(
      this.runtime,
      `The expansion of volume '${volume.id}'`,
      workSeconds(this.limits, sizeGib),
      async () => {
        const actions = await this.client.poolProgress(found.volumeGroupRef);
        const growing = actions.some(
          (each) => each.currentAction === 'remappingDve' && each.volumeRef === found.volumeRef,
        );
        return growing ? undefined : true;
      },
    );
  }

  /** Size in GiB, rounded up. Throws ManageExistingInvalidReference for what cannot be managed. */
  async managedSize(reference: ExistingReference): Promise<number> {
    return sizeOf(await this.referenced(reference));
  }

  /** Changes the type where the array can do so in place. Resolves to whether it did; a migration does the rest. */
  async retype(volume: Volume, newType: VolumeType, host: string | undefined): Promise<boolean> {
    const [before, after] = [extraSpecs(volume), newType.extra_specs ?? {}];
    const different = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (name) => before[name] !== after[name],
    );
    const moves = host !== undefined && poolOfHost(host) !== poolOfHost(volume.host);
    if (moves || different.some((name) => !changeable.has(name))) return false;
    const { readCacheEnable, writeCacheEnable, flashCacheEnable: flashCache } = cachingOf(after);
    const { id } = await this.require(volume);
    await this.client.updateVolume(id, { readCacheEnable, writeCacheEnable, flashCache });
    return true;
  }

  /** Gives an array volume the name of another record, unless that is in use here. Resolves to whether it has it now. */
  async takeName(volume: Volume, from: Volume): Promise<boolean> {
    const name = labelOf(volume.id);
    const [named, found] = await Promise.all([this.client.findVolume(name), this.find(from)]);
    if (found === undefined && named !== undefined) return true;
    if (found === undefined) throw new VolumeNotFound({ volume_id: from.id });
    if (named !== undefined) return named.volumeRef === found.volumeRef;
    await this.rename(found, name);
    return true;
  }

  /** Takes an existing volume over by giving it the name of Cinder's. */
  manage(volume: Volume, reference: ExistingReference): Promise<void> {
    return this.locks.run('manage', async () => {
      const found = await this.referenced(reference);
      const name = labelOf(nameId(volume));
      if (found.label === name) return this.unmanaged.removeIfNoted(found.volumeRef);
      const given = uuidOf(found.label) !== undefined;
      if (given) await this.checkUnmanaged(found, reference);
      await undoing(this.runtime, async (undo) => {
        // The name comes last: a volume that has it is Cinder's to delete.
        if (given) {
          undo.add(`The claim on volume '${found.label}'`, () => this.unmanaged.add(found.volumeRef));
          await this.unmanaged.remove(found.volumeRef);
        }
        await this.rename(found, name);
      });
    });
  }

  /** Gives a volume another name. When the reply was lost, what the volume is called by now counts. */
  async rename(found: ArrayVolume, name: string): Promise<void> {
    await made(
      () => this.client.updateVolume(found.id, { name }),
      async () => {
        const named = await this.client.findVolume(name);
        return named?.volumeRef === found.volumeRef ? named : undefined;
      },
    );
  }

  /** Gives a volume up; it stays as it is and can be managed again. */
  unmanage(volume: Volume): Promise<void> {
    return this.locks.run('manage', async () => {
      const found = await this.require(volume);
      await this.unmanaged.add(found.volumeRef);
    });
  }

  /** The array's volumes and why each cannot be managed, if so. */
  async manageable(managed: readonly Volume[]): Promise<
    {
      readonly volume: ArrayVolume;
      readonly size: number;
      readonly owner: Volume | undefined;
      readonly reason: string | null;
    }[]
  > {
    const pools = new Set((await this.pools.list()).map((pool) => pool.volumeGroupRef));
    const owners = new Map(managed.map((volume) => [labelOf(nameId(volume)), volume]));
    const unmanaged = await this.unmanaged.all();
    return (await this.client.volumes())
      .filter((volume) => pools.has(volume.volumeGroupRef) && isUsers(volume))
      .map((volume) => {
        const owner = owners.get(volume.label);
        const foreign =
          uuidOf(volume.label) !== undefined && !unmanaged.has(volume.volumeRef)
            ? 'It carries the name of a Cinder volume.'
            : null;
        const mapped = volume.listOfMappings.length > 0 ? 'It is mapped to a host.' : null;
        return {
          volume,
          size: sizeOf(volume),
          owner,
          reason: owner === undefined ? (mapped ?? foreign) : 'It is managed already.',
        };
      });
  }

  private async referenced(reference: ExistingReference): Promise<ArrayVolume> {
    const id = reference['source-name'] ?? reference['source-id'];
    const refuse = (reason: string): never => {
      throw new ManageExistingInvalidReference({ existing_ref: reference, reason });
    };
    if (typeof id !== 'string' || id === '') return refuse("it needs 'source-name' or 'source-id'.");
    const found = await this.client.findVolume(id);
    if (found === undefined) return refuse(`there is no volume '${id}' on the array.`);
    if (!isUsers(found)) return refuse(`'${found.label}' is the array's own or a driver's temporary volume.`);
    if (found.listOfMappings.length > 0) return refuse(`'${found.label}' is mapped to a host.`);
    if (!(await this.pools.list()).some((pool) => pool.volumeGroupRef === found.volumeGroupRef))
      return refuse(`'${found.label}' is in a pool that the driver is not configured for.`);
    return found;
  }

  private async checkUnmanaged(found: ArrayVolume, reference: ExistingReference): Promise<void> {
    if ((await this.unmanaged.all()).has(found.volumeRef)) return;
    throw new ManageExistingInvalidReference({
      existing_ref: reference,
      reason: `'${found.label}' is managed by Cinder already, as ${uuidOf(found.label)}.`,
    });
  }
}

/** Not a repository's, nor one of those that earlier drivers made for a while. */
function isUsers(volume: ArrayVolume): boolean {
  return (
    !volume.label.startsWith('repos_') && !volume.label.startsWith('tmp-') && volume.volumeUse === 'standardVolume'
  );
}

function sizeOf(volume: Pick<ArrayVolume, 'capacity'>): number {
  return Number((BigInt(volume.capacity) + gib - 1n) / gib);
}
