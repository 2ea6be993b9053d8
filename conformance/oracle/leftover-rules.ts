import { type Inventory, isRepository, refsOf } from '../arrays/inventory.js';
import type { Finding } from './finding.js';
import type { Scene } from './scene.js';

/** What is there only while a driver copies. */
export function* judgeLeftovers({ inventory, foreign }: Scene): Iterable<Finding> {
  const groupViews = inventory.groupViews.filter(({ cgViewRef }) => !foreign.has(cgViewRef));
  for (const { label } of groupViews)
    yield leaked('Q31', 'consistency group view', `Consistency group view '${label}' is left.`);
  const told = new Set(groupViews.map(({ cgViewRef }) => cgViewRef));
  for (const { viewRef, label, membership } of inventory.views) {
    if (foreign.has(viewRef) || told.has(membership?.cgViewRef ?? '')) continue;
    yield leaked('Q31', 'snapshot volume', `Snapshot volume '${label}' is left.`);
  }
  for (const { volcopyRef, status, targetVolume } of inventory.copies) {
    if (foreign.has(volcopyRef)) continue;
    yield leaked('Q15', 'copy job', `Copy job ${volcopyRef} (${status}) holds volume ${targetVolume}.`);
  }
}

/** Repositories whose object is gone: of what keeps them when it goes, or of an array that forgets them. */
export function* judgeRepositories({ inventory, foreign }: Scene): Iterable<Finding> {
  const { repositories } = inventory;
  const known = referable(inventory);
  const judged = new Set(['snapshotGroup', 'thinVolume', 'snapshotVolume']);
  for (const { concatVolRef, baseObjectType = '', baseObjectId = '' } of repositories) {
    if (!judged.has(baseObjectType) || known.has(baseObjectId)) continue;
    yield leaked(
      'ARRAY',
      'repository',
      `Repository ${concatVolRef} is of ${baseObjectType} ${baseObjectId}, which is gone.`,
    );
  }
  if (repositories.length === 0) return;
  const members = new Set(repositories.flatMap(({ memberRefs }) => memberRefs));
  for (const volume of inventory.volumes)
    if (isRepository(volume) && !members.has(volume.volumeRef) && !foreign.isByHand(volume.volumeRef))
      yield leaked('ARRAY', 'repository', `Repository volume '${volume.label}' is in no repository.`);
}

/**
 * Notes on objects that are gone. What a driver keeps is its own; only references that are keys are looked at, as in the
 * documented record, or snapshot groups and consistency groups in the key of a record of its own (source: Q47).
 */
export function* judgeStateStore({ inventory, foreign }: Scene): Iterable<Finding> {
  const known = referable(inventory);
  for (const { key, value } of [...inventory.persistentRecords, ...inventory.keyValues]) {
    // A persistent record can be emptied, but not removed.
    if (isEmptyText(value) || foreign.hasRecord(key)) continue;
    const gone = groupsIn(key).find((ref) => !known.has(ref));
    if (gone !== undefined) yield leaked('Q47', 'state-store key', `There is a record '${key}', and ${gone} is gone.`);
  }
  for (const { key, value } of [...inventory.persistentRecords, ...inventory.keyValues])
    for (const note of keysOf(value)) {
      const gone = note.match(/\b[0-9A-F]{40}\b/gi)?.find((ref) => !known.has(ref.toUpperCase()));
      if (gone === undefined) continue;
      yield leaked('Q47', 'state-store key', `Record '${key}' has a note '${note}', and ${gone} is gone.`);
    }
}

function leaked(requirement: string, what: string, message: string): Finding {
  return { requirement, kind: 'leaked', what, message };
}

function isEmptyText(value: string | null | undefined): boolean {
  return ['', '{}', '[]', 'null'].includes(value ?? '');
}

/** The groups that a text names. Not images: those vanish behind a driver's back, as when a repository is full. */
function groupsIn(text: string): string[] {
  return (text.match(/\b[0-9A-F]{40}\b/gi) ?? []).map((ref) => ref.toUpperCase()).filter((ref) => /^(33|2A)/.test(ref));
}

function keysOf(value: string | null | undefined): string[] {
  try {
    const parsed = JSON.parse(value ?? '') as unknown;
    return typeof parsed === 'object' && parsed !== null ? Object.keys(parsed) : [];
  } catch {
    return [];
  }
}

/** What notes and repositories can refer to. */
function referable(inventory: Inventory): ReadonlySet<string> {
  return new Set([...refsOf(inventory), ...inventory.pools.map(({ volumeGroupRef }) => volumeGroupRef)]);
}
