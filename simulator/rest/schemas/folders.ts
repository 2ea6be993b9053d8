import { boolean, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about folders and settings of storage systems: the vendor's definitions, property by property. */

const Rule = object({
  ruleType: oneOf('attribute', 'metadata'),
  key: text(),
  value: text(),
});

export const FolderCreateRequest = object({
  parentId: optional(text()),
  name: text(),
  rules: optional(list(Rule)),
  storageSystemIds: optional(list(text())),
});

export const Folder = object({
  folderId: text(),
  parentFolderId: text(),
  name: text(),
  reserved: boolean(),
  rules: list(Rule),
  storageSystemIds: list(text()),
});

export const FolderUpdateRequest = object({
  parentId: optional(text()),
  name: optional(text()),
  rules: optional(list(Rule)),
  storageSystemIds: optional(list(text())),
});

export const ResourceProvisionedVolumesResponse = object({
  enableResourceProvisionedVolumes: boolean(),
});

export const ResourceProvisionedVolumesRequest = object({
  enableResourceProvisionedVolumes: optional(boolean()),
});

export const UpdateStorageSystemSettingsRequest = object({
  name: optional(text()),
  mediaScanPeriod: optional(integer()),
  enableResourceProvisionedVolumes: optional(boolean()),
});
