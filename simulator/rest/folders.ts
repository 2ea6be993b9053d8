import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystem, StorageSystems } from '../array/storage-systems.js';
import { RestError } from './errors.js';
import { onKeeper, refuseField } from './keeper.js';
import type { Routes } from './route.js';
import { FolderCreateRequest, FolderUpdateRequest, Folder as FolderView } from './schemas/folders.js';
import { list, type Static, text } from './schemas/types.js';

type Folder = Static<typeof FolderView>;

const kind = 'station/folder';
const deepest = 10;

function folderOf(array: StorageArray, id: string): Folder {
  return array.documents.require<Folder>(kind, id, 'folder');
}

/** Throws RestError for a folder that cannot be: its name, its parent, its systems. */
function checked(array: StorageArray, systems: StorageSystems, folder: Folder): Folder {
  if (folder.name.trim() === '' || folder.name.length > 255)
    throw refuseField('name', folder.name, 'a name of 1 to 255 characters');
  const siblings = array.documents.list<Folder>(kind).filter((each) => each.folderId !== folder.folderId);
  if (siblings.some((each) => each.parentFolderId === folder.parentFolderId && each.name === folder.name))
    throw refuseField('name', folder.name, 'a name that no other folder there has');
  let depth = 0;
  for (let parent = folder.parentFolderId; parent !== ''; parent = folderOf(array, parent).parentFolderId)
    if (parent === folder.folderId || ++depth > deepest)
      throw refuseField('parentId', folder.parentFolderId, `a folder outside this one, ${deepest} deep at most`);
  const unknown = folder.storageSystemIds.find((id) => systems.find(id) === undefined);
  if (unknown !== undefined) throw refuseField('storageSystemIds', unknown, 'the id of a known storage system');
  return folder;
}

/** Whether a system fits a folder's rules: all of them. */
function fits(rules: Folder['rules'], { id, array, tags, controllerAddresses, online }: StorageSystem): boolean {
  const attributes: Readonly<Record<string, readonly string[]>> = {
    id: [id],
    ip: controllerAddresses,
    name: [array?.system.label ?? ''],
    model: [array?.system.model ?? ''],
    status: [online ? 'optimal' : 'offline'],
  };
  return rules.every(({ ruleType, key, value }) => {
    const values = ruleType === 'metadata' ? tags.find((tag) => tag.key === key)?.valueList : attributes[key];
    return values?.includes(value) ?? false;
  });
}

/** Folders of storage systems, on a proxy: systems by name, or by rules. */
export function folderRoutes(routes: Routes): void {
  onKeeper(routes, 'getFolders', { response: list(FolderView) }, ({ array }) => array.documents.list<Folder>(kind));
  onKeeper(routes, 'createFolder', { body: FolderCreateRequest, response: FolderView }, ({ array, systems, body }) =>
    array.transact(() => {
      const folder: Folder = {
        folderId: array.newRandom('folder').hex(32).toLowerCase(),
        parentFolderId: body.parentId ?? '',
        name: body.name,
        reserved: false,
        rules: body.rules ?? [],
        storageSystemIds: body.storageSystemIds ?? [],
      };
      return array.documents.put(kind, folder.folderId, checked(array, systems, folder));
    }),
  );
  onKeeper(routes, 'getFolder', { response: FolderView }, ({ array, id }) => folderOf(array, id));
  onKeeper(
    routes,
    'updateFolder',
    { body: FolderUpdateRequest, response: FolderView },
    ({ array, systems, id, body }) => {
      const present = folderOf(array, id);
      const changed: Folder = {
        ...present,
        parentFolderId: body.parentId ?? present.parentFolderId,
        name: body.name ?? present.name,
        rules: body.rules ?? present.rules,
        storageSystemIds: body.storageSystemIds ?? present.storageSystemIds,
      };
      return array.documents.put(kind, id, checked(array, systems, changed));
    },
  );
  onKeeper(routes, 'deleteFolder', { status: 204 }, ({ array, id }) => {
    folderOf(array, id);
    const child = array.documents.list<Folder>(kind).find(({ parentFolderId }) => parentFolderId === id);
    if (child !== undefined)
      throw new RestError('unprocessable', `Folder '${child.name}' is in it: delete that first.`);
    array.documents.delete(kind, id);
  });
  onKeeper(routes, 'getStorageDevicesByFolder', { response: list(text()) }, ({ array, systems, id }) => {
    const { rules, storageSystemIds } = folderOf(array, id);
    if (rules.length === 0) return storageSystemIds;
    return systems
      .list()
      .filter((system) => fits(rules, system))
      .map((system) => system.id);
  });
}
