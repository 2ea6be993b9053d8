import type { ParseArgsConfig } from 'node:util';

/** What is to be known of a command without running it. */
export interface CommandUsage {
  /** One line: what it does. */
  readonly summary: string;
  /** What `--help` shows. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
}

/** A command of the command line. */
export interface Command extends CommandUsage {
  /** Runs it with what stands behind its name. Gives the exit code: 0 passed, 1 failed, 2 could not run. */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** Where a command reads and writes. */
export interface CommandIo {
  readonly out: NodeJS.WriteStream | WritableText;
  readonly err: NodeJS.WriteStream | WritableText;
  /** Whether no progress is shown. */
  readonly isQuiet?: boolean;
  /** Resolves when what runs until it is interrupted is to end: by Ctrl-C, if nothing is said. */
  readonly untilInterrupted?: () => Promise<void>;
}

interface WritableText {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export const exitCodes = { passed: 0, failed: 1, couldNotRun: 2 } as const;

/** What was asked for can't be: the message says what, its value, and what is allowed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
