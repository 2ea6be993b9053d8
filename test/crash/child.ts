import { type CrashPoint, crashingDisk } from './crash-points.js';

/** What a process that is to crash is started with. */
export interface CrashingStart {
  /** The compiled `simulator/index.js`. */
  readonly package: string;
  readonly state: string;
  /** Where it ends; without it when it is killed. */
  readonly crash?: { readonly point: CrashPoint; readonly count: number };
}

/** What it prints when it is ready. */
export interface CrashingReady {
  readonly url: string;
  readonly iscsi: readonly { readonly portal: string; readonly iqn: string }[];
}

/** Small, so that the log is often written anew. */
const leastLogBytes = 200 * 1024;

const start = JSON.parse(process.argv[2] ?? '{}') as CrashingStart;
const { startSimulator } = (await import(start.package)) as typeof import('../../simulator/index.js');
const end = () => process.kill(process.pid, 'SIGKILL');
const disk = start.crash === undefined ? undefined : crashingDisk(start.crash.point, start.crash.count, end);
const { url, iscsi } = await startSimulator({
  state: start.state,
  port: 0,
  iscsiPort: 0,
  jobs: 'instant',
  stateFiles: { leastLogBytes, ...(disk === undefined ? {} : { disk }) },
});
// It does not outlive the process that started it.
process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write(`${JSON.stringify({ url, iscsi } satisfies CrashingReady)}\n`);
