#!/usr/bin/env node
import { type CommandIo, exitCodes } from './commands/command.js';
import { complaintOf } from './commands/complaint.js';
import { commands } from './commands/index.js';
import { nearest } from './commands/nearest.js';

const usage = `eseries-conformance COMMAND …

${Object.entries(commands)
  .map(([name, command]) => `  ${name.padEnd(14)}${command.usage.summary}`)
  .join('\n')}

  completion    print what makes bash, zsh or fish complete these

eseries-conformance COMMAND --help tells more. With --quiet a command says nothing but what is wrong with the command line,
and JSON that is asked for: the exit code tells. NO_COLOR turns colours off.
`;

/** Runs a command line; gives the exit code. */
async function main([name, ...given]: readonly string[], shown: CommandIo): Promise<number> {
  const args = given.filter((each) => each !== '--quiet');
  const io = args.length === given.length ? shown : quiet(shown, args.includes('--json'));
  if (name === undefined || name === '--help' || name === 'help') {
    io.out.write(usage);
    return name === undefined ? exitCodes.couldNotRun : exitCodes.passed;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const names = Object.keys(commands);
    const meant = nearest(name, names);
    io.err.write(
      `There is no command '${name}'${meant === undefined ? '' : `, did you mean '${meant}'?`} Known are ${names.join(', ')}.\n`,
    );
    return exitCodes.couldNotRun;
  }
  if (args.includes('--help')) {
    io.out.write(command.usage.usage);
    return exitCodes.passed;
  }
  try {
    return await (await command.load()).run(args, io);
  } catch (error) {
    // Whatever it is, nothing was judged: 1 would say that the driver failed.
    io.err.write(`${complaintOf(error, `eseries-conformance ${name}`, command.usage)}\n`);
    return exitCodes.couldNotRun;
  }
}

/** Nothing is shown but errors, and JSON where that is asked for. */
function quiet({ out, err }: CommandIo, isJson: boolean): CommandIo {
  return { out: isJson ? out : { write: () => undefined }, err, isQuiet: true };
}

process.exitCode = await main(process.argv.slice(2), { out: process.stdout, err: process.stderr });
