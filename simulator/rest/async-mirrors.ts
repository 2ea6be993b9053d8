import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import { mirrorConnectionRoutes } from './mirror-connections.js';
import {
  AsyncMirrorGroup,
  AsyncMirrorGroupEx,
  AsyncMirrorGroupMember,
  AsyncMirrorGroupMemberEx,
  AsyncMirrorGroupSyncProgress,
  AsyncMirrorRepositoryUtilization,
  groupView,
  memberView,
  progressView,
  utilizationView,
} from './objects/async-mirrors.js';
import { sourceOfCandidate } from './repositories.js';
import type { Routes } from './route.js';
import {
  AsyncMirrorGroupCreateRequest,
  AsyncMirrorGroupMemberCreateRequest,
  AsyncMirrorGroupRoleUpdateRequest,
  AsyncMirrorGroupSyncRequest,
  AsyncMirrorGroupUpdateRequest,
} from './schemas/mirrors-requests.js';
import { list } from './schemas/types.js';

/** Asynchronous mirroring between two arrays of the process. */
export function asyncMirrorRoutes(routes: Routes): void {
  groupRoutes(routes);
  synchronisationRoutes(routes);
  memberRoutes(routes);
  utilizationRoutes(routes);
  mirrorConnectionRoutes(routes);
}

function groupRoutes(routes: Routes): void {
  routes.onArray('getAsyncMirrorGroups', { response: list(AsyncMirrorGroupEx) }, ({ array }) => {
    recordSyncPoll(array);
    return array.tables.asyncMirrorGroups.toJSON().map((group) => groupView(array, group));
  });
  routes.onArray('getAsyncMirrorGroup', { response: AsyncMirrorGroupEx }, ({ array, id }) => {
    recordSyncPoll(array);
    return groupView(array, array.asyncMirrorGroups.require(id));
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
      const group = array.asyncMirrorGroups.create({
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
    ({ array, id, body }) =>
      groupView(array, array.asyncMirrorGroups.update(id, { label: body.name, ...settingsOf(body) })),
  );
  routes.onArray('deleteAsyncMirrorGroup', {}, ({ array, id }) => array.asyncMirrorGroups.delete(id));
  routes.onArray(
    'updateMirrorRole',
    { body: AsyncMirrorGroupRoleUpdateRequest, response: AsyncMirrorGroup },
    ({ array, id, body }) => {
      if (body.role !== 'primary' && body.role !== 'secondary')
        throw new RestError('invalidField', `The role is '${body.role}': allowed are primary, secondary.`, ['role']);
      const group = array.asyncMirrorGroups.require(id);
      if (body.noSync !== true && body.force !== true && group.role === 'primary' && group.role !== body.role)
        array.mirrorSync.startGroup(group.ref);
      return groupView(array, array.asyncMirrorGroups.setRole(id, body.role, { force: body.force }));
    },
  );
  routes.onArray('get-IncompleteAMG', {}, () => []);
}

function synchronisationRoutes(routes: Routes): void {
  routes.onArray('suspendAsyncMirrorGroupSynchronization', {}, ({ array, id }) =>
    array.asyncMirrorGroups.setSuspended(id, true),
  );
  routes.onArray('resumeAsyncMirrorGroupSynchronization', {}, ({ array, id }) =>
    array.asyncMirrorGroups.setSuspended(id, false),
  );
  routes.onArray(
    'startAsyncMirrorGroupSynchronization',
    { body: AsyncMirrorGroupSyncRequest, bodyOptional: true },
    ({ array, id }) => array.mirrorSync.startGroup(id),
  );
  routes.onArray('getAsyncMirrorGroupSyncProgress', { response: AsyncMirrorGroupSyncProgress }, ({ array, id }) => {
    recordSyncPoll(array);
    return progressView(array, array.asyncMirrorGroups.require(id));
  });
  routes.onArray('getAsyncMirrorGroupsSyncProgress', { response: list(AsyncMirrorGroupSyncProgress) }, ({ array }) => {
    recordSyncPoll(array);
    return array.tables.asyncMirrorGroups.toJSON().map((group) => progressView(array, group));
  });
}

function memberRoutes(routes: Routes): void {
  routes.onArray('get-AllAMGMemberVolumes', { response: list(AsyncMirrorGroupMemberEx) }, ({ array, id }) => {
    recordSyncPoll(array);
    return array.asyncMirrorMembers
      .ofGroup(array.asyncMirrorGroups.require(id).ref)
      .map((member) => memberView(array, member));
  });
  routes.onArray('getAsyncMirrorGroupMembers', { response: list(AsyncMirrorGroupMemberEx) }, ({ array }) => {
    recordSyncPoll(array);
    return array.tables.asyncMirrorMembers.toJSON().map((member) => memberView(array, member));
  });
  for (const [operation, own] of [
    ['get-AMGMemberVolume', true],
    ['getAsyncMirrorGroupMember', false],
  ] as const) {
    routes.onArray(operation, { response: AsyncMirrorGroupMemberEx }, ({ array, id, subId }) => {
      recordSyncPoll(array);
      return memberView(array, array.asyncMirrorMembers.require(own ? subId : id));
    });
  }
  routes.onArray(
    'new-AMGMember',
    { body: AsyncMirrorGroupMemberCreateRequest, response: AsyncMirrorGroupMember },
    ({ array, id, body }) => {
      const group = array.asyncMirrorGroups.require(id);
      const peer = array.asyncMirrorGroups.counterpart(group)?.peer ?? array;
      const member = array.asyncMirrorMembers.add({
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
  routes.onArray('remove-AMGMember', {}, ({ array, id, subId }) => array.asyncMirrorMembers.remove(id, subId));
}

function utilizationRoutes(routes: Routes): void {
  routes.onArray(
    'getAsyncMirrorGroupMembersRepositoryUtilization',
    { response: list(AsyncMirrorRepositoryUtilization) },
    ({ array }) => array.tables.asyncMirrorMembers.toJSON().map((member) => utilizationView(array, member)),
  );
  routes.onArray(
    'getAsyncMirrorGroupMemberRepositoryUtilization',
    { response: AsyncMirrorRepositoryUtilization },
    ({ array, id }) => utilizationView(array, array.asyncMirrorMembers.require(id)),
  );
}

function settingsOf(body: {
  readonly syncIntervalMinutes?: number;
  readonly syncWarnThresholdMinutes?: number;
  readonly recoveryWarnThresholdMinutes?: number;
  readonly repoUtilizationWarnThreshold?: number;
}) {
  return {
    syncIntervalMinutes: body.syncIntervalMinutes,
    syncWarnThresholdMinutes: body.syncWarnThresholdMinutes,
    recoveryWarnThresholdMinutes: body.recoveryWarnThresholdMinutes,
    repositoryWarnThreshold: body.repoUtilizationWarnThreshold,
  };
}

/** A client that reads mirrors sees how far their synchronisation is: jobs may end after so many polls. */
function recordSyncPoll(array: StorageArray): void {
  array.jobs.recordPollOfAll('mirrorSync');
}
