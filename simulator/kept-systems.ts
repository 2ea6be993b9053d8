import { type Clock, manualClock } from './array/clock.js';
import type { StorageArray } from './array/storage-array.js';
import { StorageSystems } from './array/storage-systems.js';
import { adjustableClock } from './control/adjustable-clock.js';
import { initialSystem } from './initial-system.js';
import { OptionError, type SimulatorOptions } from './options.js';
import { restoreSystems, stateKeeper } from './state-keeper.js';

/** The storage systems of a process, kept in a file where one is asked for. */
export interface KeptSystems {
  readonly systems: StorageSystems;
  readonly clock: Clock;
  /** The first array. */
  readonly array: StorageArray;
  /**
   * Resolves once everything changed so far is safe on disk; where nothing changed since a version, without waiting for
   * bytes that hosts wrote. Undefined without a file.
   */
  readonly durable: ((sinceVersion?: number) => Promise<void>) | undefined;
  /** Grows with every change. */
  readonly version: () => number;
  /** What the option `recover` dropped, in a sentence; undefined when nothing was. */
  readonly recovered: string | undefined;
  /** Whether written blocks wait for the disk; undefined without a file. */
  readonly isBehind: (() => boolean) | undefined;
  /** Resolves once the state is in the file for the first time. */
  flushed(): Promise<void>;
  /** Lets go of the file without writing. */
  release(): Promise<void>;
  /** Writes what is to be written and lets go of the file. */
  close(): Promise<void>;
}

/** Brings the storage systems up, from the state file or anew. Throws OptionError, StateFileError. */
export async function openSystems(options: SimulatorOptions): Promise<KeptSystems> {
  if (options.recover && options.state === undefined)
    throw new OptionError('--recover is for the file of --state FILE: give that too');
  const opened = options.state === undefined ? undefined : await openState(options.state, options);
  const clock = clockOf(options.clock, opened?.state?.clockMs);
  const systems = new StorageSystems();
  const keeper = stateKeeper(systems, clock);
  try {
    if (opened?.state == null) systems.put(initialSystem(options, clock, options.password ?? 'admin'));
    else restoreSystems(systems, opened.state, clock);
    await opened?.store.begin(keeper, opened.state);
    const array = systems.list().find((system) => system.array !== null)?.array;
    if (!array) throw new OptionError(`the state file ${options.state} has no array`);
    return {
      systems,
      clock,
      array,
      durable: opened === undefined ? undefined : (sinceVersion) => opened.store.durable(keeper, sinceVersion),
      version: keeper.version,
      recovered: opened?.store.recovered,
      isBehind: opened === undefined ? undefined : () => opened.store.isBehind,
      async flushed() {
        await opened?.store.writeFirst(keeper);
      },
      async release() {
        try {
          await opened?.store.release();
        } finally {
          opened?.unlock();
        }
      },
      async close() {
        try {
          await opened?.store.close(keeper);
        } finally {
          opened?.unlock();
        }
      },
    };
  } catch (error) {
    await opened?.store.release().catch(() => undefined);
    opened?.unlock();
    throw error;
  }
}

async function openState(path: string, { recover = false, stateFiles }: SimulatorOptions) {
  const [{ StateStore }, { lockFile }] = await Promise.all([
    import('./store/state-store.js'),
    import('./store/state-lock.js'),
  ]);
  const unlock = lockFile(path);
  try {
    return { ...(await StateStore.open(path, { ...stateFiles, recover })), unlock };
  } catch (error) {
    unlock();
    throw error;
  }
}

function clockOf(wanted: SimulatorOptions['clock'], savedMs: number | undefined): Clock {
  if (wanted === undefined || wanted === 'real') return adjustableClock({ mode: 'real' });
  if (wanted === 'manual') return adjustableClock({ mode: 'manual' }, savedMs ?? manualClock().now());
  // A clock that is handed in stays the caller's.
  return 'now' in wanted ? wanted : adjustableClock({ mode: 'scaled', scale: wanted.scale });
}
