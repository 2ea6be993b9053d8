#!/usr/bin/env node
import { type Command, CommandError, type CommandIo, exitCodes } from './commands/command.js';
import { lint } from './commands/lint.js';
import { record } from './commands/record.js';
import { replay } from './commands/replay.js';
import { SubjectError } from './subjects/subject.js';

const commands: Readonly<Record<string, Command>> = { replay, lint, record };

const usage = `eseries-conformance COMMAND …

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`)
  .join('\n')}

eseries-conformance COMMAND --help tells more.
`;

/** Runs a command line; gives the exit code. */
async function main([name, ...args]: readonly string[], io: CommandIo): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    io.out.write(usage);
    return name === undefined ? exitCodes.couldNotRun : exitCodes.passed;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    io.err.write(`There is no command '${name}': known are ${Object.keys(commands).join(', ')}.\n`);
    return exitCodes.couldNotRun;
  }
  if (args.includes('--help')) {
    io.out.write(command.usage);
    return exitCodes.passed;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (!isForPeople(error)) throw error;
    io.err.write(`${(error as Error).message}\n`);
    return exitCodes.couldNotRun;
  }
}

/** Whether an error is about what was asked for, and tells it in its message. */
function isForPeople(error: unknown): boolean {
  if (error instanceof CommandError || error instanceof SubjectError) return true;
  return String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
}

process.exitCode = await main(process.argv.slice(2), { out: process.stdout, err: process.stderr });
