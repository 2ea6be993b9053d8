import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { corpus } from './corpus/index.js';
import { type MutantVerdict, mutantsFolder } from './judge-mutant.js';
import { killTable } from './kill-table.js';

/**
 * `npm run mutants [ID or rule…] [--because]`: judges mutants of our driver, all by default, and prints which check
 * killed each, and with --because what it found. Exit code 1 when one survived. Worker processes, one for each core,
 * take them one after the other.
 */
const words = process.argv.slice(2);
const because = words.includes('--because');
const wanted = words.filter((word) => !word.startsWith('--'));
const queue = corpus.filter(({ id, rule }) => wanted.length === 0 || wanted.includes(id) || wanted.includes(rule));
const all = queue.length;
const verdicts: MutantVerdict[] = [];

await Promise.all(Array.from({ length: Math.min(availableParallelism(), all) }, work));
rmSync(mutantsFolder(process.pid), { recursive: true, force: true });
process.stdout.write(killTable(verdicts, because));
process.exitCode = all > 0 && verdicts.every(({ killedBy }) => killedBy !== undefined) ? 0 : 1;

function work(): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [String(process.pid)]);
    const next = () => {
      const mutant = queue.shift();
      if (mutant === undefined) worker.disconnect();
      else worker.send(mutant);
    };
    worker.on('message', (verdict: MutantVerdict) => {
      verdicts.push(verdict);
      process.stderr.write(`${verdicts.length}/${all} ${verdict.mutant.id}: ${verdict.killedBy ?? 'SURVIVED'}\n`);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a worker ended with ${code}`));
    });
    next();
  });
}
