import { type Ended, runChild, startChild } from '../child-process.js';
import { compiledFile } from '../compiled-package.js';

const cli = compiledFile('simulator/cli.js');

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
  stop(signal: NodeJS.Signals): Promise<Ended>;
}

/** The compiled command line, run to its end. */
export function runCli(...args: string[]): Promise<Ended> {
  return runChild(process.execPath, [cli, ...args]);
}

/** The compiled command line at any free port, once it says that it is ready. Throws with what it said if it isn't. */
export function startCli(...args: string[]): Promise<RunningCli> {
  return startCliWith([], ...args);
}

/** The same, with options for node. */
export async function startCliWith(nodeArgs: readonly string[], ...args: string[]): Promise<RunningCli> {
  const child = startChild(process.execPath, [...nodeArgs, cli, '--port', '0', '--iscsi-port', '0', '--json', ...args]);
  const ready = JSON.parse(await child.line('the line that says that it is ready')) as RunningCli['ready'];
  return {
    url: ready.url,
    ready,
    stop(signal) {
      child.kill(signal);
      return child.end(`the end after ${signal}`);
    },
  };
}
