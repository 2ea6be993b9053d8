import type { CommandUsage } from '../command.js';
import { subjectOptions, subjectUsage } from './subject.js';

export const campaignUsage = {
  summary: 'make up stories with one seed after the other, and list the failures by cause',
  usage: `eseries-conformance campaign [options]

Runs the checks that make up stories with seed after seed, until the time is over. What fails is told once for each cause, with how
often and with which seed, and with the line that shows it again.
Exit code 0: nothing failed, 1: something failed, 2: could not run.

${subjectUsage}  --patience 60s         how long a driver may take for an answer, and for its end
  --time 10m             no seed begins later than that, and what is going on ends early
  --seeds N              end after so many seeds, too
  --from N               the first seed (1)
  --runs N               so many times the usual number of examples with each seed (1)
  --only IDS             checks or requirements by their ids, * for any text; repeated, or with commas between
  --shard 2/8            of eight machines the second: each takes seeds of its own
  --at-once N            so many checks of a program beside each other; by default as many as there are processors
  --save-failures FOLDER where the first story of each cause is saved, for \`replay\` (conformance-failures)
  --json                 the causes as JSON
`,
  options: {
    ...subjectOptions,
    patience: { type: 'string', default: '60s' },
    time: { type: 'string', default: '10m' },
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
    shard: { type: 'string' },
    'at-once': { type: 'string' },
    'save-failures': { type: 'string', default: 'conformance-failures' },
    json: { type: 'boolean' },
  },
} as const satisfies CommandUsage;
