import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allChecks } from '../checks/all-checks.js';
import type { CheckResult } from '../checks/check.js';
import { runChecks } from '../checks/run-checks.js';
import { choose } from '../checks/selection.js';
import { describeSubject } from '../library/describe-subject.js';
import { subjectFor } from '../library/over-sockets.js';
import { Findings, findingLines } from '../report/findings.js';
import { replayLines } from '../report/replay-lines.js';
import { saveFailure } from '../report/save-failures.js';
import { requirements } from '../requirements/index.js';
import { nowMs, patienceOf } from '../runtime/wall-clock.js';
import { type Command, CommandError, exitCodes } from './command.js';
import { givenSubject } from './given-subject.js';
import { lanesOf } from './lanes.js';
import { optionValue } from './options.js';
import { campaignUsage } from './usage/campaign.js';

export const campaign: Command = {
  ...campaignUsage,
  async run(args, { out, err, isQuiet }) {
    const { values } = parseArgs({ args: [...args], options: campaignUsage.options });
    const command = givenSubject(values);
    const plan = planOf(values);
    const patience = patienceOf(optionValue.duration('--patience', values.patience));
    const lanes = lanesOf({ subject: command, 'at-once': values['at-once'] });
    const checks = await generatedChecks(values.only ?? []);
    const subject = subjectFor(command, { patience });
    const { methods, constants, unjudged } = await describeSubject(subject);
    if (unjudged !== undefined) throw new CommandError(`${unjudged.reason}\n${unjudged.remedy}`);
    const startMs = nowMs();
    const isOver = () => nowMs() - startMs >= plan.limitMs;
    const findings = new Findings();
    const counts = { seeds: 0, stories: 0 };
    for (let seed = plan.first; counts.seeds < plan.most && !isOver(); seed += plan.step) {
      const given = { subject, methods, constants, seed, effort: plan.effort, lanes, isOver };
      const onPlayed = () => void counts.stories++;
      for (const result of await runChecks(checks, { ...given, onPlayed }))
        if (findings.add(seed, result)) findings.shownAgainBy(result, await saved(seed, result, values, command));
      counts.seeds++;
      if (isQuiet !== true) err.write(`seed ${seed}: ${counts.stories} stories, ${findings.list().length} causes\n`);
    }
    const found = findings.list();
    if (values.json === true) out.write(`${JSON.stringify({ ...counts, causes: found }, null, 2)}\n`);
    else {
      const lines = found.flatMap((each) => [...findingLines(each), '']);
      out.write(
        `${[...lines, `${counts.seeds} seeds, ${counts.stories} stories, ${found.length} causes`].join('\n')}\n`,
      );
    }
    return found.length === 0 ? exitCodes.passed : exitCodes.failed;
  },
};

interface PlanValues {
  readonly time: string;
  readonly seeds?: string | undefined;
  readonly from: string;
  readonly runs: string;
  readonly shard?: string | undefined;
}

/** Which seeds are this machine's: every so many, beginning with one of its own. */
function planOf({ time, seeds, from, runs, shard }: PlanValues) {
  const { index, count } = shard === undefined ? { index: 1, count: 1 } : optionValue.shard('--shard', shard);
  return {
    limitMs: optionValue.duration('--time', time),
    most: seeds === undefined ? Number.POSITIVE_INFINITY : optionValue.whole('--seeds', seeds),
    first: optionValue.whole('--from', from) + index - 1,
    step: count,
    effort: optionValue.positive('--runs', runs),
  };
}

async function generatedChecks(given: readonly string[]) {
  const only = given.flatMap((each) => each.split(',')).filter((each) => each !== '');
  const checks = (await allChecks()).filter(({ kind }) => kind !== 'direct');
  const chosen = choose(checks, requirements, { only, level: 'should' });
  if (chosen.unknown.length > 0 || chosen.checks.length === 0)
    throw new CommandError(
      `--only ${only.join(', ')} chooses no check that makes up stories: there are ${checks.map(({ id }) => id).join(', ')}.`,
    );
  return chosen.checks;
}

/** Saves the story of a new cause. Gives the command lines that show it again. */
async function saved(
  seed: number,
  result: CheckResult,
  values: { readonly 'save-failures': string; readonly patience: string },
  command: string | undefined,
): Promise<string[]> {
  const folder = join(values['save-failures'], `seed-${seed}`);
  const file = await saveFailure(folder, result).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`--save-failures ${folder} cannot be written to (${error.code}).`);
  });
  const patience = values.patience === campaignUsage.options.patience.default ? undefined : values.patience;
  return replayLines(result, { file, command, patience, environment: process.env });
}
