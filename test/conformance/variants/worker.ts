import { allChecks } from '../../../conformance/checks/all-checks.js';
import { choose } from '../../../conformance/checks/selection.js';
import { requirements } from '../../../conformance/requirements/index.js';
import { changedDriversFolder } from '../changed-driver/in-workers.js';
import { judgeVariant } from './judge-variant.js';
import type { Variant } from './variant.js';

/** Judges the variants that its parent sends, one at a time. The arguments name the run, its seed and the checks. */
const [run, seed = '1', ...only] = process.argv.slice(2);
const folder = changedDriversFolder(Number(run));
const { checks } = choose(await allChecks(), requirements, { only, level: 'should' });
let last = Promise.resolve();

process.on('message', (variant: Variant) => {
  last = last.then(async () => {
    process.send?.(await judgeVariant(variant, checks, { seed: Number(seed), folder }));
  });
});
