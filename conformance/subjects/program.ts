import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { type Patience, within } from '../runtime/patience.js';
import { patienceOf } from '../runtime/wall-clock.js';
import { atExit } from './at-exit.js';
import { cutLines } from './lines.js';

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
 * A program that talks in lines. It is started without a shell, as the leader of a process group of its own: what it
 * starts in turn ends with it. The group is ended too when this process ends.
 */
export class Program {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly gone: Promise<void>;
  private stderr = '';
  private whyEnded: string | undefined;
  private hasEnded = false;

  constructor(
    [command = '', ...args]: readonly string[],
    environment: Readonly<Record<string, string>>,
    private readonly events: ProgramEvents,
  ) {
    this.child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: 'pipe', detached: true });
    this.gone = this.watchEnd(atExit(() => this.killGroup()));
    this.readLines();
    const { stdin, stdout, stderr } = this.child;
    // A program that ends closes its streams too: then its end is the reason.
    const closedOutput = () => after(graceMs, this.gone, () => this.killFor('closed its standard output'));
    stdout.once('end', closedOutput);
    // One that ends with input unread resets its streams.
    stdout.on('error', closedOutput);
    stderr.on('error', () => undefined);
    stdin.on('error', () => after(graceMs, this.gone, () => this.killFor('does not read its standard input any more')));
  }

  /** Of the leader of its process group; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  write(line: string): void {
    if (this.child.stdin.writable) this.child.stdin.write(`${line}\n`);
  }

  /** The end of what it wrote to standard error. */
  stderrTail(): string {
    return this.stderr.trim();
  }

  /** Ends its input and waits for its end; kills it when there is no patience left. Resolves to whether it ended itself. */
  async end(patience: Patience | undefined): Promise<boolean> {
    this.child.stdin.end();
    try {
      await within(this.gone, patience?.(), 'its end');
      return true;
    } catch {
      await this.kill();
      return false;
    }
  }

  /** Ends it and all processes of its group. */
  async kill(): Promise<void> {
    this.killGroup();
    await this.gone;
  }

  /** Whether this process waits for it before it ends. */
  keepAlive(isKept: boolean): void {
    const { child } = this;
    for (const each of [child, ...[child.stdin, child.stdout, child.stderr].map((stream) => stream as Socket)])
      isKept ? each.ref() : each.unref();
  }

  /** Resolves when it has ended and its output is read. `forget` undoes that it is ended with this process. */
  private watchEnd(forget: () => void): Promise<void> {
    const { child } = this;
    return new Promise((resolve) => {
      let isReported = false;
      const end = () => {
        forget();
        resolve();
        if (!isReported) this.events.ended(this.whyEnded ?? 'ended');
        isReported = true;
      };
      const closed = new Promise<void>((done) => {
        child.once('close', () => {
          end();
          done();
        });
      });
      child.once('error', (error) => {
        this.whyEnded ??= `cannot be started: ${error.message}`;
        if (child.pid === undefined) end();
      });
      child.once('exit', (code, signal) => {
        this.whyEnded ??= signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
        this.killGroup();
        this.hasEnded = true;
        // A process that has left the group may keep the streams open for ever.
        after(graceMs, closed, () => {
          child.stdout.destroy();
          child.stderr.destroy();
        });
      });
    });
  }

  private readLines(): void {
    const { child, events } = this;
    const tooLong = () => this.killFor(`wrote more than ${lineLimitBytes} bytes without ending the line`);
    child.stdout.on('data', cutLines(lineLimitBytes, events.line, tooLong));
    const log = cutLines(
      lineLimitBytes,
      (text) => events.log?.(text),
      () => undefined,
    );
    child.stderr.on('data', (piece: Buffer) => {
      this.stderr = (this.stderr + piece.toString()).slice(-tailLimit);
      log(piece);
    });
  }

  private killFor(why: string): void {
    this.whyEnded ??= why;
    this.killGroup();
  }

  /** Ends its group. The number of a group that has ended may be given to another one. */
  private killGroup(): void {
    if (!this.hasEnded) endGroup(this.child);
  }
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
