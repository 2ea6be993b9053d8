import { integer, object, text } from './types.js';

/** What the array answers about repositories: the vendor's definitions, property by property. */

export const ConcatVolumeMember = object({
  memberRef: text(),
  concatVolRef: text(),
  storageVolumeRef: text(),
  parentIndex: integer(),
});
