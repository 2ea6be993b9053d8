import type { Check } from '../check.js';
import { connections } from './connections.js';
import { eachChange } from './each-change.js';
import { groups } from './groups.js';
import { namesByHand } from './names-by-hand.js';
import { partialFailures } from './partial-failures.js';
import { propertyCheck } from './property.js';
import { snapshotOrder } from './snapshot-order.js';
import { volumeShapes } from './volume-shapes.js';

/** What must hold of every story of a kind: stories are generated, and the shortest that fails is told. */
export const propertyChecks: readonly Check[] = [
  ...[volumeShapes, snapshotOrder, connections, namesByHand, groups, partialFailures].map(propertyCheck),
  eachChange,
];
