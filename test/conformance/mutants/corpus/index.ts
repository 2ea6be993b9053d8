import type { Mutant } from '../mutant.js';
import { orderingMutants } from './ordering.js';

/** All mutants. */
export const corpus: readonly Mutant[] = [...orderingMutants];
