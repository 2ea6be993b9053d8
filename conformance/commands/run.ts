import { parseArgs } from 'node:util';
import { allChecks } from '../checks/all-checks.js';
import type { Check, CheckResult } from '../checks/check.js';
import { explorationChecks, explorations } from '../checks/explore/index.js';
import { type Chosen, choose, type Selection } from '../checks/selection.js';
import { judgeDriver } from '../library/judge-driver.js';
import { subjectFor } from '../library/over-sockets.js';
import { replayLines } from '../report/replay-lines.js';
import type { CheckReport } from '../report/report.js';
import { saveFailure } from '../report/save-failures.js';
import { requirements } from '../requirements/index.js';
import { nowMs, patienceOf } from '../runtime/wall-clock.js';
import { arrayOf } from './array-options.js';
import { type Command, CommandError } from './command.js';
import { givenSubject } from './given-subject.js';
import { lanesOf } from './lanes.js';
import { optionValue } from './options.js';
import { type Progress, progressOf } from './progress.js';
import { exitCodeOf, ReportFiles, writeReports } from './report-options.js';
import { runUsage } from './usage/run.js';
import { readWaivers } from './waiver-file.js';

export const run: Command = {
  ...runUsage,
  async run(args, io) {
    const { values: given } = parseArgs({ args: [...args], options: runUsage.options });
    const values = { ...given, subject: givenSubject(given) };
    const only = (values.only ?? []).flatMap((each) => each.split(',')).filter((each) => each !== '');
    const exploration =
      values.explore === undefined
        ? undefined
        : explorationChecks(optionValue.oneOf('--explore', values.explore, explorations));
    const selection: Selection = {
      only: exploration !== undefined && only.length === 0 ? [exploration.all] : only,
      level: optionValue.level('--level', values.level),
      ...(values.shard === undefined ? {} : { shard: optionValue.shard('--shard', values.shard) }),
    };
    const seed = optionValue.whole('--seed', values.seed);
    const effort = optionValue.positive('--runs', values.runs);
    const limitMs = values.time === undefined ? undefined : optionValue.duration('--time', values.time);
    const patience = patienceOf(optionValue.duration('--patience', values.patience));
    const checks = exploration?.checks ?? (await allChecks());
    const chosen = choose(checks, requirements, selection);
    refuseNothing(chosen, selection);
    if (values.path !== undefined) refuseManyPaths(chosen.checks);
    const waivers = values.waivers === undefined ? [] : await readWaivers(values.waivers, requirements);
    const startMs = nowMs();
    const lanes = lanesOf(values);
    const subject = subjectFor(values.subject, { patience });
    const external = await arrayOf(values);
    const began: { files?: ReportFiles; progress?: Progress } = {};
    const report = await judgeDriver(
      {
        subject,
        command: values.subject,
        checks,
        selection,
        seed,
        path: values.path,
        effort,
        waivers,
        external,
        bail: values.bail,
        lanes,
        isOver: limitMs === undefined ? undefined : () => nowMs() - startMs >= limitMs,
      },
      {
        async begun(total, reportNow) {
          began.files = new ReportFiles(values, reportNow);
          await began.files.begin();
          began.progress = progressOf(io, total);
        },
        played: () => began.progress?.played(),
        async checked(result) {
          began.progress?.checked(result);
          return saved(result, values);
        },
        reported: () => began.files?.changed(),
      },
    );
    began.progress?.stop();
    await began.files?.stop();
    await external?.close();
    await writeReports(report, values, io);
    return exitCodeOf(report);
  },
};

function refuseNothing({ checks, unknown }: Chosen<Check>, { only, shard }: Selection): void {
  if (unknown.length > 0)
    throw new CommandError(
      `--only ${unknown.join(', ')} is the id of no check and of no requirement: \`eseries-conformance requirements\` lists both.`,
    );
  if (checks.length > 0) return;
  // A shard beyond the last check has nothing to do, and a CI matrix has to go on.
  if (shard === undefined)
    throw new CommandError(`There is no check to run: none verifies ${only.join(', ')} at this level.`);
}

function refuseManyPaths(checks: readonly Check[]): void {
  const generated = checks.filter(({ kind }) => kind !== 'direct').map(({ id }) => id);
  if (checks.length !== 1 || generated.length !== 1)
    throw new CommandError(
      `--path is of one check that generates examples: name that with --only (chosen are ${checks.length} checks, of which ${generated.length} generate).`,
    );
}

interface SavingValues {
  readonly 'save-failures': string;
  readonly subject?: string | undefined;
  readonly patience: string;
}

async function saved(result: CheckResult, values: SavingValues): Promise<CheckReport> {
  const { subject: command, patience, 'save-failures': folder } = values;
  const file = await saveFailure(folder, result).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`--save-failures ${folder} cannot be written to (${error.code}).`);
  });
  const replay = replayLines(result, {
    file,
    command,
    patience: patience === runUsage.options.patience.default ? undefined : patience,
    environment: process.env,
  });
  return replay.length === 0 ? result : { ...result, replay };
}
