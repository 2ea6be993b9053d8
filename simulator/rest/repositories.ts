import { ArrayError } from '../array/errors.js';
import { diskPoolGranularityBytes } from '../array/pool-capacity.js';
import type { PoolRecord, VolumeRecord } from '../array/records.js';
import { defaultRepositoryPercent, type RepositorySource } from '../array/repositories.js';
import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import { int64 } from './lenient-schema.js';
import { ConcatRepositoryVolume, repositoryView } from './objects/repositories.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';

import {
  ConcatVolumeReductionRequest,
  CVCandidateMultipleSelectionRequest,
  CVCandidateSelectionRequest,
} from './schemas/repositories-requests.js';
import { boolean, integer, list, object, optional, type Static, text } from './schemas/types.js';
import {
  type ConcatVolumeCandidateInput,
  ConcatVolumeExpansionRequest,
  VolumeCandidateInput,
} from './schemas/volumes-requests.js';
import { onSymbol } from './symbol.js';

/** A candidate that a client echoes, as where the members of a repository come from; undefined without one. */
export function sourceOfCandidate(
  array: StorageArray,
  candidate: Static<typeof ConcatVolumeCandidateInput> | undefined,
): RepositorySource | undefined {
  if (candidate === undefined) return undefined;
  const fresh = candidate.newVolCandidate;
  if (candidate.candType !== 'existingVols' && fresh !== undefined) {
    const poolRef = fresh.memberCandidate?.volumeGroupRef ?? '';
    const pool =
      array.pools.find(fresh.memberVolumeGroupLabel ?? '') ??
      array.pools.find(poolRef) ??
      poolOfExtent(array, fresh.memberCandidate?.freeExtentRef);
    if (pool === undefined)
      throw new ArrayError(
        'invalidVolumegroupref',
        'The repository candidate names no storage pool of this array.',
        'repositoryCandidate',
      );
    const capacityBytes = int64(
      fresh.memberCapacity ?? fresh.memberCandidate?.usableSize ?? '0',
      'repositoryCandidate.newVolCandidate.memberCapacity',
    );
    if (capacityBytes <= 0)
      throw new ArrayError(
        'invalidRepositoryCapacity',
        'The repository candidate has no capacity.',
        'repositoryCandidate',
      );
    return { kind: 'new', poolRef: pool.ref, capacityBytes };
  }
  const existing = candidate.existVolCandidate;
  if (existing !== undefined) {
    const memberRefs = existing.refType === 'label' ? (existing.memberLabel ?? []) : (existing.memberVolumeRef ?? []);
    return { kind: 'existing', memberRefs };
  }
  throw new RestError('invalidField', 'The repository candidate has neither newVolCandidate nor existVolCandidate.', [
    'repositoryCandidate',
  ]);
}

function poolOfExtent(array: StorageArray, extentRef: string | undefined): PoolRecord | undefined {
  return array.tables.pools.toJSON().find((pool) => extentRef?.toUpperCase().endsWith(pool.wwn));
}

function newVolumeCandidate(
  array: StorageArray,
  base: VolumeRecord,
  pool: PoolRecord,
  percent: number,
): object | undefined {
  const bytes = array.repositories.capacityFor(pool, base.capacityBytes, percent);
  if (bytes > array.pools.freeBytes(pool)) return undefined;
  const samePool = pool.ref === base.poolRef;
  const [drive] = array.drives.inPool(pool.ref);
  const [baseDrive] = array.drives.inPool(base.poolRef);
  const capacity = String(bytes);
  return {
    ...matches(array, base, pool),
    baseMappableObjectId: base.ref,
    candidate: {
      candType: 'newVol',
      newVolCandidate: {
        memberVolumeLabel: array.repositories.upcomingLabel(),
        memberVolumeGroupLabel: pool.label,
        memberCandidate: {
          ...candidateBlank(),
          raidLevel: pool.raidLevel,
          usableSize: capacity,
          rawSize: capacity,
          driveCount: array.drives.inPool(pool.ref).length,
          volumeGroupRef: pool.ref,
          phyDriveType: drive?.physicalType ?? 'unknown',
          driveMediaType: drive?.media ?? 'unknown',
        },
        memberCapacity: capacity,
      },
      existVolCandidate: null,
      expansionDescriptor: null,
    },
    candidateType: 'newVol',
    capacity,
    samePool,
    driveTypeMatch: drive?.media === baseDrive?.media,
    existingCandidate: false,
  };
}

function candidateBlank(): object {
  return { ...blank(VolumeCandidateInput), driveRefList: { driveRef: [] }, candidateSelectionType: 'freeExtent' };
}

function matches(array: StorageArray, base: VolumeRecord, pool: PoolRecord) {
  const basePool = array.pools.require(base.poolRef);
  return {
    capacityMatch: true,
    daMatch: true,
    diskPool: pool.diskPool !== null,
    qosMatch: pool.ref === base.poolRef,
    raidLevelMatch: pool.raidLevel === basePool.raidLevel,
    securityMatch: pool.securityEnabled === basePool.securityEnabled,
    volumeGroupId: pool.ref,
  };
}

/** Free repository volumes large enough to be used again. */
function existingCandidates(array: StorageArray, base: VolumeRecord, percent: number): object[] {
  return array.repositories
    .freeMembers()
    .filter((member) => member.capacityBytes * 100 >= base.capacityBytes * percent)
    .map((member) => ({
      ...matches(array, base, array.pools.require(member.poolRef)),
      baseMappableObjectId: base.ref,
      candidate: {
        candType: 'existingVols',
        newVolCandidate: null,
        existVolCandidate: { refType: 'volref', memberVolumeRef: [member.ref], memberLabel: [member.label] },
        expansionDescriptor: null,
      },
      candidateType: 'existingVols',
      capacity: String(member.capacityBytes),
      samePool: member.poolRef === base.poolRef,
      driveTypeMatch: true,
      existingCandidate: true,
    }));
}

function candidatesFor(
  array: StorageArray,
  wanted: { readonly baseVolumeRef?: string; readonly percentCapacity?: number },
  useFree: boolean,
): object[] {
  const base = array.volumes.require(wanted.baseVolumeRef ?? '');
  const percent = wanted.percentCapacity ?? defaultRepositoryPercent;
  const pools = array.tables.pools
    .toJSON()
    .sort((a, b) => Number(b.ref === base.poolRef) - Number(a.ref === base.poolRef));
  const fresh = pools.flatMap((pool) => newVolumeCandidate(array, base, pool, percent) ?? []);
  return useFree ? [...existingCandidates(array, base, percent), ...fresh] : fresh;
}

const TrimRequest = object({ concatVol: text(), trimCount: integer(), retainRepositoryMembers: optional(boolean()) });

export function repositoryRoutes(routes: Routes): void {
  routes.onArray('getAllConcatRepositoryVolumes', { response: list(ConcatRepositoryVolume) }, ({ array }) =>
    array.tables.repositories.toJSON().map((repository) => repositoryView(array, repository)),
  );
  routes.onArray('getConcatRepositoryVolume', { response: ConcatRepositoryVolume }, ({ array, id }) =>
    repositoryView(array, array.repositories.require(id)),
  );
  routes.onArray('getConcatVolumeCandidates', { body: CVCandidateSelectionRequest }, ({ array, body }) =>
    candidatesFor(array, body.candidateRequest, body.useFreeRepositoryVolumes ?? false),
  );
  routes.onArray(
    'getMultipleConcatVolumeCandidates',
    { body: CVCandidateMultipleSelectionRequest },
    ({ array, body }) =>
      (body.candidateRequests ?? [])
        .map((wanted) => candidatesFor(array, wanted, body.useFreeRepositoryVolumes ?? false)[0] ?? null)
        .filter((candidate) => candidate !== null),
  );
  routes.onArray(
    'expandConcatVolume',
    { body: ConcatVolumeExpansionRequest, response: ConcatRepositoryVolume },
    ({ array, id, body }) => {
      const additional = body.expansionCandidate.expansionDescriptor?.additionalCapacity;
      const source =
        additional === undefined
          ? sourceOfCandidate(array, body.expansionCandidate)
          : directSource(array, id, int64(additional, 'additionalCapacity'));
      if (source === undefined)
        throw new RestError('missingField', "The property 'expansionCandidate' is required.", ['expansionCandidate']);
      return repositoryView(array, array.repositories.expand(id, source));
    },
  );
  routes.onArray(
    'reduceConcatVolume',
    { body: ConcatVolumeReductionRequest, response: ConcatRepositoryVolume },
    ({ array, id, body }) =>
      repositoryView(array, array.repositories.trim(id, body.reductionCount, body.retainMembers ?? false)),
  );
  onSymbol(routes, 'trimConcatVolume', { body: TrimRequest }, ({ array, body }) => {
    array.repositories.trim(body.concatVol, body.trimCount, body.retainRepositoryMembers ?? false);
  });
}

/** More capacity in the pool that the repository is in. */
function directSource(array: StorageArray, id: string, capacityBytes: number): RepositorySource {
  const [member] = array.repositories.require(id).memberRefs;
  const { poolRef } = array.volumes.require(member ?? '');
  return {
    kind: 'new',
    poolRef,
    capacityBytes: Math.max(
      capacityBytes,
      array.pools.require(poolRef).diskPool === null ? 1 : diskPoolGranularityBytes,
    ),
  };
}
