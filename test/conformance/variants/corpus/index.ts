import type { Variant } from '../variant.js';
import { attachingVariants } from './attaching.js';

/** Our driver with other choices. */
export const variants: readonly Variant[] = [...attachingVariants];
