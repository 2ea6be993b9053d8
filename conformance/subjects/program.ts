import { spawn } from 'node:child_process';
import { type Patience, within } from '../probe/patience.js';
import { cutLines } from './lines.js';

/** A program that talks in lines. */
export interface Program {
  write(line: string): void;
  /** The end of what it wrote to standard error. */
  stderrTail(): string;
  /** Ends its input and waits for its end; kills it when there is no patience left. Resolves to whether it ended itself. */
  end(patience: Patience | undefined): Promise<boolean>;
  kill(): Promise<void>;
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

/** Starts a program without a shell. */
export function startProgram(
  [command = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
  events: ProgramEvents,
): Program {
  const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: 'pipe' });
  let tail = '';
  let words: string | undefined;
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      words ??= `cannot be started: ${error.message}`;
      if (child.pid === undefined) end();
    });
    child.once('close', (code, signal) => {
      words ??= signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      end();
    });
    let told = false;
    const end = () => {
      resolve();
      if (!told) events.ended(words ?? 'ended');
      told = true;
    };
  });
  const kill = (why?: string) => {
    words ??= why;
    child.kill('SIGKILL');
  };
  child.stdout.on(
    'data',
    cutLines(
      lineLimitBytes,
      (text) => events.line(text),
      () => kill(`wrote more than ${lineLimitBytes} bytes without ending the line`),
    ),
  );
  const log = cutLines(
    lineLimitBytes,
    (text) => events.log?.(text),
    () => undefined,
  );
  child.stderr.on('data', (piece: Buffer) => {
    tail = (tail + piece.toString()).slice(-tailLimit);
    log(piece);
  });
  // A program that reads no more can't be asked anything. One that died of itself is gone already, with its own reason.
  child.stdin.on('error', () => {
    child.kill('SIGKILL');
  });
  return {
    write(line) {
      if (child.stdin.writable) child.stdin.write(`${line}\n`);
    },
    stderrTail: () => tail.trim(),
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
  };
}
