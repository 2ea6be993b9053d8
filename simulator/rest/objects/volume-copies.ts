import type { VolumeCopyRecord } from '../../array/records.js';
import { nullRef, wwnOf } from '../../array/refs.js';
import type { StorageArray } from '../../array/storage-array.js';
import { seconds } from '../epoch-seconds.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, Int64, integer, object, oneOf, text, without } from '../schemas/types.js';

function copyPairFacts(array: StorageArray, copy: VolumeCopyRecord) {
  const target = array.volumes.find(copy.targetRef);
  const base = array.snapshotVolumes.find(copy.sourceRef)?.baseRef ?? copy.sourceRef;
  return { copy, target, base };
}

const copyPair = showing<ReturnType<typeof copyPairFacts>>();

export const VolumeCopyPair = object({
  worldWideName: copyPair.shown(text(), ({ copy }) => wwnOf(copy.ref)),
  volcopyHandle: copyPair.shown(integer(), ({ copy }) => copy.handle),
  volcopyRef: copyPair.shown(text(), ({ copy }) => copy.ref),
  status: copyPair.shown(
    oneOf('inProgress', 'complete', 'halted', 'failed', 'pending', '__UNDEFINED'),
    ({ copy }) => copy.status,
  ),
  sourceVolume: copyPair.shown(text(), ({ copy }) => copy.hidden?.viewRef ?? copy.sourceRef),
  targetVolume: copyPair.shown(text(), ({ copy }) => copy.targetRef),
  currentManager: copyPair.shown(text(), ({ target }) => target?.currentController ?? ''),
  idleTargetWriteProt: copyPair.shown(boolean(), ({ copy }) => copy.targetWriteProtected),
  copyCompleteTime: copyPair.shown(Int64, ({ copy }) => seconds(copy.completeMs)),
  copyStartTime: copyPair.shown(Int64, ({ copy }) => seconds(copy.startMs)),
  copyPriority: copyPair.shown(
    oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED'),
    ({ copy }) => copy.priority,
  ),
  reserved1: copyPair.always(text(), '00000000'),
  cloneCopy: copyPair.shown(boolean(), ({ copy }) => copy.online),
  pgRef: copyPair.shown(text(), ({ copy }) => copy.hidden?.groupRef ?? nullRef),
  // What is copied is a view in either case, and views are copied offline.
  type: copyPair.always(oneOf('unknown', 'offline', 'online', '__UNDEFINED'), 'offline'),
  autoClearOnCompletion: boolean(),
  baseSourceVolumeId: copyPair.shown(text(), ({ base }) => base),
  id: copyPair.shown(text(), ({ copy }) => copy.ref),
  onlineCopy: copyPair.shown(boolean(), ({ copy }) => copy.online),
});

export const VolumeCopy = without(VolumeCopyPair, 'baseSourceVolumeId', 'onlineCopy');

const copyPairObject = copyPair.viewOf(VolumeCopyPair);

export function copyView(array: StorageArray, copy: VolumeCopyRecord): Shown<typeof VolumeCopyPair> {
  return copyPairObject(copyPairFacts(array, copy));
}

function copyProgressFacts(array: StorageArray, copy: VolumeCopyRecord) {
  const job = array.jobs.find('volumeCopy', copy.ref);
  const percentComplete = job === undefined ? (copy.status === 'complete' ? 100 : -1) : array.jobs.percent(job);
  return { array, copy, job, percentComplete };
}

const copyProgress = showing<ReturnType<typeof copyProgressFacts>>();

export const VolumeCopyProgress = object({
  percentComplete: copyProgress.shown(integer(), ({ percentComplete }) => percentComplete),
  timeToCompletion: copyProgress.shown(integer(), ({ job, array }) =>
    job === undefined ? -1 : array.jobs.minutesLeft(job),
  ),
  fractionalPercentComplete: copyProgress.always(integer(), 0),
  volumeCopyId: copyProgress.shown(text(), ({ copy }) => copy.ref),
});

const copyProgressObject = copyProgress.viewOf(VolumeCopyProgress);

export function progressView(array: StorageArray, copy: VolumeCopyRecord): Shown<typeof VolumeCopyProgress> {
  return copyProgressObject(copyProgressFacts(array, copy));
}
