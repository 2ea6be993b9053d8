import { object, text } from './types.js';

/** What clients send about events: the vendor's definitions, property by property. */

export const DirectoryServicesConfigErrorClearFailureRequest = object({
  domain: text(),
});
