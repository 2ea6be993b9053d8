import { parseArgs } from 'node:util';
import { inWorkers } from '../changed-driver/in-workers.js';
import { variants } from './corpus/index.js';
import type { VariantVerdict } from './judge-variant.js';
import { sampleOf } from './sample.js';
import { variantTable } from './table.js';
import { together } from './together.js';
import type { Variant } from './variant.js';
import type { VariantJob } from './worker.js';

/**
 * `npm run variants [ID…] [-- --together N --seed N --sample N --only CHECKS --why]`: judges variants of our driver, all by
 * default, or a sample that the seed decides, with all checks or those named, and prints which requirements the suite holds
 * against each. With --together about so many variants that change different places are one driver, and each of them is judged alone, by
 * the checks that failed, only where that driver fails. Exit code 1 when one fails. Worker processes, one for each core,
 * take them one after the other.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    together: { type: 'string' },
    seed: { type: 'string', default: '1' },
    sample: { type: 'string' },
    only: { type: 'string', multiple: true },
    why: { type: 'boolean' },
  },
});
const unknown = positionals.filter((id) => !variants.some((each) => each.id === id));
if (unknown.length > 0)
  throw new RangeError(
    `there is no variant ${unknown.join(', ')}: known are ${variants.map(({ id }) => id).join(', ')}`,
  );
const named = variants.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
const chosen = values.sample === undefined ? named : sampleOf(named, Number(values.sample), Number(values.seed));
const only = (values.only ?? []).flatMap((each) => each.split(','));
const verdicts =
  values.together !== undefined
    ? await judgedTogether(chosen, Number(values.together))
    : await judged(chosen.map(alone));
if (values.why === true) process.stdout.write(chosen.map(({ id, why }) => `${id}: ${why}\n`).join(''));
process.stdout.write(variantTable(verdicts));
process.exitCode = verdicts.length > 0 && verdicts.every(({ objections }) => objections.length === 0) ? 0 : 1;

function alone(variant: Variant): VariantJob {
  return { variant, only };
}

async function judged(jobs: readonly VariantJob[]): Promise<VariantVerdict[]> {
  const found: VariantVerdict[] = [];
  const onVerdict = (verdict: VariantVerdict) => {
    found.push(verdict);
    const { id, objections } = verdict;
    const outcome = objections.length === 0 ? 'pass' : `FAIL ${objections.map((each) => each.id).join(', ')}`;
    process.stderr.write(`${found.length}/${jobs.length} ${id}: ${outcome}\n`);
  };
  await inWorkers<VariantJob, VariantVerdict>(new URL('./worker.ts', import.meta.url), jobs, onVerdict, [values.seed]);
  return found;
}

/** A bundle that fails stands in the table itself where none of its members fails alone. */
async function judgedTogether(some: readonly Variant[], size: number): Promise<VariantVerdict[]> {
  const bundles = together(some, size);
  const whole = await judged(bundles.map(alone));
  const again: VariantJob[] = [];
  const found: VariantVerdict[] = [];
  for (const { id, members } of bundles) {
    const verdict = whole.find((each) => each.id === id);
    if (verdict === undefined) continue;
    const failing = [...new Set(verdict.objections.flatMap(({ checks }) => checks))];
    if (failing.length === 0) found.push(...members.map((each) => ({ ...verdict, id: each.id })));
    else again.push(...members.map((variant) => ({ variant, only: failing })));
  }
  const members = await judged(again);
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
