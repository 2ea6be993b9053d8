import type { CommandUsage } from '../command.js';
import { subjectOptions, subjectUsage } from './subject.js';

export const smokeUsage = {
  summary: 'try whether a new subject speaks as the suite expects, and say what is wrong',
  usage: `eseries-conformance smoke [options]

Starts the driver against a fresh array and makes calls that leave nothing behind: it says what was sent, what came
back, what was expected and what to do about it. Exit code 0: the suite can judge the driver, 1: it can't.

${subjectUsage}  --patience 10s         how long a driver may take for an answer, and for its end
  --json                 as JSON
`,
  options: {
    ...subjectOptions,
    patience: { type: 'string', default: '10s' },
    json: { type: 'boolean' },
  },
} as const satisfies CommandUsage;
