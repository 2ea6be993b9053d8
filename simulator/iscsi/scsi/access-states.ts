import type { ControllerRecord } from '../../array/records.js';
import type { Unit } from './unit.js';

/** Asymmetric access states of a target port group (source: SPC-4, 5.15.2.4). */
export const accessStates = { optimized: 0, nonOptimized: 1, unavailable: 3, offline: 0xe } as const;

/** How a unit is reached by way of a controller: best by its owner, not at all by one that is down. */
export function stateOf(unit: Unit, controller: ControllerRecord): number {
  if (controller.status === 'removed') return accessStates.offline;
  if (controller.status !== 'optimal') return accessStates.unavailable;
  return unit.owner === controller.ref ? accessStates.optimized : accessStates.nonOptimized;
}
