import type { CommandUsage } from '../command.js';
import { arrayOptions, arrayUsage } from './array.js';
import { reportOptions, reportUsage } from './report.js';
import { subjectOptions, subjectUsage } from './subject.js';

export const runUsage = {
  summary: 'judge a driver against a fresh array, requirement by requirement',
  usage: `eseries-conformance run [options]

Plays every story of this package, each on an array of its own, and says of each requirement whether it holds: pass, fail,
error, skipped, waived, or not exercised. Not exercised counts like a failure. A driver that does not start, or not end,
cannot be judged: that is the one thing that the report says. Report files are written as the run goes on.
Exit code 0: passed, 1: failed or cannot be judged, 2: could not run.

${subjectUsage}${arrayUsage}  --patience 60s         how long a driver may take for an answer, and for its end
  --seed N               decides all that is generated (1)
  --path P               only the example that a failure named; with --only and the seed that it named
  --runs N               so many times the usual number of examples (1)
  --time 10m             no check begins later than that, and generated ones end early
  --explore singles      instead of the usual checks: each fault at each request of each method, all of them; what is left
                         over is an error
  --explore pairs        each two faults of a call, the most telling first; with --time, as far as that lasts
  --only IDS             checks or requirements by their ids, * for any text; repeated, or with commas between
  --level must|should    must: shoulds are not tried for themselves and don't count (should: all count)
  --shard 2/8            a part of the checks; \`merge\` puts the parts together
  --bail                 end with the first failure
  --at-once N            so many checks of a program beside each other, each with a program of its own; by default as
                         many as there are processors
  --waivers FILE         requirements that may fail for now (YAML or JSON): a list of id, reason, owner, expires
  --save-failures FOLDER where stories that failed are saved, for \`replay\` (conformance-failures)
${reportUsage}`,
  options: {
    ...subjectOptions,
    ...arrayOptions,
    patience: { type: 'string', default: '60s' },
    seed: { type: 'string', default: '1' },
    path: { type: 'string' },
    runs: { type: 'string', default: '1' },
    time: { type: 'string' },
    explore: { type: 'string' },
    only: { type: 'string', multiple: true },
    level: { type: 'string', default: 'should' },
    shard: { type: 'string' },
    bail: { type: 'boolean' },
    'at-once': { type: 'string' },
    waivers: { type: 'string' },
    'save-failures': { type: 'string', default: 'conformance-failures' },
    ...reportOptions,
  },
} as const satisfies CommandUsage;
