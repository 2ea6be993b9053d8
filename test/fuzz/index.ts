import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError } from '../../conformance/commands/command.js';
import { optionValue } from '../../conformance/commands/options.js';
import { type FuzzFinding, problemOf } from './area.js';
import { fuzzAreas } from './areas.js';
import { fuzzInChild } from './in-child.js';

/**
 * `npm run fuzz [-- --minutes M --seed N --area NAME --number K --input FILE --failures DIR]`: tries made-up inputs on everything
 * that takes input from outside, each area for its share of the time (5 minutes by default), in a process of its own.
 * A seed makes the same inputs every time; `--number` tries one of them alone, `--input` one that was written to a file.
 * Exit code 0: nothing was found, 1: something was, 2: options that are not possible.
 */
try {
  process.exitCode = await fuzz(process.argv.slice(2));
} catch (error) {
  const isUsage =
    error instanceof CommandError || String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
  if (!isUsage) throw error;
  process.stderr.write(`fuzz: ${(error as Error).message}\n`);
  process.exitCode = 2;
}

async function fuzz(args: string[]): Promise<number> {
  const options = {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    area: { type: 'string' },
    number: { type: 'string' },
    input: { type: 'string' },
    failures: { type: 'string', default: 'fuzz-failures' },
  } as const;
  const { minutes, seed, area, number, input, failures } = parseArgs({ args, options }).values;
  if (input !== undefined) return replay(input);
  const names = area === undefined ? [...fuzzAreas.keys()] : [area];
  const stranger = names.find((name) => !fuzzAreas.has(name));
  if (stranger !== undefined)
    throw new CommandError(`--area '${stranger}' is not known: allowed are ${[...fuzzAreas.keys()].join(', ')}`);
  const chosen = seed === undefined ? Date.now() % 1_000_000 : optionValue.whole('--seed', seed);
  const limitMs = (optionValue.positive('--minutes', minutes) * 60_000) / names.length;
  const only = number === undefined ? undefined : optionValue.whole('--number', number);
  process.stdout.write(`seed ${chosen}\n`);
  let found = 0;
  for (const name of names) {
    const began = Date.now();
    const { findings, tried, digest } = await fuzzInChild({ area: name, seed: chosen, limitMs, only });
    for (const finding of findings) report(finding, failures);
    found += findings.length;
    const seconds = Math.round((Date.now() - began) / 1000);
    process.stdout.write(`${name}: ${tried} inputs in ${seconds} s (digest ${digest}), ${findings.length} findings\n`);
  }
  return found === 0 ? 0 : 1;
}

/** Says what was found, and writes it to a file that can be tried again. */
function report(finding: FuzzFinding, folder: string): void {
  const { area, seed, number, problem, input } = finding;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${area}-${seed}-${number}.json`);
  writeFileSync(file, `${JSON.stringify(finding, undefined, 2)}\n`);
  const shown = JSON.stringify(input);
  const first = problem.length > 1500 ? `${problem.slice(0, 1500)}…` : problem;
  process.stdout.write(
    `FOUND in ${area}, seed ${seed}, number ${number}: ${first}\n` +
      `  input: ${shown.length > 2000 ? `${shown.slice(0, 2000)}…` : shown}\n` +
      `  again: npm run fuzz -- --input ${file}\n`,
  );
}

async function replay(file: string): Promise<number> {
  const { area, input } = JSON.parse(readFileSync(file, 'utf8')) as Pick<FuzzFinding, 'area' | 'input'>;
  const opened = await fuzzAreas.get(area)?.open();
  if (opened === undefined) throw new CommandError(`${file}: there is no area '${area}'`);
  const problem = await problemOf(opened, input);
  await opened.close();
  process.stdout.write(problem === undefined ? `${file}: nothing is wrong\n` : `${file}: ${problem}\n`);
  return problem === undefined ? 0 : 1;
}
