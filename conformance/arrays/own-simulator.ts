import type { Dispatcher } from 'undici';
import { ArrayDoor } from './array-door.js';
import { type Injectable, InProcessDispatcher } from './in-process-dispatcher.js';

/** How a simulator is started; the options are those of its command line (source: its README). */
export interface OwnSimulatorOptions {
  readonly preset?: unknown;
  readonly seed?: number;
  readonly jobs?: string;
  readonly mode?: 'embedded' | 'proxy';
  /** A file that keeps the state over restarts. */
  readonly state?: string;
  /** Open sockets: for drivers of other processes, and for initiators. */
  readonly listen?: boolean;
}

/** An array that the suite has for itself: in this process, in virtual time. */
export interface OwnSimulator {
  readonly door: ArrayDoor;
  /** Carries requests to it without sockets. */
  readonly dispatcher: Dispatcher;
  /** Where it listens; 'http://127.0.0.1:8080' where it does not. */
  readonly url: string;
  /** The array's time, in milliseconds since the epoch. */
  nowMs(): number;
  close(): Promise<void>;
}

interface StartedSimulator {
  readonly url: string;
  readonly app: Injectable;
  readonly clock: { now(): number };
  close(): Promise<void>;
}

/** Starts a simulator. It is met over its own doors only: what comes from the module is how to start it and to stop it. */
export async function startOwnSimulator(options: OwnSimulatorOptions = {}): Promise<OwnSimulator> {
  const { listen = false, ...rest } = options;
  const { startSimulator } = (await import(simulatorModule())) as {
    startSimulator(options: object): Promise<StartedSimulator>;
  };
  const simulator = await startSimulator({ jobs: 'instant', ...rest, listen, port: 0, clock: 'manual' });
  const dispatcher = new InProcessDispatcher(simulator.app, () => simulator.clock.now());
  const url = listen ? simulator.url : 'http://127.0.0.1:8080';
  return {
    door: new ArrayDoor({ url, dispatcher }),
    dispatcher,
    url,
    nowMs: () => simulator.clock.now(),
    close: () => simulator.close(),
  };
}

/** The simulator of this package, as it runs: sources from sources, compiled from compiled. */
function simulatorModule(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`../../simulator/index.${extension}`, import.meta.url).href;
}
