import type { DeferredDeletions } from '../cleanup/deferred-deletions.js';
import { ManageExistingInvalidReference } from '../errors.js';
import { isReserved, uuidOf } from '../labels.js';
import type { ExistingReference, ModelUpdate, Snapshot, Volume } from '../model.js';
import type { ArrayClient } from '../transport/array-client.js';
import { type ArrayVolume, isSet, type SnapshotImage } from '../transport/array-types.js';
import { gib } from './pools.js';
import type { Volumes } from './volumes.js';

export type Paging = [
  marker?: unknown,
  limit?: number | null,
  offset?: number | null,
  sortKeys?: readonly string[],
  sortDirs?: readonly string[],
];

/** What exists on the array and could be managed by Cinder. */
export class Managing {
  constructor(
    private readonly client: ArrayClient,
    private readonly volumes: Volumes,
    private readonly deferredDeletions: DeferredDeletions,
  ) {}

  async volumesFor(cinderVolumes: readonly Volume[], paging: Paging): Promise<ModelUpdate[]> {
    const found = await this.volumes.manageable(cinderVolumes);
    const entries = found.map(({ volume, size, owner, reason }) => ({
      reference: { 'source-name': volume.label, 'source-id': volume.id },
      size,
      safe_to_manage: reason === null,
      reason_not_safe: reason,
      cinder_id: owner?.id ?? null,
      extra_info: null,
    }));
    return paged(entries, paging);
  }

  /** Images of volumes that are Cinder's. */
  async snapshotsFor(cinderSnapshots: readonly Snapshot[], paging: Paging): Promise<ModelUpdate[]> {
    const [images, volumes] = await Promise.all([this.client.snapshotImages(), this.client.volumes()]);
    const bases = new Map(volumes.map((volume) => [volume.volumeRef, volume]));
    const owners = new Map(cinderSnapshots.map((snapshot) => [snapshot.provider_id, snapshot]));
    const hindranceOf = await this.hindrances(images);
    const entries = images.flatMap((image) => {
      const base = bases.get(image.baseVol);
      if (base === undefined || uuidOf(base.label) === undefined) return [];
      const owner = owners.get(image.id);
      const reason = owner === undefined ? hindranceOf(image) : 'It is managed already.';
      return [
        {
          reference: { 'source-id': image.id },
          size: imageSize(image),
          safe_to_manage: reason === null,
          reason_not_safe: reason,
          cinder_id: owner?.id ?? null,
          extra_info: null,
          source_reference: { 'source-name': base.label },
        },
      ];
    });
    return paged(entries, paging);
  }

  /** The image of `base` that a reference means. Rejects with ManageExistingInvalidReference. */
  async imageOf(base: ArrayVolume, reference: ExistingReference): Promise<SnapshotImage> {
    const id = reference['source-id'] ?? reference['source-name'];
    const image = id === undefined || id === '' ? undefined : await this.client.findSnapshotImage(id);
    if (image === undefined)
      throw new ManageExistingInvalidReference({
        existing_ref: reference,
        reason: id === undefined ? "it needs 'source-id'." : `there is no snapshot image '${id}' on the array.`,
      });
    if (image.baseVol !== base.volumeRef)
      throw new ManageExistingInvalidReference({ existing_ref: reference, reason: 'it is of another volume.' });
    const group = (await this.client.snapshotImages()).filter((each) => each.pitGroupRef === image.pitGroupRef);
    const hindrance = (await this.hindrances(group))(image);
    if (hindrance !== null) throw new ManageExistingInvalidReference({ existing_ref: reference, reason: hindrance });
    return image;
  }

  /** Says of each image why it cannot be a snapshot of Cinder's by itself; null when it can. */
  private async hindrances(images: readonly SnapshotImage[]): Promise<(image: SnapshotImage) => string | null> {
    const [groups, deleted] = await Promise.all([this.client.snapshotGroups(), this.deferredDeletions.deleted(images)]);
    const clones = new Set(groups.filter(({ label }) => isReserved(label)).map(({ id }) => id));
    return ({ id, pitGroupRef, consistencyGroupId }) => {
      if (isSet(consistencyGroupId)) return 'It is part of a group snapshot.';
      if (clones.has(pitGroupRef)) return 'It is of a clone in the making.';
      return deleted.has(id) ? 'It is deleted, and stays only until older ones are.' : null;
    };
  }
}

/** In GiB, rounded up. */
export function imageSize(image: Pick<SnapshotImage, 'pitCapacity'>): number {
  return Number((BigInt(image.pitCapacity) + gib - 1n) / gib);
}

/** A page of what can be managed, sorted by size or reference. */
function paged(entries: readonly ModelUpdate[], [marker, limit, offset, sortKeys, sortDirs]: Paging): ModelUpdate[] {
  const text = (entry: ModelUpdate) => JSON.stringify(entry.reference);
  const sorted = [...entries];
  for (const [index, key] of [...(sortKeys ?? []).entries()].reverse()) {
    const sign = sortDirs?.[index] === 'desc' ? -1 : 1;
    sorted.sort((a, b) =>
      key === 'size'
        ? sign * (Number(a.size) - Number(b.size))
        : sign * (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0),
    );
  }
  const after =
    marker === undefined || marker === null ? -1 : sorted.findIndex((entry) => text(entry) === JSON.stringify(marker));
  const start = after + 1 + (offset ?? 0);
  return sorted.slice(start, limit === undefined || limit === null ? undefined : start + limit);
}
