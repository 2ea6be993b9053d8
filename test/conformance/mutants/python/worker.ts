import { directChecks } from '../../../../conformance/checks/direct.js';
import { introductionChecks } from '../../../../conformance/checks/introduction.js';
import { changedDriversFolder } from '../../changed-driver/in-workers.js';
import { inOrderOfCost } from '../judge-mutant.js';
import { judgePython } from './judge-python.js';
import type { PythonMutant } from './mutant.js';

/** Judges the defects that its parent sends, one at a time. The arguments name the run and the Python. */
const [, , run, python = '/usr/bin/python3'] = process.argv;
const options = { python, seed: 1, folder: changedDriversFolder(Number(run)) };
const checks = inOrderOfCost([...introductionChecks, ...(await directChecks())]);
let last = Promise.resolve();

process.on('message', (mutant: PythonMutant) => {
  last = last.then(async () => {
    process.send?.(await judgePython(mutant, checks, options));
  });
});
