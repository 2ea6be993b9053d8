import { CommandError, exitCodes } from '../../../../conformance/commands/command.js';
import { inWorkers } from '../../changed-driver/in-workers.js';
import { pythonWithCinder } from '../../subjects/python-programs.js';
import { pythonCorpus } from './corpus/index.js';
import type { PythonVerdict } from './judge-python.js';
import type { PythonMutant } from './mutant.js';

/**
 * Judges the defects of the second driver, those of some ids or rules or all, and prints which check found each. Gives the
 * exit code: 1 when one was not found, 2 where no Python has Cinder.
 */
export async function judgePython(words: readonly string[]): Promise<number> {
  const chosen = pythonCorpus.filter(
    ({ id, rules }) => words.length === 0 || words.some((word) => word === id || rules.includes(word)),
  );
  if (chosen.length === 0) throw new CommandError(`no defect of the second driver is or breaks ${words.join(', ')}`);
  const python = pythonWithCinder();
  if (python === undefined) return exitCodes.couldNotRun;
  const rows: string[] = [];
  let found = 0;
  await inWorkers<PythonMutant, PythonVerdict>(
    new URL('./worker.ts', import.meta.url),
    chosen,
    ({ mutant, rule, killedBy, checks }) => {
      if (killedBy !== undefined) found++;
      rows.push(`${mutant.id.padEnd(40)} ${(rule ?? '').padEnd(32)} ${killedBy ?? `NOT FOUND in ${checks} checks`}`);
      process.stderr.write(`${rows.length}/${chosen.length} ${rows.at(-1)}\n`);
    },
    [python],
  );
  process.stdout.write(`${rows.sort().join('\n')}\n${chosen.length} defects: ${found} found\n`);
  return found === chosen.length ? 0 : 1;
}
