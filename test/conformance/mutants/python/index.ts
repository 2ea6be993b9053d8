import { inWorkers } from '../../changed-driver/in-workers.js';
import { pythonWithCinder } from '../../subjects/python-programs.js';
import { pythonCorpus } from './corpus/index.js';
import type { PythonVerdict } from './judge-python.js';
import type { PythonMutant } from './mutant.js';

/**
 * `npm run mutants -- --python [ID or rule…]`: judges the defects of the second driver, all by default, and prints which check
 * found each. Exit code 1 when one was not found, 2 where no Python has Cinder.
 */
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const chosen = pythonCorpus.filter(
  ({ id, rules }) => wanted.length === 0 || wanted.some((word) => word === id || rules.includes(word)),
);
const python = pythonWithCinder();
if (python === undefined) process.exit(2);

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
process.exitCode = chosen.length > 0 && found === chosen.length ? 0 : 1;
