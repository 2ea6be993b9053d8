import type { PythonMutant } from '../mutant.js';
import { connectionsMutants } from './connections.js';
import { groupsMutants } from './groups.js';
import { snapshotsMutants } from './snapshots.js';
import { volumesMutants } from './volumes.js';

/** Defects of the second driver, each a mistake that a driver's author makes who has read the contract. */
export const pythonCorpus: readonly PythonMutant[] = [
  ...connectionsMutants,
  ...groupsMutants,
  ...snapshotsMutants,
  ...volumesMutants,
];
