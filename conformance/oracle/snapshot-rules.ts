import type { InventoryImage } from '../arrays/inventory.js';
import type { SnapshotRecord } from '../manager/records.js';
import type { Finding } from './finding.js';
import { nameIdOf } from './labels.js';
import type { Scene } from './scene.js';
import { isWholeSnapshot } from './statuses.js';

/** Snapshots have their images, each its own, of the right volume. */
export function* judgeSnapshots(scene: Scene): Iterable<Finding> {
  const { inventory, database, recordOf, imageRefOf } = scene;
  const images = new Map(inventory.images.map((image) => [image.pitRef, image]));
  const owners = new Map<string, SnapshotRecord>();
  for (const snapshot of database.snapshots.values()) {
    const ref = imageRefOf(snapshot);
    if (!isWholeSnapshot(snapshot) || ref === undefined) continue;
    const image = images.get(ref);
    if (image === undefined) {
      yield missing(scene, snapshot);
      continue;
    }
    const other = owners.get(image.pitRef);
    if (other !== undefined)
      yield wrong(`Snapshots ${other.id} and ${snapshot.id} have the same image ${image.pitRef}.`, 'Q7');
    owners.set(image.pitRef, snapshot);
    const base = recordOf(image.baseVol);
    if (base?.id !== snapshot.volume_id)
      yield wrong(
        `Snapshot ${snapshot.id} is of volume ${snapshot.volume_id}; its image is of ${base?.id ?? image.baseVol}.`,
        requirementOfWrongBase(scene, snapshot),
      );
  }
  yield* judgeNameless(scene, owners);
}

/** Where records don't name their images, a volume has as many images without another owner as it has such snapshots. */
function* judgeNameless(scene: Scene, owners: ReadonlyMap<string, SnapshotRecord>): Iterable<Finding> {
  const { inventory, database, foreign, volumeOf, imageRefOf } = scene;
  const nameless = new Map<string, SnapshotRecord[]>();
  for (const snapshot of database.snapshots.values())
    if (isWholeSnapshot(snapshot) && imageRefOf(snapshot) === undefined)
      nameless.set(snapshot.volume_id, [...(nameless.get(snapshot.volume_id) ?? []), snapshot]);
  for (const [volumeId, snapshots] of nameless) {
    const record = database.volumes.get(volumeId);
    const ref = record === undefined ? undefined : volumeOf(record)?.volumeRef;
    const isFree = ({ baseVol, pitRef }: InventoryImage) =>
      baseVol === ref && !owners.has(pitRef) && !foreign.has(pitRef);
    const free = inventory.images.filter(isFree).length;
    for (const snapshot of snapshots.slice(free)) yield missing(scene, snapshot);
  }
}

function missing(scene: Scene, snapshot: SnapshotRecord): Finding {
  return {
    requirement: requirementOfLoss(scene, snapshot),
    kind: 'missing',
    what: 'snapshot image',
    message: `Snapshot ${snapshot.id} of volume ${snapshot.volume_id} is ${snapshot.status}, and has no image on the array.`,
  };
}

/** What has happened to the volume since the image was seen says which rule was broken. */
function requirementOfLoss(scene: Scene, snapshot: SnapshotRecord): string {
  const { database, memory } = scene;
  if (!memory.wasGood(snapshot)) {
    const deleted = scene.losses.requirementOf(scene.imageRefOf(snapshot) ?? '');
    return deleted ?? (snapshot.group_snapshot_id === null ? 'R17' : 'Q39');
  }
  if (memory.hasNewClones(database, snapshot.volume_id)) return 'Q1';
  return memory.hasNewSnapshots(database, snapshot.volume_id) ? 'Q2' : 'Q7';
}

function requirementOfWrongBase({ database }: Scene, snapshot: SnapshotRecord): string {
  const record = database.volumes.get(snapshot.volume_id);
  if (record !== undefined && nameIdOf(record) !== record.id) return 'Q43';
  return snapshot.group_snapshot_id === null ? 'Q7' : 'Q39';
}

function wrong(message: string, requirement: string): Finding {
  return { requirement, kind: 'wrong', what: 'snapshot image', message };
}
