import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** What a process that is measured is started with. */
export interface SoakStart {
  /** The compiled `simulator/index.js`. */
  readonly package: string;
  readonly state: string;
}

/** What it prints when it is ready. */
export interface SoakReady {
  readonly url: string;
  readonly iscsi: readonly { readonly portal: string; readonly iqn: string }[];
}

/** What a process has at a moment without clients. */
export interface Measure {
  /** After what is not used was collected. */
  readonly heapBytes: number;
  readonly residentBytes: number;
  /** What keeps the event loop busy, by kind: timers, sockets, servers. */
  readonly resources: Readonly<Record<string, number>>;
  readonly openFiles: number;
}

const start = JSON.parse(process.argv[2] ?? '{}') as SoakStart;
const { startSimulator } = (await import(start.package)) as typeof import('../../simulator/index.js');
const { url, iscsi } = await startSimulator({ state: start.state, port: 0, iscsiPort: 0, jobs: 'instant', seed: 1 });
const say = (data: SoakReady | Measure) => void process.stdout.write(`${JSON.stringify(data)}\n`);
say({ url, iscsi });

// Each line asks for a measure. It does not outlive the process that started it.
createInterface({ input: process.stdin })
  .on('line', () => say(measured()))
  .on('close', () => process.exit(0));

function measured(): Measure {
  // Weak references and finalizers take a second turn.
  for (let turn = 0; turn < 3; turn++) globalThis.gc?.();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  const { heapUsed: heapBytes, rss: residentBytes } = process.memoryUsage();
  return { heapBytes, residentBytes, resources, openFiles: readdirSync('/proc/self/fd').length };
}
