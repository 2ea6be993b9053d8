import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../../conformance/commands/command.js';
import { optionValue } from '../../conformance/commands/options.js';
import { npmScript } from '../npm-script.js';
import { killRepeatedly } from './kills.js';

const usage = `npm run crash -- [--kills N] [--seed N]

Kills the compiled simulator at named points of what it writes, under clients that make, delete and write volumes, and
holds what is there afterwards against what was acknowledged. Exit code 0: nothing was lost, 1: something was (the files are
kept), 2: options that are not possible.

  --kills N  how many times (200)
  --seed N   the seed of the points and the clients (another one each time)
`;

await npmScript({
  name: 'crash',
  usage,
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' } },
  run: ({ kills, seed }) => crash(kills, seed),
});

async function crash(kills: string, seed: string | undefined): Promise<number> {
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
