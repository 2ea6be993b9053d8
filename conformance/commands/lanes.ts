import { availableParallelism } from 'node:os';
import { isProgram } from '../library/over-sockets.js';
import { CommandError } from './command.js';
import { optionValue } from './options.js';

/** How many checks are played at once: one where they share this process or an array. Throws CommandError. */
export function lanesOf({
  subject,
  array,
  'at-once': given,
}: {
  readonly subject?: string | undefined;
  readonly array?: string | undefined;
  readonly 'at-once'?: string | undefined;
}): number {
  const isShared = array !== undefined || !isProgram(subject);
  if (given === undefined) return isShared ? 1 : availableParallelism();
  const wanted = optionValue.whole('--at-once', given);
  if (wanted > 1 && isShared)
    throw new CommandError(
      `--at-once ${given} is not possible: only programs, on arrays of their own, are judged at once.`,
    );
  return Math.max(1, wanted);
}
