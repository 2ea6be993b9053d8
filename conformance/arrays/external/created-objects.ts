import type { Inventory } from '../inventory.js';
import { labelMark } from './label-prefix.js';

/** An object of the array that a story has made. */
export interface CreatedObject {
  readonly what: string;
  readonly ref: string;
  readonly label: string;
  /** Where it is deleted, below the storage system; undefined for what goes with another. */
  readonly path?: string;
}

/** How it is known what a story has made. */
export interface Knowledge {
  /** Whatever was there before the story is not its own. */
  readonly before: ReadonlySet<string>;
  /** References that the array answered when drivers had something made. */
  readonly createdRefs: Set<string>;
  /** What the names of the story's initiators have in them. */
  readonly hostMark: string;
}

/**
 * What of an array a story has made, in the order in which it can be deleted: what drivers were told to have made, what
 * has the mark, and what belongs to such objects. What an array made although its answer was lost is found by the latter.
 */
export function createdObjects(inventory: Inventory, { before, createdRefs, hostMark }: Knowledge): CreatedObject[] {
  const objects: CreatedObject[] = [];
  const own = new Set<string>();
  const take = (what: string, ref: string, isOwn: boolean, label: string, path?: string) => {
    if (before.has(ref) || !(isOwn || createdRefs.has(ref))) return;
    own.add(ref);
    objects.push({ what, ref, label, ...(path === undefined ? {} : { path }) });
  };
  const isMarked = (label: string) => label.startsWith(labelMark);
  for (const { volumeRef, label } of inventory.volumes)
    take('volume', volumeRef, isMarked(label), label, `ssc/volumes/${volumeRef}`);
  for (const { cgRef, label } of inventory.consistencyGroups)
    take('consistency group', cgRef, isMarked(label), label, `consistency-groups/${cgRef}`);
  for (const { pitGroupRef, label, baseVolume, consistencyGroupRef, consistencyGroup } of inventory.snapshotGroups) {
    const isOwn = own.has(baseVolume) || own.has(consistencyGroupRef ?? '');
    // Those of a consistency group's members go with it.
    const path = consistencyGroup ? undefined : `snapshot-groups/${pitGroupRef}`;
    take('snapshot group', pitGroupRef, isOwn, label, path);
  }
  for (const { pitRef, pitGroupRef, baseVol } of inventory.images)
    take('snapshot image', pitRef, own.has(baseVol) || own.has(pitGroupRef), pitRef);
  for (const { viewRef, label, baseVol } of inventory.views)
    take('snapshot volume', viewRef, own.has(baseVol), label, `snapshot-volumes/${viewRef}`);
  for (const { cgViewRef, groupRef, label } of inventory.groupViews)
    take(
      'consistency group view',
      cgViewRef,
      own.has(groupRef),
      label,
      `consistency-groups/${groupRef}/views/${cgViewRef}`,
    );
  for (const { volcopyRef, targetVolume } of inventory.copies)
    take('copy job', volcopyRef, own.has(targetVolume), volcopyRef, `volume-copy-jobs/${volcopyRef}`);
  for (const { hostRef, label, hostSidePorts } of inventory.hosts) {
    const isOwn = hostSidePorts.some(({ address }) => address.includes(hostMark));
    take('host', hostRef, isOwn, label, `hosts/${hostRef}`);
  }
  for (const { clusterRef, label } of inventory.hostGroups)
    take('host group', clusterRef, false, label, `host-groups/${clusterRef}`);
  for (const { lunMappingRef, volumeRef } of inventory.mappings)
    take('mapping', lunMappingRef, own.has(volumeRef), lunMappingRef, `volume-mappings/${lunMappingRef}`);
  return objects.sort((one, other) => removalOrder.indexOf(one.what) - removalOrder.indexOf(other.what));
}

const removalOrder = [
  'mapping',
  'copy job',
  'consistency group view',
  'snapshot volume',
  'snapshot image',
  'consistency group',
  'snapshot group',
  'volume',
  'host',
  'host group',
];
