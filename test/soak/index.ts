import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CommandError } from '../../conformance/commands/command.js';
import { optionValue } from '../../conformance/commands/options.js';
import { soak } from './soak.js';

/**
 * `npm run soak [-- --minutes M]`: plays rounds of requests, iSCSI, the driver and clients that break off against the compiled
 * simulator (5 minutes by default), and holds its memory, open files, timers, sockets and journal at the end against those
 * after the first rounds. Exit code 0: as at the start, 1: something grew, 2: options that are not possible.
 */
try {
  const options = { minutes: { type: 'string', default: '5' } } as const;
  const { minutes } = parseArgs({ args: process.argv.slice(2), options }).values;
  process.exitCode = await run(optionValue.positive('--minutes', minutes) * 60_000);
} catch (error) {
  const isUsage =
    error instanceof CommandError || String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
  if (!isUsage) throw error;
  process.stderr.write(`soak: ${(error as Error).message}\n`);
  process.exitCode = 2;
}

async function run(limitMs: number): Promise<number> {
  const endMs = Date.now() + limitMs;
  const index = fileURLToPath(new URL('../../dist/simulator/index.js', import.meta.url));
  if (!existsSync(index)) throw new CommandError('the compiled files are missing: npm run build makes them');
  const folder = mkdtempSync(join(tmpdir(), 'eseries-soak-'));
  try {
    const { rounds, first, last, problems } = await soak({ package: index, folder, isOver: () => Date.now() >= endMs });
    for (const [name, measure] of [['start', first] as const, ['end', last] as const]) {
      const { heapBytes, residentBytes, openFiles, journalEntries, resources } = measure;
      const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
      process.stdout.write(
        `${name}: heap ${mib(heapBytes)}, resident ${mib(residentBytes)}, ${openFiles} open files, ` +
          `${journalEntries} requests in the journal, ${JSON.stringify(resources)}\n`,
      );
    }
    process.stdout.write(`${rounds} rounds, ${problems.length} problems\n`);
    for (const each of problems) process.stdout.write(`  ${each}\n`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
