import type { Variant } from '../variant.js';
import { attachingVariants } from './attaching.js';
import { groupVariants } from './groups.js';
import { labelVariants } from './labels.js';
import { snapshotVariants } from './snapshots.js';
import { statsVariants } from './stats.js';
import { volumeVariants } from './volumes.js';

/** Our driver with other choices. */
export const variants: readonly Variant[] = [
  ...attachingVariants,
  ...groupVariants,
  ...labelVariants,
  ...snapshotVariants,
  ...statsVariants,
  ...volumeVariants,
];
