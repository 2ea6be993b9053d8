import type { Variant } from '../variant.js';
import { attachingVariants } from './attaching.js';
import { labelVariants } from './labels.js';

/** Our driver with other choices. */
export const variants: readonly Variant[] = [...attachingVariants, ...labelVariants];
