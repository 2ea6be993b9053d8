import { allChecks } from '../../../conformance/checks/all-checks.js';
import { choose } from '../../../conformance/checks/selection.js';
import { requirements } from '../../../conformance/requirements/index.js';
import { changedDriversFolder } from '../changed-driver/in-workers.js';
import { judgeVariant } from './judge-variant.js';
import type { Variant } from './variant.js';

/** A variant to judge, with all checks or those named. */
export interface VariantJob {
  readonly variant: Variant;
  readonly only: readonly string[];
}

/** Judges the variants that its parent sends, one at a time. The arguments name the run and its seed. */
const [run, seed = '1'] = process.argv.slice(2);
const folder = changedDriversFolder(Number(run));
const all = await allChecks();
let last = Promise.resolve();

process.on('message', ({ variant, only }: VariantJob) => {
  last = last.then(async () => {
    const { checks } = choose(all, requirements, { only, level: 'should' });
    process.send?.(await judgeVariant(variant, checks, { seed: Number(seed), folder }));
  });
});
