import { parseArgs } from 'node:util';
import { allChecks } from '../checks/all-checks.js';
import { compareReports, comparisonText } from '../report/comparison.js';
import { htmlComparison } from '../report/html-comparison.js';
import { parseReport, ReportFileError } from '../report/json.js';
import { MergeError, mergeReports, type NamedReport } from '../report/merge.js';
import { requirements } from '../requirements/index.js';
import { today } from '../runtime/wall-clock.js';
import { type Command, CommandError, type CommandIo, exitCodes } from './command.js';
import { exitCodeOf, writeReports, writeWhole } from './report-options.js';
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
      if (values.compare === true) return await compare(parts, values, io);
      const report = mergeReports(parts, { requirements, checks: await allChecks(), today: today() });
      await writeReports(report, values, io);
      return exitCodeOf(report);
    } catch (error) {
      if (error instanceof ReportFileError || error instanceof MergeError) throw new CommandError(error.message);
      throw error;
    }
  },
};

type Values = { readonly [Option in keyof typeof mergeUsage.options]?: string | boolean | undefined };

/** Sets reports side by side. Throws CommandError for options of the merged report: there is none. */
async function compare(parts: readonly NamedReport[], values: Values, { out }: CommandIo): Promise<number> {
  const stranger = (['save-report', 'junit', 'markdown', 'badge'] as const).find((name) => values[name] !== undefined);
  if (stranger !== undefined)
    throw new CommandError(`--${stranger} does not go with --compare: allowed are --html FILE and --json.`);
  if (parts.length < 2) throw new CommandError('--compare takes two reports or more.');
  const comparison = compareReports(parts);
  if (typeof values.html === 'string') await writeWhole('html', values.html, htmlComparison(comparison));
  out.write(values.json === true ? `${JSON.stringify(comparison, null, 2)}\n` : comparisonText(comparison));
  return exitCodes.passed;
}

const mostReportBytes = 256 * 2 ** 20;

async function textOf(file: string): Promise<string> {
  return readText(file, mostReportBytes).catch((error: unknown) => {
    throw new CommandError(`${file} cannot be read (${reasonOf(error)}).`);
  });
}
