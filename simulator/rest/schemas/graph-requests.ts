import { integer, object } from './types.js';

/** What clients send about graph: the vendor's definitions, property by property. */

export const SingleNumberValue = object({
  value: integer(),
});
