import { createHash } from 'node:crypto';
import { bundleVersion } from '../array/firmware-upgrades.js';
import type { StorageArray } from '../array/storage-array.js';
import { formType } from '../http/body.js';
import type { HttpRequest } from '../http/messages.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import { firstFormFile } from './form-file.js';
import { onKeeper } from './keeper.js';
import { download, type KeptFile, keptFile, sizeOf } from './private-files.js';
import type { Routes } from './route.js';
import { FileInfo } from './schemas/files.js';
import { FirmwarePackageMetadata } from './schemas/firmware.js';
import { boolean, list, object, optional, type Static } from './schemas/types.js';

/** A file of controller firmware or NVSRAM: what is in it, not its content, which nothing runs. */
export interface FirmwareFile {
  readonly filename: string;
  readonly type: 'bundle' | 'nvsram';
  /** A bundle's version in four parts, or the NVSRAM's name. */
  readonly version: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly uploadedMs: number;
}

const cfwFiles = 'station/cfwFile';
const driveFiles = 'station/driveFirmwareFile';
const maxCfwBytes = 512 * 2 ** 20;
const maxDriveFileBytes = 16 * 2 ** 20;
export const cfwForm = { bodyTypes: [formType], bodyLimitBytes: maxCfwBytes + 65_536 };
const driveForm = { bodyTypes: [formType], bodyLimitBytes: maxDriveFileBytes + 65_536 };

/** The firmware in a part of a form; any part with a file where none has the name. Throws RestError for a file that is none. */
export function firmwareIn(array: StorageArray, request: HttpRequest, part: string): FirmwareFile {
  const { fileName, content } = firstFormFile(request, part, maxCfwBytes);
  const known = versionOf(fileName, content);
  if (known === undefined)
    throw new RestError(
      'unprocessable',
      `The file '${fileName}' is no firmware: neither its name nor its beginning has a version such as 11.90.2 or N6000-890834-D02.`,
      [part],
    );
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { filename: fileName, ...known, bytes: content.length, sha256, uploadedMs: array.now() };
}

/** What a file says that it is: by its name (RCB_11.90.2_6000_1a2b3c4d.dlp, N6000-890834-D02.dlp), else by its first bytes. */
function versionOf(fileName: string, content: Buffer): Pick<FirmwareFile, 'type' | 'version'> | undefined {
  for (const text of [fileName, content.subarray(0, 4096).toString('latin1')]) {
    const nvsram = /N\w{4}-\w{6}-\w{3}/.exec(text)?.[0];
    if (nvsram !== undefined) return { type: 'nvsram', version: nvsram };
    const version = /(?<![\d.])(?:08|11|12)\.\d{2}(?:\.\d{1,2}){0,2}(?:[A-Z]+\d+)?/.exec(text)?.[0];
    if (version !== undefined) return { type: 'bundle', version: bundleVersion(version) };
  }
  return undefined;
}

function metadata(
  array: StorageArray,
  { filename, version, type, uploadedMs }: FirmwareFile,
): Static<typeof FirmwarePackageMetadata> {
  return { filename, version, firmwarePackageType: type, uploadedDate: dateTime(array, uploadedMs) };
}

export function cfwFileList(array: StorageArray): readonly FirmwareFile[] {
  return array.documents.list<FirmwareFile>(cfwFiles);
}

/** Throws ObjectNotFound for a file that was not uploaded. */
export function cfwFile(array: StorageArray, name: string): FirmwareFile {
  return array.documents.require(cfwFiles, name, 'firmware file');
}

export function driveFileList(array: StorageArray): readonly KeptFile[] {
  return array.documents.list<KeptFile>(driveFiles);
}

/** The firmware version of a drive's file, by its name: D_X477_SLTNG4T0_30603183_NA53_6600.dlp has NA53. */
export function driveFileVersion(name: string): string {
  const parts = name.replace(/\.[^.]*$/, '').split('_');
  return parts.find((part) => /^[A-Z]{2}\d{2}$/.test(part)) ?? parts.at(-1) ?? '';
}

/** Files of firmware for controllers and drives: uploaded, listed, deleted. */
export function firmwareFileRoutes(routes: Routes): void {
  onKeeper(
    routes,
    'uploadFirmwareFile',
    { ...cfwForm, query: object({ validate: optional(boolean()) }), response: FileInfo },
    ({ array, request }) => {
      const file = firmwareIn(array, request, 'firmwareFile');
      array.documents.put(cfwFiles, file.filename, file, `Firmware file ${file.filename} uploaded`);
      return { fileName: file.filename, fileSize: String(file.bytes) };
    },
  );
  onKeeper(routes, 'getFirmwareFiles', { response: list(FirmwarePackageMetadata) }, ({ array }) =>
    cfwFileList(array).map((file) => metadata(array, file)),
  );
  onKeeper(routes, 'getFirmwareFile', { response: FirmwarePackageMetadata }, ({ array, id }) =>
    metadata(array, cfwFile(array, id)),
  );
  onKeeper(routes, 'removeFirmwareFile', {}, ({ array, id }) => {
    array.documents.delete(cfwFiles, cfwFile(array, id).filename);
  });
  driveFileRoutes(routes);
}

function driveFileRoutes(routes: Routes): void {
  const shown = (array: StorageArray) =>
    driveFileList(array).map((file) => ({ fileName: file.name, fileSize: sizeOf(file) }));
  onKeeper(routes, 'uploadDriveFirmwareFile', { ...driveForm, response: list(FileInfo) }, ({ array, request }) => {
    const { fileName, content } = firstFormFile(request, 'file', maxDriveFileBytes);
    if (!/\.(?:dlp|lod)$/i.test(fileName))
      throw new RestError(
        'unprocessable',
        `The file '${fileName}' is no drive firmware: a name with .dlp or .lod is expected.`,
        ['file'],
      );
    array.documents.put(
      driveFiles,
      fileName,
      keptFile(array, fileName, content),
      `Drive firmware file ${fileName} uploaded`,
    );
    return shown(array);
  });
  onKeeper(routes, 'getAllDriveFirmwareFiles', { response: list(FileInfo) }, ({ array }) => shown(array));
  onKeeper(
    routes,
    'getDriveFirmwareFile',
    { query: object({ 'auto-delete': optional(boolean()) }) },
    ({ array, id, query }) => {
      const file = array.documents.require<KeptFile>(driveFiles, id, 'drive firmware file');
      if (query['auto-delete']) array.documents.delete(driveFiles, id);
      return download(file);
    },
  );
  onKeeper(routes, 'deleteDriveFirmwareFile', {}, ({ array, id }) => {
    array.documents.require(driveFiles, id, 'drive firmware file');
    array.documents.delete(driveFiles, id);
  });
}
