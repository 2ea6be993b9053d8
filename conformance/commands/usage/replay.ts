import type { CommandUsage } from '../command.js';
import { arrayOptions, arrayUsage } from './array.js';
import { subjectOptions, subjectUsage } from './subject.js';

export const replayUsage = {
  summary: 'play scenarios and say what held',
  usage: `eseries-conformance replay FILES… [options]

Plays each scenario on an array of its own. FILES are scenario files or folders of them.
Exit code 0: all passed, 1: some failed, 2: could not run.

${subjectUsage}${arrayUsage}  --library              the stories of this package, instead of FILES or beside them
  --patience 60s         how long a driver may take for an answer, and for its end
  --seed N               instead of the files' own
  --json                 reports as JSON
  --junit FILE           a JUnit report
  --trace FILE           what happened, a line of JSON each; a folder when there are many files
  --update               write the trace beside each file, as FILE.trace; a trace that stands there is compared otherwise
  --inspect              after the story, passed or failed, keeps its array until Ctrl-C, and opens its past in a browser at
                         the step that failed: every step, request and change, moment by moment
  --verbose, -v          every step of every file; by default those of one file, or of what failed
`,
  options: {
    ...subjectOptions,
    ...arrayOptions,
    patience: { type: 'string', default: '60s' },
    library: { type: 'boolean' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
    junit: { type: 'string' },
    trace: { type: 'string' },
    update: { type: 'boolean' },
    inspect: { type: 'boolean' },
    verbose: { type: 'boolean', short: 'v' },
  },
} as const satisfies CommandUsage;
