import { type InventoryVolume, isRepository } from '../arrays/inventory.js';
import type { VolumeRecord } from '../manager/records.js';
import type { Finding } from './finding.js';
import { nameIdOf, uuidOf } from './labels.js';
import type { Scene } from './scene.js';
import { volumeCertainty } from './statuses.js';

const gibBytes = 2n ** 30n;

/** Data drives of the widest volume group: capacity is rounded up to no more than a stripe over them. */
const widestStripe = 30n;

/** Volumes are there, in their pool, as large and of the kind that Cinder asked for. */
export function* judgeVolumes(scene: Scene): Iterable<Finding> {
  for (const record of scene.database.volumes.values()) {
    const certainty = volumeCertainty(record);
    if (certainty === 'unsure') continue;
    const volume = scene.volumeOf(record);
    if (volume === undefined) {
      // Cinder's own code for groups calls it available although its create failed.
      if (scene.database.leftToCinder?.has(record.id) === true) continue;
      yield {
        requirement: nameIdOf(record) === record.id ? 'R7' : 'B27',
        kind: 'missing',
        what: 'volume',
        message: `${nameOf(record)} is ${record.status}, and the array has no volume for it.`,
      };
      continue;
    }
    yield* judgeSize(scene, record, volume);
    if (certainty !== 'whole') continue;
    yield* judgePool(scene, record, volume);
    yield* judgeKind(scene, record, volume);
    yield* judgeCaches(scene, record, volume);
    yield* judgeIdentity(scene, record, volume);
  }
}

/** Volumes without an owner. */
export function* judgeLeakedVolumes({ inventory, foreign, memory, recordOf }: Scene): Iterable<Finding> {
  for (const volume of inventory.volumes) {
    const { volumeRef, label } = volume;
    if (isRepository(volume) || foreign.has(volumeRef) || recordOf(volumeRef) !== undefined) continue;
    const id = uuidOf(label);
    // Without a baseline anything else may have been there before.
    if (id === undefined && !foreign.isComplete) continue;
    yield {
      requirement: requirementOfLeak(id === undefined ? undefined : memory.volume(id)?.record),
      kind: 'leaked',
      what: 'volume',
      message: `Volume '${label}'${id === undefined ? '' : `, of the id ${id},`} has no record.`,
    };
  }
}

function requirementOfLeak(before: Readonly<VolumeRecord> | undefined): string {
  if (before === undefined) return 'B16';
  if (before.status !== 'error' && before.status !== 'creating') return 'Q10';
  if (before.group_id !== null) return 'Q14';
  return before.snapshot_id !== null || before.source_volid !== null ? 'Q13' : 'B16';
}

function* judgeSize({ foreign, memory }: Scene, record: VolumeRecord, volume: InventoryVolume): Iterable<Finding> {
  const bytes = BigInt(volume.capacity);
  const wanted = BigInt(record.size) * gibBytes;
  const rounded = BigInt(volume.segmentSize ?? 0) * widestStripe;
  const isInFlux = volumeCertainty(record) === 'present';
  // What is managed has the size that it has; Cinder knows it in whole GiB, rounded up.
  const least = foreign.isAdopted(volume.volumeRef) ? wanted - gibBytes + 1n : wanted;
  if (bytes >= least && (isInFlux || bytes <= wanted + rounded)) return;
  const before = memory.volume(nameIdOf(record))?.record.size;
  yield {
    requirement: foreign.isAdopted(volume.volumeRef)
      ? 'R22'
      : before !== undefined && before !== record.size
        ? 'B14'
        : 'R7',
    kind: 'wrong',
    what: 'volume',
    message: `${nameOf(record)} has ${record.size} GiB, which is ${wanted} bytes; on the array it has ${bytes}.`,
  };
}

function* judgePool(
  { inventory, foreign, memory }: Scene,
  record: VolumeRecord,
  volume: InventoryVolume,
): Iterable<Finding> {
  const wanted = record.host?.split('#')[1];
  const pool = inventory.pools.find(({ volumeGroupRef }) => volumeGroupRef === volume.volumeGroupRef)?.label;
  if (wanted === undefined || pool === wanted) return;
  yield {
    requirement: wasRetyped(memory, record)
      ? 'R20'
      : foreign.isAdopted(volume.volumeRef)
        ? 'Q42'
        : isCopy(record)
          ? 'Q12'
          : 'B35',
    kind: 'wrong',
    what: 'volume',
    message: `${nameOf(record)} is to be in pool '${wanted}', and is in '${pool ?? volume.volumeGroupRef}'.`,
  };
}

function* judgeKind(
  { database, foreign, memory }: Scene,
  record: VolumeRecord,
  volume: InventoryVolume,
): Iterable<Finding> {
  if (foreign.isAdopted(volume.volumeRef) || record.volume_type_id === null) return;
  const spec = database.volumeTypes?.get(record.volume_type_id)?.extra_specs.netapp_thin_provisioned;
  if (spec === undefined) return;
  const isThin = volume.thinProvisioned === true || volume.objectType === 'thinVolume';
  if (isThin === isYes(spec)) return;
  yield {
    requirement: wasRetyped(memory, record)
      ? 'R20'
      : isCopy(record)
        ? 'Q12'
        : spec.trim().startsWith('<is>')
          ? 'Q28'
          : 'B21',
    kind: 'wrong',
    what: 'volume',
    message: `${nameOf(record)} is ${isThin ? 'thin' : 'thick'}; its type says netapp_thin_provisioned '${spec}'.`,
  };
}

const cacheSpecs = { 'netapp:read_cache': 'readCacheEnable', 'netapp:write_cache': 'writeCacheEnable' } as const;

/** The caches are as the volume's type says (source: the documented extra specs). */
function* judgeCaches({ database, foreign, memory }: Scene, record: VolumeRecord, volume: InventoryVolume) {
  const isRetyped = wasRetyped(memory, record);
  if ((foreign.isAdopted(volume.volumeRef) && !isRetyped) || record.volume_type_id === null) return;
  const specs = database.volumeTypes?.get(record.volume_type_id)?.extra_specs ?? {};
  for (const [name, setting] of Object.entries(cacheSpecs) as [keyof typeof cacheSpecs, 'readCacheEnable'][]) {
    const [spec, found] = [specs[name], volume.cacheSettings?.[setting]];
    if (spec === undefined || found === undefined || found === isYes(spec)) continue;
    yield {
      requirement: isRetyped ? 'R20' : isCopy(record) ? 'Q12' : 'B21',
      kind: 'wrong',
      what: 'volume',
      message: `${nameOf(record)} has ${setting} ${found}; its type says ${name} '${spec}'.`,
    } as const;
  }
}

/** Whether the volume got another type, or another pool, since it was looked at. */
function wasRetyped(memory: Scene['memory'], record: VolumeRecord): boolean {
  const before = memory.volume(nameIdOf(record))?.record;
  if (before === undefined || before.id !== record.id) return false;
  return before.volume_type_id !== record.volume_type_id || before.host !== record.host;
}

/** A larger volume is the same volume: its snapshots and its hosts know it by its reference and its WWN (source: B14). */
function* judgeIdentity({ memory }: Scene, record: VolumeRecord, volume: InventoryVolume): Iterable<Finding> {
  const before = memory.volume(nameIdOf(record));
  if (before?.ref === undefined || before.ref === volume.volumeRef || before.record.size === record.size) return;
  if (before.record.id !== record.id || record.migration_status !== null) return;
  yield {
    requirement: 'B14',
    kind: 'wrong',
    what: 'volume',
    message: `${nameOf(record)} was extended, and is another volume of the array now: ${volume.volumeRef}, not ${before.ref}.`,
  };
}

function isCopy({ snapshot_id, source_volid }: VolumeRecord): boolean {
  return snapshot_id !== null || source_volid !== null;
}

/** A switch in an extra spec, with the scheduler's `<is>` before it or without (source: the documented driver; Q28). */
function isYes(spec: string): boolean {
  const word = spec
    .trim()
    .replace(/^<is>\s*/, '')
    .toLowerCase();
  return ['true', 'y', 'yes', 'enabled', '1'].includes(word);
}

function nameOf({ id }: VolumeRecord): string {
  return `Volume ${id}`;
}
