import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { directChecks } from '../../../conformance/checks/direct.js';
import { corpus } from './corpus/index.js';
import { judgeMutant, type MutantVerdict } from './judge-mutant.js';

/**
 * `npm run mutants [ID…]`: judges each mutant of our driver and prints which check killed it. Exit code 1 when one
 * survived. Mutants are shared out among worker processes, one for each core.
 */
const seed = 1;
const share = process.env.MUTANTS_SHARE;

if (share === undefined) {
  const wanted = process.argv.slice(2);
  const workers = Math.max(1, Math.min(availableParallelism(), corpus.length));
  const verdicts = (
    await Promise.all(Array.from({ length: workers }, (_, each) => work(`${each}/${workers}`, wanted)))
  ).flat();
  rmSync(fileURLToPath(new URL('../../../.mutants', import.meta.url)), { recursive: true, force: true });
  const survivors = verdicts.filter(({ killedBy }) => killedBy === undefined);
  const rows = verdicts.sort((one, other) => one.mutant.rule.localeCompare(other.mutant.rule, 'en', { numeric: true }));
  for (const { mutant, killedBy, checks } of rows) {
    const by = killedBy ?? `SURVIVED ${checks} checks`;
    process.stdout.write(`${mutant.rule.padEnd(34)} ${mutant.id.padEnd(52)} ${by}\n`);
  }
  process.stdout.write(
    `${verdicts.length} mutants: ${verdicts.length - survivors.length} killed, ${survivors.length} survived\n`,
  );
  process.exitCode = survivors.length === 0 ? 0 : 1;
} else {
  const [number, of] = share.split('/').map(Number);
  const wanted = process.argv.slice(2);
  const checks = await directChecks();
  const own = corpus.filter(
    ({ id, rule }, index) =>
      index % (of ?? 1) === number && (wanted.length === 0 || wanted.includes(id) || wanted.includes(rule)),
  );
  for (const mutant of own) process.send?.(await judgeMutant(mutant, checks, seed));
  process.disconnect?.();
}

function work(part: string, wanted: readonly string[]): Promise<MutantVerdict[]> {
  return new Promise((resolve, reject) => {
    const verdicts: MutantVerdict[] = [];
    const worker = fork(fileURLToPath(import.meta.url), [...wanted], { env: { ...process.env, MUTANTS_SHARE: part } });
    worker.on('message', (verdict) => verdicts.push(verdict as MutantVerdict));
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code === 0) resolve(verdicts);
      else reject(new Error(`the worker of mutants ${part} ended with ${code}`));
    });
  });
}
