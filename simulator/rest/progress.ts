import type { JobRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { actionNames } from './actions.js';
import type { Routes } from './route.js';
import { list } from './schemas/types.js';
import { OperationProgress } from './schemas/volumes.js';
import { onSymbol } from './symbol.js';

/** The volumes that a job shows on. */
function volumesOf(array: StorageArray, job: JobRecord): string[] {
  switch (job.kind) {
    case 'rollback':
      return [String(job.detail.baseRef)];
    case 'volumeCopy': {
      const copy = array.tables.volumeCopies.get(job.objectRef);
      return copy === undefined ? [] : [copy.targetRef];
    }
    case 'initialization':
    case 'volumeExpansion':
    case 'segmentSizeChange':
    case 'parityCheck':
    case 'parityRepair':
      return [job.objectRef];
    // It is of no volume, and has operations of its own that show it.
    case 'firmware':
      return [];
    case 'mirrorSync':
      return [String(job.detail.volumeRef)];
    case 'driveErase':
    case 'dataCollection':
      return [];
    default: {
      const volumes = [...array.volumes.inPool(job.objectRef)];
      return volumes.length === 0 ? [nullRef] : volumes;
    }
  }
}

/** What is going on in a pool, an entry a volume, as GET action-progress lists it (a list in reality, whatever the documents say). */
function progressIn(array: StorageArray, poolRef: string): object[] {
  const entries: object[] = [];
  for (const job of array.tables.jobs.toJSON()) {
    for (const ref of volumesOf(array, job)) {
      if (job.objectRef !== poolRef && array.tables.volumes.get(ref)?.poolRef !== poolRef) continue;
      entries.push({
        volumeRef: ref,
        progressPercentage: array.jobs.percent(job),
        estimatedTimeToCompletion: array.jobs.minutesLeft(job),
        currentAction: actionNames[job.kind],
      });
    }
  }
  return entries;
}

/** The members of a long-lived operation, of which the one that fits the action is not null. */
const members = [
  'copyback',
  'reconstruct',
  'capacityExpansion',
  'raidMigration',
  'raidMigrationandExpansion',
  'segSize',
  'volExpansion',
  'volAndCapExpansion',
  'defrag',
  'init',
  'format',
  'sync',
  'copy',
  'parityScan',
  'rollback',
  'pitRollback',
  'initialSync',
  'rebalancing',
  'copyThenFail',
  'copyThenFailPending',
  'copyThenReplace',
  'copyThenReplaceAndFail',
  'reconstructCritical',
  'thinDefrag',
  'volCreation',
  'volDeletion',
] as const;

function operationOf(array: StorageArray, job: JobRecord, volumeRef: string): object {
  const percentComplete = array.jobs.percent(job);
  const timeToCompletion = array.jobs.minutesLeft(job);
  const progress = { pending: false, percentComplete, timeToCompletion };
  const ofGroup = {
    volumeGroupRef: array.tables.volumes.get(volumeRef)?.poolRef ?? job.objectRef,
    groupPercentComplete: percentComplete,
    groupTimeToCompletion: timeToCompletion,
    volumeRef,
    volumePercentComplete: percentComplete,
    volumeTimeToCompletion: timeToCompletion,
  };
  const known = {
    initialization: { init: { volumeRef, ...progress } },
    volumeExpansion: { volExpansion: ofGroup },
    firmware: {},
    poolExpansion: { capacityExpansion: ofGroup },
    raidMigration: { raidMigration: ofGroup },
    volumeCopy: { copy: { volcopyRef: job.objectRef, ...progress } },
    rollback: { pitRollback: { pitGroupRef: job.objectRef, pitRef: String(job.detail.imageRef), ...progress } },
    reconstruction: { reconstruct: ofGroup },
    copyback: { copyback: ofGroup },
    mirrorSync: { initialSync: { arvmMemberRef: job.objectRef, ...progress } },
    segmentSizeChange: { segSize: ofGroup },
    defragmentation: { defrag: ofGroup },
    poolReduction: { capacityExpansion: ofGroup },
    parityCheck: { parityScan: { volumeRef, ...progress } },
    parityRepair: { parityScan: { volumeRef, ...progress } },
    // Erasing shows on its drive only.
    driveErase: {},
    dataCollection: {},
  }[job.kind];
  return { volAction: actionNames[job.kind], ...Object.fromEntries(members.map((name) => [name, null])), ...known };
}

export function progressRoutes(routes: Routes): void {
  routes.onArray('getStoragePoolActionProgress', { response: list(OperationProgress) }, ({ array, id }) => {
    const pool = array.pools.require(id);
    array.jobs.recordPollOfAll();
    return progressIn(array, pool.ref);
  });
  onSymbol(routes, 'getLongLivedOpsProgress', { reads: true }, ({ array }) => {
    array.jobs.recordPollOfAll();
    const operations = array.tables.jobs
      .toJSON()
      .flatMap((job) => volumesOf(array, job).map((ref) => operationOf(array, job, ref)));
    return { returnCode: 'ok', longLivedOpsProgress: operations };
  });
}
