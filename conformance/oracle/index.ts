export { type Inventory, takeInventory } from '../arrays/inventory.js';
export {
  type AnyConnectionInfo,
  type BytesOptions,
  bytesOf,
  capacityOf,
  copyBytes,
  PathsDiffer,
  type RefusedOptions,
  refused,
  writeBytes,
} from './bytes.js';
export { checkArray } from './check-array.js';
export { type CinderDatabase, type Finding, Judge, type JudgementOptions } from './judge.js';
export { findVolume, labelOf, nameIdOf, uuidOf } from './labels.js';
export { pattern } from './pattern.js';
