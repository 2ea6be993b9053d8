import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CommandError } from '../../conformance/commands/command.js';
import { optionValue } from '../../conformance/commands/options.js';
import { killRepeatedly } from './kills.js';

/**
 * `npm run crash [-- --kills N --seed N]`: kills the compiled simulator (200 times by default) at named points of what it
 * writes, under clients that make, delete and write volumes, and holds what is there afterwards against what was
 * acknowledged. Exit code 0: nothing was lost, 1: something was (the files are kept), 2: options that are not possible.
 */
try {
  process.exitCode = await crash(process.argv.slice(2));
} catch (error) {
  const isUsage =
    error instanceof CommandError || String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
  if (!isUsage) throw error;
  process.stderr.write(`crash: ${(error as Error).message}\n`);
  process.exitCode = 2;
}

async function crash(args: string[]): Promise<number> {
  const options = { kills: { type: 'string', default: '200' }, seed: { type: 'string' } } as const;
  const { kills, seed } = parseArgs({ args, options }).values;
  const chosen = seed === undefined ? Date.now() % 1_000_000 : optionValue.whole('--seed', seed);
  const index = fileURLToPath(new URL('../../dist/simulator/index.js', import.meta.url));
  if (!existsSync(index)) throw new CommandError('the compiled files are missing: npm run build makes them');
  const folder = mkdtempSync(join(tmpdir(), 'eseries-crash-'));
  process.stdout.write(`seed ${chosen}\n`);
  const count = optionValue.whole('--kills', kills);
  const began = Date.now();
  const { ended, acknowledged, problems } = await killRepeatedly({
    kills: count,
    seed: chosen,
    package: index,
    folder,
    onKill: (number, point) => process.stderr.write(`${number}/${count} ${point}\n`),
  });
  for (const [point, times] of ended) process.stdout.write(`${point}: ${times}\n`);
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(
    `${acknowledged} acknowledged changes and writes in ${seconds} s, ${problems.length} problems\n`,
  );
  for (const each of problems) process.stdout.write(`  ${each}\n`);
  if (problems.length === 0) rmSync(folder, { recursive: true });
  else process.stdout.write(`the files are kept in ${folder}\n`);
  return problems.length === 0 ? 0 : 1;
}
