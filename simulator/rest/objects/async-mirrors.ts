import type { AsyncMirrorGroupRecord, AsyncMirrorMemberRecord } from '../../array/records.js';
import { nullRef } from '../../array/refs.js';
import type { StorageArray } from '../../array/storage-array.js';
import { IoInterfaceTypeName } from '../schemas/enums.js';
import { AsyncMirrorGroupMemberSyncProgress, RemoteVolume } from '../schemas/mirrors.js';
import { RemoteTarget } from '../schemas/pools.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text, without } from '../schemas/types.js';
import { VolumeMediaScanParams } from '../schemas/volumes.js';

function groupFacts(array: StorageArray, group: AsyncMirrorGroupRecord) {
  const counterpart = array.asyncMirrorGroups.counterpart(group);
  const members = array.asyncMirrorMembers.ofGroup(group.ref);
  return { array, group, counterpart, members };
}

const group = showing<ReturnType<typeof groupFacts>>();

export const AsyncMirrorGroupEx = object({
  groupRef: group.shown(text(), ({ group }) => group.ref),
  worldWideName: group.shown(text(), ({ group }) => group.wwn),
  label: group.shown(text(), ({ group }) => group.label),
  groupState: group.shown(
    oneOf('unknown', 'initialSync', 'optimal', 'degraded', 'rpFailed', '__UNDEFINED'),
    ({ members }) =>
      members.some((member) => member.state === 'failed')
        ? 'rpFailed'
        : members.some((member) => member.state === 'initialSync')
          ? 'initialSync'
          : 'optimal',
  ),
  localRole: group.shown(oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'), ({ group }) => group.role),
  remoteRole: group.shown(oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'), ({ counterpart, group }) =>
    counterpart === undefined ? 'unknown' : group.role === 'primary' ? 'secondary' : 'primary',
  ),
  roleChangeProgress: group.always(oneOf('unknown', 'none', 'pending', 'inProgress', '__UNDEFINED'), 'none'),
  syncIntervalMinutes: group.shown(integer(), ({ group }) => group.syncIntervalMinutes),
  syncCompletionTimeAlertThresholdMinutes: group.shown(integer(), ({ group }) => group.syncWarnThresholdMinutes),
  recoveryPointAgeAlertThresholdMinutes: group.shown(integer(), ({ group }) => group.recoveryWarnThresholdMinutes),
  repositoryUtilizationWarnThreshold: group.shown(integer(), ({ group }) => group.repositoryWarnThreshold),
  mirrorChannelRemoteTarget: group.always(text(), nullRef),
  syncActivity: group.shown(
    oneOf('unknown', 'idle', 'active', 'paused', 'userSuspended', 'internallySuspended', '__UNDEFINED'),
    ({ group, array }) =>
      group.suspended ? 'userSuspended' : array.mirrorSync.isRunning(group.ref) ? 'active' : 'idle',
  ),
  orphanGroup: group.shown(boolean(), ({ counterpart }) => counterpart === undefined),
  connectionType: group.shown(IoInterfaceTypeName, ({ group }) =>
    group.connection === 'fibre' ? 'fc' : group.connection,
  ),
  remoteTargetWwn: group.shown(text(), ({ group }) => group.peerWwn),
  remoteTargetName: group.shown(text(), ({ group }) => group.peerLabel),
  remoteTargetId: group.shown(text(), ({ group }) => group.peerWwn),
  remoteTarget: group.always(nullable(RemoteTarget), null),
  id: group.shown(text(), ({ group }) => group.ref),
});

export const AsyncMirrorGroup = without(
  AsyncMirrorGroupEx,
  'connectionType',
  'remoteTargetWwn',
  'remoteTargetName',
  'remoteTargetId',
  'remoteTarget',
  'id',
);

const groupObject = group.viewOf(AsyncMirrorGroupEx);

export function groupView(array: StorageArray, group: AsyncMirrorGroupRecord): Shown<typeof AsyncMirrorGroupEx> {
  return groupObject(groupFacts(array, group));
}

function memberFacts(array: StorageArray, member: AsyncMirrorMemberRecord) {
  const group = array.asyncMirrorGroups.require(member.groupRef);
  const remote = array.asyncMirrorMembers.counterpart(member);
  const volume = array.tables.volumes.get(member.localVolumeRef);
  const capacity = String(volume?.capacityBytes ?? 0);
  return { member, group, remote, volume, capacity };
}

const member = showing<ReturnType<typeof memberFacts>>();

export const AsyncMirrorGroupMemberEx = object({
  memberRef: member.shown(text(), ({ member }) => member.ref),
  mirrorGroup: member.shown(text(), ({ group }) => group.ref),
  localVolume: member.shown(text(), ({ member }) => member.localVolumeRef),
  remoteVolume: member.shown(text(), ({ remote }) => remote?.localVolumeRef ?? nullRef),
  memberState: member.shown(
    oneOf('unknown', 'initialSync', 'optimal', 'failed', 'incomplete', 'orphan', 'stopped', '__UNDEFINED'),
    ({ remote, member }) => (remote === undefined ? 'orphan' : member.state),
  ),
  lastRecoveryPointTime: member.shown(Int64, ({ member }) => String(Math.floor(member.lastRecoveryPointMs / 1000))),
  overUtilizationWarnThreshold: member.always(boolean(), false),
  mirroredLocalCapacity: member.shown(Int64, ({ capacity }) => capacity),
  repositoryVolume: member.shown(text(), ({ member }) => member.repositoryRef),
  worldWideName: member.shown(text(), ({ member }) => member.wwn),
  volumeHandle: member.shown(integer(), ({ member }) => member.handle),
  repositoryFull: member.always(boolean(), false),
  localVolumeName: member.shown(text(), ({ volume }) => volume?.label ?? ''),
  remoteVolumeName: member.shown(text(), ({ member }) => member.remoteVolumeLabel),
  remoteVolumeInfo: member.always(nullable(RemoteVolume), null),
  remoteTargetWwn: member.shown(text(), ({ group }) => group.peerWwn),
  remoteTargetName: member.shown(text(), ({ group }) => group.peerLabel),
  remoteTargetId: member.shown(text(), ({ group }) => group.peerWwn),
  totalSizeInBytes: member.shown(Int64, ({ capacity }) => capacity),
  mediaScan: member.always(nullable(VolumeMediaScanParams), { enable: false, parityValidationEnable: false }),
  id: member.shown(text(), ({ member }) => member.ref),
});

export const AsyncMirrorGroupMember = without(
  AsyncMirrorGroupMemberEx,
  'localVolumeName',
  'remoteVolumeName',
  'remoteVolumeInfo',
  'remoteTargetWwn',
  'remoteTargetName',
  'remoteTargetId',
  'totalSizeInBytes',
  'mediaScan',
);

const memberObject = member.viewOf(AsyncMirrorGroupMemberEx);

export function memberView(
  array: StorageArray,
  member: AsyncMirrorMemberRecord,
): Shown<typeof AsyncMirrorGroupMemberEx> {
  return memberObject(memberFacts(array, member));
}

const utilization = showing<{ array: StorageArray; member: AsyncMirrorMemberRecord }>();

export const AsyncMirrorRepositoryUtilization = object({
  pitDataBytes: utilization.always(Int64, '0'),
  deltaLogBytes: utilization.always(Int64, '0'),
  bytesAvailable: utilization.shown(Int64, ({ array, member }) =>
    String(array.repositories.require(member.repositoryRef).capacityBytes),
  ),
  mirrorRef: utilization.shown(text(), ({ member }) => member.ref),
  id: utilization.shown(text(), ({ member }) => member.ref),
});

const utilizationObject = utilization.viewOf(AsyncMirrorRepositoryUtilization);

export function utilizationView(
  array: StorageArray,
  member: AsyncMirrorMemberRecord,
): Shown<typeof AsyncMirrorRepositoryUtilization> {
  return utilizationObject({ array, member });
}

function progressFacts(array: StorageArray, group: AsyncMirrorGroupRecord) {
  const jobs = array.asyncMirrorMembers
    .ofGroup(group.ref)
    .flatMap((member) => array.jobs.on(member.ref).map((job) => ({ member, job })));
  const percents = jobs.map(({ job }) => array.jobs.percent(job));
  return { array, group, jobs, percents };
}

const progress = showing<ReturnType<typeof progressFacts>>();

export const AsyncMirrorGroupSyncProgress = object({
  groupPercentComplete: progress.shown(integer(), ({ percents }) =>
    percents.length === 0 ? 100 : Math.min(...percents),
  ),
  groupTimeToCompletion: progress.shown(integer(), ({ jobs, array }) =>
    Math.max(0, ...jobs.map(({ job }) => array.jobs.minutesLeft(job))),
  ),
  groupSyncBytes: progress.shown(Int64, ({ jobs }) => String(jobs.reduce((sum, { job }) => sum + job.totalBytes, 0))),
  groupRef: progress.shown(text(), ({ group }) => group.ref),
  memberProgress: progress.shown(list(AsyncMirrorGroupMemberSyncProgress), ({ jobs, array }) =>
    jobs.map(({ member, job }) => ({
      percentComplete: array.jobs.percent(job),
      timeToCompletion: array.jobs.minutesLeft(job),
      syncBytes: String(job.totalBytes),
      mirrorRef: member.ref,
      trackingBytes: '0',
    })),
  ),
  groupTrackingBytes: progress.always(Int64, '0'),
});

const progressObject = progress.viewOf(AsyncMirrorGroupSyncProgress);

export function progressView(
  array: StorageArray,
  group: AsyncMirrorGroupRecord,
): Shown<typeof AsyncMirrorGroupSyncProgress> {
  return progressObject(progressFacts(array, group));
}
