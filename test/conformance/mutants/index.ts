import { CommandError } from '../../../conformance/commands/command.js';
import { inWorkers } from '../changed-driver/in-workers.js';
import { corpus } from './corpus/index.js';
import type { MutantVerdict } from './judge-mutant.js';
import { killTable } from './kill-table.js';

/**
 * Judges mutants of the corpus, those of some ids or rules or all, and prints which check killed each, and with `because` what it
 * found. Worker processes, one for each core, take them one after the other. Gives the exit code: 1 when one survived.
 */
export async function judgeCorpus(words: readonly string[], because: boolean): Promise<number> {
  const chosen = corpus.filter(({ id, rule }) => words.length === 0 || words.includes(id) || words.includes(rule));
  if (chosen.length === 0)
    throw new CommandError(`no mutant of the driver in TypeScript is or breaks ${words.join(', ')}`);
  const verdicts: MutantVerdict[] = [];
  await inWorkers<(typeof chosen)[number], MutantVerdict>(
    new URL('./worker.ts', import.meta.url),
    chosen,
    (verdict) => {
      verdicts.push(verdict);
      process.stderr.write(
        `${verdicts.length}/${chosen.length} ${verdict.mutant.id}: ${verdict.killedBy ?? 'SURVIVED'}\n`,
      );
    },
  );
  process.stdout.write(killTable(verdicts, because));
  return verdicts.length === chosen.length && verdicts.every(({ killedBy }) => killedBy !== undefined) ? 0 : 1;
}
