import { optionTypes } from './cli-options.js';

/** What can be typed, by the command before it; '' is the beginning of the line. */
export const completionWords: Readonly<Record<string, readonly string[]>> = {
  '': ['doctor', 'completion', ...Object.keys(optionTypes).map((name) => `--${name}`)],
  doctor: ['--json'],
};
