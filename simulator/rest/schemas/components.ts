import { boolean, nullable, object, oneOf, text } from './types.js';

/** What parts that can be replaced have in common. */

const ParentCru = object({
  type: oneOf('controller', 'esm', 'fan', 'iccCru', 'supportCru', 'drawer', '__UNDEFINED'),
  parentController: text(),
  parentEsm: text(),
  parentFan: text(),
  parentInterconnectCru: text(),
  parentSupportCru: text(),
  parentDrawer: text(),
});

const RTRAttributeData = object({
  hasReadyToRemoveIndicator: boolean(),
  readyToRemove: boolean(),
});

export const RTRAttributes = object({
  cruType: oneOf('unknown', 'dedicated', 'shared', 'aggregate', '__UNDEFINED'),
  parentCru: nullable(ParentCru),
  rtrAttributeData: nullable(RTRAttributeData),
});

const ComponentRemovalData = object({
  removalMethod: oneOf('parent', 'self', '__UNDEFINED'),
  rtrAttributes: nullable(RTRAttributeData),
});

export const RepairPolicy = object({
  removalData: nullable(ComponentRemovalData),
  replacementMethod: oneOf('parent', 'self', '__UNDEFINED'),
});
