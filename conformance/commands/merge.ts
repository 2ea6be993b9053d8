import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { allChecks } from '../checks/all-checks.js';
import { parseReport, ReportFileError } from '../report/json.js';
import { MergeError, mergeReports, type NamedReport } from '../report/merge.js';
import { requirements } from '../requirements/index.js';
import { today } from '../wall-clock.js';
import { type Command, CommandError } from './command.js';
import { exitCodeOf, reportOptions, reportUsage, writeReports } from './report-options.js';

export const merge: Command = {
  summary: 'put the reports of all shards together, and judge the whole',
  usage: `eseries-conformance merge REPORTS… [options]

REPORTS are what \`run --shard 1/8 --save-report FILE\` and its like wrote: of each shard one, of the same run. What they
come to together is what one run without shards would have come to.
Exit code 0: passed, 1: failed, 2: could not run.

${reportUsage}`,
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options: reportOptions, allowPositionals: true });
    if (positionals.length === 0) throw new CommandError('Which reports? Name what `run --save-report FILE` wrote.');
    try {
      const parts: NamedReport[] = [];
      for (const file of positionals) parts.push({ file, report: parseReport(await textOf(file), file) });
      const report = mergeReports(parts, { requirements, checks: await allChecks(), today: today() });
      await writeReports(report, values, io);
      return exitCodeOf(report);
    } catch (error) {
      if (error instanceof ReportFileError || error instanceof MergeError) throw new CommandError(error.message);
      throw error;
    }
  },
};

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${file} cannot be read (${error.code}).`);
  });
}
