import { Int64, object, text } from './types.js';

/** What clients send and read about files: the vendor's definitions, property by property. */

export const PrivateFileInfo = object({
  fileSize: Int64,
  fileID: text(),
  fileURL: text(),
});

export const FileInfo = object({
  fileSize: Int64,
  fileName: text(),
});
