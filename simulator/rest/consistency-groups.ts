import { RestError } from './errors.js';
import { int64, readLeniently } from './lenient-schema.js';
import {
  consistencyGroupView,
  groupViewView,
  memberView,
  PITCGMember,
  PITConsistencyGroup,
  PITConsistencyGroupView,
} from './objects/consistency-groups.js';
import { PitViewEx, snapshotVolumeView } from './objects/snapshot-volumes.js';
import { Snapshot, snapshotImageView } from './objects/snapshots.js';
import { apiRoot, writers } from './operations.js';
import { sourceOfCandidate } from './repositories.js';
import type { Routes } from './route.js';

import {
  AddBatchCGMembersRequest,
  AddConsistencyGroupMemberRequest,
  CGSnapshotViewRequest,
  ConsistencyGroupCreateRequest,
  ConsistencyGroupUpdateRequest,
  CreateConsistencyGroupSnapshotViewRequest,
} from './schemas/consistency-groups-requests.js';

import { boolean, Int64, list, object, optional, type Static, text } from './schemas/types.js';
import { ConcatVolumeCandidateInput } from './schemas/volumes-requests.js';
import { fullPolicyOf, rollbackPriorityOf } from './snapshot-groups.js';
import { accessModeOf } from './snapshot-volumes.js';

function settingsOf(body: Static<typeof ConsistencyGroupUpdateRequest>) {
  return {
    label: body.name,
    warnThreshold: body.fullWarnThresholdPercent,
    autoDeleteLimit: body.autoDeleteThreshold,
    fullPolicy: fullPolicyOf(body.repositoryFullPolicy),
    rollbackPriority: rollbackPriorityOf(body.rollbackPriority),
  };
}

/** A sequence number in a path. Throws RestError when it is none. */
function sequenceOf(textual: string): number {
  if (!/^\d+$/.test(textual))
    throw new RestError('invalidField', `'${textual}' is no snapshot sequence number.`, ['sequenceNumber']);
  return int64(textual, 'sequenceNumber');
}

const BatchViewRequest = object({
  name: text(),
  pitSequenceNumber: optional(Int64),
  requests: list(CGSnapshotViewRequest),
});

export function consistencyGroupRoutes(routes: Routes): void {
  routes.onArray('get-AllConsistencyGroups', { response: list(PITConsistencyGroup) }, ({ array }) =>
    array.tables.consistencyGroups.toJSON().map((group) => consistencyGroupView(array, group)),
  );
  routes.onArray('get-ConsistencyGroup', { response: PITConsistencyGroup }, ({ array, id }) =>
    consistencyGroupView(array, array.consistencyGroups.require(id)),
  );
  routes.onArray(
    'new-ConsistencyGroup',
    { body: ConsistencyGroupCreateRequest, response: PITConsistencyGroup },
    ({ array, body }) =>
      consistencyGroupView(array, array.consistencyGroups.create({ ...settingsOf(body), label: body.name })),
  );
  routes.onArray(
    'update-ConsistencyGroup',
    { body: ConsistencyGroupUpdateRequest, response: PITConsistencyGroup },
    ({ array, id, body }) => consistencyGroupView(array, array.consistencyGroups.update(id, settingsOf(body))),
  );
  routes.onArray('remove-ConsistencyGroup', {}, ({ array, id }) => array.consistencyGroups.delete(id));
  memberRoutes(routes);
  memberRemovalRoutes(routes);
  snapshotRoutes(routes);
  viewRoutes(routes);
}

function memberRoutes(routes: Routes): void {
  routes.onArray('get-AllConsistencyGroupMembers', { response: list(PITCGMember) }, ({ array }) =>
    array.tables.consistencyGroups
      .toJSON()
      .flatMap((group) => array.consistencyGroups.members(group.ref).map((member) => memberView(array, member))),
  );
  routes.onArray('get-AllConsistencyGroupMembersList', { response: list(PITCGMember) }, ({ array, id }) =>
    array.consistencyGroups.members(array.consistencyGroups.require(id).ref).map((member) => memberView(array, member)),
  );
  routes.onArray('get-ConsistencyGroupMembers', { response: PITCGMember }, ({ array, id, subId }) =>
    memberView(array, array.consistencyGroups.member(array.consistencyGroups.require(id).ref, subId)),
  );
  routes.onArray(
    'new-ConsistencyGroupMember',
    { body: AddConsistencyGroupMemberRequest, response: PITCGMember },
    ({ array, id, body }) =>
      memberView(
        array,
        array.consistencyGroups.addMember(id, body.volumeId, {
          repositoryPercent: body.repositoryPercent,
          repositoryPoolRef: body.repositoryPoolId || undefined,
          repositorySource: sourceOfCandidate(array, body.repositoryCandidate),
        }),
      ),
  );
  routes.onArray(
    'new-MultipleConsistencyGroupMembers',
    { body: AddBatchCGMembersRequest, response: list(PITCGMember) },
    ({ array, id, body }) =>
      array.transact(() => {
        array.consistencyGroups.require(id);
        return Object.entries(body.volumeToCandidates).map(([volume, given]) => {
          const candidate =
            given === null
              ? undefined
              : (readLeniently(ConcatVolumeCandidateInput, given, `volumeToCandidates.${volume}`) as Static<
                  typeof ConcatVolumeCandidateInput
                >);
          return memberView(
            array,
            array.consistencyGroups.addMember(id, volume, { repositorySource: sourceOfCandidate(array, candidate) }),
          );
        });
      }),
  );
}

function memberRemovalRoutes(routes: Routes): void {
  const retain = object({ retainRepositories: optional(boolean()) });
  routes.onArray('remove-ConsistencyGroupMember', { query: retain }, ({ array, id, subId, query }) =>
    array.consistencyGroups.removeMember(id, subId, { retainRepositories: query.retainRepositories }),
  );
  routes.onArray(
    {
      id: 'removeConsistencyGroupMemberByOldPath',
      method: 'DELETE',
      path: `${apiRoot}/storage-systems/:systemId/consistency-groups/:id/members/:volumeRef`,
      mode: 'both',
      roles: writers,
      tag: 'Copy-Services',
      status: 204,
    },
    { query: retain },
    ({ array, id, subId, query }) =>
      array.consistencyGroups.removeMember(id, subId, { retainRepositories: query.retainRepositories }),
  );
}

function snapshotRoutes(routes: Routes): void {
  routes.onArray('getAllConsistencyGroupSnapshots', { response: list(Snapshot) }, ({ array, id }) =>
    array.consistencyGroups
      .images(array.consistencyGroups.require(id).ref)
      .map((image) => snapshotImageView(array, image)),
  );
  routes.onArray('newConsistencyGroupSnapshot', { response: list(Snapshot) }, ({ array, id }) =>
    array.consistencyGroups.createSnapshot(id).map((image) => snapshotImageView(array, image)),
  );
  routes.onArray('getConsistencyGroupSnapshots', { response: list(Snapshot) }, ({ array, id, subId }) => {
    const images = array.consistencyGroups.images(array.consistencyGroups.require(id).ref, sequenceOf(subId));
    if (images.length === 0) throw new RestError('notFound', `Consistency group '${id}' has no snapshot ${subId}.`);
    return images.map((image) => snapshotImageView(array, image));
  });
  routes.onArray('removeConsistencyGroupSnapshot', {}, ({ array, id, subId }) =>
    array.consistencyGroups.deleteSnapshot(id, sequenceOf(subId)),
  );
  routes.onArray('rollbackConsistencyGroupSnapshot', {}, ({ array, id, subId }) =>
    array.consistencyGroups.rollback(id, sequenceOf(subId)),
  );
}

function viewRoutes(routes: Routes): void {
  routes.onArray('get-AllConsistencyGroupSnapshotViews', { response: list(PITConsistencyGroupView) }, ({ array }) =>
    array.tables.consistencyGroupViews.toJSON().map(groupViewView),
  );
  routes.onArray(
    'get-AllConsistencyGroupSnapshotViewsList',
    { response: list(PITConsistencyGroupView) },
    ({ array, id }) => array.consistencyGroupViews.inGroup(array.consistencyGroups.require(id).ref).map(groupViewView),
  );
  routes.onArray('get-ConsistencyGroupSnapshotView', { response: PITConsistencyGroupView }, ({ array, id, subId }) =>
    groupViewView(array.consistencyGroupViews.require(id, subId)),
  );
  routes.onArray('get-ConsistencyGroupSnapshotVolumes', { response: list(PitViewEx) }, ({ array, id, subId }) =>
    array.snapshotVolumes
      .ofGroupView(array.consistencyGroupViews.require(id, subId).ref)
      .map((view) => snapshotVolumeView(array, view)),
  );
  routes.onArray(
    'new-ConsistencyGroupSnapshotView',
    { body: CreateConsistencyGroupSnapshotViewRequest, response: PITConsistencyGroupView },
    ({ array, id, body }) => {
      const group = array.consistencyGroups.require(id);
      const members =
        body.pitId === undefined
          ? array.consistencyGroups.images(
              group.ref,
              body.pitSequenceNumber === undefined
                ? array.consistencyGroups.sequences(group.ref).at(-1)
                : sequenceOf(body.pitSequenceNumber),
            )
          : [array.snapshotImages.require(body.pitId)];
      const view = array.consistencyGroupViews.create(group.ref, {
        label: body.name,
        members: members.map((image) => ({ imageRef: image.ref })),
        accessMode: accessModeOf(body.accessMode),
        repositoryPercent: body.repositoryPercent,
        repositoryPoolRef: body.repositoryPoolId || undefined,
      });
      return groupViewView(view);
    },
  );
  routes.onArray(
    'new-ConsistencyGroupSnapshotViewDetailed',
    { body: BatchViewRequest, response: PITConsistencyGroupView },
    ({ array, id, body }) => {
      const members = body.requests.map((request) => ({
        imageRef: request.pitId,
        accessMode: accessModeOf(request.accessMode),
        repositorySource: sourceOfCandidate(array, request.candidate),
      }));
      return groupViewView(array.consistencyGroupViews.create(id, { label: body.name, members }));
    },
  );
  routes.onArray('remove-ConsistencyGroupSnapshotView', {}, ({ array, id, subId }) =>
    array.consistencyGroupViews.delete(id, subId),
  );
}
