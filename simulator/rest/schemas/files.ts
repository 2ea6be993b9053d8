import { DateTime, Int64, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about files: the vendor's definitions, property by property. */

export const FileRequest = object({
  filename: optional(text()),
});

export const PrivateFileInfo = object({
  fileSize: Int64,
  fileID: text(),
  fileURL: text(),
});

export const FileInfo = object({
  fileSize: Int64,
  fileName: text(),
});

const SupportArtifact = object({
  fileName: optional(text()),
  lastModifiedTime: optional(DateTime),
  size: optional(Int64),
});

export const SupportArtifacts = object({
  type: optional(oneOf('recoveryProfile', 'supportBundle', 'dbCapture', 'ioStatistics', 'driveLogs', 'other')),
  artifacts: optional(list(SupportArtifact)),
});
