import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { arrays } from './array.js';
import { conformance, scenarios } from './conformance.js';
import { driverOperations } from './driver.js';
import { iscsi } from './iscsi.js';
import { rest } from './rest.js';
import { type AddRow, type Row, rowsOf, tableOf, together } from './rows.js';
import { endWithUs } from './servers.js';
import { snapshots } from './snapshots.js';

/** What is measured, by name. */
const parts: Readonly<Record<string, (row: AddRow) => Promise<void>>> = {
  array: arrays,
  rest,
  driver: driverOperations,
  iscsi: async (row) => {
    await iscsi(row);
    await snapshots(row);
  },
  scenarios,
  conformance,
};

/**
 * `npm run bench -- [NAME…] [--runs N]` runs some parts, or all, N times (5), each time in a process of its own. What one
 * run measured is handed over in the file `--rows`.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string', default: '5' }, rows: { type: 'string' } },
  });
  const unknown = positionals.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) refuse(`there is no part '${unknown}': allowed are ${Object.keys(parts).join(', ')}`);
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1)
    refuse(`--runs ${values.runs} is not possible: allowed are whole numbers from 1`);
  const names = positionals.length === 0 ? Object.keys(parts) : positionals;
  if (values.rows !== undefined) {
    const { rows, add } = rowsOf();
    for (const name of names) await parts[name]?.(add);
    writeFileSync(values.rows, JSON.stringify(rows));
    return;
  }
  if (!existsSync('.bench')) mkdirSync('.bench');
  const measured: Row[][] = [];
  for (let run = 1; run <= runs; run++) {
    process.stderr.write(`run ${run} of ${runs}\n`);
    measured.push(await runInAProcess(names));
  }
  const machine = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.versions.node}, ${runs} runs`;
  const report = `${machine}\n\n${tableOf(together(measured))}\n`;
  process.stdout.write(report);
  writeFileSync('.bench/table.md', report);
}

function refuse(message: string): never {
  process.stderr.write(`bench: ${message}\n`);
  process.exit(2);
}

function runInAProcess(names: readonly string[]): Promise<Row[]> {
  const file = '.bench/rows.json';
  const args = [...process.execArgv, process.argv[1] ?? '', ...names, '--rows', file];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  endWithUs(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve(JSON.parse(readFileSync(file, 'utf8')) as Row[]);
      else reject(new Error(`${names.join(', ')} ended with ${code}`));
    });
  });
}

await main();
