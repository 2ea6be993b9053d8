import type { AsyncMirrorGroupRecord, AsyncMirrorMemberRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import { sourceOfCandidate } from './repositories.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import {
  AsyncMirrorGroup,
  AsyncMirrorGroupEx,
  AsyncMirrorGroupMember,
  AsyncMirrorGroupMemberEx,
  AsyncMirrorGroupSyncProgress,
  AsyncMirrorRepositoryUtilization,
} from './schemas/mirrors.js';
import {
  AsyncMirrorGroupCreateRequest,
  AsyncMirrorGroupMemberCreateRequest,
  AsyncMirrorGroupRoleUpdateRequest,
  AsyncMirrorGroupSyncRequest,
  AsyncMirrorGroupUpdateRequest,
} from './schemas/mirrors-requests.js';
import { list } from './schemas/types.js';

function groupView(array: StorageArray, group: AsyncMirrorGroupRecord): object {
  const counterpart = array.asyncMirrors.counterpart(group);
  const members = array.asyncMirrors.members(group.ref);
  const remoteRole = group.role === 'primary' ? 'secondary' : 'primary';
  return {
    groupRef: group.ref,
    worldWideName: group.wwn,
    label: group.label,
    groupState: members.some((member) => member.state === 'failed')
      ? 'rpFailed'
      : members.some((member) => member.state === 'initialSync')
        ? 'initialSync'
        : 'optimal',
    localRole: group.role,
    remoteRole: counterpart === undefined ? 'unknown' : remoteRole,
    roleChangeProgress: 'none',
    syncIntervalMinutes: group.syncIntervalMinutes,
    syncCompletionTimeAlertThresholdMinutes: group.syncWarnThresholdMinutes,
    recoveryPointAgeAlertThresholdMinutes: group.recoveryWarnThresholdMinutes,
    repositoryUtilizationWarnThreshold: group.repositoryWarnThreshold,
    mirrorChannelRemoteTarget: nullRef,
    syncActivity: group.suspended ? 'userSuspended' : array.asyncMirrors.isSynchronising(group.ref) ? 'active' : 'idle',
    orphanGroup: counterpart === undefined,
    connectionType: group.connection,
    remoteTargetWwn: group.peerWwn,
    remoteTargetName: group.peerLabel,
    remoteTargetId: group.peerWwn,
    remoteTarget: null,
    id: group.ref,
  };
}

function memberView(array: StorageArray, member: AsyncMirrorMemberRecord): object {
  const group = array.asyncMirrors.require(member.groupRef);
  const remote = array.asyncMirrors.remoteMember(member);
  const volume = array.tables.volumes.get(member.localVolumeRef);
  const capacity = String(volume?.capacityBytes ?? 0);
  return {
    memberRef: member.ref,
    mirrorGroup: group.ref,
    localVolume: member.localVolumeRef,
    remoteVolume: remote?.localVolumeRef ?? nullRef,
    memberState: remote === undefined ? 'orphan' : member.state,
    lastRecoveryPointTime: String(Math.floor(member.lastRecoveryPointMs / 1000)),
    overUtilizationWarnThreshold: false,
    mirroredLocalCapacity: capacity,
    repositoryVolume: member.repositoryRef,
    worldWideName: member.wwn,
    volumeHandle: member.handle,
    repositoryFull: false,
    localVolumeName: volume?.label ?? '',
    remoteVolumeName: member.remoteVolumeLabel,
    remoteVolumeInfo: null,
    remoteTargetWwn: group.peerWwn,
    remoteTargetName: group.peerLabel,
    remoteTargetId: group.peerWwn,
    totalSizeInBytes: capacity,
    mediaScan: { enable: false, parityValidationEnable: false },
    id: member.ref,
  };
}

function utilizationView(array: StorageArray, member: AsyncMirrorMemberRecord): object {
  return {
    ...blank(AsyncMirrorRepositoryUtilization),
    pitDataBytes: '0',
    deltaLogBytes: '0',
    bytesAvailable: String(array.repositories.require(member.repositoryRef).capacityBytes),
    mirrorRef: member.ref,
    id: member.ref,
  };
}

function progressView(array: StorageArray, group: AsyncMirrorGroupRecord): object {
  const jobs = array.asyncMirrors
    .members(group.ref)
    .flatMap((member) => array.jobs.on(member.ref).map((job) => ({ member, job })));
  const percents = jobs.map(({ job }) => array.jobs.percent(job));
  return {
    groupPercentComplete: percents.length === 0 ? 100 : Math.min(...percents),
    groupTimeToCompletion: Math.max(0, ...jobs.map(({ job }) => array.jobs.minutesLeft(job))),
    groupSyncBytes: String(jobs.reduce((sum, { job }) => sum + job.totalBytes, 0)),
    groupRef: group.ref,
    memberProgress: jobs.map(({ member, job }) => ({
      percentComplete: array.jobs.percent(job),
      timeToCompletion: array.jobs.minutesLeft(job),
      syncBytes: String(job.totalBytes),
      mirrorRef: member.ref,
      trackingBytes: '0',
    })),
    groupTrackingBytes: '0',
  };
}

/** Asynchronous mirroring between two arrays of the process. */
export function asyncMirrorRoutes(routes: Routes): void {
  const settingsOf = (body: {
    readonly syncIntervalMinutes?: number;
    readonly syncWarnThresholdMinutes?: number;
    readonly recoveryWarnThresholdMinutes?: number;
    readonly repoUtilizationWarnThreshold?: number;
  }) => ({
    syncIntervalMinutes: body.syncIntervalMinutes,
    syncWarnThresholdMinutes: body.syncWarnThresholdMinutes,
    recoveryWarnThresholdMinutes: body.recoveryWarnThresholdMinutes,
    repositoryWarnThreshold: body.repoUtilizationWarnThreshold,
  });
  const look = (array: StorageArray) => array.jobs.recordPollOfAll('mirrorSync');

  routes.onArray('getAsyncMirrorGroups', { response: list(AsyncMirrorGroupEx) }, ({ array }) => {
    look(array);
    return array.tables.asyncMirrorGroups.toJSON().map((group) => groupView(array, group));
  });
  routes.onArray('getAsyncMirrorGroup', { response: AsyncMirrorGroupEx }, ({ array, id }) => {
    look(array);
    return groupView(array, array.asyncMirrors.require(id));
  });
  routes.onArray(
    'createAsyncMirrorGroup',
    { body: AsyncMirrorGroupCreateRequest, response: AsyncMirrorGroup },
    ({ array, body, systems }) => {
      const peer = systems.find(body.secondaryArrayId);
      if (peer === undefined)
        throw new RestError('invalidField', `There is no storage system '${body.secondaryArrayId}' to mirror to.`, [
          'secondaryArrayId',
        ]);
      const group = array.asyncMirrors.create({
        label: body.name,
        peerWwn: peer.array?.system.wwn ?? body.secondaryArrayId,
        connection: body.interfaceType === 'fibre' ? 'fibre' : 'iscsi',
        ...settingsOf(body),
        ...(body.manualSync ? { syncIntervalMinutes: 0 } : {}),
      });
      return groupView(array, group);
    },
  );
  routes.onArray(
    'updateAsyncMirrorGroup',
    { body: AsyncMirrorGroupUpdateRequest, response: AsyncMirrorGroup },
    ({ array, id, body }) => groupView(array, array.asyncMirrors.update(id, { label: body.name, ...settingsOf(body) })),
  );
  routes.onArray('deleteAsyncMirrorGroup', {}, ({ array, id }) => array.asyncMirrors.delete(id));
  routes.onArray(
    'updateMirrorRole',
    { body: AsyncMirrorGroupRoleUpdateRequest, response: AsyncMirrorGroup },
    ({ array, id, body }) => {
      if (body.role !== 'primary' && body.role !== 'secondary')
        throw new RestError('invalidField', `The role is '${body.role}': allowed are primary, secondary.`, ['role']);
      const group = array.asyncMirrors.require(id);
      if (body.noSync !== true && body.force !== true && group.role === 'primary' && group.role !== body.role)
        array.asyncMirrors.synchronise(group.ref);
      return groupView(array, array.asyncMirrors.setRole(id, body.role, { force: body.force }));
    },
  );
  routes.onArray('suspendAsyncMirrorGroupSynchronization', {}, ({ array, id }) =>
    array.asyncMirrors.setSuspended(id, true),
  );
  routes.onArray('resumeAsyncMirrorGroupSynchronization', {}, ({ array, id }) =>
    array.asyncMirrors.setSuspended(id, false),
  );
  routes.onArray(
    'startAsyncMirrorGroupSynchronization',
    { body: AsyncMirrorGroupSyncRequest, bodyOptional: true },
    ({ array, id }) => array.asyncMirrors.synchronise(id),
  );
  routes.onArray('getAsyncMirrorGroupSyncProgress', { response: AsyncMirrorGroupSyncProgress }, ({ array, id }) => {
    look(array);
    return progressView(array, array.asyncMirrors.require(id));
  });
  routes.onArray('getAsyncMirrorGroupsSyncProgress', { response: list(AsyncMirrorGroupSyncProgress) }, ({ array }) => {
    look(array);
    return array.tables.asyncMirrorGroups.toJSON().map((group) => progressView(array, group));
  });
  routes.onArray('get-AllAMGMemberVolumes', { response: list(AsyncMirrorGroupMemberEx) }, ({ array, id }) => {
    look(array);
    return array.asyncMirrors.members(array.asyncMirrors.require(id).ref).map((member) => memberView(array, member));
  });
  routes.onArray('getAsyncMirrorGroupMembers', { response: list(AsyncMirrorGroupMemberEx) }, ({ array }) => {
    look(array);
    return array.tables.asyncMirrorMembers.toJSON().map((member) => memberView(array, member));
  });
  for (const [operation, own] of [
    ['get-AMGMemberVolume', true],
    ['getAsyncMirrorGroupMember', false],
  ] as const) {
    routes.onArray(operation, { response: AsyncMirrorGroupMemberEx }, ({ array, id, subId }) => {
      look(array);
      return memberView(array, array.asyncMirrors.member(own ? subId : id));
    });
  }
  routes.onArray(
    'new-AMGMember',
    { body: AsyncMirrorGroupMemberCreateRequest, response: AsyncMirrorGroupMember },
    ({ array, id, body }) => {
      const group = array.asyncMirrors.require(id);
      const peer = array.asyncMirrors.counterpart(group)?.peer ?? array;
      const member = array.asyncMirrors.addMember({
        groupRef: group.ref,
        primaryVolume: body.primaryVolumeRef,
        secondaryVolume: body.secondaryVolumeRef,
        primaryRepository: {
          repositoryPoolRef: body.primaryPoolId,
          repositoryPercent: body.percentCapacity,
          repositorySource: sourceOfCandidate(array, body.primaryRepositoryCandidate),
        },
        secondaryRepository: {
          repositoryPoolRef: body.secondaryPoolId,
          repositoryPercent: body.secondaryPercentCapacity,
          repositorySource: sourceOfCandidate(peer, body.secondaryRepositoryCandidate),
        },
      });
      return memberView(array, member);
    },
  );
  routes.onArray('remove-AMGMember', {}, ({ array, id, subId }) => array.asyncMirrors.removeMember(id, subId));
  routes.onArray(
    'getAsyncMirrorGroupMembersRepositoryUtilization',
    { response: list(AsyncMirrorRepositoryUtilization) },
    ({ array }) => array.tables.asyncMirrorMembers.toJSON().map((member) => utilizationView(array, member)),
  );
  routes.onArray(
    'getAsyncMirrorGroupMemberRepositoryUtilization',
    { response: AsyncMirrorRepositoryUtilization },
    ({ array, id }) => utilizationView(array, array.asyncMirrors.member(id)),
  );
  routes.onArray('get-IncompleteAMG', {}, () => []);
}
