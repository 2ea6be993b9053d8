import { optionTypes } from './cli-options.js';
import { journalOptions } from './journal-command.js';

/** What can be typed, by the command before it; '' is the beginning of the line. */
export const completionWords: Readonly<Record<string, readonly string[]>> = {
  '': ['journal', 'doctor', 'completion', ...Object.keys(optionTypes).map((name) => `--${name}`)],
  doctor: ['--json'],
  journal: Object.keys(journalOptions).map((name) => `--${name}`),
};
