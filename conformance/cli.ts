#!/usr/bin/env node
import { type Command, CommandError, type CommandIo, exitCodes } from './commands/command.js';
import { indexScenarios } from './commands/index-scenarios.js';
import { lint } from './commands/lint.js';
import { merge } from './commands/merge.js';
import { record } from './commands/record.js';
import { replay } from './commands/replay.js';
import { requirementsCommand } from './commands/requirements.js';
import { run } from './commands/run.js';
import { smokeCommand } from './commands/smoke.js';
import { ScenarioFileError } from './scenario/read-scenario.js';
import { SubjectError } from './subjects/subject.js';

const commands: Readonly<Record<string, Command>> = {
  run,
  requirements: requirementsCommand,
  smoke: smokeCommand,
  merge,
  replay,
  lint,
  record,
  index: indexScenarios,
};

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
    // Whatever it is, nothing was judged: 1 would say that the driver failed.
    io.err.write(`${isForPeople(error) ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
    return exitCodes.couldNotRun;
  }
}

/** Whether an error is about what was asked for, and tells it in its message. */
function isForPeople(error: unknown): boolean {
  if ([CommandError, ScenarioFileError, SubjectError].some((kind) => error instanceof kind)) return true;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  // A file that can't be read or written names itself.
  return String(code).startsWith('ERR_PARSE_ARGS') || (syscall !== undefined && path !== undefined);
}

process.exitCode = await main(process.argv.slice(2), { out: process.stdout, err: process.stderr });
