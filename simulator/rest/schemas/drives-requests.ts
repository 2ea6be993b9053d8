import { ProtectionTypeName } from './enums.js';
import { boolean, object, optional } from './types.js';

/** What clients send about drives: the vendor's definitions, property by property. */

export const ProtectionInformationCapabilitiesInput = object({
  protectionInformationCapable: optional(boolean()),
  protectionType: optional(ProtectionTypeName),
});
