#!/usr/bin/env node
import { setTimeout as pauseOf } from 'node:timers/promises';
import { announce } from './announcement.js';
import { type Given, optionsOf, parse, usage } from './cli-options.js';
import { type Simulator, startSimulator } from './index.js';
import { OptionError } from './options.js';

/** How long a shutdown may take. */
const shutdownLimitMs = 5000;

/** What to do on Ctrl-C: close, and end; a second one ends at once, and so does a shutdown that takes too long. */
function stopper(simulator: Simulator, given: Given): () => void {
  let closing = false;
  const fail = (line: string) => {
    process.stderr.write(`eseries-simulator: ${line}\n`);
    process.exit(1);
  };
  return () => {
    if (closing) process.exit(130);
    closing = true;
    setTimeout(() => {
      const seconds = shutdownLimitMs / 1000;
      fail(`the shutdown is not done after ${seconds} s: it still waits for ${simulator.waitsFor ?? 'nothing'}`);
    }, shutdownLimitMs);
    simulator.close().then(
      () => process.exit(0),
      (error: unknown) => fail(failure(error, given).line),
    );
  };
}

/** One line that says what went wrong, and whether it is the usage (2) or the world (1). */
function failure(error: unknown, given: Given | undefined): { line: string; code: number } {
  const { name, code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  const place = { host: given?.host ?? '127.0.0.1', port: port ?? given?.port ?? 8080 };
  if (error instanceof OptionError) return { line: message, code: 2 };
  if (code === 'EADDRINUSE')
    return {
      line: `port ${place.port} of ${place.host} is taken: give another with --port or --tls-port, or 0 for any`,
      code: 1,
    };
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return { line: `cannot listen on ${place.host}:${place.port} (${code})`, code: 1 };
  if (['ArrayError', 'PresetError', 'StateFileError', 'RestError'].includes(name))
    return { line: message, code: name === 'ArrayError' ? 2 : 1 };
  return { line: code === undefined ? String(message) : `${message} (${code})`, code: 1 };
}

/** Shows the event stream until Ctrl-C, or until nothing reads what is written. */
async function followJournal(args: readonly string[]): Promise<number> {
  const { journal } = await import('./journal-command.js');
  const ending = new AbortController();
  const end = () => ending.abort();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end);
  process.stdout.once('error', end);
  const pause = (durationMs: number, signal: AbortSignal) => pauseOf(durationMs, undefined, { signal });
  return journal(args, { out: process.stdout, err: process.stderr, signal: ending.signal, pause });
}

async function main(): Promise<void> {
  let given: Given | undefined;
  try {
    const args = process.argv.slice(2);
    if (args[0] === 'doctor') {
      const { doctor } = await import('./doctor.js');
      process.exitCode = await doctor(args.slice(1));
      return;
    }
    if (args[0] === 'journal') {
      process.exitCode = await followJournal(args.slice(1));
      return;
    }
    given = await parse(args);
    if (given.help) {
      process.stdout.write(usage);
      return;
    }
    if (given.version) {
      const { version } = await import('./version.js');
      process.stdout.write(`${version}\n`);
      return;
    }
    const simulator = await startSimulator(await optionsOf(given));
    const stop = stopper(simulator, given);
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    announce(simulator, given);
  } catch (error) {
    const { line, code } = failure(error, given);
    process.stderr.write(`eseries-simulator: ${line}\n`);
    process.exitCode = code;
  }
}

await main();
