import type { Inventory, InventoryConsistencyGroup, InventoryVolume } from '../arrays/inventory.js';
import type { GroupRecord, SnapshotRecord, VolumeRecord } from '../manager/records.js';
import type { CinderDatabase } from './cinder-database.js';
import type { Foreign } from './foreign.js';
import { labelOf, nameIdOf } from './labels.js';
import type { Losses } from './losses.js';
import type { Memory } from './memory.js';
import type { Sightings } from './sightings.js';
import { namesImage } from './snapshot-names.js';

/** What a judgement looks at, with who belongs to whom. */
export interface Scene {
  readonly inventory: Inventory;
  readonly database: CinderDatabase;
  readonly foreign: Foreign;
  readonly memory: Memory;
  readonly losses: Losses;
  volumeOf(record: VolumeRecord): InventoryVolume | undefined;
  /** The record of a volume, of whatever status. */
  recordOf(volumeRef: string): VolumeRecord | undefined;
  consistencyGroupOf(group: GroupRecord): InventoryConsistencyGroup | undefined;
  groupOf(cgRef: string): GroupRecord | undefined;
  /** The reference of a snapshot's image: told by the record, or seen when it was made; undefined when neither is so. */
  imageRefOf(snapshot: SnapshotRecord): string | undefined;
}

/** Finds out who belongs to whom, once for all rules. */
export function newScene(
  inventory: Inventory,
  database: CinderDatabase,
  {
    foreign,
    memory,
    losses,
    sightings,
  }: Pick<Scene, 'foreign' | 'memory' | 'losses'> & { readonly sightings: Sightings },
): Scene {
  const volumes = new Map(inventory.volumes.map((volume) => [volume.label, volume]));
  const groups = new Map(inventory.consistencyGroups.map((group) => [group.label, group]));
  const volumeRefs = new Map(inventory.volumes.map((volume) => [volume.volumeRef, volume]));
  const groupRefs = new Map(inventory.consistencyGroups.map((group) => [group.cgRef, group]));
  const volumeOf = (record: VolumeRecord) =>
    volumes.get(labelOf(nameIdOf(record))) ?? volumeRefs.get(sightings.volume(nameIdOf(record)) ?? '');
  const consistencyGroupOf = (group: GroupRecord) =>
    groups.get(labelOf(group.id)) ?? groupRefs.get(sightings.group(group.id) ?? '');
  const records = new Map<string | undefined, VolumeRecord>();
  // Without a host it is to be scheduled again, and the driver was told to delete what it had made (source: R8).
  for (const record of database.volumes.values())
    if (record.host !== null) records.set(volumeOf(record)?.volumeRef, record);
  const groupRecords = new Map<string | undefined, GroupRecord>();
  for (const group of database.groups.values()) groupRecords.set(consistencyGroupOf(group)?.cgRef, group);
  return {
    inventory,
    database,
    foreign,
    memory,
    losses,
    volumeOf,
    recordOf: (ref) => records.get(ref),
    consistencyGroupOf,
    groupOf: (ref) => groupRecords.get(ref),
    imageRefOf: (snapshot) => (namesImage(snapshot) ? snapshot.provider_id : sightings.image(snapshot.id)),
  };
}
