import { directChecks } from '../../../conformance/checks/direct.js';
import { introductionChecks } from '../../../conformance/checks/introduction.js';
import { changedDriversFolder } from '../changed-driver/in-workers.js';
import { inOrderOfCost, judgeMutant } from './judge-mutant.js';
import type { Mutant } from './mutant.js';

/** Judges the mutants that its parent sends, one at a time. The argument names the run. */
const seed = 1;
const folder = changedDriversFolder(Number(process.argv[2]));
const checks = inOrderOfCost([...introductionChecks, ...(await directChecks())]);
let last = Promise.resolve();

process.on('message', (mutant: Mutant) => {
  last = last.then(async () => {
    process.send?.(await judgeMutant(mutant, checks, { seed, folder }));
  });
});
