import type { Dispatcher } from 'undici';
import { ArrayAdminClient } from './array-admin-client.js';
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
  /** Any free one by default. */
  readonly port?: number;
}

/** An array that the suite has for itself: in this process, in virtual time. */
export interface OwnSimulator {
  readonly admin: ArrayAdminClient;
  /** Carries requests to it without sockets. */
  readonly dispatcher: Dispatcher;
  /** Where it listens; 'http://127.0.0.1:8080' where it does not. */
  readonly url: string;
  /** The TCP ports that it listens on: other ones in each run. */
  readonly ports: readonly number[];
  /** The array's time, in milliseconds since the epoch. */
  nowMs(): number;
  close(): Promise<void>;
}

interface StartedSimulator extends Injectable {
  readonly url: string;
  readonly clock: { now(): number };
  readonly iscsi: readonly { readonly portal: string }[];
  close(): Promise<void>;
}

/** Starts a simulator. Only its public HTTP and iSCSI APIs are used; the module gives start and stop. */
export async function startOwnSimulator(options: OwnSimulatorOptions = {}): Promise<OwnSimulator> {
  const { listen = false, preset, ...others } = options;
  const { startSimulator, presets } = (await import(simulatorModule())) as {
    startSimulator(options: object): Promise<StartedSimulator>;
    presets: Readonly<Record<string, object>>;
  };
  const rest = { ...others, ...(preset === undefined ? {} : { preset: completed(preset, presets.demo ?? {}) }) };
  const simulator = await startSimulator({ jobs: 'instant', port: 0, ...rest, listen, clock: 'manual' });
  const url = listen ? simulator.url : 'http://127.0.0.1:8080';
  const dispatcher = new InProcessDispatcher(simulator, () => simulator.clock.now(), portOf(url));
  return {
    admin: new ArrayAdminClient({ url, dispatcher }),
    dispatcher,
    url,
    ports: listen ? [url, ...simulator.iscsi.map(({ portal }) => `tcp://${portal}`)].map(portOf) : [],
    nowMs: () => simulator.clock.now(),
    close: () => simulator.close(),
  };
}

/** What a preset does not say is as in `demo`, but for hosts and volumes; lists replace demo's whole (source: its README). */
function completed(preset: unknown, demo: object): unknown {
  if (typeof preset !== 'object' || preset === null) return preset;
  const whole: Record<string, unknown> = { ...demo, hosts: [], volumes: [], ...preset };
  for (const part of ['limits', 'firmware', 'counters'] as const)
    whole[part] = { ...(demo as Record<string, object>)[part], ...(preset as Record<string, object>)[part] };
  return whole;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** The simulator of this package, as it runs: sources from sources, compiled from compiled. */
function simulatorModule(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`../../simulator/index.${extension}`, import.meta.url).href;
}
