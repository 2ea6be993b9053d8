import type { JobKind, JobRecord, VolumeRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import type { ActionName } from './schemas/enums.js';
import type { Static } from './schemas/types.js';

/** How work of each kind is called where a volume or pool shows what it is busy with. */
export const actionNames: Record<JobKind, Static<typeof ActionName>> = {
  initialization: 'initializing',
  volumeExpansion: 'remappingDve',
  poolExpansion: 'remappingDce',
  raidMigration: 'remappingDrm',
  volumeCopy: 'volumeCopy',
  rollback: 'pitRollback',
  reconstruction: 'reconstructing',
  copyback: 'copyback',
  mirrorSync: 'asyncMirrorGroupInitialSync',
  segmentSizeChange: 'remappingDseg',
  defragmentation: 'remappingDefrag',
  poolReduction: 'remappingDce',
  parityCheck: 'parityScan',
  parityRepair: 'parityScan',
  firmware: 'none',
  driveErase: 'driveSpecific',
  dataCollection: 'none',
};

/** The work that shows on a volume: its own, that of its pool, a rollback of it, or a copy from or to it. */
export function workOn(array: StorageArray, volume: VolumeRecord): JobRecord | undefined {
  if (array.tables.jobs.size === 0) return undefined;
  const [own] = [...array.jobs.on(volume.ref), ...array.jobs.on(volume.poolRef)];
  if (own !== undefined) return own;
  for (const group of array.snapshotGroups.ofBase(volume.ref)) {
    const rollback = array.jobs.find('rollback', group.ref);
    if (rollback !== undefined) return rollback;
  }
  for (const copy of array.volumeCopies.of(volume.ref)) {
    const copying = array.jobs.find('volumeCopy', copy.ref);
    if (copying !== undefined) return copying;
  }
  return undefined;
}

/** What a volume shows as its action: `none` when nothing is going on. */
export function shownAction(array: StorageArray, volume: VolumeRecord): Static<typeof ActionName> {
  const work = workOn(array, volume);
  return work === undefined ? 'none' : actionNames[work.kind];
}

/** A client looks at a volume: work that proceeds by looks moves on. */
export function lookAt(array: StorageArray, volume: VolumeRecord): void {
  if (array.tables.jobs.size === 0) return;
  const work = workOn(array, volume);
  if (work !== undefined) array.jobs.recordPoll(work.objectRef);
}
