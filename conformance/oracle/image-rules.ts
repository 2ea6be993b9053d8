import type { InventoryImage, InventorySnapshotGroup } from '../arrays/inventory.js';
import type { Finding } from './finding.js';
import type { Scene } from './scene.js';
import { isWholeGroup } from './statuses.js';

/**
 * Images and snapshot groups without an owner. The array deletes only the oldest image of a group, so one that Cinder has deleted
 * may stay as long as an older one of its group is wanted; when the last wanted one goes, the group goes (source: B8).
 */
export function* judgeLeakedImages(scene: Scene): Iterable<Finding> {
  const { inventory, foreign } = scene;
  const wanted = wantedImages(scene);
  const uncertain = uncertainVolumes(scene);
  const byGroup = grouped(inventory.images, ({ pitGroupRef }) => pitGroupRef);
  for (const group of inventory.snapshotGroups) {
    if (group.consistencyGroup || uncertain.has(group.baseVolume)) continue;
    const images = byGroup.get(group.pitGroupRef) ?? [];
    if (images.length === 0 && foreign.hasDeletedImages) continue;
    if (!foreign.has(group.pitGroupRef) && !images.some(({ pitRef }) => wanted.has(pitRef)))
      yield leakedGroup(scene, group);
    else yield* leakedImages(images, wanted, 'B8');
  }
  const byConsistencyGroup = grouped(inventory.images, ({ consistencyGroupId }) => consistencyGroupId ?? '');
  for (const { cgRef } of inventory.consistencyGroups) {
    const images = byConsistencyGroup.get(cgRef) ?? [];
    if (isUncertain(scene, cgRef) || images.some(({ baseVol }) => uncertain.has(baseVol))) continue;
    yield* leakedImages(images, wanted, 'Q6');
  }
}

/** Those that are not wanted, and older than all that are: nothing hinders the array from deleting them. */
function* leakedImages(
  images: readonly InventoryImage[],
  wanted: ReadonlySet<string>,
  requirement: string,
): Iterable<Finding> {
  const sequences = images.filter(({ pitRef }) => wanted.has(pitRef)).map(sequenceOf);
  const oldest = sequences.reduce<bigint | undefined>(
    (least, sequence) => (least === undefined || sequence < least ? sequence : least),
    undefined,
  );
  for (const image of images) {
    if (wanted.has(image.pitRef) || (oldest !== undefined && sequenceOf(image) >= oldest)) continue;
    yield {
      requirement,
      kind: 'leaked',
      what: 'snapshot image',
      message: `Image ${image.pitRef}, number ${image.pitSequenceNumber}, has no record, and no older one keeps it.`,
    };
  }
}

function leakedGroup({ memory, recordOf }: Scene, { label, baseVolume }: InventorySnapshotGroup): Finding {
  const record = recordOf(baseVolume);
  const isReserved = label.length === 30 && label.endsWith('SGCV');
  const hadSnapshots = record !== undefined && memory.hadSnapshots(record.id);
  return {
    requirement: isReserved ? 'Q1' : hadSnapshots ? 'Q9' : 'Q2',
    kind: 'leaked',
    what: 'snapshot group',
    message: `Snapshot group '${label}' of volume ${record?.id ?? baseVolume} has no image that is wanted.`,
  };
}

function wantedImages({ inventory, database, foreign, imageRefOf }: Scene): ReadonlySet<string> {
  const owned = [...database.snapshots.values()].flatMap((snapshot) => imageRefOf(snapshot) ?? []);
  const others = inventory.images.filter(({ pitRef }) => foreign.has(pitRef)).map(({ pitRef }) => pitRef);
  return new Set([...owned, ...others]);
}

/** Volumes with snapshots that may have any image: nothing can be said of images that seem to have no owner. */
function uncertainVolumes({ inventory, database, recordOf, imageRefOf }: Scene): ReadonlySet<string> {
  const ids = new Set(
    [...database.snapshots.values()]
      .filter((snapshot) => imageRefOf(snapshot) === undefined)
      .map(({ volume_id }) => volume_id),
  );
  const refs = inventory.volumes.map(({ volumeRef }) => volumeRef);
  return new Set(refs.filter((ref) => ids.has(recordOf(ref)?.id ?? '')));
}

/** Whether a snapshot of the group is in the making, or failed to be made or to be deleted. */
function isUncertain({ database, groupOf }: Scene, cgRef: string): boolean {
  const group = groupOf(cgRef);
  return [...database.groupSnapshots.values()].some((each) => each.group_id === group?.id && !isWholeGroup(each));
}

/** Numbers that are too large for floats, and that text would order wrongly (source: Q3). */
function sequenceOf({ pitSequenceNumber }: InventoryImage): bigint {
  return BigInt(pitSequenceNumber);
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
