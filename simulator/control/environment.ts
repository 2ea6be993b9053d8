import type { Clock } from '../array/clock.js';
import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystem, StorageSystems } from '../array/storage-systems.js';
import type { FaultRules } from '../faults/fault-rules.js';
import type { Operation } from '../rest/operations.js';
import type { WebServices } from '../rest/web-services.js';
import { ControlError } from './control-app.js';
import type { RequestJournal } from './journal.js';

/** What the control API controls. */
export interface ControlEnvironment {
  readonly version: string;
  readonly mode: 'embedded' | 'proxy';
  readonly systems: StorageSystems;
  readonly clock: Clock;
  readonly startedMs: number;
  readonly journal: RequestJournal;
  readonly faults: FaultRules;
  /** Told when the clock was advanced or goes at another pace. */
  readonly onClockChange: () => void;
  readonly implemented: ReadonlyMap<string, Operation>;
  /** The admin password that new arrays get. */
  readonly password: string;
  readonly answerDirectly: WebServices['answerDirectly'];
  /** Resolves once every array has its iSCSI portals. */
  readonly portalsReady: () => Promise<void>;
  /** The iSCSI sessions that are open at an array. */
  readonly sessionsOf: (array: StorageArray) => readonly object[];
}

/** The array with that id, brought up to the present. Throws ControlError unknownArray. */
export function systemOf(
  environment: Pick<ControlEnvironment, 'systems'>,
  id: string | undefined,
): StorageSystem & { readonly array: StorageArray } {
  const system = environment.systems.find(id ?? '');
  if (system === undefined || system.array === null) {
    const known = environment.systems
      .list()
      .filter((each) => each.array !== null)
      .map((each) => each.id);
    throw new ControlError(404, 'unknownArray', `There is no array '${id}': known are ${known.join(', ') || 'none'}.`);
  }
  system.array.completeDueJobs();
  return { ...system, array: system.array };
}

/** A whole number in a query; undefined when it is not given. Throws ControlError invalidField for anything else. */
export function numberIn(given: string | undefined, field: string): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d{1,15}$/.test(given))
    throw new ControlError(
      422,
      'invalidField',
      `The ${field} is '${given}': allowed is a whole number from 0 on.`,
      field,
    );
  return Number(given);
}
