import { run } from '../../../conformance/commands/run.js';
import { secondDriverFolder } from '../mutants/python/changed-package.js';
import { pythonWithCinder } from '../subjects/python-programs.js';
import { secondDriver } from '../subjects/second-driver.js';

/**
 * `npm run second-driver [-- OPTIONS of run]`: judges the second driver, which is written in Python, with real Cinder. Exit
 * codes are those of `run`; 0 where no Python has Cinder, which is said.
 */
const python = pythonWithCinder();
if (python !== undefined)
  process.exitCode = await run.run(['--subject', secondDriver(python, secondDriverFolder), ...process.argv.slice(2)], {
    out: process.stdout,
    err: process.stderr,
  });
