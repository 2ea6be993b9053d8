import { parseArgs } from 'node:util';
import { allChecks } from '../checks/all-checks.js';
import { parseReport, ReportFileError } from '../report/json.js';
import { MergeError, mergeReports, type NamedReport } from '../report/merge.js';
import { requirements } from '../requirements/index.js';
import { today } from '../runtime/wall-clock.js';
import { type Command, CommandError } from './command.js';
import { exitCodeOf, writeReports } from './report-options.js';
import { readText, reasonOf } from './text-file.js';
import { mergeUsage } from './usage/merge.js';

export const merge: Command = {
  ...mergeUsage,
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options: mergeUsage.options, allowPositionals: true });
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

const mostReportBytes = 256 * 2 ** 20;

async function textOf(file: string): Promise<string> {
  return readText(file, mostReportBytes).catch((error: unknown) => {
    throw new CommandError(`${file} cannot be read (${reasonOf(error)}).`);
  });
}
