import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../../conformance/commands/command.js';
import { optionValue } from '../../conformance/commands/options.js';
import { npmScript } from '../npm-script.js';
import { type FuzzFinding, problemOf } from './area.js';
import { fuzzAreas } from './areas.js';
import { fuzzInChild } from './in-child.js';

const usage = `npm run fuzz -- [--minutes M] [--seed N] [--area NAME] [--number K] [--failures DIR] [--input FILE]

Tries made-up inputs on all that takes input from outside, each area for its share of the time, in a process of its own. A
seed makes the same inputs every time. Exit code 0: nothing was found, 1: something was, 2: options that are not possible.

  --minutes M     how long in all (5)
  --seed N        the seed of the inputs (another one each time)
  --area NAME     this area alone: ${[...fuzzAreas.keys()].join(', ')}
  --number K      this input of the seed alone
  --failures DIR  where inputs that found something are written (fuzz-failures)
  --input FILE    try an input again that was written there
`;

await npmScript({
  name: 'fuzz',
  usage,
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    area: { type: 'string' },
    number: { type: 'string' },
    input: { type: 'string' },
    failures: { type: 'string', default: 'fuzz-failures' },
  },
  run: fuzz,
});

interface FuzzOptions {
  readonly minutes: string;
  readonly seed?: string;
  readonly area?: string;
  readonly number?: string;
  readonly input?: string;
  readonly failures: string;
}

async function fuzz({ minutes, seed, area, number, input, failures }: FuzzOptions): Promise<number> {
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
