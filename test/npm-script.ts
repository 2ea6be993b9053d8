import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CommandError, exitCodes } from '../conformance/commands/command.js';
import { complaintOf } from '../conformance/commands/complaint.js';
import { nearest } from '../conformance/commands/nearest.js';

type Options = NonNullable<ParseArgsConfig['options']>;
type Given<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>;

interface Script<O extends Options> {
  /** Its name in package.json, e.g. `steady`. */
  readonly name: string;
  /** What it does and its options: `--help` shows it. */
  readonly usage: string;
  readonly options: O;
  /** What a word that is no option may be, e.g. `variant` with the ids of all; no such word is allowed by default. */
  readonly words?: { readonly kind: string; readonly known: readonly string[] };
  /** Gives the exit code. */
  run(given: Given<O>['values'], words: readonly string[]): Promise<number>;
}

/**
 * Runs a script of package.json with the arguments of this process and sets the exit code: the script's, or 2 with a line that
 * says what is allowed where an option or a word is not possible.
 */
export async function npmScript<const O extends Options>(script: Script<O>): Promise<void> {
  const { name, usage, options, words } = script;
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return;
  }
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: words !== undefined });
    for (const word of positionals) if (words?.known.includes(word) === false) throw unknownWord(word, words);
    process.exitCode = await script.run(values as Given<O>['values'], positionals);
  } catch (error) {
    const complaint = complaintOf(error, `npm run ${name} --`, { summary: name, usage, options });
    process.stderr.write(`${name}: ${complaint}\n`);
    process.exitCode = exitCodes.couldNotRun;
  }
}

function unknownWord(word: string, { kind, known }: { kind: string; known: readonly string[] }): CommandError {
  const meant = nearest(word, known);
  const advice = meant === undefined ? `known are ${known.join(', ')}` : `did you mean ${meant}?`;
  return new CommandError(`there is no ${kind} ${word}: ${advice}`);
}
