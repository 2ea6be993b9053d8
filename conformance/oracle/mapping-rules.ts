import { type InventoryHost, type InventoryMapping, nullRef } from '../arrays/inventory.js';
import type { AttachmentRecord } from '../manager/records.js';
import { connectionOf } from './bytes.js';
import type { Finding } from './finding.js';
import type { Scene } from './scene.js';
import { isConnected, mayBeConnected } from './statuses.js';

const lunsPerHost = 256;

/** Who has a volume attached sees it, by the LUN that it was told. */
export function* judgeAttachments(scene: Scene): Iterable<Finding> {
  const { inventory, database, volumeOf } = scene;
  for (const attachment of database.attachments.values()) {
    const record = database.volumes.get(attachment.volume_id);
    const volume = record === undefined ? undefined : volumeOf(record);
    if (volume === undefined || !isConnected(attachment)) continue;
    const host = hostOf(scene, attachment);
    const seen = inventory.mappings.filter(
      (mapping) => mapping.volumeRef === volume.volumeRef && host !== undefined && sees(host, mapping),
    );
    if (seen.length === 0) {
      yield {
        requirement: requirementOfMissing(scene, attachment, volume.volumeRef),
        kind: 'missing',
        what: 'mapping',
        message: `${nameOf(attachment)} is ${attachment.attach_status}, and the array shows its host no such volume.`,
      };
      continue;
    }
    const luns = lunsOf(attachment);
    const wrong = luns.find((lun) => !seen.some((mapping) => Number(mapping.lun) === lun));
    if (wrong === undefined) continue;
    yield {
      requirement: seen.some(({ mapRef }) => mapRef === host?.clusterRef) ? 'B25' : 'B34',
      kind: 'wrong',
      what: 'mapping',
      message: `${nameOf(attachment)} was told LUN ${wrong}; the array shows the volume at ${listed(seen)}.`,
    };
  }
}

/**
 * What has been done to the volume says why a host does not see it: it was shown to another host instead, or it was taken
 * away with another attachment that ended.
 */
function requirementOfMissing(scene: Scene, { id, volume_id }: AttachmentRecord, volumeRef: string): string {
  const { database, inventory, memory } = scene;
  const isElsewhere = inventory.mappings.some(
    (mapping) => mapping.volumeRef === volumeRef && !isExplained(scene, mapping),
  );
  if (isElsewhere && !memory.knewAttachment(id)) return 'C-initialize-connection-3';
  const others = [...database.attachments.values()].filter((each) => each.volume_id === volume_id);
  return others.length > 1 || memory.hadOtherAttachments(volume_id, id) ? 'Q20' : 'B34';
}

/** LUNs of Cinder's volumes are in range, and each host sees one volume at each (source: B24, B33, Q18). */
export function* judgeLuns({ inventory, recordOf }: Scene): Iterable<Finding> {
  const isOwn = ({ volumeRef }: InventoryMapping) => recordOf(volumeRef) !== undefined;
  for (const mapping of inventory.mappings.filter(isOwn)) {
    const lun = Number(mapping.lun);
    if (lun > 0 && lun < lunsPerHost) continue;
    yield wrongLun('B24', `Volume ${recordOf(mapping.volumeRef)?.id} is mapped as LUN ${lun}: allowed are 1 to 255.`);
  }
  for (const host of inventory.hosts) {
    const seen = inventory.mappings.filter((mapping) => sees(host, mapping));
    for (const lun of new Set(seen.filter(isOwn).map((mapping) => Number(mapping.lun)))) {
      const sharing = seen.filter((mapping) => Number(mapping.lun) === lun);
      if (sharing.length < 2) continue;
      const areDirect = sharing.every(({ mapRef }) => mapRef === host.hostRef);
      yield wrongLun(areDirect ? 'B33' : 'Q18', `Host '${host.label}' sees ${sharing.length} volumes at LUN ${lun}.`);
    }
  }
}

/** Mappings that no attachment explains. */
export function* judgeLeakedMappings(scene: Scene): Iterable<Finding> {
  const { inventory, foreign, memory, recordOf } = scene;
  const known = new Set([
    ...inventory.views.map(({ viewRef }) => viewRef),
    ...inventory.volumes.map((each) => each.volumeRef),
  ]);
  for (const mapping of inventory.mappings) {
    const { volumeRef, mapRef, lunMappingRef, lun } = mapping;
    // The access volume is the array's own and in no list.
    if (foreign.has(lunMappingRef) || !known.has(volumeRef) || isExplained(scene, mapping)) continue;
    const record = recordOf(volumeRef);
    const isShared = inventory.hostGroups.some(({ clusterRef }) => clusterRef === mapRef);
    const wasAttached = record !== undefined && memory.wasAttached(record.id);
    const isAttachedNow = attached(scene).some(({ volume_id }) => volume_id === record?.id);
    yield {
      requirement: wasAttached ? (isShared ? 'Q20' : 'Q21') : isAttachedNow ? 'C-initialize-connection-3' : 'R26',
      kind: 'leaked',
      what: 'mapping',
      message: `Volume ${record?.id ?? volumeRef} is mapped as LUN ${lun} to ${targetOf(scene, mapRef)} without an attachment there.`,
    };
  }
}

function isExplained(scene: Scene, { volumeRef, mapRef }: InventoryMapping): boolean {
  const record = scene.recordOf(volumeRef);
  // A volume without an owner is reported itself.
  if (record === undefined && !scene.foreign.has(volumeRef))
    return scene.inventory.volumes.some((each) => each.volumeRef === volumeRef);
  return attached(scene)
    .filter((attachment) => attachment.volume_id === record?.id)
    .some((attachment) => {
      if (attachment.connector === null) return true;
      const host = hostOf(scene, attachment);
      return host !== undefined && sees(host, { mapRef });
    });
}

function attached({ database }: Scene): AttachmentRecord[] {
  return [...database.attachments.values()].filter(mayBeConnected);
}

/** Whether a mapping shows its volume to a host: to it, to its group, or to every host. */
function sees({ hostRef, clusterRef }: InventoryHost, { mapRef }: Pick<InventoryMapping, 'mapRef'>): boolean {
  return mapRef === hostRef || mapRef === nullRef || mapRef === clusterRef;
}

/** Names of initiators are compared without regard to case (RFC 7143, 4.2.7.1). */
function hostOf({ inventory }: Scene, { connector }: AttachmentRecord): InventoryHost | undefined {
  const initiator = connector?.initiator?.toLowerCase();
  return inventory.hosts.find(({ hostSidePorts }) =>
    hostSidePorts.some(({ address }) => address.toLowerCase() === initiator),
  );
}

function lunsOf({ connection_info: info }: AttachmentRecord): number[] {
  const { target_lun: lun, target_luns: luns } = connectionOf(info ?? {}).data;
  return [...(lun === undefined ? [] : [lun]), ...(luns ?? [])].map(Number);
}

function targetOf({ inventory }: Scene, mapRef: string): string {
  const host = inventory.hosts.find(({ hostRef }) => hostRef === mapRef);
  if (host !== undefined) return `host '${host.label}'`;
  const group = inventory.hostGroups.find(({ clusterRef }) => clusterRef === mapRef);
  return group === undefined ? mapRef : `host group '${group.label}'`;
}

function listed(mappings: readonly InventoryMapping[]): string {
  return mappings.map(({ lun }) => `LUN ${lun}`).join(' and ');
}

function nameOf({ id, volume_id, connector }: AttachmentRecord): string {
  return `Attachment ${id} of volume ${volume_id} to '${connector?.initiator ?? 'no host'}'`;
}

function wrongLun(requirement: string, message: string): Finding {
  return { requirement, kind: 'wrong', what: 'mapping', message };
}
