import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';

export interface BenchServer {
  readonly url: string;
  /** Milliseconds from spawning to the first answer. */
  readonly readyMs: number;
  readonly pid: number;
  /** Portals, where the server has any. */
  readonly iscsi: readonly { readonly portal: string }[];
  stop(): void;
}

/** Ends a program with this one, however that ends. */
export function endWithUs(child: ChildProcess): void {
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

/** A port that nothing listens on now: for programs that cannot be told to take any. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a program that prints {"url": …} as its first line, and asks `path` for a first answer. */
export async function startServer(
  command: string,
  args: readonly string[],
  path: string,
  headers: Record<string, string> = {},
): Promise<BenchServer> {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  endWithUs(child);
  const line = await firstLine(child);
  const { url, iscsi = [] } = JSON.parse(line) as { url: string; iscsi?: { portal: string }[] };
  const answer = await fetch(url + path, { headers });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${command} answered ${answer.status} at ${path}`);
  return { url, readyMs: performance.now() - began, pid: child.pid ?? 0, iscsi, stop: () => child.kill('SIGKILL') };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the server has no output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the server ended without a word');
}
