import { parseArgs } from 'node:util';
import { inWorkers } from '../changed-driver/in-workers.js';
import { variants } from './corpus/index.js';
import type { VariantVerdict } from './judge-variant.js';
import { sampleOf } from './sample.js';
import { variantTable } from './table.js';
import type { Variant } from './variant.js';

/**
 * `npm run variants [ID…] [-- --seed N --sample N --only CHECKS --why]`: judges variants of our driver, all by default, or
 * a sample that the seed decides, with all checks or those named, and prints which requirements the suite holds against
 * each. Exit code 1 when there is one. Worker processes, one for each core, take them one after the other.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    sample: { type: 'string' },
    only: { type: 'string', multiple: true },
    why: { type: 'boolean' },
  },
});
const unknown = positionals.filter((id) => !variants.some((each) => each.id === id));
if (unknown.length > 0) throw new RangeError(`there is no variant ${unknown.join(', ')}: known are ${ids(variants)}`);
const named = variants.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
const chosen = values.sample === undefined ? named : sampleOf(named, Number(values.sample), Number(values.seed));
const verdicts: VariantVerdict[] = [];

await inWorkers<Variant, VariantVerdict>(
  new URL('./worker.ts', import.meta.url),
  chosen,
  (verdict) => {
    verdicts.push(verdict);
    const { id, objections } = verdict;
    const outcome = objections.length === 0 ? 'pass' : `FAIL ${objections.map((each) => each.id).join(', ')}`;
    process.stderr.write(`${verdicts.length}/${chosen.length} ${id}: ${outcome}\n`);
  },
  [values.seed, ...(values.only ?? []).flatMap((each) => each.split(','))],
);
if (values.why === true) process.stdout.write(chosen.map(({ id, why }) => `${id}: ${why}\n`).join(''));
process.stdout.write(variantTable(verdicts));
process.exitCode = verdicts.length > 0 && verdicts.every(({ objections }) => objections.length === 0) ? 0 : 1;

function ids(some: readonly Variant[]): string {
  return some.map(({ id }) => id).join(', ');
}
