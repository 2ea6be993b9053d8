import { list, object, text } from './types.js';

/** What the array answers about consistency groups: the vendor's definitions, property by property. */

const ConsistencyGroup = object({
  groupRef: text(),
});

export const ConsistencyGroupBundle = object({
  consistencyGroup: list(ConsistencyGroup),
});
