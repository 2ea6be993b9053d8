import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddRow } from './rows.js';

/** The compiled build. */
const built = (path: string): Promise<unknown> => import(new URL(`../../dist/${path}`, import.meta.url).href);

const library = new URL('../../scenarios/', import.meta.url);

/** Stories a second, one after the other in one process; they are played once before, for the compiler's sake. */
export async function scenarios(row: AddRow): Promise<void> {
  const { readScenario } = (await built(
    'bench/read-scenario.js',
  )) as typeof import('../../conformance/scenario/read-scenario.js');
  const { runScenario } = (await built(
    'bench/run-scenario.js',
  )) as typeof import('../../conformance/scenario/run-scenario.js');
  const { subjectOf } = (await built(
    'bench/subject-of.js',
  )) as typeof import('../../conformance/subjects/subject-of.js');
  const names = readdirSync(library, { recursive: true, encoding: 'utf8' }).filter((name) => /\/.*\.yaml$/.test(name));
  const files = names.map((name) => readScenario(readFileSync(new URL(name, library), 'utf8'), name));
  const round = async () => {
    const durationsMs: number[] = [];
    for (const file of files) {
      const start = performance.now();
      await runScenario(file, { subject: subjectOf(undefined), traced: false });
      durationsMs.push(performance.now() - start);
    }
    return durationsMs.toSorted((one, other) => one - other);
  };
  await round();
  const rounds = [await round(), await round(), await round()];
  const shorter = rounds.map((all) => all.slice(0, Math.ceil(all.length / 2)));
  row('stories a second, whole library', rounds.map(perSecond), 100, true, '/s');
  row('stories a second, the shorter half', shorter.map(perSecond), 100, true, '/s');
}

/** Driver operations a second that are judged in model runs, and what a run of the whole suite takes. */
export async function conformance(row: AddRow): Promise<void> {
  const { modelChecks } = (await built(
    'bench/model-checks.js',
  )) as typeof import('../../conformance/checks/model/index.js');
  const { runChecks } = (await built('bench/run-checks.js')) as typeof import('../../conformance/checks/run-checks.js');
  const { subjectOf } = (await built(
    'bench/subject-of.js',
  )) as typeof import('../../conformance/subjects/subject-of.js');
  const subject = subjectOf(undefined);
  const first = await subject({ configuration: {} });
  const { methods, constants = {} } = first;
  await first.close();
  const judged = async (id: string) => {
    const check = modelChecks.filter((each) => each.id === id);
    const options = { subject, methods, constants, seed: 1 };
    await runChecks(check, { ...options, effort: 0.2 });
    const rates: number[] = [];
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      const [result] = await runChecks(check, options);
      rates.push((1000 * (result?.driverCalls ?? 0)) / (performance.now() - start));
    }
    return rates;
  };
  row('driver operations a second judged in model runs', await judged('model/whole-surface'), 2000, true, '/s');
  row('driver operations a second judged with bytes read', await judged('model/with-bytes'), 500, true, '/s');
  const whole = await seconds([[]]);
  row('the default run', whole, 60, false, ' s');
  const halves = await seconds([
    ['--shard', '1/2'],
    ['--shard', '2/2'],
  ]);
  row('two workers against one', whole / halves, 1.8, true);
}

function perSecond(durationsMs: readonly number[]): number {
  return (1000 * durationsMs.length) / durationsMs.reduce((sum, each) => sum + each, 0);
}

/** How long runs take that begin together. */
async function seconds(runs: readonly (readonly string[])[]): Promise<number> {
  const start = performance.now();
  await Promise.all(
    runs.map(
      (args) =>
        new Promise<void>((resolve, reject) => {
          const run = spawn('node', ['dist/conformance/cli.js', 'run', ...args], { stdio: 'ignore' });
          run.on('error', reject);
          run.on('exit', (code) =>
            code === 0 ? resolve() : reject(new Error(`run ${args.join(' ')} ended with ${code}`)),
          );
        }),
    ),
  );
  return (performance.now() - start) / 1000;
}
