import { boolean, object, oneOf, optional } from './types.js';

/** What clients send about drives: the vendor's definitions, property by property. */

export const ProtectionInformationCapabilitiesInput = object({
  protectionInformationCapable: optional(boolean()),
  protectionType: optional(
    oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  ),
});
