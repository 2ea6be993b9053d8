import type { Mutant } from '../mutant.js';
import { attachmentAreaMutants } from './areas-attachments.js';
import { failureAreaMutants } from './areas-failures.js';
import { figureAreaMutants } from './areas-figures.js';
import { givenSnapshotAreaMutants } from './areas-given-snapshots.js';
import { listAreaMutants } from './areas-lists.js';
import { lockAreaMutants } from './areas-locks.js';
import { memberAreaMutants } from './areas-members.js';
import { replicaAreaMutants } from './areas-replicas.js';
import { retypeAreaMutants } from './areas-retypes.js';
import { secretAreaMutants } from './areas-secrets.js';
import { sizeAreaMutants } from './areas-sizes.js';
import { attachingMutants } from './attaching.js';
import { cloneMutants } from './clones.js';
import { contractMutants } from './contract.js';
import { detachingMutants } from './detaching.js';
import { groupMutants } from './groups.js';
import { managingMutants } from './managing.js';
import { orderingMutants } from './ordering.js';
import { readingConnectionMutants } from './reading-connections.js';
import { readingGroupMutants } from './reading-groups.js';
import { readingVolumeMutants } from './reading-volumes.js';
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
  ...attachmentAreaMutants,
  ...secretAreaMutants,
  ...givenSnapshotAreaMutants,
  ...lockAreaMutants,
  ...memberAreaMutants,
  ...replicaAreaMutants,
  ...sizeAreaMutants,
  ...retypeAreaMutants,
  ...listAreaMutants,
  ...figureAreaMutants,
  ...failureAreaMutants,
  ...readingConnectionMutants,
  ...readingVolumeMutants,
  ...readingGroupMutants,
];
