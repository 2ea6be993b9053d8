import type { CommandUsage } from '../command.js';
import { reportOptions, reportUsage } from './report.js';

export const mergeUsage = {
  summary: 'put the reports of all shards together, and judge the whole; or compare reports',
  usage: `eseries-conformance merge REPORTS… [options]
       eseries-conformance merge --compare REPORTS… [--html FILE] [--json]

REPORTS are what \`run --shard 1/8 --save-report FILE\` and its like wrote: of each shard one, of the same run. What they
come to together is what one run without shards would have come to.
Exit code 0: passed, 1: failed, 2: could not run.

With --compare, REPORTS are of several drivers or versions, or of one as time went on: they are set side by side in the order
given, and nothing is judged (exit code 0). --html writes the matrix and the trend as a page, --json the comparison as data.

${reportUsage}`,
  options: { ...reportOptions, compare: { type: 'boolean' } },
} as const satisfies CommandUsage;
