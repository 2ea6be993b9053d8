import { commands } from './commands/index.js';

/** What can be typed, by the command before it; '' is the beginning of the line. */
export const completionWords: Readonly<Record<string, readonly string[]>> = {
  '': [...Object.keys(commands), 'completion', '--help', '--version'],
  ...Object.fromEntries(
    Object.entries(commands).map(([name, { usage }]) => [
      name,
      [...Object.keys(usage.options), 'quiet', 'help'].map((option) => `--${option}`),
    ]),
  ),
};
