import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { type Patience, within } from '../runtime/patience.js';
import { patienceOf } from '../runtime/wall-clock.js';
import { atExit } from './at-exit.js';
import { cutLines } from './lines.js';

/** A program that talks in lines. */
export interface Program {
  /** Of the leader of its process group; undefined when it could not be started. */
  readonly pid: number | undefined;
  write(line: string): void;
  /** The end of what it wrote to standard error. */
  stderrTail(): string;
  /** Ends its input and waits for its end; kills it when there is no patience left. Resolves to whether it ended itself. */
  end(patience: Patience | undefined): Promise<boolean>;
  /** Ends it and all processes of its group. */
  kill(): Promise<void>;
  /** Whether this process waits for it before it ends. */
  keepAlive(isKept: boolean): void;
}

export interface ProgramEvents {
  line(text: string): void;
  /** Once: why it says no more. */
  ended(why: string): void;
  /** What it writes to standard error, a line each. */
  log?(text: string): void;
}

const lineLimitBytes = 64 * 1024 * 1024;
const tailLimit = 4000;

/** How long a program that closed a stream may take to end, and its output to arrive after its end, in milliseconds. */
const graceMs = 1000;

/**
 * Starts a program without a shell, as the leader of a process group of its own: what it starts in turn ends with it. The
 * group is ended too when this process ends.
 */
export function startProgram(
  [command = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
  events: ProgramEvents,
): Program {
  const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: 'pipe', detached: true });
  let words: string | undefined;
  let hasEnded = false;
  // The number of a group that has ended may be given to another one.
  const killGroup = () => {
    if (!hasEnded) endGroup(child);
  };
  const forget = atExit(killGroup);
  const gone = new Promise<void>((resolve) => {
    let told = false;
    const end = () => {
      forget();
      resolve();
      if (!told) events.ended(words ?? 'ended');
      told = true;
    };
    child.once('error', (error) => {
      words ??= `cannot be started: ${error.message}`;
      if (child.pid === undefined) end();
    });
    child.once('exit', (code, signal) => {
      words ??= signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      killGroup();
      hasEnded = true;
      // A process that has left the group may keep the streams open for ever.
      after(graceMs, closed, () => {
        child.stdout.destroy();
        child.stderr.destroy();
      });
    });
    const closed = new Promise<void>((done) => {
      child.once('close', () => {
        end();
        done();
      });
    });
  });
  const kill = (why?: string) => {
    words ??= why;
    killGroup();
  };
  const tail = listen(child, events, kill);
  // A program that ends closes its streams too: then its end is the reason.
  child.stdout.once('end', () => after(graceMs, gone, () => kill('closed its standard output')));
  child.stdin.on('error', () => after(graceMs, gone, () => kill('does not read its standard input any more')));
  return {
    pid: child.pid,
    write(line) {
      if (child.stdin.writable) child.stdin.write(`${line}\n`);
    },
    stderrTail: tail,
    async end(patience) {
      child.stdin.end();
      try {
        await within(gone, patience?.(), 'its end');
        return true;
      } catch {
        kill();
        await gone;
        return false;
      }
    },
    async kill() {
      kill();
      await gone;
    },
    keepAlive(isKept) {
      for (const each of [child, ...[child.stdin, child.stdout, child.stderr].map((stream) => stream as Socket)])
        isKept ? each.ref() : each.unref();
    },
  };
}

/** Cuts what it writes into lines. Gives the end of its standard error. */
function listen(
  child: ChildProcessWithoutNullStreams,
  events: ProgramEvents,
  kill: (why: string) => void,
): () => string {
  let tail = '';
  const tooLong = () => kill(`wrote more than ${lineLimitBytes} bytes without ending the line`);
  child.stdout.on('data', cutLines(lineLimitBytes, events.line, tooLong));
  const log = cutLines(
    lineLimitBytes,
    (text) => events.log?.(text),
    () => undefined,
  );
  child.stderr.on('data', (piece: Buffer) => {
    tail = (tail + piece.toString()).slice(-tailLimit);
    log(piece);
  });
  return () => tail.trim();
}

/** Does something unless a promise is settled in time. */
function after(milliseconds: number, promise: Promise<void>, body: () => void): void {
  within(promise, patienceOf(milliseconds)(), 'it').catch(body);
}

/** Ends the processes of a group, whatever they do: also those that are stopped. */
function endGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left, or the system has no groups.
    child.kill('SIGKILL');
  }
}
