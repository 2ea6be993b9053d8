import type { CommandUsage } from './command.js';
import { nearest } from './nearest.js';

/**
 * What is told of an error that ended a command, e.g. `eseries-conformance run`: its message where it is about what was asked
 * for, otherwise with its stack. For an unknown option, which one was probably meant and where to find all.
 */
export function complaintOf(error: unknown, command: string, usage: CommandUsage): string {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  const told = isForPeople(error) ? message.replace(advice, '') : (stack ?? message);
  return `${told}${suggestion(error, command, usage)}`;
}

/** What Node adds to an unknown option where words are allowed: the mistyped option is what people have to see. */
const advice = /\. To specify a positional argument.*$/s;

/** The option that was probably meant by an unknown one, and where to find all. */
function suggestion(error: unknown, command: string, { options }: CommandUsage): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return '';
  const unknown = /'--?([^'\s]*)/.exec(message)?.[1] ?? '';
  const meant = nearest(unknown, Object.keys(options));
  return `${meant === undefined ? '' : `\nDid you mean --${meant}?`}\n\`${command} --help\` lists the options.`;
}

/** Whether an error is about what was asked for, and tells it in its message. */
function isForPeople(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, syscall, path } = error as NodeJS.ErrnoException;
  if (['CommandError', 'ScenarioFileError', 'SubjectError'].includes(name)) return true;
  // A file that can't be read or written names itself.
  return String(code).startsWith('ERR_PARSE_ARGS') || (syscall !== undefined && path !== undefined);
}
