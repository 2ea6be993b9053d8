import { type Inventory, isRepository, nullRef } from '../arrays/inventory.js';
import type { Finding } from './finding.js';
import type { Scene } from './scene.js';

/** The label under which earlier drivers made the host group of volumes with several hosts (source: the documented driver). */
const sharedHostGroup = 'cinder-multi-attach';

/** An object that is not the driver's, and what of it a driver may not change. */
interface ForeignObject {
  readonly what: string;
  readonly facts: Readonly<Record<string, string>>;
  /** The volume that it goes with. */
  readonly volumeRef?: string;
}

/** What was on the array before the driver came, and what was made by hand since: it is to stay as it is (source: Q29). */
export class Foreign {
  private readonly objects = new Map<string, ForeignObject>();
  private readonly announced = new Set<string>();
  /** All that were ever announced and are not taken away. */
  private readonly byHand = new Set<string>();
  private readonly records = new Map<string, string>();
  /** Volumes that were foreign, and that Cinder has taken under its management. */
  private readonly adopted = new Set<string>();
  /** Whether it is known what was there before the driver. */
  isComplete = false;
  /** Whether snapshot images were deleted by hand: a group may have become empty by that. */
  hasDeletedImages = false;

  /** All that is there now. */
  begin(inventory: Inventory): void {
    for (const [ref, object] of objectsOf(inventory, () => false)) this.objects.set(ref, object);
    for (const { key, value } of othersRecords(inventory)) this.records.set(key, value ?? '');
    this.isComplete = true;
  }

  announce(ref: string): void {
    this.announced.add(ref);
    this.byHand.add(ref);
    this.adopted.delete(ref);
  }

  /** An administrator took it away: that is not the driver's doing. */
  leave(ref: string): void {
    if (/^34[\dA-F]{38}$/i.test(ref)) this.hasDeletedImages = true;
    this.objects.delete(ref);
    this.announced.delete(ref);
    this.byHand.delete(ref);
  }

  /** Whether it was made by hand, under whatever name: one like a repository's makes no repository. */
  isByHand(ref: string): boolean {
    return this.byHand.has(ref);
  }

  /** Whether a driver has made a host group: it came after the baseline, and no story step made it by hand. */
  private isOwn({ clusterRef }: { readonly clusterRef: string }): boolean {
    return this.isComplete && !this.objects.has(clusterRef) && !this.byHand.has(clusterRef);
  }

  has(ref: string): boolean {
    return this.objects.has(ref);
  }

  /** Whether a record was there before the driver, and is not one of those that drivers keep. */
  hasRecord(key: string): boolean {
    return this.records.has(key);
  }

  /** Whether the volume was made by another client: neither size nor kind are what Cinder would have asked for. */
  isAdopted(volumeRef: string): boolean {
    return this.adopted.has(volumeRef);
  }

  /** Learns what was announced, and lets go of what Cinder manages by now. */
  update({ inventory, database, volumeOf, imageRefOf }: Scene): void {
    if (this.announced.size > 0) {
      const present = objectsOf(inventory, (group) => this.isOwn(group));
      for (const ref of this.announced) {
        const object = present.get(ref);
        if (object !== undefined) this.objects.set(ref, object);
      }
      this.announced.clear();
    }
    for (const record of database.volumes.values()) {
      const ref = volumeOf(record)?.volumeRef;
      if (ref !== undefined && this.objects.delete(ref)) this.adopted.add(ref);
    }
    for (const snapshot of database.snapshots.values()) {
      const ref = imageRefOf(snapshot);
      if (ref !== undefined) this.objects.delete(ref);
    }
  }

  /** What a driver has changed or deleted; told once. */
  *judge(inventory: Inventory): Iterable<Finding> {
    const present = objectsOf(inventory, (group) => this.isOwn(group));
    for (const [ref, object] of this.objects) {
      const now = present.get(ref);
      if (now === undefined) {
        this.objects.delete(ref);
        if (this.goesWithOthers(object, present)) continue;
        yield wrong(object.what, `${nameOf(object, ref)} is not Cinder's, and it is gone.`);
        continue;
      }
      this.objects.set(ref, now);
      for (const [fact, before] of Object.entries(object.facts))
        if (now.facts[fact] !== before)
          yield wrong(
            object.what,
            `${nameOf(object, ref)} is not Cinder's: ${fact} was ${before}, is ${now.facts[fact]}.`,
          );
    }
    yield* this.judgeRecords(inventory);
  }

  /** What goes with a volume goes with it; of a volume of Cinder's, and of one that is told of already, nothing is said. */
  private goesWithOthers({ volumeRef }: ForeignObject, present: ReadonlyMap<string, ForeignObject>): boolean {
    return volumeRef !== undefined && !(present.has(volumeRef) && this.objects.has(volumeRef));
  }

  private *judgeRecords(inventory: Inventory): Iterable<Finding> {
    const present = new Map(othersRecords(inventory).map(({ key, value }) => [key, value ?? '']));
    for (const [key, before] of this.records) {
      const now = present.get(key);
      if (now === before) continue;
      if (now === undefined) this.records.delete(key);
      else this.records.set(key, now);
      yield wrong(
        'record',
        `Record '${key}' is not the driver's, and it ${now === undefined ? 'is gone' : 'was changed'}.`,
      );
    }
  }
}

function wrong(what: string, message: string): Finding {
  return { requirement: 'Q29', kind: 'wrong', what, message };
}

function nameOf({ what, facts }: ForeignObject, ref: string): string {
  const [first = '', ...rest] = what;
  return `${first.toUpperCase()}${rest.join('')} '${facts.label ?? ref}'`;
}

/** Records that drivers are not known to keep: those are their state stores and their support data (source: the same). */
function othersRecords({ persistentRecords, keyValues }: Inventory) {
  return [...persistentRecords, ...keyValues].filter(
    ({ key }) => !key.startsWith('cinder-') && !key.startsWith('openstack-'),
  );
}

/** `isOwn` tells of a host group whether a driver has made it, for which hosts of others may enter and leave it. */
function objectsOf(
  inventory: Inventory,
  isOwn: (group: { readonly clusterRef: string }) => boolean,
): Map<string, ForeignObject> {
  const objects = new Map<string, ForeignObject>();
  for (const volume of inventory.volumes) {
    const { volumeRef, label, capacity, volumeGroupRef: pool } = volume;
    if (!isRepository(volume))
      objects.set(volumeRef, { what: 'volume', facts: { label, capacity: String(capacity), pool } });
  }
  for (const { lunMappingRef, lun, volumeRef, mapRef } of inventory.mappings)
    objects.set(lunMappingRef, {
      what: 'mapping',
      facts: { lun: String(lun), target: mapRef, volume: volumeRef },
      volumeRef,
    });
  for (const { pitGroupRef, label, baseVolume } of inventory.snapshotGroups)
    objects.set(pitGroupRef, { what: 'snapshot group', facts: { label }, volumeRef: baseVolume });
  for (const { pitRef, pitGroupRef, baseVol } of inventory.images)
    objects.set(pitRef, { what: 'snapshot image', facts: { group: pitGroupRef }, volumeRef: baseVol });
  for (const { viewRef, label, baseVol } of inventory.views)
    objects.set(viewRef, { what: 'snapshot volume', facts: { label }, volumeRef: baseVol });
  for (const { cgRef, label } of inventory.consistencyGroups)
    objects.set(cgRef, { what: 'consistency group', facts: { label, members: membersOf(inventory, cgRef) } });
  for (const { cgViewRef, label } of inventory.groupViews)
    objects.set(cgViewRef, { what: 'consistency group view', facts: { label } });
  for (const { volcopyRef, targetVolume } of inventory.copies)
    objects.set(volcopyRef, { what: 'copy job', facts: {}, volumeRef: targetVolume });
  const shared = new Set(
    inventory.hostGroups
      .filter((group) => group.label === sharedHostGroup || isOwn(group))
      .map((each) => each.clusterRef),
  );
  for (const { hostRef, label, clusterRef } of inventory.hosts)
    objects.set(hostRef, { what: 'host', facts: { label, group: shared.has(clusterRef) ? nullRef : clusterRef } });
  for (const { clusterRef, label } of inventory.hostGroups)
    objects.set(clusterRef, { what: 'host group', facts: { label } });
  return objects;
}

function membersOf({ members }: Inventory, cgRef: string): string {
  return members
    .filter(({ consistencyGroupId }) => consistencyGroupId === cgRef)
    .map(({ volumeId }) => volumeId)
    .sort()
    .join(', ');
}
