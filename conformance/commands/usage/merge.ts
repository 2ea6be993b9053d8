import type { CommandUsage } from '../command.js';
import { reportOptions, reportUsage } from './report.js';

export const mergeUsage = {
  summary: 'put the reports of all shards together, and judge the whole',
  usage: `eseries-conformance merge REPORTS… [options]

REPORTS are what \`run --shard 1/8 --save-report FILE\` and its like wrote: of each shard one, of the same run. What they
come to together is what one run without shards would have come to.
Exit code 0: passed, 1: failed, 2: could not run.

${reportUsage}`,
  options: reportOptions,
} as const satisfies CommandUsage;
