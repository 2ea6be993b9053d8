import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { subjectFor } from '../library/over-sockets.js';
import { type JunitCase, junitReport } from '../report/junit.js';
import { colorsFor, failureLines, stepLines, verdictLines } from '../report/lines.js';
import { patienceOf } from '../runtime/wall-clock.js';
import { whyNotExternal } from '../scenario/external-stories.js';
import { firstDifference } from '../scenario/golden-trace.js';
import { Linter } from '../scenario/lint.js';
import { type Problem, problemLine, type ScenarioFile } from '../scenario/read-scenario.js';
import { type RunOptions, runScenario } from '../scenario/run-scenario.js';
import type { ScenarioReport } from '../scenario/scenario-report.js';
import { arrayOf } from './array-options.js';
import { type Command, type CommandIo, exitCodes } from './command.js';
import { givenSubject } from './given-subject.js';
import { checkInspect, inspected } from './inspect.js';
import { optionValue } from './options.js';
import { readFileAsScenario, scenarioFiles } from './scenario-files.js';
import { replayUsage } from './usage/replay.js';

export const replay: Command = {
  ...replayUsage,
  async run(args, io) {
    const { values: given, positionals } = parseArgs({
      args: [...args],
      options: replayUsage.options,
      allowPositionals: true,
    });
    const values = { ...given, subject: givenSubject(given) };
    const seed = values.seed === undefined ? undefined : optionValue.whole('--seed', values.seed);
    const patience = patienceOf(optionValue.duration('--patience', values.patience));
    const files = await scenarioFiles(positionals, values);
    checkInspect(values, files.length);
    const read = await readAll(files, io);
    if (read === undefined) return exitCodes.couldNotRun;
    const subject = subjectFor(values.subject, { patience });
    const external = await arrayOf(values);
    const reports: ScenarioReport[] = [];
    const skipped: SkippedStory[] = [];
    const isShown = files.length === 1 || values.verbose === true;
    const bar = isShown || values.json === true ? undefined : progressOf(io, files.length);
    const colors = colorsFor(io.out);
    const shown = new Set<string>();
    for (const file of read) {
      const reason = external === undefined ? undefined : whyNotExternal(file.scenario, external);
      if (reason !== undefined) {
        skipped.push({ file: file.file, name: file.scenario.name, reason });
        continue;
      }
      const report = await runScenario(file, {
        subject,
        ...(external === undefined ? {} : { external }),
        ...(seed === undefined ? {} : { seed }),
        ...(isShown && values.json !== true
          ? { onStep: (step) => io.out.write(`${stepLines(step, colors).join('\n')}\n`) }
          : {}),
        ...(values.inspect === true ? { inspect: inspect(values.subject, io, shown) } : {}),
      });
      // Golden traces are of arrays of their own that no browser looks at.
      const isOwn = external === undefined && values.inspect !== true;
      reports.push(isOwn ? await compared(report, values.update === true && values.subject === undefined) : report);
      bar?.increment();
    }
    bar?.stop();
    await external?.close();
    if (values.trace !== undefined) await writeTraces(values.trace, reports);
    if (values.junit !== undefined)
      await writeFile(values.junit, junitReport('scenarios', [...reports.map(junitCase), ...skipped.map(skippedCase)]));
    if (values.json === true) {
      io.out.write(
        `${JSON.stringify({ reports: reports.map(({ trace: _, ...report }) => report), ...(external === undefined ? {} : { skipped }) }, null, 2)}\n`,
      );
    } else {
      for (const report of reports.filter(({ file }) => !shown.has(file))) show(report, isShown, values.subject, io);
      for (const { name, file, reason } of skipped)
        io.out.write(`${colors.yellow('skipped')} ${name} ${colors.dim(file)}: ${reason}\n`);
      if (files.length > 1) io.out.write(`${summary(reports, skipped.length)}\n`);
    }
    if (reports.some(({ verdict }) => verdict === 'error')) return exitCodes.couldNotRun;
    return reports.every(({ verdict }) => verdict === 'pass') ? exitCodes.passed : exitCodes.failed;
  },
};

/** Shows what a story came to, and where its past can be looked at, while its array is still there. */
function inspect(subject: string | undefined, io: CommandIo, shown: Set<string>): RunOptions['inspect'] {
  return (at, report) => {
    show(report, true, subject, io);
    shown.add(report.file);
    return inspected(at, io);
  };
}

/** A trace that stands beside the file is what must come out again, unless it is to be written anew. */
async function compared(report: ScenarioReport, isUpdated: boolean): Promise<ScenarioReport> {
  const beside = report.file.replace(/\.ya?ml$/, '.trace');
  if (isUpdated) {
    await writeFile(beside, report.trace);
    return report;
  }
  const golden = await readFile(beside, 'utf8').catch(() => undefined);
  const difference = golden === undefined ? undefined : firstDifference(golden, report);
  return difference === undefined || report.verdict !== 'pass'
    ? report
    : { ...report, verdict: 'fail', end: [...report.end, difference] };
}

/** All files, or undefined when something is wrong with one of them: then nothing is played. */
async function readAll(files: readonly string[], io: CommandIo): Promise<ScenarioFile[] | undefined> {
  const linter = new Linter();
  const problems: Problem[] = [];
  const read: ScenarioFile[] = [];
  try {
    for (const file of files) {
      const each = await readFileAsScenario(file);
      if ('problems' in each) problems.push(...each.problems);
      else {
        problems.push(...(await linter.lint(each)));
        read.push(each);
      }
    }
  } finally {
    await linter.close();
  }
  for (const problem of problems) io.err.write(`${problemLine(problem)}\n`);
  return problems.length === 0 ? read : undefined;
}

function show(report: ScenarioReport, isShown: boolean, subject: string | undefined, { out }: CommandIo): void {
  const colors = colorsFor(out);
  const steps =
    isShown || report.verdict === 'pass'
      ? []
      : report.steps.filter(({ verdict }) => verdict !== 'skipped').flatMap((step) => stepLines(step, colors));
  out.write(`${[...steps, ...verdictLines(report, colors, subject)].join('\n')}\n`);
}

function summary(reports: readonly ScenarioReport[], skipped: number): string {
  const count = (verdict: ScenarioReport['verdict']) => reports.filter((each) => each.verdict === verdict).length;
  const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
  return `${reports.length + skipped} scenarios: ${count('pass')} passed, ${count('fail')} failed, ${count('error')} could not be played${rest}`;
}

/** A story that can't be played on the array that is there. */
interface SkippedStory {
  readonly file: string;
  readonly name: string;
  readonly reason: string;
}

function skippedCase({ name, file, reason }: SkippedStory): JunitCase {
  return { name, file, verdict: 'skipped', message: reason };
}

function junitCase({ name, file, verdict, steps, end, seed }: ScenarioReport): JunitCase {
  const failures = [...steps.flatMap((step) => step.failures), ...end];
  const colors = colorsFor({});
  return {
    name,
    file,
    verdict,
    message: failures.map(({ message }) => message).join('; '),
    ...(failures.length === 0
      ? {}
      : {
          details: [
            ...steps.filter((step) => step.verdict !== 'skipped').flatMap((step) => stepLines(step, colors)),
            ...end.flatMap((each) => failureLines(each, colors)),
            `seed ${seed}`,
          ].join('\n'),
        }),
  };
}

async function writeTraces(path: string, reports: readonly ScenarioReport[]): Promise<void> {
  const [only] = reports;
  if (reports.length === 1 && only !== undefined) {
    await writeFile(path, only.trace);
    return;
  }
  for (const { file, trace } of reports) {
    const target = join(path, dirname(file), `${basename(file)}.trace`);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, trace);
  }
}

function progressOf({ err, isQuiet }: CommandIo, total: number): SingleBar | undefined {
  if (err.isTTY !== true || isQuiet === true) return undefined;
  const bar = new SingleBar({
    stream: err as NodeJS.WriteStream,
    format: '{bar} {value}/{total} scenarios',
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return bar;
}
