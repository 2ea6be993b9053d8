import type { Mutant } from '../mutant.js';
import { attachingMutants } from './attaching.js';
import { cloneMutants } from './clones.js';
import { contractMutants } from './contract.js';
import { detachingMutants } from './detaching.js';
import { groupMutants } from './groups.js';
import { managingMutants } from './managing.js';
import { orderingMutants } from './ordering.js';
import { setupMutants } from './setup.js';
import { snapshotMutants } from './snapshots.js';
import { statsMutants } from './stats.js';
import { volumeMutants } from './volumes.js';

/** All mutants. */
export const corpus: readonly Mutant[] = [
  ...setupMutants,
  ...statsMutants,
  ...volumeMutants,
  ...snapshotMutants,
  ...orderingMutants,
  ...cloneMutants,
  ...attachingMutants,
  ...detachingMutants,
  ...groupMutants,
  ...managingMutants,
  ...contractMutants,
];
