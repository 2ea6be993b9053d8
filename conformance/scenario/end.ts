import { checkArray, type Finding } from '../oracle/index.js';
import { blamed } from './blame.js';
import type { Dependence } from './dependence.js';
import { countHits } from './fault-rules.js';
import type { Scenario } from './format.js';
import { leftForLater } from './left-for-later.js';
import { isWithin } from './matching.js';
import type { Failure, Play } from './play.js';
import { findSecretLeaks, type Utterance } from './secrets.js';

/**
 * What is wrong when the story has ended. Where something was lost on the way, only what does not depend on it is judged:
 * what is missing or wrong on the array, and the statuses of other records.
 */
export async function judgeEnd(play: Play, scenario: Scenario, lost: Dependence): Promise<Failure[]> {
  const { expect = {}, verifies } = scenario;
  const { isMadeUp, lastCall: call } = play;
  const failures = await checksOf(play, ['array', 'leaks'], { expected: expect.findings, settled: !lost.hasLost });
  failures.push(...(await toldSecrets(play)));
  for (const [name, expected] of Object.entries(expect.statuses ?? {})) {
    if (!lost.isWhole(name)) continue;
    const found = play.symbols.statusOf(name);
    if (![expected].flat().includes(found))
      failures.push({ message: `the status of ${name}`, object: 'status', expected, found, isExpectation: true });
  }
  if (!lost.hasLost) failures.push(...(await countFailures(play, expect)));
  const place = { verifies, isMadeUp, call, end: expect.requirement ?? (isMadeUp ? undefined : verifies[0]) };
  return failures.map((each) => blamed(each, place));
}

/** Faults, objects and requests that are not as many as the story says. */
async function countFailures(play: Play, expect: NonNullable<Scenario['expect']>): Promise<Failure[]> {
  const failures: Failure[] = [];
  await countHits(play);
  let isReached = true;
  for (const { name, fires, hits, error } of play.rules.values()) {
    if (hits > 0 || fires === 'may') continue;
    const message = `the fault rule ${name} never fired${error === undefined ? '' : `: ${error}`}`;
    // What has to fire has to only where the story came that far; a rule that can't break anything is the story's mistake.
    if (error !== undefined || (fires === 'must' && isReached)) failures.push({ message });
    else failures.push({ message, isExpectation: true, isBeforeFault: true });
    isReached &&= fires === 'must';
  }
  for (const [path, expected] of Object.entries(expect.array ?? {})) {
    const found = (await play.harness.admin.get<unknown[]>(path)).length - (play.before?.get(path) ?? 0);
    if (found !== expected) failures.push({ message: `the array's ${path}`, object: path, expected, found });
  }
  if (expect.requests !== undefined && !isWithin(expect.requests, play.requests))
    failures.push({ message: 'requests of the array', expected: expect.requests, found: play.requests });
  return failures;
}

/** Secrets in what drivers said, and in what they wrote to the array for others to read (source: B23). */
async function toldSecrets({ said, connections, harness }: Play): Promise<Failure[]> {
  const paths = ['persistent-records', '/devmgr/v2/key-values'];
  const answers = await harness.admin.looks(paths);
  const written: Utterance[] = answers.flatMap(({ status, body }, index) =>
    status < 300 ? [{ where: `what the driver wrote to ${paths[index]}`, text: JSON.stringify(body) }] : [],
  );
  return findSecretLeaks([...said, ...written], harness.configurations, connections);
}

/** How many objects were there that the story counts at its end: those of others don't count. */
export async function countedBefore(
  { harness }: Play,
  { expect = {} }: Scenario,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const path of Object.keys(expect.array ?? {}))
    counts.set(path, (await harness.admin.get<unknown[]>(path)).length);
  return counts;
}

/** Whether the array is sound, and holds what the database says and nothing else. What was told before is not told again. */
export async function checksOf(
  play: Play,
  which: readonly ('array' | 'leaks')[],
  { expected = [], settled = true }: { readonly expected?: readonly string[]; readonly settled?: boolean } = {},
): Promise<Failure[]> {
  const { harness, found } = play;
  const findings = [
    ...(which.includes('array') && harness.isSimulated
      ? (await Promise.all(harness.admins.map(checkArray))).flat()
      : []),
    ...(which.includes('leaks') ? await leaksOf(play, settled) : []),
  ];
  const news = findings.filter((each) => !found.has(JSON.stringify(each)));
  for (const each of news) found.add(JSON.stringify(each));
  return [
    ...news
      .filter(({ requirement }) => !expected.includes(requirement))
      .map(({ requirement, kind, what, message }) => ({
        message: `${what} ${kind}: ${message}`,
        requirement,
        object: `${kind} ${what}`,
      })),
    ...expected
      .filter((id) => !findings.some(({ requirement }) => requirement === id))
      .map((id) => ({ message: `${id} was expected to be found broken`, expected: id, found: 'nothing' })),
  ];
}

async function leaksOf(play: Play, settled: boolean): Promise<readonly Finding[]> {
  const judged = () => play.harness.judge.judge(play.harness.database, { settled });
  const findings = await judged();
  return (await leftForLater(play, findings)) ? judged() : findings;
}
