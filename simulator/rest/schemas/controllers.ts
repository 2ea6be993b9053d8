import { integer, object, oneOf, text } from './types.js';

/** What the array answers about controllers: the vendor's definitions, property by property. */

export const ControllerGBIC = object({
  controllerGBICType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  parentController: text(),
  channel: integer(),
  reserved1: text(),
  reserved2: text(),
});
