import { optionValue } from '../../../conformance/commands/options.js';
import { npmScript } from '../../npm-script.js';
import { inWorkers } from '../changed-driver/in-workers.js';
import { variants } from './corpus/index.js';
import type { VariantVerdict } from './judge-variant.js';
import { sampleOf } from './sample.js';
import { variantTable } from './table.js';
import { together } from './together.js';
import type { Variant } from './variant.js';
import type { VariantJob } from './worker.js';

const usage = `npm run variants -- [ID…] [--together N] [--sample N] [--only CHECKS] [--seed N] [--why]

Judges variants of our driver: correct drivers that choose otherwise. All by default, with all checks. Prints which
requirements the suite holds against each. Exit code 0: none, 1: some, 2: options that are not possible.

  --together N   about N variants that change different places are one driver; each is judged alone, by the checks that
                 failed, only where that driver fails
  --sample N     a sample of N that the seed decides
  --only CHECKS  these checks alone, e.g. detach/*,stats/*
  --seed N       the seed of the checks and of the sample (1)
  --why          say what each variant chooses, and why it may
`;

await npmScript({
  name: 'variants',
  usage,
  options: {
    together: { type: 'string' },
    seed: { type: 'string', default: '1' },
    sample: { type: 'string' },
    only: { type: 'string', multiple: true },
    why: { type: 'boolean' },
  },
  words: { kind: 'variant', known: variants.map(({ id }) => id) },
  async run({ together: size, seed: seedText, sample, only: patterns = [], why }, ids) {
    const seed = optionValue.whole('--seed', seedText);
    const named = variants.filter(({ id }) => ids.length === 0 || ids.includes(id));
    const chosen = sample === undefined ? named : sampleOf(named, optionValue.whole('--sample', sample), seed);
    const task: Task = { seed, only: patterns.flatMap((each) => each.split(',')) };
    const verdicts =
      size === undefined
        ? await judged(
            chosen.map((variant) => ({ variant, only: task.only })),
            seed,
          )
        : await judgedTogether(chosen, optionValue.positive('--together', size), task);
    if (why === true) process.stdout.write(chosen.map((each) => `${each.id}: ${each.why}\n`).join(''));
    process.stdout.write(variantTable(verdicts));
    return verdicts.length > 0 && verdicts.every(({ objections }) => objections.length === 0) ? 0 : 1;
  },
});

interface Task {
  readonly seed: number;
  /** Checks to judge by; all when there are none. */
  readonly only: readonly string[];
}

async function judged(jobs: readonly VariantJob[], seed: number): Promise<VariantVerdict[]> {
  const found: VariantVerdict[] = [];
  const onVerdict = (verdict: VariantVerdict) => {
    found.push(verdict);
    const { id, objections } = verdict;
    const outcome = objections.length === 0 ? 'pass' : `FAIL ${objections.map((each) => each.id).join(', ')}`;
    process.stderr.write(`${found.length}/${jobs.length} ${id}: ${outcome}\n`);
  };
  await inWorkers<VariantJob, VariantVerdict>(new URL('./worker.ts', import.meta.url), jobs, onVerdict, [String(seed)]);
  return found;
}

/** A bundle that fails stands in the table itself where none of its members fails alone. */
async function judgedTogether(some: readonly Variant[], size: number, { seed, only }: Task): Promise<VariantVerdict[]> {
  const bundles = together(some, size);
  const whole = await judged(
    bundles.map((variant) => ({ variant, only })),
    seed,
  );
  const again: VariantJob[] = [];
  const found: VariantVerdict[] = [];
  for (const { id, members } of bundles) {
    const verdict = whole.find((each) => each.id === id);
    if (verdict === undefined) continue;
    const failing = [...new Set(verdict.objections.flatMap(({ checks }) => checks))];
    if (failing.length === 0) found.push(...members.map((each) => ({ ...verdict, id: each.id })));
    else again.push(...members.map((variant) => ({ variant, only: failing })));
  }
  const members = await judged(again, seed);
  const broken = whole.filter(
    ({ id, objections }) =>
      objections.length > 0 &&
      !bundles.some(
        (bundle) =>
          bundle.id === id &&
          bundle.members.some((one) => members.some((each) => each.id === one.id && each.objections.length > 0)),
      ),
  );
  return [...found, ...members, ...broken];
}
