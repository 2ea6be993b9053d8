import { optionTypes } from './cli-options.js';

/** What can be typed; '' is the beginning of the line. */
export const completionWords: Readonly<Record<string, readonly string[]>> = {
  '': ['call', 'completion', '--version', ...Object.keys(optionTypes).map((name) => `--${name}`)],
};
