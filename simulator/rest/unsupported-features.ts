import { ArrayError, ObjectNotFound } from '../array/errors.js';
import type { Routes } from './route.js';
import {
  boolean,
  integer,
  list,
  number,
  object,
  oneOf,
  optional,
  type TSchema,
  text,
  unknown,
} from './schemas/types.js';

/** What a feature that the array does not have answers, by operation: its lists are empty, and its objects unknown. */
interface Feature {
  readonly name: string;
  readonly objectType: string;
  /** Answer an empty list. */
  readonly lists: readonly string[];
  /** Name an object of the feature, which does not exist; with what they take. */
  readonly ofObjects: Readonly<Record<string, TSchema | null>>;
  /** Would make the first object; with what they take. */
  readonly makers: Readonly<Record<string, TSchema>>;
}

const FullPolicy = oneOf('failwrites', 'failsnap');
const Priority = oneOf('lowest', 'low', 'medium', 'high', 'highest');

const legacySnapshots: Feature = {
  name: 'Snapshots of before snapshot groups',
  objectType: 'legacy snapshot',
  lists: ['get-AllLegacySnapshots', 'get-AllLegacySnapshotRepoStats'],
  ofObjects: {
    'get-LegacySnapshot': null,
    'get-LegacySnapshotRepoStats': null,
    'remove-LegacySnapshot': null,
    'update-LegacySnapshot': object({
      warningThreshold: optional(integer()),
      fullPolicy: optional(FullPolicy),
      newName: optional(text()),
      recreateSnapshot: optional(boolean()),
    }),
  },
  makers: {
    'new-LegacySnapshot': object({
      baseVolumeId: text(),
      name: text(),
      repositoryPercentage: optional(number()),
      warningThreshold: integer(),
      fullPolicy: optional(FullPolicy),
      storagePoolId: optional(text()),
    }),
  },
};

const remoteMirrorPairs: Feature = {
  name: 'Synchronous mirroring',
  objectType: 'remote mirror pair',
  lists: ['get-AllRemoteVolumeMirrors'],
  ofObjects: {
    'get-RemoteVolumeMirror': null,
    'remove-RemoteVolumeMirror': null,
    'test-RemoteVolumeMirrorCommunication': null,
    'get-RemoteVolumeMirrorSyncProcess': null,
    'update-RemoteVolumeMirror': object({
      baseVolumeId: text(),
      remoteVolumeId: text(),
      updateType: oneOf('suspend', 'resume', 'resync', 'roleChange', 'updateParams'),
      role: optional(integer()),
      priority: optional(integer()),
      writeMode: optional(integer()),
      autoResync: optional(boolean()),
    }),
  },
  makers: {
    'new-RemoteVolumeMirror': object({
      srcVolID: text(),
      tgtVolWWN: text(),
      remoteArrayId: text(),
      copyType: integer(),
      priority: integer(),
      autoResync: boolean(),
    }),
  },
};

const remoteStorage: Feature = {
  name: 'Import of volumes from remote storage',
  objectType: 'remote storage object',
  lists: [
    'getRemoteStorageConfigurations',
    'getRemoteStorageUsableInterfaces',
    'getRemoteStorageVolumes',
    'listRemoteVolumeImports',
  ],
  ofObjects: {
    getRemoteStorage: null,
    updateRemoteStorage: object({ genericTarget: optional(unknown()) }),
    deleteRemoteStorage: null,
    getRemoteStorageVolume: null,
    updateRemoteStorageVolume: object({ owningControllerId: optional(text()) }),
    deleteRemoteStorageVolume: null,
    getRemoteVolumeImportTargetCandidates: null,
    modifyRemoteVolumeImport: object({
      priority: optional(Priority),
      operation: optional(oneOf('start', 'stop')),
    }),
    deleteRemoteVolumeImport: null,
  },
  makers: {
    createRemoteStorage: object({
      name: text(),
      remoteStorageType: oneOf('genericTarget'),
      genericTarget: optional(object({ connectionType: oneOf('iscsi'), iscsi: optional(unknown()) })),
    }),
    createRemoteStorageVolume: object({
      name: text(),
      remoteStorageId: text(),
      owningControllerId: optional(text()),
      lunNumber: integer(),
    }),
    createRemoteVolumeImport: object({
      sourceVolumeId: text(),
      targetVolumeId: text(),
      priority: optional(Priority),
    }),
  },
};

/**
 * Features that arrays of today no longer have, or that this one never had. Nothing can be made of them, and so there is
 * nothing to read, change or delete.
 */
export function unsupportedFeatureRoutes(routes: Routes): void {
  for (const { name, objectType, lists, ofObjects, makers } of [legacySnapshots, remoteMirrorPairs, remoteStorage]) {
    for (const operation of lists) routes.onArray(operation, { response: list(unknown()) }, () => []);
    for (const [operation, body] of Object.entries(ofObjects))
      routes.onArray(operation, body === null ? {} : { body }, ({ id }) => {
        throw new ObjectNotFound('invalidRequest', objectType, id);
      });
    for (const [operation, body] of Object.entries(makers))
      routes.onArray(operation, { body }, () => {
        throw new ArrayError('notImplemented', `${name} is not supported by this model.`);
      });
  }
  // The candidates to mirror a volume to: no array takes part.
  routes.onArray('get-RemoteVolumeMirrorCandidates', { response: list(unknown()) }, ({ array, id }) => {
    array.volumes.require(id);
    return [];
  });
}
