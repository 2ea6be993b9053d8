import { inWorkers } from '../changed-driver/in-workers.js';
import { corpus } from './corpus/index.js';
import type { MutantVerdict } from './judge-mutant.js';
import { killTable } from './kill-table.js';

/**
 * `npm run mutants [ID or rule…] [--because]`: judges mutants of our driver, all by default, and prints which check
 * killed each, and with --because what it found. Exit code 1 when one survived. Worker processes, one for each core,
 * take them one after the other.
 */
const words = process.argv.slice(2);
const because = words.includes('--because');
const wanted = words.filter((word) => !word.startsWith('--'));
const chosen = corpus.filter(({ id, rule }) => wanted.length === 0 || wanted.includes(id) || wanted.includes(rule));
const verdicts: MutantVerdict[] = [];

await inWorkers<(typeof chosen)[number], MutantVerdict>(new URL('./worker.ts', import.meta.url), chosen, (verdict) => {
  verdicts.push(verdict);
  process.stderr.write(`${verdicts.length}/${chosen.length} ${verdict.mutant.id}: ${verdict.killedBy ?? 'SURVIVED'}\n`);
});
process.stdout.write(killTable(verdicts, because));
process.exitCode = chosen.length > 0 && verdicts.every(({ killedBy }) => killedBy !== undefined) ? 0 : 1;
