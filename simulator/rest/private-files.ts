import type { StorageArray } from '../array/storage-array.js';
import { bytesType, formType } from '../http/body.js';
import { HttpResponse } from '../http/messages.js';
import { formFile } from './form-file.js';
import { onKeeper } from './keeper.js';
import { apiRoot } from './operations.js';
import type { Routes } from './route.js';
import { FileInfo, PrivateFileInfo as PrivateFile, type PrivateFileInfo } from './schemas/files.js';
import { boolean, list, object, optional, type Static } from './schemas/types.js';

/** A file that the management software keeps. */
export interface KeptFile {
  readonly name: string;
  readonly base64: string;
  readonly timeMs: number;
}

const privateFiles = 'station/privateFile';
const scratchFiles = 'station/scratchFile';

/** The largest file that is taken, and how many private files there are: the oldest goes when there is one more. */
const maxFileBytes = 16 * 2 ** 20;
const mostPrivateFiles = 100;

const AutoDelete = object({ 'auto-delete': optional(boolean()) });

/** A file's content as an answer that a browser saves under its name. */
export function download({ name, base64 }: Pick<KeptFile, 'name' | 'base64'>): HttpResponse {
  return new HttpResponse(
    200,
    [
      ['content-type', bytesType],
      ['content-disposition', `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`],
    ],
    Buffer.from(base64, 'base64'),
  );
}

/** A file as what keeps it. */
export function keptFile(array: StorageArray, name: string, content: Buffer | string): KeptFile {
  return { name, base64: Buffer.from(content).toString('base64'), timeMs: array.now() };
}

/** Size of a kept file in bytes. */
export function sizeOf({ base64 }: KeptFile): string {
  return String(Buffer.byteLength(base64, 'base64'));
}

/** Stores what a client is to fetch, under an id that cannot be guessed; says where it is. */
export function storePrivateFile(
  array: StorageArray,
  name: string,
  content: Buffer | string,
): Static<typeof PrivateFileInfo> {
  return array.transact(() => {
    const digits = array.newRandom('privateFile').hex(32).toLowerCase();
    const fileID = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const keys = [...array.tables.documents.values()].filter(({ kind }) => kind === privateFiles).map(({ key }) => key);
    for (const key of keys.slice(0, Math.max(0, keys.length - mostPrivateFiles + 1)))
      array.documents.delete(privateFiles, key);
    const file = array.documents.put(privateFiles, fileID, keptFile(array, name, content));
    return { fileSize: sizeOf(file), fileID, fileURL: `${apiRoot}/files/private/${fileID}` };
  });
}

/** Leaves a file in the scratch directory, in place of one with the same name. */
export function keepScratchFile(array: StorageArray, name: string, content: Buffer | string): KeptFile {
  return array.documents.put(scratchFiles, name, keptFile(array, name, content));
}

/** Files that answers point at (private ones), and what clients left in the scratch directory. */
export function fileRoutes(routes: Routes): void {
  onKeeper(
    routes,
    'upload-PrivateFile',
    { bodyTypes: [formType], bodyLimitBytes: maxFileBytes + 4096, response: PrivateFile },
    ({ array, request }) => {
      const { fileName, content } = formFile(request, 'file', maxFileBytes);
      return storePrivateFile(array, fileName, content);
    },
  );
  for (const [kind, get, remove, what] of [
    [privateFiles, 'get-PrivateFile', 'remove-PrivateFile', 'private file'],
    [scratchFiles, 'get-FileFromScratchDir', 'remove-ScratchFile', 'file'],
  ] as const) {
    onKeeper(routes, get, { query: AutoDelete }, ({ array, id, query }) => {
      const file = array.documents.require<KeptFile>(kind, id, what);
      if (query['auto-delete']) array.documents.delete(kind, id);
      return download(file);
    });
    onKeeper(routes, remove, {}, ({ array, id }) => {
      array.documents.require(kind, id, what);
      array.documents.delete(kind, id);
    });
  }
  onKeeper(routes, 'get-ScratchFile', { response: list(FileInfo) }, ({ array }) =>
    array.documents.list<KeptFile>(scratchFiles).map((file) => ({ fileName: file.name, fileSize: sizeOf(file) })),
  );
}
