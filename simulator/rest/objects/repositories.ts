import type { RepositoryRecord } from '../../array/records.js';
import type { StorageArray } from '../../array/storage-array.js';
import { ObjectTypeName } from '../schemas/enums.js';
import { type Shown, showing } from '../schemas/shown.js';
import { Int64, integer, list, nullable, object, oneOf, text, without } from '../schemas/types.js';
import { VolumeMediaScanParams, VolumePerms } from '../schemas/volumes.js';
import { permissions } from './volumes.js';

function repositoryFacts(array: StorageArray, repository: RepositoryRecord) {
  const [member] = repository.memberRefs;
  const first = member === undefined ? undefined : array.tables.volumes.get(member);
  return { repository, first };
}

const repository = showing<ReturnType<typeof repositoryFacts>>();

export const ConcatRepositoryVolume = object({
  concatVolRef: repository.shown(text(), ({ repository }) => repository.ref),
  status: repository.shown(oneOf('unknown', 'optimal', 'degraded', 'failed', '__UNDEFINED'), ({ first }) =>
    first?.status === 'failed' ? 'failed' : first?.status === 'degraded' ? 'degraded' : 'optimal',
  ),
  memberCount: repository.shown(integer(), ({ repository }) => repository.memberRefs.length),
  aggregateCapacity: repository.shown(Int64, ({ repository }) => String(repository.capacityBytes)),
  mediaScanParams: repository.always(nullable(VolumeMediaScanParams), { enable: false, parityValidationEnable: false }),
  volumeHandle: repository.shown(integer(), ({ repository }) => repository.handle),
  allowedOperations: repository.always(nullable(VolumePerms), permissions.member),
  memberRefs: repository.shown(list(text()), ({ repository }) => repository.memberRefs),
  baseObjectType: repository.shown(
    ObjectTypeName,
    ({ repository }) =>
      (
        ({
          snapshotGroup: 'snapshotGroup',
          snapshotVolume: 'pitView',
          thinVolume: 'thinVolume',
          asyncMirrorMember: 'asyncMirrorGroupMember',
        }) as const
      )[repository.baseKind],
  ),
  baseObjectId: repository.shown(text(), ({ repository }) => repository.baseRef),
  id: repository.shown(text(), ({ repository }) => repository.ref),
});

export const ConcatVolume = without(ConcatRepositoryVolume, 'memberRefs', 'baseObjectType', 'baseObjectId');

const repositoryObject = repository.viewOf(ConcatRepositoryVolume);

export function repositoryView(
  array: StorageArray,
  repository: RepositoryRecord,
): Shown<typeof ConcatRepositoryVolume> {
  return repositoryObject(repositoryFacts(array, repository));
}
