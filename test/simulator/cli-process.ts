import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/simulator/cli.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly url: string;
  /** What it printed first, parsed. */
  readonly ready: {
    readonly url: string;
    readonly tlsUrl?: string;
    readonly controlUrl: string;
    readonly iscsi: readonly { readonly portal: string; readonly iqn: string }[];
    readonly pid: number;
  };
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<Finished>;
}

/** The compiled command line, run to its end. */
export async function runCli(...args: string[]): Promise<Finished> {
  return finished(spawn(process.execPath, [cli, ...args], { stdio: 'pipe' }));
}

/** The compiled command line at any free port, once it says that it is ready. Throws with what it said if it isn't. */
export async function startCli(...args: string[]): Promise<RunningCli> {
  const child = spawn(process.execPath, [cli, '--port', '0', '--json', ...args], { stdio: 'pipe' });
  const end = finished(child);
  const first = await Promise.race([once(createInterface(child.stdout), 'line'), end]);
  if (!Array.isArray(first)) throw new Error(`the command line ended with ${first.code}: ${first.stderr}`);
  const ready = JSON.parse(String(first[0])) as RunningCli['ready'];
  return {
    url: ready.url,
    ready,
    stop(signal) {
      child.kill(signal);
      return end;
    },
  };
}

async function finished(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}
